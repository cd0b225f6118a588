-- Cases of one or more complaints (council C-18 to C-27). What people wrote stands in `content`, bound to the entry named here.
CREATE TABLE casefile (
  id UUID PRIMARY KEY NOT NULL,
  agency TEXT NOT NULL,
  service TEXT NOT NULL,
  -- Of the report it began with.
  reference TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  closed_at BIGINT,
  urgent BOOLEAN NOT NULL,
  -- A local day, as it was said.
  review_on TEXT,
  assignee UUID REFERENCES staff (id),
  ward TEXT,
  -- Since when a notice is served.
  notice_at BIGINT,
  -- A case; no reference, since copies are filled table by table.
  merged_into UUID,
  merged_at BIGINT,
  -- It was merged once, either way: it is not closed by time (C-26).
  merged_ever BOOLEAN NOT NULL,
  -- When the house looks whether it is to be closed by time; empty: it is not.
  next_at BIGINT,
  -- When the complainant was told that it will be.
  warned_at BIGINT,
  version BIGINT NOT NULL,
  CHECK ((merged_into IS NULL) = (merged_at IS NULL)),
  CHECK (merged_into IS NULL OR merged_into <> id)
);
CREATE UNIQUE INDEX casefile_by_reference ON casefile (agency, reference);
CREATE INDEX casefile_merged ON casefile (merged_into);
CREATE INDEX casefile_open ON casefile (agency, urgent, changed_at, id) WHERE closed_at IS NULL AND merged_into IS NULL;
CREATE INDEX casefile_closed ON casefile (agency, closed_at, id) WHERE closed_at IS NOT NULL AND merged_into IS NULL;
CREATE INDEX casefile_due ON casefile (next_at) WHERE next_at IS NOT NULL;

-- A time that is told of later, from the page of one's own report. Without an entry it is not signed yet.
CREATE TABLE occurrence (
  id UUID PRIMARY KEY NOT NULL,
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  -- The day alone is known; it began at some time of it.
  by_day BOOLEAN NOT NULL,
  -- It goes on.
  live BOOLEAN NOT NULL,
  written_at BIGINT NOT NULL,
  arrived_at BIGINT NOT NULL,
  entry UUID REFERENCES journal (id),
  CHECK (ended_at IS NULL OR NOT live)
);
CREATE INDEX occurrence_by_report ON occurrence (report, started_at, id);
-- A second tap finds the first.
CREATE UNIQUE INDEX occurrence_live ON occurrence (report) WHERE live;

CREATE TABLE complaint (
  id UUID PRIMARY KEY NOT NULL,
  casefile UUID NOT NULL REFERENCES casefile (id),
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  -- The report by which a person complained first: who proved that an earlier one is theirs is the same person.
  complainant UUID NOT NULL,
  occurrence UUID REFERENCES occurrence (id),
  at BIGINT NOT NULL
);
CREATE INDEX complaint_by_casefile ON complaint (casefile, at, id);
CREATE INDEX complaint_by_report ON complaint (report);
CREATE INDEX complaint_by_occurrence ON complaint (occurrence);

CREATE TABLE casefile_action (
  id UUID PRIMARY KEY NOT NULL,
  casefile UUID NOT NULL REFERENCES casefile (id),
  -- Of the agency's list, and who could read it when it was written.
  type TEXT NOT NULL,
  visibility TEXT NOT NULL CHECK (visibility IN ('public', 'staff', 'internal')),
  happened_at BIGINT NOT NULL,
  written_at BIGINT NOT NULL,
  staff UUID REFERENCES staff (id),
  -- That holds its note as it reads now; earlier ones stay.
  entry UUID NOT NULL REFERENCES journal (id)
);
CREATE INDEX casefile_action_by_casefile ON casefile_action (casefile, happened_at, id);

-- What happened to a case: entries that are no report's own.
CREATE TABLE casefile_entry (
  casefile UUID NOT NULL REFERENCES casefile (id),
  entry UUID NOT NULL REFERENCES journal (id),
  PRIMARY KEY (casefile, entry)
);

CREATE TABLE casefile_follower (
  casefile UUID NOT NULL REFERENCES casefile (id),
  staff UUID NOT NULL REFERENCES staff (id),
  -- Something happened that they have not seen.
  news_at BIGINT,
  PRIMARY KEY (casefile, staff)
);
CREATE INDEX casefile_follower_by_staff ON casefile_follower (staff, casefile);

-- People believed responsible: who they are stands in the content of the entry.
CREATE TABLE believed (
  id UUID PRIMARY KEY NOT NULL,
  casefile UUID NOT NULL REFERENCES casefile (id),
  entry UUID NOT NULL REFERENCES journal (id),
  removed_at BIGINT
);
CREATE INDEX believed_by_casefile ON believed (casefile, id);

-- The log of a visit (C-27). Words stand in the content of the entry.
CREATE TABLE site_visit (
  id UUID PRIMARY KEY NOT NULL,
  casefile UUID NOT NULL REFERENCES casefile (id),
  entry UUID NOT NULL REFERENCES journal (id),
  parked_at BIGINT,
  at_property_at BIGINT,
  inside BOOLEAN NOT NULL,
  distance_metres BIGINT,
  furnished BOOLEAN,
  doors_open BOOLEAN,
  windows_open BOOLEAN,
  can_close BOOLEAN,
  continuous BOOLEAN,
  recognised BOOLEAN,
  minutes BIGINT NOT NULL CHECK (minutes >= 0),
  nuisance TEXT NOT NULL CHECK (nuisance IN ('yes', 'no', 'undecided')),
  left_at BIGINT
);
CREATE INDEX site_visit_by_casefile ON site_visit (casefile, id);
