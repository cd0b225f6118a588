-- The ledger. Only adds; what waited for the sealer before waits still.

-- One leaf for each sealed entry of the journal. A leaf never changes and outlives what it is about, so its entry is named
-- and not referred to: the journal may lose a row by lawful disposal, the ledger may not.
CREATE TABLE leaf (
  idx BIGINT PRIMARY KEY NOT NULL CHECK (idx >= 0),
  entry UUID NOT NULL UNIQUE,
  subject UUID NOT NULL,
  -- from 1, without gaps
  counter BIGINT NOT NULL CHECK (counter > 0),
  hash BYTEA NOT NULL,
  body BYTEA NOT NULL,
  UNIQUE (subject, counter)
);

-- From this the salts of a leaf's commitments are made. It goes with the entry; then the commitments tell nothing.
CREATE TABLE opening (
  entry UUID PRIMARY KEY NOT NULL REFERENCES journal (id) ON DELETE CASCADE,
  secret BYTEA NOT NULL
);

-- How many leaves each subject has, and the hash of its last.
CREATE TABLE subject (
  id UUID PRIMARY KEY NOT NULL,
  count BIGINT NOT NULL CHECK (count > 0),
  head BYTEA NOT NULL
);

-- One row: how many leaves there are, and the name of the log once it has one.
CREATE TABLE log (
  one BIGINT PRIMARY KEY NOT NULL CHECK (one = 1),
  size BIGINT NOT NULL CHECK (size >= 0),
  origin TEXT
);
INSERT INTO log (one, size) VALUES (1, 0);

-- What was signed and published; each names the one before it, so that none can be left out.
CREATE TABLE checkpoint (
  size BIGINT PRIMARY KEY NOT NULL CHECK (size >= 0),
  before BIGINT,
  root BYTEA NOT NULL,
  at BIGINT NOT NULL,
  note TEXT NOT NULL
);
