ALTER TABLE actions ALTER COLUMN id DROP DEFAULT;
ALTER TABLE actions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
SELECT setval(pg_get_serial_sequence('actions', 'id'), coalesce(max(id), 0) + 1, FALSE) FROM actions;
ALTER TABLE periods ALTER COLUMN id SET GENERATED ALWAYS;
SELECT setval(pg_get_serial_sequence('periods', 'id'), coalesce(max(id), 0) + 1, FALSE) FROM periods;
