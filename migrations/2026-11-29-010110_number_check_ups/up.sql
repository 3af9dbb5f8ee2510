-- Check-ups and recommendations. A counting check-up left behind by a person who left
-- has no number, because its number would reveal how many they had made.
ALTER TABLE assessments ADD COLUMN number BIGINT;
UPDATE assessments SET number = place.number FROM (
    SELECT id, row_number() OVER (PARTITION BY user_id ORDER BY made_at, id) AS number FROM assessments WHERE user_id IS NOT NULL
) AS place WHERE assessments.id = place.id;
INSERT INTO last_numbers (user_id, kind, last)
    SELECT user_id, 'assessment', max(number) FROM assessments WHERE user_id IS NOT NULL GROUP BY user_id;
ALTER TABLE assessments ADD CONSTRAINT assessments_number_check CHECK ((user_id IS NULL) = (number IS NULL));
CREATE UNIQUE INDEX assessments_number_key ON assessments (user_id, number);
DROP INDEX assessments_history_idx;
CREATE INDEX assessments_history_idx ON assessments (user_id, made_at DESC, number DESC);
CREATE TRIGGER assessments_number BEFORE INSERT ON assessments
    FOR EACH ROW WHEN (NEW.number IS NULL AND NEW.user_id IS NOT NULL) EXECUTE FUNCTION number_within_person('assessment');

ALTER TABLE recommendations ADD COLUMN number BIGINT;
UPDATE recommendations SET number = place.number FROM (
    SELECT id, row_number() OVER (PARTITION BY user_id ORDER BY id) AS number FROM recommendations
) AS place WHERE recommendations.id = place.id;
INSERT INTO last_numbers (user_id, kind, last)
    SELECT user_id, 'recommendation', max(number) FROM recommendations GROUP BY user_id;
ALTER TABLE recommendations ALTER COLUMN number SET NOT NULL;
CREATE UNIQUE INDEX recommendations_number_key ON recommendations (user_id, number);
DROP INDEX recommendations_completed_idx;
CREATE INDEX recommendations_completed_idx ON recommendations (user_id, completed_at DESC, number DESC)
    WHERE completed_at IS NOT NULL;
CREATE TRIGGER recommendations_number BEFORE INSERT ON recommendations
    FOR EACH ROW WHEN (NEW.number IS NULL AND NEW.user_id IS NOT NULL) EXECUTE FUNCTION number_within_person('recommendation');
