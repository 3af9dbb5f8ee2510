UPDATE instrument_versions SET definition = definition - 'attestation'
    WHERE instrument_id = (SELECT id FROM instruments WHERE key = 'hearth-20');
ALTER TABLE instrument_versions DROP COLUMN attested_by, DROP COLUMN attested_at, DROP COLUMN licence_holder;
