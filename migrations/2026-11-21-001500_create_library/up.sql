CREATE TYPE item_category AS ENUM
    ('rest', 'body', 'boundaries', 'workload', 'connection', 'meaning', 'professional_help');
CREATE TYPE item_kind AS ENUM ('exercise', 'habit', 'conversation', 'reading', 'professional_help');
CREATE TYPE burnout_dimension AS ENUM ('emotional_exhaustion', 'depersonalization', 'reduced_accomplishment');

CREATE TABLE library_items (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    key TEXT NOT NULL,
    category item_category NOT NULL,
    kind item_kind NOT NULL,
    minutes SMALLINT NOT NULL,
    dimensions burnout_dimension[] NOT NULL,
    levels burnout_level[] NOT NULL,
    author TEXT,
    source TEXT,
    published BOOLEAN NOT NULL DEFAULT TRUE,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT library_items_pkey PRIMARY KEY (id),
    CONSTRAINT library_items_key_key UNIQUE (key),
    CONSTRAINT library_items_minutes_check CHECK (minutes BETWEEN 1 AND 480),
    CONSTRAINT library_items_dimensions_check CHECK (cardinality(dimensions) > 0),
    CONSTRAINT library_items_levels_check CHECK (cardinality(levels) > 0)
);
CREATE TRIGGER library_items_set_updated_at BEFORE UPDATE ON library_items
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE library_texts (
    item_id BIGINT NOT NULL,
    language language NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    duration TEXT NOT NULL,
    CONSTRAINT library_texts_pkey PRIMARY KEY (item_id, language),
    CONSTRAINT library_texts_item_fkey FOREIGN KEY (item_id) REFERENCES library_items (id) ON DELETE CASCADE
);

CREATE TABLE tags (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    key TEXT NOT NULL,
    CONSTRAINT tags_pkey PRIMARY KEY (id),
    CONSTRAINT tags_key_key UNIQUE (key)
);
CREATE TABLE tag_names (
    tag_id BIGINT NOT NULL,
    language language NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT tag_names_pkey PRIMARY KEY (tag_id, language),
    CONSTRAINT tag_names_tag_fkey FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE
);
CREATE TABLE library_item_tags (
    item_id BIGINT NOT NULL,
    tag_id BIGINT NOT NULL,
    CONSTRAINT library_item_tags_pkey PRIMARY KEY (item_id, tag_id),
    CONSTRAINT library_item_tags_item_fkey FOREIGN KEY (item_id) REFERENCES library_items (id) ON DELETE CASCADE,
    CONSTRAINT library_item_tags_tag_fkey FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE
);
CREATE INDEX library_item_tags_tag_idx ON library_item_tags (tag_id);
