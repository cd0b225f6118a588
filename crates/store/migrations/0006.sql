-- Clocks that run on an agency's part of a report (P-76 to P-80). A row keeps the limit it began with; the date that was
-- promised never moves, a new one stands beside it.
CREATE TABLE clock (
  id UUID PRIMARY KEY NOT NULL,
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  agency TEXT NOT NULL,
  rule TEXT NOT NULL,
  seen_by TEXT NOT NULL CHECK (seen_by IN ('resident', 'staff')),
  words TEXT NOT NULL,
  source TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  promised_at BIGINT,
  -- The steps that are still to come, each an instant and a role, in the order of time.
  steps JSONB NOT NULL,
  next_at BIGINT,
  broken_at BIGINT,
  stopped_at BIGINT
);
CREATE INDEX clock_by_report ON clock (report, agency, due_at, id);
CREATE INDEX clock_next ON clock (next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX clock_broken ON clock (agency, due_at, id) WHERE broken_at IS NOT NULL AND stopped_at IS NULL;
-- For the figures of a month.
CREATE INDEX clock_by_due ON clock (agency, rule, due_at, stopped_at);

-- How urgent a report is held to be (THRIVE, P-65): each change is a new row. The words lie with the entry.
CREATE TABLE assessment (
  id UUID PRIMARY KEY NOT NULL,
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  agency TEXT NOT NULL,
  at BIGINT NOT NULL,
  staff UUID REFERENCES staff (id),
  scores JSONB NOT NULL,
  grade BIGINT NOT NULL CHECK (grade BETWEEN 1 AND 4),
  entry UUID NOT NULL REFERENCES journal (id)
);
CREATE INDEX assessment_by_report ON assessment (report, agency, id);

-- A recorded crime. Reports and crimes are many to many (P-73).
CREATE TABLE crime (
  id UUID PRIMARY KEY NOT NULL,
  agency TEXT NOT NULL,
  -- As the force numbers it; nothing until its records system says.
  number TEXT,
  offence TEXT NOT NULL,
  officer UUID REFERENCES staff (id),
  -- A suspect was interviewed under caution: decides whether a review can be asked for (P-83).
  interviewed BOOLEAN NOT NULL,
  recorded_at BIGINT NOT NULL,
  outcome TEXT,
  decided_at BIGINT,
  cancelled_at BIGINT,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX crime_by_number ON crime (agency, number) WHERE number IS NOT NULL;

CREATE TABLE crime_report (
  crime UUID NOT NULL REFERENCES crime (id) ON DELETE CASCADE,
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  linked_at BIGINT NOT NULL,
  PRIMARY KEY (crime, report)
);
CREATE INDEX crime_report_by_report ON crime_report (report, linked_at, crime);

-- A sensitive police report is followed online once an officer has heard from the victim that it is safe (P-92).
ALTER TABLE report ADD COLUMN follow_opened_at BIGINT;
