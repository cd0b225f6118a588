-- What tells a thing from all others (P-68): serial number, IMEI, frame number, registration. Two reports whose marks meet on
-- the two sides may speak of the same thing. The mark itself stands in the answers alone.
CREATE TABLE property_mark (
  id UUID PRIMARY KEY NOT NULL,
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('lost', 'found')),
  -- An HMAC under a key from outside the database: numbers are short, and a plain hash would be guessed.
  hash BYTEA NOT NULL,
  -- When it is compared again.
  next_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX property_mark_once ON property_mark (report, side, hash);
CREATE INDEX property_mark_met ON property_mark (hash, side, id);
CREATE INDEX property_mark_next ON property_mark (next_at, id);

-- Two reports that met, for each agency that works one of them: staff say whether it is the same thing.
CREATE TABLE property_match (
  id UUID PRIMARY KEY NOT NULL,
  agency TEXT NOT NULL,
  lost UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  found UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  met_at BIGINT NOT NULL,
  answer TEXT CHECK (answer IN ('same', 'not_same')),
  answered_at BIGINT
);
CREATE UNIQUE INDEX property_match_once ON property_match (lost, agency, found);
CREATE INDEX property_match_by_found ON property_match (found, agency);

-- By what earlier reports of the same person are found (P-63): HMACs of the e-mail address and the telephone number.
CREATE TABLE reporter_mark (
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  hash BYTEA NOT NULL,
  PRIMARY KEY (report, hash)
);
CREATE INDEX reporter_mark_met ON reporter_mark (hash, report);
