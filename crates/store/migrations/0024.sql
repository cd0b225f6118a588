-- Programs with an agency's key read what it works, page by page in the order in which it came (C-77).
CREATE INDEX sub_case_by_time ON sub_case (agency, received_at, report);

-- Photos that came with a report as addresses (C-81): fetched later, outside of any request.
CREATE TABLE photo_link (
  id UUID PRIMARY KEY NOT NULL,
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  -- Whose staff are told where it cannot be had.
  agency TEXT NOT NULL,
  -- The question whose answer it is to be.
  question TEXT NOT NULL,
  ordinal BIGINT NOT NULL CHECK (ordinal >= 0),
  -- Gone once it was fetched or given up.
  url TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'fetching', 'kept', 'given_up')),
  tries BIGINT NOT NULL CHECK (tries >= 0),
  next_at BIGINT NOT NULL,
  claim UUID,
  problem TEXT,
  UNIQUE (report, ordinal)
);
CREATE INDEX photo_link_due ON photo_link (next_at, id) WHERE state = 'waiting';
CREATE INDEX photo_link_claimed ON photo_link (next_at, id) WHERE state = 'fetching';
