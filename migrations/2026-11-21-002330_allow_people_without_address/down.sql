UPDATE users SET email = 'no-address-' || id || '@invalid' WHERE email IS NULL;
UPDATE old_users SET email = 'no-address-' || id || '@invalid' WHERE email IS NULL;
ALTER TABLE users DROP CONSTRAINT users_password_needs_email, ALTER COLUMN email SET NOT NULL;
ALTER TABLE old_users ALTER COLUMN email SET NOT NULL;
