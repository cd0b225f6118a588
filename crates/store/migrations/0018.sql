-- A resident who signs in: one address that was confirmed, and what it saves typing. There is no password (decision 33).
CREATE TABLE account (
  id UUID PRIMARY KEY NOT NULL,
  email TEXT NOT NULL,
  -- A keyed hash of the address, the same that a report keeps of it: what they have in common finds the reports.
  mark BYTEA NOT NULL UNIQUE,
  name TEXT,
  phone TEXT,
  -- All questions of a report on one page.
  one_page BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);
CREATE INDEX account_by_use ON account (seen_at);

-- A link that was sent to an address, to sign in by. Whoever opens it has the address.
CREATE TABLE sign_in (
  id UUID PRIMARY KEY NOT NULL,
  token BYTEA NOT NULL UNIQUE,
  email TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sign_in_by_end ON sign_in (expires_at);
CREATE INDEX sign_in_by_email ON sign_in (email);

-- A browser that is signed in.
CREATE TABLE signed_in (
  token BYTEA PRIMARY KEY NOT NULL,
  account UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX signed_in_by_account ON signed_in (account);
CREATE INDEX signed_in_by_end ON signed_in (expires_at);

-- Mail of an account belongs to no report, and is not kept longer than it is needed.
CREATE INDEX delivery_sign_in ON delivery (created_at) WHERE template = 'sign_in';
CREATE INDEX delivery_sign_in_to ON delivery (address) WHERE template = 'sign_in';
