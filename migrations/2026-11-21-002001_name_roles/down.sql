DELETE FROM user_roles WHERE role_id IN (SELECT id FROM roles WHERE key IS NULL);
DELETE FROM roles WHERE key IS NULL;
DROP INDEX roles_name_key;
ALTER TABLE roles DROP CONSTRAINT roles_name_check;
ALTER TABLE roles DROP CONSTRAINT roles_key_or_name_check;
ALTER TABLE roles ALTER COLUMN key SET NOT NULL;
ALTER TABLE roles DROP COLUMN name;
