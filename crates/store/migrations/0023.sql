-- Alerts (C-57 to C-60): who asked by mail to hear of public reports, of which, and what they were told.
CREATE TABLE subscriber (
  id UUID PRIMARY KEY NOT NULL,
  -- Of the address, made with a key that is not in the database: who asks again is found again.
  mark BYTEA NOT NULL UNIQUE,
  address TEXT NOT NULL,
  -- SHA-256 of the token that opens the page of these alerts.
  token BYTEA NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  -- Empty: nobody has shown yet that the address is theirs.
  confirmed_at BIGINT,
  stopped_at BIGINT,
  stopped_why TEXT CHECK (stopped_why IN ('asked', 'bounced')),
  CHECK ((stopped_at IS NULL) = (stopped_why IS NULL))
);
CREATE INDEX subscriber_unconfirmed ON subscriber (created_at) WHERE confirmed_at IS NULL;

CREATE TABLE subscription (
  id UUID PRIMARY KEY NOT NULL,
  subscriber UUID NOT NULL REFERENCES subscriber (id) ON DELETE CASCADE,
  -- SHA-256 of the token that confirms it.
  token BYTEA NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('near', 'area', 'agency', 'report')),
  lat DOUBLE PRECISION,
  lon DOUBLE PRECISION,
  metres BIGINT,
  -- Kind and code of a boundary, or the id of an agency; empty for the other kinds.
  code TEXT NOT NULL,
  report UUID REFERENCES report (id) ON DELETE CASCADE,
  -- What it is about in words, for the page and the mail.
  words TEXT NOT NULL,
  service TEXT,
  hears TEXT NOT NULL CHECK (hears IN ('new', 'all')),
  cadence TEXT NOT NULL CHECK (cadence IN ('at_once', 'daily', 'weekly', 'off')),
  created_at BIGINT NOT NULL,
  -- What became known from then on is told. Empty: not confirmed.
  since BIGINT
);
CREATE INDEX subscription_by_subscriber ON subscription (subscriber, id);
CREATE INDEX subscription_by_report ON subscription (report) WHERE report IS NOT NULL;
CREATE INDEX subscription_unconfirmed ON subscription (created_at) WHERE since IS NULL;

-- Where a subscription is found by: a cell of the map that its circle touches, a boundary, an agency, a report. What happens to a
-- report is looked up by the few spots that it has itself.
CREATE TABLE watch (
  spot TEXT NOT NULL,
  subscription UUID NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
  PRIMARY KEY (spot, subscription)
);
CREATE INDEX watch_by_subscription ON watch (subscription);

-- What became known of a public report: one row an instant.
CREATE TABLE news (
  report UUID NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('new', 'changed', 'fixed')),
  -- When it was compared with the subscriptions.
  matched_at BIGINT,
  PRIMARY KEY (report, at)
);
CREATE INDEX news_unmatched ON news (at, report) WHERE matched_at IS NULL;
CREATE UNIQUE INDEX news_new ON news (report) WHERE kind = 'new';

-- One piece of news for one person, whichever of their subscriptions it fits: the key keeps it from being told twice.
CREATE TABLE alert (
  subscriber UUID NOT NULL REFERENCES subscriber (id) ON DELETE CASCADE,
  report UUID NOT NULL,
  at BIGINT NOT NULL,
  subscription UUID NOT NULL,
  -- When it goes out. Empty: it stands in a mail, or nothing is told of it any more.
  due_at BIGINT,
  delivery UUID,
  PRIMARY KEY (subscriber, report, at)
);
CREATE INDEX alert_due ON alert (due_at, subscriber) WHERE due_at IS NOT NULL;
CREATE INDEX alert_by_delivery ON alert (delivery) WHERE delivery IS NOT NULL;
CREATE INDEX alert_by_age ON alert (at);

-- Mails to subscribers, so that they go with the person.
CREATE TABLE alert_mail (
  delivery UUID PRIMARY KEY NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
  subscriber UUID NOT NULL REFERENCES subscriber (id) ON DELETE CASCADE,
  -- The one that it asks to confirm; without it the mail tells news.
  subscription UUID,
  made_at BIGINT NOT NULL
);
CREATE INDEX alert_mail_by_subscriber ON alert_mail (subscriber);
CREATE INDEX alert_mail_by_age ON alert_mail (made_at);
