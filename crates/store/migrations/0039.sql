-- Mails with which people answered ours (C-61), so that each is taken once. Nothing of what they say: that is an entry of the report.
CREATE TABLE reply (
  -- A keyed hash of the report and the mail's own Message-ID.
  mark BYTEA PRIMARY KEY NOT NULL,
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  -- When the address it came to ends: the same mail is refused from then on without this row.
  ends_at BIGINT NOT NULL
);
CREATE INDEX reply_by_report ON reply (report);
CREATE INDEX reply_by_end ON reply (ends_at);
