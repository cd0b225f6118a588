-- What staff and the victim agreed about updates (P-90): one for an agency's part of a report. Each change is an entry.
CREATE TABLE agreement (
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  agency TEXT NOT NULL,
  -- Both empty: only when something changes.
  every BIGINT CHECK (every > 0),
  unit TEXT CHECK (unit IN ('day', 'week', 'month')),
  channel TEXT,
  -- Ids of what is told of at once.
  events JSONB NOT NULL,
  -- Minutes after local midnight between which no message goes out; over midnight where the second is the lower.
  quiet_from BIGINT CHECK (quiet_from BETWEEN 0 AND 1439),
  quiet_to BIGINT CHECK (quiet_to BETWEEN 0 AND 1439),
  -- What else is to be minded, in words.
  wishes TEXT,
  -- A local day, as it was said.
  review_on TEXT NOT NULL,
  set_at BIGINT NOT NULL,
  PRIMARY KEY (report, agency),
  CHECK ((every IS NULL) = (unit IS NULL)),
  CHECK ((quiet_from IS NULL) = (quiet_to IS NULL))
);

-- Who is away, and from which local day on they are back (P-89). One for a person; a change is an entry.
CREATE TABLE away (
  staff UUID PRIMARY KEY NOT NULL REFERENCES staff (id),
  from_on TEXT NOT NULL,
  back_on TEXT NOT NULL,
  set_at BIGINT NOT NULL,
  CHECK (from_on < back_on)
);

-- Parts on which the resident wrote while the person who deals with them was away: the duty team reads them (P-102).
CREATE TABLE relief (
  sub_case UUID PRIMARY KEY NOT NULL REFERENCES sub_case (id) ON DELETE CASCADE,
  agency TEXT NOT NULL,
  team TEXT NOT NULL,
  since BIGINT NOT NULL
);
CREATE INDEX relief_by_team ON relief (agency, team, since, sub_case);
