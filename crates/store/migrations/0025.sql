-- Days that people book (council 1.7). A row is the booking of one report; its day is the day as it is now.
CREATE TABLE booking (
  report UUID PRIMARY KEY NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  agency TEXT NOT NULL,
  service TEXT NOT NULL,
  -- "2026-12-04", by the calendar on the wall.
  day TEXT NOT NULL,
  items BIGINT NOT NULL CHECK (items >= 0),
  -- held: its place is kept until it is paid for. lapsed: nobody paid, and the place was given back.
  state TEXT NOT NULL CHECK (state IN ('held', 'booked', 'cancelled', 'lapsed')),
  -- Until when it is held; empty: until somebody says otherwise.
  held_until BIGINT,
  -- When the person is reminded next; empty: not any more.
  remind_at BIGINT,
  made_at BIGINT NOT NULL
);
CREATE INDEX booking_of_day ON booking (agency, service, day) WHERE state IN ('held', 'booked');
CREATE INDEX booking_held ON booking (held_until, report) WHERE state = 'held' AND held_until IS NOT NULL;
CREATE INDEX booking_reminds ON booking (remind_at, report) WHERE state = 'booked' AND remind_at IS NOT NULL;

-- Places of a day as a council sends them; they come before the week in its file.
CREATE TABLE booked_day (
  agency TEXT NOT NULL,
  service TEXT NOT NULL,
  day TEXT NOT NULL,
  places BIGINT NOT NULL CHECK (places >= 0),
  PRIMARY KEY (agency, service, day)
);

-- What is ordered of containers: one order of a kind is open for a home.
CREATE TABLE ordered (
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  agency TEXT NOT NULL,
  -- An HMAC of the home's number, as in missed.
  home BYTEA NOT NULL,
  at BIGINT NOT NULL,
  is_open BOOLEAN NOT NULL,
  -- When it has waited too long (C-30); empty: never, or staff were told.
  escalate_at BIGINT,
  PRIMARY KEY (report, kind)
);
CREATE INDEX ordered_waits ON ordered (escalate_at, report) WHERE is_open AND escalate_at IS NOT NULL;
CREATE UNIQUE INDEX ordered_open ON ordered (home, agency, kind) WHERE is_open;

-- When what is open has waited too long (C-30); empty: never, or staff were told.
ALTER TABLE missed ADD COLUMN escalate_at BIGINT;
CREATE INDEX missed_waits ON missed (escalate_at, report) WHERE is_open AND escalate_at IS NOT NULL;
