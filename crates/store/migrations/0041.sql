-- What everybody reads of a template on the public page of a report, before what its resident reads alone (C-67); empty: nothing.
ALTER TABLE template ADD COLUMN everybody TEXT NOT NULL DEFAULT '';
