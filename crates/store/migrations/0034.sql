-- A photo that somebody added to what they say of a public report (C-48). With the remark its row goes, and the bytes after it.
ALTER TABLE held ADD COLUMN remark UUID REFERENCES remark (id) ON DELETE CASCADE;
CREATE INDEX held_of_remark ON held (remark, ordinal) WHERE remark IS NOT NULL;

-- The name by which somebody chose to be shown with a report, or with what they said of one (C-52). Hiding it removes the row.
CREATE TABLE shown_name (
  -- The report, or the remark.
  item UUID PRIMARY KEY NOT NULL,
  report UUID NOT NULL REFERENCES publication (report) ON DELETE CASCADE,
  remark UUID REFERENCES remark (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  -- A keyed hash of the address of whoever it is, so that they find it from their account.
  mark BYTEA,
  at BIGINT NOT NULL
);
CREATE INDEX shown_name_by_report ON shown_name (report, item);
CREATE INDEX shown_name_by_mark ON shown_name (mark, at, item) WHERE mark IS NOT NULL;
