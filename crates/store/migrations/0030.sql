-- The layers of land a report lay in when it came, each with the edition of its map (C-4): a list of objects. Empty: none held it,
-- or it came before this was kept. Outlines of layers are rows of `area`, under data sets of their own.
ALTER TABLE report ADD COLUMN layers JSONB NOT NULL DEFAULT '[]';
