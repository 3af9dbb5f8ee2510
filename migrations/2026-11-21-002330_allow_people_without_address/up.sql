-- People without e-mail take part with a printed code. Without an address
-- nobody signs in with a password, and none can be reset.
ALTER TABLE users
    ALTER COLUMN email DROP NOT NULL,
    ADD CONSTRAINT users_password_needs_email CHECK (password_hash IS NULL OR email IS NOT NULL);
ALTER TABLE old_users ALTER COLUMN email DROP NOT NULL;
