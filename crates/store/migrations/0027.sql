-- Answers that staff use again (C-67), as versioned rows: one version of each is in force, and none is ever lost.
CREATE TABLE template (
  id UUID PRIMARY KEY NOT NULL,
  -- The same for all versions of one template.
  line UUID NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  agency TEXT NOT NULL,
  name TEXT NOT NULL,
  -- Empty: every service.
  service TEXT NOT NULL,
  moment TEXT NOT NULL CHECK (moment IN ('any', 'filed', 'stage', 'outcome')),
  -- The stage or the outcome; empty where the moment has none.
  state TEXT NOT NULL,
  -- The status code of an outside system, or a pattern of it with *; empty: none is asked for.
  code TEXT NOT NULL,
  words TEXT NOT NULL,
  -- What the mail says beside its link; empty: what it always says.
  mail TEXT NOT NULL,
  automatic BOOLEAN NOT NULL,
  active BOOLEAN NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT,
  by_staff UUID NOT NULL REFERENCES staff (id)
);
CREATE UNIQUE INDEX template_version ON template (agency, line, version);
CREATE UNIQUE INDEX template_in_force ON template (agency, line) WHERE until IS NULL;
CREATE INDEX template_automatic ON template (agency, moment) WHERE until IS NULL AND automatic AND active;

-- Filters of the list that a person, or a team, keeps under a name (C-63).
CREATE TABLE saved_view (
  id UUID PRIMARY KEY NOT NULL,
  agency TEXT NOT NULL,
  staff UUID NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
  -- Empty: the person's own.
  team TEXT NOT NULL,
  name TEXT NOT NULL,
  filter JSONB NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX saved_view_own ON saved_view (staff, name) WHERE team = '';
CREATE INDEX saved_view_of_team ON saved_view (agency, team, name) WHERE team <> '';

-- One act on many reports (C-69). Its key is the form it came with: the same form twice is one act.
CREATE TABLE bulk (
  id UUID PRIMARY KEY NOT NULL,
  agency TEXT NOT NULL,
  staff UUID NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
  act TEXT NOT NULL CHECK (act IN ('assign', 'stage', 'priority', 'note', 'shortlist')),
  created_at BIGINT NOT NULL,
  undone_at BIGINT
);

CREATE TABLE bulk_item (
  bulk UUID NOT NULL REFERENCES bulk (id) ON DELETE CASCADE,
  ordinal BIGINT NOT NULL,
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'left', 'undone')),
  -- Why it was left out: a word of the program.
  why TEXT NOT NULL,
  -- What it was before, where it can be put back.
  before JSONB NOT NULL,
  -- The version of the part after it.
  version BIGINT NOT NULL,
  PRIMARY KEY (bulk, ordinal)
);
CREATE UNIQUE INDEX bulk_item_of_report ON bulk_item (bulk, report);
CREATE INDEX bulk_item_by_report ON bulk_item (report);

-- Reports that one person goes to see on a day, in their order (C-69): a report is on one list of an agency.
CREATE TABLE shortlist (
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  agency TEXT NOT NULL,
  staff UUID NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
  ordinal BIGINT NOT NULL,
  added_at BIGINT NOT NULL,
  PRIMARY KEY (report, agency)
);
CREATE INDEX shortlist_of_staff ON shortlist (staff, ordinal, report);
