-- When the password was last entered in this session of a browser.
ALTER TABLE sign_ins ADD COLUMN proved_at TIMESTAMPTZ;
UPDATE sign_ins SET proved_at = created_at WHERE kind = 'browser';
