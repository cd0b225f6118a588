-- Collections that reports say were missed (C-28, C-33). One that is open keeps a second report of it away; which home it
-- is stands in the answers alone.
CREATE TABLE missed (
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  agency TEXT NOT NULL,
  -- An HMAC of the home's number under a key from outside the database: numbers are few, and a plain hash would be guessed.
  home BYTEA NOT NULL,
  -- The round, empty where none is known, and the day it was planned for, "2026-05-22".
  code TEXT NOT NULL,
  planned TEXT NOT NULL,
  at BIGINT NOT NULL,
  assisted BOOLEAN NOT NULL,
  is_open BOOLEAN NOT NULL,
  PRIMARY KEY (report, kind)
);
CREATE UNIQUE INDEX missed_open ON missed (home, agency, kind, planned) WHERE is_open;
CREATE INDEX missed_of_round ON missed (agency, code, planned, home);

-- Rounds of a day that staff were told of as a whole, once each.
CREATE TABLE missed_round (
  agency TEXT NOT NULL,
  code TEXT NOT NULL,
  planned TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (agency, code, planned)
);

-- What is to be paid for a report, and how it was paid (C-38). No data of any card is here: the gateway has it.
CREATE TABLE payment (
  id UUID PRIMARY KEY NOT NULL,
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  agency TEXT NOT NULL,
  what TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  state TEXT NOT NULL CHECK (state IN ('due', 'asking', 'away', 'paid', 'waived', 'refunding', 'refunded')),
  method TEXT CHECK (method IN ('card', 'reference', 'cheque', 'cash', 'waiver')),
  -- The newest try: its key, what the gateway calls it, and where its page lies.
  attempt UUID,
  gateway_id TEXT,
  gateway_url TEXT,
  began_at BIGINT,
  paid_at BIGINT,
  next_at BIGINT NOT NULL,
  tries BIGINT NOT NULL CHECK (tries >= 0),
  claim UUID,
  problem TEXT,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX payment_of_report ON payment (report, agency);
CREATE INDEX payment_waits ON payment (agency, next_at, id) WHERE state IN ('asking', 'away', 'refunding');
