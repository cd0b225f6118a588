-- A witness or a third party follows a report by a shorter view (P-88).
ALTER TABLE report ADD COLUMN short_view BOOLEAN NOT NULL DEFAULT FALSE;
