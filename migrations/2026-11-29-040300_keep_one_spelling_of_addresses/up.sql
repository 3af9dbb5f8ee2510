-- E-mail addresses are stored normalised: lower case, ASCII, without quoting. Only new
-- and changed addresses are checked. (A check constraint would also refuse any other
-- change to a row with an old address.)
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
