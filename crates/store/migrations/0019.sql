-- What other people say of a public report (C-48). The words are the content of its entry, so that they can be erased; the mark is a
-- keyed hash of an account bound to the report: each person counts once, and nobody is named.
CREATE TABLE remark (
  -- Of its entry in the journal.
  id UUID PRIMARY KEY NOT NULL REFERENCES journal (id),
  report UUID NOT NULL REFERENCES publication (report) ON DELETE CASCADE,
  mark BYTEA NOT NULL,
  says TEXT NOT NULL CHECK (says IN ('still', 'fixed', 'more')),
  shown TEXT NOT NULL CHECK (shown IN ('waits', 'public', 'hidden')),
  at BIGINT NOT NULL
);
CREATE INDEX remark_by_report ON remark (report, id);
