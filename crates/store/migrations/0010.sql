-- The neighbourhoods a report lies in, for the figures their pages show (P-100).
CREATE TABLE report_neighbourhood (
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  agency TEXT NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (report, agency)
);

-- What people said once their report had ended (P-96): sums alone. Nothing leads from here to a report.
CREATE TABLE feedback (
  agency TEXT NOT NULL,
  -- The month as year × 12 + month − 1.
  month BIGINT NOT NULL,
  answer BIGINT NOT NULL CHECK (answer BETWEEN 1 AND 5),
  n BIGINT NOT NULL,
  PRIMARY KEY (agency, month, answer)
);
-- That a report's reporter has said it, and not what: so that each is counted once.
CREATE TABLE feedback_given (
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  agency TEXT NOT NULL,
  PRIMARY KEY (report, agency)
);
