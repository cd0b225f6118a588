-- Bin days (C-35). Premises and rounds are loads like postcodes: a whole file takes the place of the one before. An address is
-- general data; that somebody has help with their bins is not kept here (C-34).
CREATE TABLE premises (
  uprn TEXT NOT NULL,
  load BIGINT NOT NULL,
  agency TEXT NOT NULL,
  address TEXT NOT NULL,
  -- For the search: small letters, words apart by one space.
  folded TEXT NOT NULL,
  postcode TEXT NOT NULL,
  lat DOUBLE PRECISION,
  lon DOUBLE PRECISION,
  PRIMARY KEY (uprn, load)
);
CREATE INDEX premises_by_postcode ON premises (postcode, load);
CREATE INDEX premises_by_address ON premises (folded, load);

CREATE TABLE premises_round (
  uprn TEXT NOT NULL,
  load BIGINT NOT NULL,
  -- Of the agency; its rounds are another load.
  code TEXT NOT NULL,
  PRIMARY KEY (uprn, load, code)
);

CREATE TABLE round (
  load BIGINT NOT NULL,
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  container TEXT NOT NULL,
  -- Empty: as the agency says.
  put_out TEXT NOT NULL,
  -- 0: its days stand in round_day alone.
  every_weeks BIGINT NOT NULL,
  first_day TEXT,
  last_day TEXT,
  PRIMARY KEY (load, code)
);

-- A day that is not in the pattern: day without instead_of is one more, instead_of without day is none.
CREATE TABLE round_day (
  load BIGINT NOT NULL,
  code TEXT NOT NULL,
  instead_of TEXT NOT NULL,
  day TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (load, code, instead_of, day)
);

-- What the crew recorded; uprn is empty where it is of the whole round. It comes in pieces, so it is no load.
CREATE TABLE collection (
  agency TEXT NOT NULL,
  code TEXT NOT NULL,
  planned TEXT NOT NULL,
  uprn TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (agency, code, planned, uprn)
);

CREATE INDEX data_set_by_load ON data_set (load);
