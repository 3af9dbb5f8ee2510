CREATE TYPE attempt_kind AS ENUM ('sign_in', 'registration', 'reset_request');

-- Every try where guessing could pay. An account is named by a keyed hash, so
-- that unknown addresses are counted like known ones and none is readable here.
-- A row starts as a failure and is marked succeeded afterwards: tries made at
-- the same moment cannot all slip under the limit.
CREATE TABLE attempts (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    kind attempt_kind NOT NULL,
    account_key BYTEA NOT NULL,
    user_id BIGINT,
    address INET NOT NULL,
    network CIDR NOT NULL,
    device BYTEA,
    browser TEXT NOT NULL DEFAULT '',
    succeeded BOOLEAN NOT NULL DEFAULT FALSE,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT attempts_pkey PRIMARY KEY (id),
    CONSTRAINT attempts_browser_check CHECK (length(browser) <= 300),
    CONSTRAINT attempts_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX attempts_account_idx ON attempts (account_key, created_at DESC);
CREATE INDEX attempts_address_idx ON attempts (address, created_at DESC) WHERE NOT succeeded;
CREATE INDEX attempts_network_idx ON attempts (network, created_at DESC) WHERE NOT succeeded;
CREATE INDEX attempts_user_idx ON attempts (user_id, id DESC);
CREATE INDEX attempts_created_idx ON attempts (created_at);
