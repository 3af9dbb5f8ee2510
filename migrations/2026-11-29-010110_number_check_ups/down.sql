DROP TRIGGER recommendations_number ON recommendations;
DROP INDEX recommendations_completed_idx;
ALTER TABLE recommendations DROP COLUMN number;
CREATE INDEX recommendations_completed_idx ON recommendations (user_id, completed_at DESC, id DESC)
    WHERE completed_at IS NOT NULL;
DROP TRIGGER assessments_number ON assessments;
DROP INDEX assessments_history_idx;
ALTER TABLE assessments DROP COLUMN number;
CREATE INDEX assessments_history_idx ON assessments (user_id, made_at DESC, id DESC);
DELETE FROM last_numbers WHERE kind IN ('assessment', 'recommendation');
