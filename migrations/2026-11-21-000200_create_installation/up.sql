-- One row: facts about this installation as a whole.
CREATE TABLE installation (
    singleton BOOLEAN NOT NULL DEFAULT TRUE,
    demo_since TIMESTAMPTZ,
    CONSTRAINT installation_pkey PRIMARY KEY (singleton),
    CONSTRAINT installation_one_row CHECK (singleton)
);
INSERT INTO installation DEFAULT VALUES;
