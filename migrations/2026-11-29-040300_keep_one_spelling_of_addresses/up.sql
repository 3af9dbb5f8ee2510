-- One mailbox has one spelling: lower case, in ASCII, nothing quoted. What was
-- stored before stays where it is; whatever is written from now on is checked.
-- (A check constraint would also refuse every other change to an old row.)
CREATE FUNCTION check_address() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.email COLLATE "C" !~ '^[a-z0-9!#$%&''*+/=?^_`{|}~.-]{1,64}@[a-z0-9.-]+$' THEN
        RAISE EXCEPTION 'an address in another than its one spelling'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'users_email_spelling';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER users_email_spelling BEFORE INSERT OR UPDATE OF email ON users
    FOR EACH ROW WHEN (NEW.email IS NOT NULL) EXECUTE FUNCTION check_address();
