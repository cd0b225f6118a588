-- What staff changed of a service that their agency offers (C-68, C-71), as versions over its file: none is ever lost. Of those
-- whose day has come the newest is in force.
CREATE TABLE offer (
  id UUID PRIMARY KEY NOT NULL,
  agency TEXT NOT NULL,
  service TEXT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  -- What differs from the file: an object.
  changes JSONB NOT NULL,
  -- What changed from the version before, in words: a list.
  said JSONB NOT NULL,
  -- The local day it begins, "2026-12-03".
  from_day TEXT NOT NULL,
  reason TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  by_staff UUID NOT NULL REFERENCES staff (id)
);
CREATE UNIQUE INDEX offer_version ON offer (agency, service, version);
