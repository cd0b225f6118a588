-- What everybody may read of a report (C-39): its publishable answers alone, copied when it was received, and how it stands.
-- A row that is not public is as if it were not there (C-45).
CREATE TABLE publication (
  report UUID PRIMARY KEY NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  reference TEXT NOT NULL UNIQUE,
  service TEXT NOT NULL,
  -- Of the service as it was asked.
  definition TEXT NOT NULL,
  agency TEXT NOT NULL,
  -- Words for the point from a map, never those somebody typed.
  place TEXT NOT NULL,
  area TEXT NOT NULL,
  -- Rounded to about ten metres.
  lat DOUBLE PRECISION,
  lon DOUBLE PRECISION,
  cell BIGINT,
  body JSONB NOT NULL,
  -- Ids of the pictures among the answers that may be shown.
  photos JSONB NOT NULL,
  shown TEXT NOT NULL CHECK (shown IN ('waits', 'public', 'hidden')),
  -- A person must look at the words before it is shown.
  doubtful BOOLEAN NOT NULL,
  stand TEXT NOT NULL CHECK (stand IN ('open', 'fixed', 'closed')),
  received_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  closed_at BIGINT,
  me_too BIGINT NOT NULL
);
CREATE INDEX publication_by_cell ON publication
  (cell, lat, lon, reference, service, agency, stand, received_at, changed_at, closed_at, me_too, shown)
  WHERE shown = 'public' AND cell IS NOT NULL;
CREATE INDEX publication_by_time ON publication (received_at, reference) WHERE shown = 'public';

-- Who said that they have the same problem: a keyed mark of a browser, so that each counts once (C-47).
CREATE TABLE me_too (
  report UUID NOT NULL REFERENCES publication (report) ON DELETE CASCADE,
  mark BYTEA NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (report, mark)
);
