-- Teams that an agency's part of a report goes to beside its own (C-3, C-14): what is told names a desk, the agency says which team.
CREATE TABLE desk (
  sub_case UUID NOT NULL REFERENCES sub_case (id) ON DELETE CASCADE,
  team TEXT NOT NULL,
  -- Whoever sees the part may read that it is there: it was called in by what all of them may read.
  open BOOLEAN NOT NULL,
  PRIMARY KEY (sub_case, team)
);
CREATE INDEX desk_by_team ON desk (team, sub_case);

-- What a person of staff is limited to (C-75), beside the limits of their roles; empty: to nothing.
ALTER TABLE staff ADD COLUMN services JSONB NOT NULL DEFAULT '[]';
ALTER TABLE staff ADD COLUMN wards JSONB NOT NULL DEFAULT '[]';
