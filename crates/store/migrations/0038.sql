-- How long reports live (council C-76, J-43). Only adds.

-- Who reported it and what is not public is gone; all of it is gone. The row stays: the journal names it.
ALTER TABLE report ADD COLUMN anonymised_at BIGINT;
ALTER TABLE report ADD COLUMN deleted_at BIGINT;

-- While one stands nothing goes (J-43). Why stands in `content`, bound to the entry named here.
CREATE TABLE legal_hold (
  id UUID PRIMARY KEY NOT NULL REFERENCES journal (id),
  report UUID NOT NULL REFERENCES report (id),
  agency TEXT NOT NULL,
  -- A local day, as it was said.
  review_on TEXT NOT NULL,
  placed_at BIGINT NOT NULL,
  placed_by UUID NOT NULL REFERENCES staff (id),
  released_at BIGINT,
  released_by UUID REFERENCES staff (id),
  -- A second person lets go (E-122).
  CHECK (released_by <> placed_by),
  CHECK ((released_at IS NULL) = (released_by IS NULL))
);
CREATE UNIQUE INDEX legal_hold_stands ON legal_hold (report, agency) WHERE released_at IS NULL;
CREATE INDEX legal_hold_of_agency ON legal_hold (agency, review_on, id) WHERE released_at IS NULL;
CREATE INDEX legal_hold_by_report ON legal_hold (report);

-- A report whose time is over waits for a person to decide whether it is still needed (E-119, E-123).
CREATE TABLE retention_review (
  id UUID PRIMARY KEY NOT NULL REFERENCES journal (id),
  report UUID NOT NULL REFERENCES report (id),
  agency TEXT NOT NULL,
  -- The id of the rule, as the agency's file names it.
  rule TEXT NOT NULL,
  raised_at BIGINT NOT NULL,
  decision TEXT CHECK (decision IN ('keep', 'delete')),
  decided_at BIGINT,
  decided_by UUID REFERENCES staff (id),
  -- Kept until then, and asked again; a local day.
  keep_until TEXT,
  CHECK ((decision IS NULL) = (decided_at IS NULL)),
  CHECK ((decision IS NULL) = (decided_by IS NULL)),
  CHECK ((keep_until IS NOT NULL) = (decision IS NOT NULL AND decision = 'keep'))
);
CREATE UNIQUE INDEX retention_review_waits ON retention_review (report, agency) WHERE decision IS NULL;
CREATE INDEX retention_review_of_agency ON retention_review (agency, raised_at, id) WHERE decision IS NULL;
CREATE INDEX retention_review_by_report ON retention_review (report, agency, id);

-- Answers that were kept for sending again go with the report.
CREATE INDEX attempt_by_report ON attempt (report) WHERE report IS NOT NULL;

-- Counts of open parts are read from the index of those alone: without its last column, always empty here, a planner takes the wide index
-- of all parts instead, closed ones too.
DROP INDEX sub_case_open_by_due;
CREATE INDEX sub_case_open_by_due ON sub_case (agency, due_at, id, closed_at) WHERE closed_at IS NULL;
DROP INDEX sub_case_open_by_assignee;
CREATE INDEX sub_case_open_by_assignee ON sub_case (agency, assignee, due_at, id, closed_at) WHERE closed_at IS NULL;
DROP INDEX sub_case_open_by_team;
CREATE INDEX sub_case_open_by_team ON sub_case (agency, team, due_at, id, closed_at) WHERE closed_at IS NULL;
DROP INDEX sub_case_open_by_service;
CREATE INDEX sub_case_open_by_service ON sub_case (agency, service, due_at, id, closed_at) WHERE closed_at IS NULL;
DROP INDEX sub_case_open_by_core;
CREATE INDEX sub_case_open_by_core ON sub_case (agency, core, due_at, id, closed_at) WHERE closed_at IS NULL;
DROP INDEX sub_case_open_by_ward;
CREATE INDEX sub_case_open_by_ward ON sub_case (agency, ward, due_at, id, closed_at) WHERE closed_at IS NULL;

-- How much waits unclaimed is added up from the index alone.
DROP INDEX held_unclaimed;
CREATE INDEX held_unclaimed ON held (expires_at, id, size, report) WHERE report IS NULL;
