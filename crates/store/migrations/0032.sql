-- What a public report goes back to when staff no longer keep it private (C-65). Empty: they do not keep it private.
ALTER TABLE publication ADD COLUMN private_from TEXT CHECK (private_from IN ('waits', 'public'));

-- A report that is the same as another one of the agency (C-66): at most one, and that one is itself the same as none.
CREATE TABLE duplicate (
  report UUID PRIMARY KEY NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  original UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  agency TEXT NOT NULL,
  -- How many people it adds to those who see the other: its reporter, and who pressed "me too".
  me_too BIGINT NOT NULL CHECK (me_too > 0),
  at BIGINT NOT NULL,
  CHECK (report <> original)
);
CREATE INDEX duplicate_of_original ON duplicate (original, at, report);
