ALTER TABLE audit_checks DROP COLUMN unknown_id, DROP COLUMN unkeyed, DROP COLUMN mac;
