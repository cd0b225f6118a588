-- The ward a report lies in, by its code, so that lists, maps and counts of a ward are statements (C-42). Empty: none is known. A
-- public report has that of its rounded point, an agency's part that of the report. Renewed after boundaries change.
ALTER TABLE report ADD COLUMN ward TEXT NOT NULL DEFAULT '';
ALTER TABLE sub_case ADD COLUMN ward TEXT NOT NULL DEFAULT '';
ALTER TABLE publication ADD COLUMN ward TEXT NOT NULL DEFAULT '';
CREATE INDEX sub_case_open_by_ward ON sub_case (agency, ward, due_at, id) WHERE closed_at IS NULL;
CREATE INDEX publication_by_ward ON publication (ward, received_at, reference) WHERE shown = 'public';
-- The orders of the list beside the newest, and those that ended long ago.
CREATE INDEX publication_by_change ON publication (changed_at, reference) WHERE shown = 'public';
CREATE INDEX publication_by_me_too ON publication (me_too, reference) WHERE shown = 'public';
CREATE INDEX publication_by_end ON publication (closed_at) WHERE shown = 'public' AND closed_at IS NOT NULL;
-- By what a report came. Empty: it came before this was kept.
ALTER TABLE report ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE sub_case ADD COLUMN channel TEXT NOT NULL DEFAULT '';
-- What is counted of a span of days is read from these alone (C-56, C-72).
CREATE INDEX publication_counted ON publication (received_at, service, agency, stand, closed_at, report, shown) WHERE shown = 'public';
CREATE INDEX sub_case_counted ON sub_case
  (agency, received_at, service, ward, channel, stage, core, outcome, acknowledged_at, closed_at, cell);
