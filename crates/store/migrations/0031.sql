-- The layers of land a report lay in when it came, each with the edition of its map (C-4): a list of objects. Empty: none held it,
-- or it came before this was kept. Outlines of layers are rows of `area`, under data sets of their own.
ALTER TABLE report ADD COLUMN layers JSONB NOT NULL DEFAULT '[]';

-- Things that stand on the map, by their load (C-4, C-6): lamp posts, bins, trees, gullies. `about`: a few more properties, an object.
CREATE TABLE asset (
  load BIGINT NOT NULL,
  code TEXT NOT NULL,
  number TEXT NOT NULL,
  kind TEXT NOT NULL,
  about JSONB NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (load, code)
);
CREATE INDEX asset_by_place ON asset (load, lat, lon);
