-- What an agency's own programs read (Open311): its reports by when they came, and what was told of them by when it was.
CREATE INDEX publication_by_agency ON publication (agency, received_at, reference);
CREATE INDEX journal_told_by_agency ON journal (agency, at, id) WHERE audience = 'resident';
