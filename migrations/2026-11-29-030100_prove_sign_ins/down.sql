ALTER TABLE sign_ins DROP COLUMN proved_at;
