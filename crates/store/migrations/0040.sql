-- The day that work is planned for, as staff said it: YYYY-MM-DD of the agency's own calendar. It counts while the stage is one
-- that has a day (C-40).
ALTER TABLE sub_case ADD COLUMN planned_on TEXT;
