-- What a public report goes back to when staff no longer keep it private (C-65). Empty: they do not keep it private.
ALTER TABLE publication ADD COLUMN private_from TEXT CHECK (private_from IN ('waits', 'public'));
