-- Orders names alphabetically instead of by code points, where PostgreSQL was built
-- with ICU; elsewhere nothing changes.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_collation WHERE collprovider = 'i' AND collname = 'und-x-icu') THEN
        CREATE COLLATION names (provider = icu, locale = 'und');
        ALTER TABLE users ALTER COLUMN name TYPE TEXT COLLATE names;
    END IF;
END
$$;
