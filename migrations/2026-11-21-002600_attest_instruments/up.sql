-- Whose questionnaire it is: somebody of the company says that a licence is
-- held. Hearth's own needs none; its stored versions say so from now on.
ALTER TABLE instrument_versions
    ADD COLUMN licence_holder TEXT,
    ADD COLUMN attested_at TIMESTAMPTZ,
    ADD COLUMN attested_by BIGINT,
    ADD CONSTRAINT instrument_versions_attested_by_fkey FOREIGN KEY (attested_by) REFERENCES users (id) ON DELETE SET NULL,
    ADD CONSTRAINT instrument_versions_licence_holder_check CHECK (length(licence_holder) BETWEEN 1 AND 255),
    ADD CONSTRAINT instrument_versions_attested_check CHECK (
        (licence_holder IS NULL) = (attested_at IS NULL) AND (attested_by IS NULL OR attested_at IS NOT NULL)
    );
UPDATE instrument_versions SET definition = definition || '{"attestation": "not_needed"}'
    WHERE instrument_id = (SELECT id FROM instruments WHERE key = 'hearth-20');
