CREATE TYPE support_contact AS ENUM ('mail', 'phone', 'in_person');
CREATE TYPE support_state AS ENUM ('open', 'answered', 'closed', 'withdrawn');

-- What an employee told HR on purpose: only what they ticked, copied as it was.
-- A withdrawn one holds nothing of it; it stays for a day, so that it counts
-- towards how many a person may send.
CREATE TABLE support_requests (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    user_id BIGINT NOT NULL,
    state support_state NOT NULL,
    message TEXT,
    department TEXT,
    result_on DATE,
    level burnout_level,
    profile burnout_profile,
    contact support_contact,
    phone TEXT,
    answer TEXT,
    answered_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    closed_at TIMESTAMPTZ,
    waiting BOOLEAN NOT NULL GENERATED ALWAYS AS (state IN ('open', 'answered')) STORED,
    CONSTRAINT support_requests_pkey PRIMARY KEY (id),
    CONSTRAINT support_requests_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT support_requests_message_check CHECK (length(message) BETWEEN 1 AND 2000),
    CONSTRAINT support_requests_answer_check CHECK (length(answer) BETWEEN 1 AND 2000),
    CONSTRAINT support_requests_phone_check CHECK (
        phone IS NULL OR (contact IS NOT DISTINCT FROM 'phone' AND length(phone) BETWEEN 1 AND 50)
    ),
    CONSTRAINT support_requests_result_check CHECK (
        (result_on IS NULL) = (level IS NULL AND profile IS NULL)
    ),
    CONSTRAINT support_requests_answered_check CHECK (
        (answer IS NULL) = (answered_at IS NULL) AND (state <> 'answered' OR answer IS NOT NULL)
    ),
    CONSTRAINT support_requests_closed_check CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CONSTRAINT support_requests_withdrawn_check CHECK (
        state <> 'withdrawn'
        OR num_nonnulls(message, department, result_on, level, profile, contact, phone, answer, answered_at) = 0
    )
);
CREATE UNIQUE INDEX support_requests_one_open_key ON support_requests (user_id) WHERE waiting;
CREATE INDEX support_requests_user_idx ON support_requests (user_id, id DESC);
CREATE INDEX support_requests_waiting_idx ON support_requests (id) WHERE waiting;
CREATE INDEX support_requests_closed_idx ON support_requests (id DESC) WHERE closed_at IS NOT NULL;
