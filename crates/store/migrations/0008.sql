-- What a force's records system is told: an outbox of its own. A row is written with the change it tells of, and goes out as
-- a signed webhook under its id. It holds no name, no contact, no words and no answer.
CREATE TABLE hook (
  id UUID PRIMARY KEY NOT NULL,
  entry UUID NOT NULL REFERENCES journal (id),
  agency TEXT NOT NULL,
  report UUID NOT NULL REFERENCES report (id),
  crime UUID REFERENCES crime (id) ON DELETE CASCADE,
  event TEXT NOT NULL,
  -- The bytes that are signed, the same at each try.
  body TEXT NOT NULL,
  -- Grows within a report and within a crime: of either, the lowest that has not gone out goes first.
  turn BIGINT NOT NULL CHECK (turn > 0),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'dead')),
  tries BIGINT NOT NULL CHECK (tries >= 0),
  next_at BIGINT NOT NULL,
  claim UUID,
  created_at BIGINT NOT NULL,
  sent_at BIGINT,
  problem TEXT
);
CREATE INDEX hook_due ON hook (agency, next_at, id) WHERE state = 'waiting';
CREATE INDEX hook_claimed ON hook (next_at, id) WHERE state = 'sending';
CREATE INDEX hook_unsent ON hook (state) WHERE state <> 'sent';
CREATE INDEX hook_stuck ON hook (agency, created_at, id) WHERE state = 'dead';
CREATE INDEX hook_by_report ON hook (report, agency, turn);
CREATE INDEX hook_by_crime ON hook (crime, turn);
