-- The spine. PostgreSQL's spelling; SQLite takes the same text. Times are microseconds UTC.
-- Every column has its tags in schema.toml (J-26).

CREATE TABLE generation (
  name TEXT PRIMARY KEY NOT NULL,
  n BIGINT NOT NULL
);

-- What people could ask for, by hash: a report remembers the definition it answered.
CREATE TABLE definition (
  hash TEXT PRIMARY KEY NOT NULL,
  service TEXT NOT NULL,
  version BIGINT NOT NULL,
  body TEXT NOT NULL,
  words TEXT NOT NULL,
  stored BIGINT NOT NULL
);

CREATE TABLE report (
  id UUID PRIMARY KEY NOT NULL,
  reference TEXT NOT NULL UNIQUE CHECK (length(reference) = 9),
  service TEXT NOT NULL,
  definition TEXT NOT NULL REFERENCES definition (hash),
  type_code TEXT NOT NULL,
  first_received_at BIGINT NOT NULL,
  anonymous BOOLEAN NOT NULL,
  sensitive BOOLEAN NOT NULL,
  tracking TEXT NOT NULL CHECK (tracking IN ('link', 'link_and_pin', 'code')),
  place TEXT NOT NULL,
  area TEXT NOT NULL,
  lat DOUBLE PRECISION CHECK (lat BETWEEN -90 AND 90),
  lon DOUBLE PRECISION CHECK (lon BETWEEN -180 AND 180),
  cell_6 BIGINT,
  cell_8 BIGINT,
  cell_10 BIGINT,
  boundaries TEXT NOT NULL,
  withdrawn_at BIGINT
);
CREATE INDEX report_by_cell_8 ON report (cell_8) WHERE cell_8 IS NOT NULL;
CREATE INDEX report_by_cell_6 ON report (cell_6) WHERE cell_6 IS NOT NULL;

-- Answers, a row for each sensitivity, so that each can be read and erased by itself.
CREATE TABLE answer (
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK (part IN ('plain', 'personal', 'special', 'restricted', 'evidence', 'place')),
  body JSONB NOT NULL,
  -- The entry of the report keeps SHA-256(salt, body): answers can be erased and still be proved to be those given.
  salt BYTEA NOT NULL,
  PRIMARY KEY (report, part)
);

CREATE TABLE contact (
  report UUID PRIMARY KEY NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  name TEXT,
  email TEXT,
  phone TEXT,
  safe JSONB NOT NULL
);

-- Receipt codes and PINs are short, so they are kept as HMAC under a key outside the database.
CREATE TABLE receipt (
  report UUID PRIMARY KEY NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  code BYTEA NOT NULL
);

CREATE TABLE pin (
  report UUID PRIMARY KEY NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  pin BYTEA NOT NULL,
  tries BIGINT NOT NULL CHECK (tries >= 0),
  closed_until BIGINT
);

CREATE TABLE staff (
  id UUID PRIMARY KEY NOT NULL,
  agency TEXT NOT NULL,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password TEXT NOT NULL,
  totp BYTEA NOT NULL,
  totp_step BIGINT NOT NULL,
  roles JSONB NOT NULL,
  teams JSONB NOT NULL,
  active BOOLEAN NOT NULL,
  fails BIGINT NOT NULL CHECK (fails >= 0),
  locked_until BIGINT
);
CREATE INDEX staff_by_agency ON staff (agency, name);

CREATE TABLE recovery (
  staff UUID NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
  code BYTEA NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (staff, code)
);

CREATE TABLE session (
  token BYTEA PRIMARY KEY NOT NULL,
  staff UUID NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  touched_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX session_by_staff ON session (staff);
CREATE INDEX session_by_expiry ON session (expires_at);

-- What one agency does with a report: its own state, targets and view (J-8).
CREATE TABLE sub_case (
  id UUID PRIMARY KEY NOT NULL,
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  agency TEXT NOT NULL,
  service TEXT NOT NULL,
  stage TEXT NOT NULL,
  core TEXT NOT NULL CHECK (core IN ('received', 'open', 'waiting_resident', 'with_other_agency', 'closed', 'withdrawn')),
  team TEXT NOT NULL,
  assignee UUID REFERENCES staff (id),
  -- 1 is the most urgent, 9 the least; ascending like the other keys, so that pages by key use one index
  priority BIGINT NOT NULL CHECK (priority BETWEEN 1 AND 9),
  number BIGINT NOT NULL UNIQUE,
  flags JSONB NOT NULL,
  shared JSONB NOT NULL,
  received_at BIGINT NOT NULL,
  acknowledged_at BIGINT,
  first_due_at BIGINT,
  due_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  closed_at BIGINT,
  outcome TEXT,
  version BIGINT NOT NULL,
  UNIQUE (report, agency)
);
CREATE INDEX sub_case_open_by_risk ON sub_case (agency, priority, due_at, id) WHERE closed_at IS NULL;
CREATE INDEX sub_case_open_by_due ON sub_case (agency, due_at, id) WHERE closed_at IS NULL;
CREATE INDEX sub_case_open_by_age ON sub_case (agency, received_at, id) WHERE closed_at IS NULL;
CREATE INDEX sub_case_open_by_assignee ON sub_case (agency, assignee, due_at, id) WHERE closed_at IS NULL;
CREATE INDEX sub_case_open_by_team ON sub_case (agency, team, due_at, id) WHERE closed_at IS NULL;
CREATE INDEX sub_case_open_by_service ON sub_case (agency, service, due_at, id) WHERE closed_at IS NULL;
CREATE INDEX sub_case_open_by_core ON sub_case (agency, core, due_at, id) WHERE closed_at IS NULL;
CREATE INDEX sub_case_closed ON sub_case (agency, closed_at, id) WHERE closed_at IS NOT NULL;

-- Everything that happens, once. Never updated.
CREATE TABLE journal (
  id UUID PRIMARY KEY NOT NULL,
  at BIGINT NOT NULL,
  verb TEXT NOT NULL CHECK (verb IN ('collection', 'alteration', 'consultation', 'disclosure', 'combination', 'erasure')),
  kind TEXT NOT NULL,
  report UUID REFERENCES report (id),
  agency TEXT,
  actor TEXT NOT NULL CHECK (actor IN ('anonymous', 'resident', 'staff', 'house')),
  staff UUID REFERENCES staff (id),
  actor_name TEXT NOT NULL,
  audience TEXT NOT NULL CHECK (audience IN ('resident', 'agencies', 'agency', 'audit')),
  facts JSONB NOT NULL,
  content_hash BYTEA
);
CREATE INDEX journal_by_report ON journal (report, id) WHERE report IS NOT NULL;
CREATE INDEX journal_by_staff ON journal (staff, id) WHERE staff IS NOT NULL;

-- The words of an entry, bound to it by a salted hash, erasable.
CREATE TABLE content (
  entry UUID PRIMARY KEY NOT NULL REFERENCES journal (id),
  salt BYTEA NOT NULL,
  body JSONB NOT NULL
);

CREATE TABLE unsealed (
  entry UUID PRIMARY KEY NOT NULL REFERENCES journal (id)
);

-- What leaves the building.
CREATE TABLE delivery (
  id UUID PRIMARY KEY NOT NULL,
  entry UUID NOT NULL REFERENCES journal (id),
  report UUID REFERENCES report (id),
  agency TEXT,
  channel TEXT NOT NULL CHECK (channel IN ('email')),
  address TEXT NOT NULL,
  template TEXT NOT NULL,
  facts JSONB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'dead', 'held')),
  tries BIGINT NOT NULL CHECK (tries >= 0),
  next_at BIGINT NOT NULL,
  claim UUID,
  created_at BIGINT NOT NULL,
  sent_at BIGINT,
  problem TEXT
);
-- SQLite uses a partial index only where the statement repeats its condition word for word.
CREATE INDEX delivery_due ON delivery (next_at, id) WHERE state = 'waiting';
CREATE INDEX delivery_claimed ON delivery (next_at, id) WHERE state = 'sending';
CREATE INDEX delivery_unsent ON delivery (state) WHERE state <> 'sent';
CREATE INDEX delivery_stuck ON delivery (agency, created_at, id) WHERE state IN ('dead', 'held');
CREATE INDEX delivery_by_report ON delivery (report, created_at, id);

-- One report asked of another agency.
CREATE TABLE transfer (
  id UUID PRIMARY KEY NOT NULL,
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  from_agency TEXT NOT NULL,
  to_agency TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'accepted', 'handed_back', 'taken_back')),
  shared JSONB NOT NULL,
  proposed_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  decided_at BIGINT,
  reason TEXT,
  CHECK (from_agency <> to_agency)
);
CREATE UNIQUE INDEX transfer_one_at_a_time ON transfer (report) WHERE state = 'proposed';
CREATE INDEX transfer_to ON transfer (to_agency, due_at, id) WHERE state = 'proposed';
CREATE INDEX transfer_by_report ON transfer (report, proposed_at, id);

-- Answers in progress, sealed with a key that only the visitor's cookie holds.
CREATE TABLE attempt (
  token BYTEA PRIMARY KEY NOT NULL,
  service TEXT NOT NULL,
  sealed BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  report UUID REFERENCES report (id) ON DELETE SET NULL,
  version BIGINT NOT NULL
);
CREATE INDEX attempt_by_expiry ON attempt (expires_at);

-- A private link; the token itself is derived under a key outside the database.
CREATE TABLE link (
  id UUID PRIMARY KEY NOT NULL,
  token BYTEA NOT NULL UNIQUE,
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX link_by_report ON link (report);
CREATE INDEX link_by_expiry ON link (expires_at);

-- A resident's browser that has shown that the report is theirs.
CREATE TABLE visit (
  token BYTEA PRIMARY KEY NOT NULL,
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  sight TEXT NOT NULL CHECK (sight IN ('stage', 'link', 'whole')),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX visit_by_report ON visit (report);
CREATE INDEX visit_by_expiry ON visit (expires_at);

CREATE TABLE throttle (
  door TEXT NOT NULL,
  origin BYTEA NOT NULL,
  since BIGINT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (door, origin)
);
CREATE INDEX throttle_by_since ON throttle (since);

-- Open data: one row a data set that is in force; rows carry the load they came with.
CREATE TABLE data_set (
  kind TEXT PRIMARY KEY NOT NULL,
  load BIGINT NOT NULL,
  name TEXT NOT NULL,
  dated TEXT NOT NULL,
  attribution TEXT NOT NULL,
  rows_kept BIGINT NOT NULL,
  rows_refused BIGINT NOT NULL,
  demonstration BOOLEAN NOT NULL,
  imported_at BIGINT NOT NULL
);

CREATE TABLE area (
  load BIGINT NOT NULL,
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  dated TEXT NOT NULL,
  geometry TEXT NOT NULL,
  PRIMARY KEY (load, kind, code)
);

CREATE TABLE postcode (
  load BIGINT NOT NULL,
  postcode TEXT NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (load, postcode)
);

CREATE TABLE place (
  load BIGINT NOT NULL,
  n BIGINT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  within TEXT NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (load, n)
);
