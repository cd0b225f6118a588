-- Whom we write to on the evening before a bin day (C-37).
CREATE TABLE reminder (
  id UUID PRIMARY KEY NOT NULL,
  subscriber UUID NOT NULL REFERENCES subscriber (id) ON DELETE CASCADE,
  -- SHA-256 of the token that confirms it.
  token BYTEA NOT NULL UNIQUE,
  uprn TEXT NOT NULL,
  -- Kinds of collection, apart by a space; empty: all of them.
  kinds TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  -- Empty: not confirmed.
  since BIGINT,
  -- When the days of the home are looked at next. Empty: not confirmed, or paused.
  next_at BIGINT,
  -- The day that was told last, "2026-12-25", and the rounds that were said to come on it, apart by a space.
  told_day TEXT,
  told TEXT,
  CHECK (since IS NOT NULL OR next_at IS NULL),
  CHECK ((told_day IS NULL) = (told IS NULL))
);
CREATE INDEX reminder_by_subscriber ON reminder (subscriber, id);
CREATE INDEX reminder_unconfirmed ON reminder (created_at) WHERE since IS NULL;
CREATE INDEX reminder_due ON reminder (next_at, id) WHERE next_at IS NOT NULL;
