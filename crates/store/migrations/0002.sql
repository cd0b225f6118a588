-- An attempt names the report it became without a foreign key: it goes by its own expiry, and a report that is deleted
-- must not make its attempt look unsent.
CREATE TABLE attempt_without_key (
  token BYTEA PRIMARY KEY NOT NULL,
  service TEXT NOT NULL,
  sealed BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  report UUID,
  version BIGINT NOT NULL
);
INSERT INTO attempt_without_key (token, service, sealed, created_at, expires_at, report, version)
  SELECT token, service, sealed, created_at, expires_at, report, version FROM attempt;
DROP TABLE attempt;
ALTER TABLE attempt_without_key RENAME TO attempt;
CREATE INDEX attempt_by_expiry ON attempt (expires_at);

-- The thread of a report, without who looked at it: pages read this, and looks grow without end.
CREATE INDEX journal_thread ON journal (report, id) WHERE audience <> 'audit';
