-- A report that staff filed for somebody (C-70): who of them, and for whom. Empty: whoever reported it filed it themselves.
ALTER TABLE report ADD COLUMN filed_by UUID;
ALTER TABLE report ADD COLUMN filed_as TEXT CHECK (filed_as IN ('another', 'anonymous', 'agency'));

-- From what it was sent; empty where that is not known, and where a program or staff sent it.
ALTER TABLE report ADD COLUMN device TEXT NOT NULL DEFAULT '' CHECK (device IN ('', 'phone', 'tablet', 'computer'));

-- The agency under whose name everybody reads it, where staff filed it for the agency itself; empty: nobody's.
ALTER TABLE publication ADD COLUMN said_by TEXT NOT NULL DEFAULT '';

-- The role of who filed it, as it was then; empty where whoever reported it did. An agency's part has it and the device of the
-- report, so that both are counted without the reports (C-72).
ALTER TABLE report ADD COLUMN filed_role TEXT NOT NULL DEFAULT '';
ALTER TABLE sub_case ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE sub_case ADD COLUMN filed_role TEXT NOT NULL DEFAULT '';
CREATE INDEX sub_case_counted_by_sender ON sub_case (agency, received_at, device, filed_role);

-- What staff search by (C-74): a home, open or not, and the name of whoever reported.
CREATE INDEX missed_of_home ON missed (home, agency, report);
CREATE INDEX ordered_of_home ON ordered (home, agency, report);
CREATE INDEX contact_by_name ON contact (lower(name));
