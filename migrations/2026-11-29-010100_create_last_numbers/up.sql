-- What a person owns is numbered per person, from 1. Numbers from one common sequence
-- would reveal how much other people do.
CREATE TYPE numbered AS ENUM
    ('assessment', 'recommendation', 'chat', 'message', 'sign_in', 'support_request');

-- The last number given per person and kind, so that no number is given twice, even
-- after deletions. Concurrent writers of one person wait for its row.
CREATE TABLE last_numbers (
    user_id BIGINT NOT NULL,
    kind numbered NOT NULL,
    last BIGINT NOT NULL,
    CONSTRAINT last_numbers_pkey PRIMARY KEY (user_id, kind),
    CONSTRAINT last_numbers_last_check CHECK (last >= 1),
    CONSTRAINT last_numbers_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

-- Trigger that numbers a new row. Locks the person's row first, as deleting a person
-- does: the same order prevents deadlocks.
CREATE FUNCTION number_within_person() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM users WHERE id = NEW.user_id FOR KEY SHARE;
    INSERT INTO last_numbers AS given (user_id, kind, last) VALUES (NEW.user_id, TG_ARGV[0]::numbered, 1)
        ON CONFLICT (user_id, kind) DO UPDATE SET last = given.last + 1
        RETURNING last INTO NEW.number;
    RETURN NEW;
END
$$;
