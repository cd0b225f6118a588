-- A photo that somebody added to what they say of a public report (C-48). With the remark its row goes, and the bytes after it.
ALTER TABLE held ADD COLUMN remark UUID REFERENCES remark (id) ON DELETE CASCADE;
CREATE INDEX held_of_remark ON held (remark, ordinal) WHERE remark IS NOT NULL;
