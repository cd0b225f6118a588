-- The public life of a report (council C-9, C-49 to C-54).
-- A person of the agency has read it: without that its pictures are shown to nobody. What was public before had been read.
ALTER TABLE publication ADD COLUMN looked BOOLEAN NOT NULL DEFAULT TRUE;
-- Of its words: who changes them says which they saw.
ALTER TABLE publication ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- The link by which a reporter shows that the address is theirs (C-9). Only the press of a button uses it up.
CREATE TABLE confirmation (
  report UUID PRIMARY KEY NOT NULL REFERENCES publication (report) ON DELETE CASCADE,
  -- SHA-256 of the token.
  token BYTEA NOT NULL UNIQUE,
  until BIGINT NOT NULL,
  confirmed_at BIGINT
);

-- Somebody says that a public report, or what was said of it, should not be public (C-54). Their words are the content of its entry.
CREATE TABLE objection (
  -- Of its entry in the journal.
  id UUID PRIMARY KEY NOT NULL REFERENCES journal (id),
  report UUID NOT NULL REFERENCES publication (report) ON DELETE CASCADE,
  remark UUID,
  why TEXT NOT NULL CHECK (why IN ('private', 'abusive', 'wrong', 'other')),
  state TEXT NOT NULL CHECK (state IN ('waits', 'hidden', 'stays')),
  at BIGINT NOT NULL,
  -- Where the decision is told; empty: nowhere, or it was told.
  address TEXT
);
CREATE INDEX objection_by_report ON objection (report, id);

-- Addresses and numbers whose reports are shown only by a decision of staff (C-54). Why stands in the content of the entry.
CREATE TABLE ban (
  -- Of its entry in the journal.
  id UUID PRIMARY KEY NOT NULL REFERENCES journal (id),
  agency TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('email', 'domain', 'phone')),
  value TEXT NOT NULL,
  until BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE UNIQUE INDEX ban_in_force ON ban (agency, kind, value) WHERE ended_at IS NULL;
