-- Files that people hand over. The bytes lie with custody under the id; here stands what they are, whose, and where they
-- belong.
CREATE TABLE held (
  id UUID PRIMARY KEY NOT NULL,
  -- SHA-256 of the token that may claim it: of the attempt it was added in, or of the upload of a program.
  attempt BYTEA,
  report UUID REFERENCES report (id),
  -- The entry that says whose file it is and what its hash is.
  entry UUID REFERENCES journal (id),
  -- Empty where it was added to a report that had been sent.
  question TEXT NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('plain', 'personal', 'special', 'restricted', 'evidence', 'place')),
  ordinal BIGINT NOT NULL,
  giver TEXT NOT NULL CHECK (giver IN ('reporter', 'staff')),
  agency TEXT,
  audience TEXT NOT NULL CHECK (audience IN ('resident', 'agencies', 'agency', 'audit')),
  name TEXT NOT NULL,
  media TEXT NOT NULL,
  size BIGINT NOT NULL CHECK (size > 0),
  sha256 BYTEA NOT NULL,
  -- Where and when the file itself says that it was made.
  taken JSONB NOT NULL,
  scan TEXT NOT NULL CHECK (scan IN ('none', 'waiting', 'clean', 'infected')),
  received_at BIGINT NOT NULL,
  -- While it belongs to no report.
  expires_at BIGINT,
  hidden_at BIGINT,
  -- The version that is shown: 0 as it came, one more for each time it was blacked out.
  version BIGINT NOT NULL CHECK (version >= 0),
  CHECK ((report IS NULL) = (entry IS NULL)),
  CHECK ((report IS NULL) = (expires_at IS NOT NULL))
);
CREATE INDEX held_by_attempt ON held (attempt, id) WHERE report IS NULL;
CREATE INDEX held_by_report ON held (report, id) WHERE report IS NOT NULL;
CREATE INDEX held_unclaimed ON held (expires_at, id) WHERE report IS NULL;
CREATE INDEX held_unscanned ON held (received_at, id) WHERE scan = 'waiting';

-- Pictures made from a file for people to look at. None of what the file says of itself is in them.
CREATE TABLE rendition (
  held UUID NOT NULL REFERENCES held (id) ON DELETE CASCADE,
  version BIGINT NOT NULL,
  -- The most pixels of the longer side.
  longest BIGINT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  size BIGINT NOT NULL,
  sha256 BYTEA NOT NULL,
  PRIMARY KEY (held, version, longest)
);
