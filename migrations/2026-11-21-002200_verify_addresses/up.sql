-- Registering proves no address; following a link sent to it does.
ALTER TYPE link_purpose ADD VALUE 'address_check';

ALTER TABLE users ADD COLUMN email_verified_at TIMESTAMPTZ;
-- Whoever was confirmed before came from the command line.
UPDATE users SET email_verified_at = confirmed_at;
