-- What kind of incident an agency's part of a report is held to be: when it opened, and when it was over (P-75).
CREATE TABLE incident (
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  agency TEXT NOT NULL,
  opening TEXT NOT NULL,
  closing TEXT,
  PRIMARY KEY (report, agency)
);
