-- Whether it is fixed is asked once of a public report, some weeks after it was sent (C-51).
CREATE TABLE questionnaire (
  report UUID PRIMARY KEY NOT NULL REFERENCES publication (report) ON DELETE CASCADE,
  -- left: when its day came, nobody was to be asked.
  state TEXT NOT NULL CHECK (state IN ('waits', 'left', 'asked', 'answered')),
  due_at BIGINT NOT NULL,
  -- SHA-256 of the token in the mail; empty until it is asked.
  token BYTEA UNIQUE,
  until BIGINT,
  answer TEXT CHECK (answer IN ('fixed', 'still', 'gone')),
  answered_at BIGINT,
  CHECK ((state = 'asked' OR state = 'answered') = (token IS NOT NULL)),
  CHECK ((state = 'answered') = (answer IS NOT NULL))
);
CREATE INDEX questionnaire_due ON questionnaire (due_at, report) WHERE state = 'waits';

-- Who does not want to be asked, by the keyed hash of an address that reports keep of it too (reporter_mark).
CREATE TABLE unasked (
  mark BYTEA PRIMARY KEY NOT NULL,
  at BIGINT NOT NULL
);
