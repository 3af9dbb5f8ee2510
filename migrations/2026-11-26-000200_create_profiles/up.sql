CREATE TYPE gender AS ENUM ('female', 'male', 'non_binary', 'other', 'prefer_not_to_say');
CREATE TYPE profession AS ENUM (
    'management', 'engineering', 'information_technology', 'research', 'sales', 'customer_service', 'marketing',
    'finance', 'human_resources', 'administration', 'production', 'logistics', 'health_care', 'education',
    'other', 'prefer_not_to_say'
);

-- At most twelve words or phrases, none of them empty.
CREATE FUNCTION are_interests(given TEXT[]) RETURNS BOOLEAN LANGUAGE sql IMMUTABLE AS $$
    SELECT cardinality(given) <= 12
        AND array_position(given, NULL) IS NULL
        AND NOT EXISTS (SELECT FROM unnest(given) AS one WHERE length(one) > 50 OR btrim(one) = '')
$$;

-- An object of known keys, each with a short text.
CREATE FUNCTION are_contacts(given JSONB) RETURNS BOOLEAN LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN jsonb_typeof(given) = 'object' THEN NOT EXISTS (
        SELECT FROM jsonb_each(given) AS one
        WHERE one.key NOT IN ('phone', 'messenger', 'website', 'emergency_name', 'emergency_phone')
            OR jsonb_typeof(one.value) <> 'string'
            OR length(one.value #>> '{}') > 120
            OR btrim(one.value #>> '{}') = ''
    ) ELSE FALSE END
$$;

-- What people say of themselves to themselves: nothing here enters a number.
CREATE TABLE profiles (
    user_id BIGINT NOT NULL,
    gender gender NOT NULL DEFAULT 'prefer_not_to_say',
    profession profession NOT NULL DEFAULT 'prefer_not_to_say',
    interests TEXT[] NOT NULL DEFAULT '{}',
    contacts JSONB NOT NULL DEFAULT '{}',
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT profiles_pkey PRIMARY KEY (user_id),
    CONSTRAINT profiles_interests_check CHECK (are_interests(interests)),
    CONSTRAINT profiles_contacts_check CHECK (are_contacts(contacts)),
    CONSTRAINT profiles_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE TRIGGER profiles_set_updated_at BEFORE UPDATE ON profiles
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
