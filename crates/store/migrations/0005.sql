-- Where an agency's part of a report stands on its map: the report's place, where that was shared with the agency, else
-- nothing. Beside the state, so that a map is read from one index.
ALTER TABLE sub_case ADD COLUMN cell BIGINT;
ALTER TABLE sub_case ADD COLUMN lat DOUBLE PRECISION;
ALTER TABLE sub_case ADD COLUMN lon DOUBLE PRECISION;
UPDATE sub_case SET
  cell = (SELECT r.cell_10 FROM report AS r WHERE r.id = sub_case.report),
  lat = (SELECT r.lat FROM report AS r WHERE r.id = sub_case.report),
  lon = (SELECT r.lon FROM report AS r WHERE r.id = sub_case.report)
WHERE CAST(shared AS TEXT) LIKE '%"place"%';
-- With closed_at, though it is empty in each entry: an engine reads the row for a column that the index does not hold.
CREATE INDEX sub_case_open_by_cell ON sub_case (agency, cell, lat, lon, number, service, priority, due_at, closed_at)
  WHERE closed_at IS NULL AND cell IS NOT NULL;
