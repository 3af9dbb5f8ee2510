CREATE TYPE priority AS ENUM ('low', 'medium', 'high');

-- The words of a recommendation are the library item's, in the reader's language.
CREATE TABLE recommendations (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    user_id BIGINT NOT NULL,
    item_id BIGINT NOT NULL,
    priority priority NOT NULL,
    given_at TIMESTAMPTZ NOT NULL,
    completed_at TIMESTAMPTZ,
    CONSTRAINT recommendations_pkey PRIMARY KEY (id),
    CONSTRAINT recommendations_order_check CHECK (completed_at >= given_at),
    CONSTRAINT recommendations_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT recommendations_item_fkey FOREIGN KEY (item_id) REFERENCES library_items (id)
);
CREATE UNIQUE INDEX recommendations_open_key ON recommendations (user_id, item_id) WHERE completed_at IS NULL;
CREATE INDEX recommendations_completed_idx ON recommendations (user_id, completed_at DESC, id DESC) WHERE completed_at IS NOT NULL;
CREATE INDEX recommendations_item_idx ON recommendations (item_id);
