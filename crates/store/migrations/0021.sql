-- What an agency's own back office is told (Open311): an outbox of its own, in order within a report. A row names the entry it
-- tells of and holds none of its words: they are read as it goes out, so that what was erased by then does not go.
CREATE TABLE sending (
  id UUID PRIMARY KEY NOT NULL,
  entry UUID NOT NULL REFERENCES journal (id),
  agency TEXT NOT NULL,
  report UUID NOT NULL REFERENCES report (id),
  kind TEXT NOT NULL CHECK (kind IN ('request', 'update')),
  -- Grows within a report: the lowest that has not gone out goes first.
  turn BIGINT NOT NULL CHECK (turn > 0),
  -- void: there is nothing to tell any more.
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'dead', 'void')),
  tries BIGINT NOT NULL CHECK (tries >= 0),
  next_at BIGINT NOT NULL,
  claim UUID,
  -- It was taken, and what it is called there is asked for by this.
  token TEXT,
  created_at BIGINT NOT NULL,
  sent_at BIGINT,
  problem TEXT,
  -- The newest tries: when, and what was answered.
  tried JSONB NOT NULL
);
CREATE INDEX sending_due ON sending (agency, next_at, id) WHERE state = 'waiting';
CREATE INDEX sending_claimed ON sending (next_at, id) WHERE state = 'sending';
CREATE INDEX sending_unsent ON sending (state) WHERE state <> 'sent';
CREATE INDEX sending_stuck ON sending (agency, created_at, id) WHERE state = 'dead';
CREATE INDEX sending_by_report ON sending (report, agency, turn);

-- What a report is called by its agency's back office.
CREATE TABLE outside (
  report UUID NOT NULL REFERENCES report (id),
  agency TEXT NOT NULL,
  outside_id TEXT NOT NULL,
  -- The reference it shows to people.
  customer_reference TEXT,
  known_at BIGINT NOT NULL,
  PRIMARY KEY (report, agency)
);
CREATE UNIQUE INDEX outside_by_id ON outside (agency, outside_id);
CREATE INDEX outside_by_reference ON outside (agency, customer_reference);

-- What it said of reports: an id is taken once and remembered for ever; what was said is kept until it is taken in.
CREATE TABLE fetched (
  agency TEXT NOT NULL,
  update_id TEXT NOT NULL,
  outside_id TEXT NOT NULL,
  -- ours: what we told it ourselves. old: nobody's for too long.
  state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'ours', 'old')),
  body JSONB,
  said_at BIGINT NOT NULL,
  got_at BIGINT NOT NULL,
  problem TEXT,
  PRIMARY KEY (agency, update_id)
);
CREATE INDEX fetched_waiting ON fetched (agency, said_at, update_id) WHERE state = 'waiting';

-- How far a back office was asked for something, and when it is asked again.
CREATE TABLE poll (
  agency TEXT NOT NULL,
  what TEXT NOT NULL,
  reached BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  claim UUID,
  fails BIGINT NOT NULL CHECK (fails >= 0),
  problem TEXT,
  PRIMARY KEY (agency, what)
);

-- The services it offers, and each of their definitions.
CREATE TABLE outside_service (
  agency TEXT NOT NULL,
  code TEXT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  name TEXT NOT NULL,
  definition JSONB NOT NULL,
  seen_at BIGINT NOT NULL,
  -- Since when it is not in the list; it is flagged, not removed.
  gone_at BIGINT,
  PRIMARY KEY (agency, code, version)
);
