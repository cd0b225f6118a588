-- The language a report was answered in, where it is not English (P-108). Staff see it; what was written stays as it was.
ALTER TABLE report ADD COLUMN language TEXT;
