-- Who asked to be erased, and from when on it is done.
CREATE TABLE erasure_requests (
    user_id BIGINT NOT NULL,
    requested_at TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT erasure_requests_pkey PRIMARY KEY (user_id),
    CONSTRAINT erasure_requests_order_check CHECK (due_at > requested_at),
    CONSTRAINT erasure_requests_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX erasure_requests_due_idx ON erasure_requests (due_at);

-- Numbers of accounts that were erased, and when: what a restored backup must
-- not bring back. The same number may belong to somebody who came later.
CREATE TABLE erasures (
    user_id BIGINT NOT NULL,
    erased_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT erasures_pkey PRIMARY KEY (user_id, erased_at)
);
