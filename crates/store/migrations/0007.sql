-- The teams people can reach where they live (P-97): versioned rows. An import or an edit ends the version in force and
-- begins the next; none is ever changed.
CREATE TABLE neighbourhood (
  id UUID PRIMARY KEY NOT NULL,
  agency TEXT NOT NULL,
  -- The agency's own, unlike any other of that agency.
  code TEXT NOT NULL,
  version BIGINT NOT NULL CHECK (version >= 1),
  name TEXT NOT NULL,
  body JSONB NOT NULL,
  -- Where this version comes from: a file, or the desk.
  source TEXT NOT NULL,
  since BIGINT NOT NULL,
  -- Empty while it is in force.
  until BIGINT,
  -- Who wrote it by hand.
  by_staff UUID REFERENCES staff (id),
  UNIQUE (agency, code, version),
  CHECK (until IS NULL OR until >= since)
);
CREATE UNIQUE INDEX neighbourhood_in_force ON neighbourhood (agency, code) WHERE until IS NULL;
