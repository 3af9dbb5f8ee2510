-- What a person owns is numbered within that person, from 1: a number of one
-- sequence for all would tell each what the others do.
CREATE TYPE numbered AS ENUM
    ('assessment', 'recommendation', 'chat', 'message', 'sign_in', 'support_request');

-- The last number that was given, so that none is given twice, whatever was
-- deleted since. Its row is what writers of one person wait at.
CREATE TABLE last_numbers (
    user_id BIGINT NOT NULL,
    kind numbered NOT NULL,
    last BIGINT NOT NULL,
    CONSTRAINT last_numbers_pkey PRIMARY KEY (user_id, kind),
    CONSTRAINT last_numbers_last_check CHECK (last >= 1),
    CONSTRAINT last_numbers_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

-- Numbers a new row that has none. The person's row is held first, as whoever
-- deletes a person does: neither waits for the other in a circle.
CREATE FUNCTION number_within_person() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM users WHERE id = NEW.user_id FOR KEY SHARE;
    INSERT INTO last_numbers AS given (user_id, kind, last) VALUES (NEW.user_id, TG_ARGV[0]::numbered, 1)
        ON CONFLICT (user_id, kind) DO UPDATE SET last = given.last + 1
        RETURNING last INTO NEW.number;
    RETURN NEW;
END
$$;
