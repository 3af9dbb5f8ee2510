ALTER TABLE users DROP COLUMN email_verified_at;

DELETE FROM account_links WHERE purpose = 'address_check';
ALTER TABLE account_links DROP CONSTRAINT account_links_new_email_check;
ALTER TYPE link_purpose RENAME TO link_purpose_with_address_check;
CREATE TYPE link_purpose AS ENUM ('password_reset', 'email_change', 'invitation');
ALTER TABLE account_links ALTER COLUMN purpose TYPE link_purpose USING purpose::text::link_purpose;
ALTER TABLE account_links
    ADD CONSTRAINT account_links_new_email_check CHECK ((purpose = 'email_change') = (new_email IS NOT NULL));
DROP TYPE link_purpose_with_address_check;
