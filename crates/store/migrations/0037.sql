-- What an agency says on the pages of the site for a time (C-74): plain words, never markup.
CREATE TABLE site_message (
  id UUID PRIMARY KEY NOT NULL,
  agency TEXT NOT NULL,
  place TEXT NOT NULL CHECK (place IN ('front', 'reporting', 'waste')),
  -- While the agency's offices are open, while they are shut, or at any hour.
  hours TEXT NOT NULL CHECK (hours IN ('any', 'open', 'shut')),
  -- The code of a ward; empty: everywhere.
  ward TEXT NOT NULL,
  heading TEXT NOT NULL,
  words TEXT NOT NULL,
  from_at BIGINT NOT NULL,
  -- Empty: until it is ended.
  until_at BIGINT,
  made_at BIGINT NOT NULL,
  by_staff UUID NOT NULL REFERENCES staff (id),
  ended_at BIGINT,
  ended_by UUID REFERENCES staff (id),
  CHECK (until_at > from_at),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE INDEX site_message_of_agency ON site_message (agency, made_at, id);
CREATE INDEX site_message_shown ON site_message (made_at, id) WHERE ended_at IS NULL;
