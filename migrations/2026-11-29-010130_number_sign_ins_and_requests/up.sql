-- A person's sign-ins and requests for support.
ALTER TABLE sign_ins ADD COLUMN number BIGINT;
UPDATE sign_ins SET number = place.number FROM (
    SELECT id, row_number() OVER (PARTITION BY user_id ORDER BY id) AS number FROM sign_ins
) AS place WHERE sign_ins.id = place.id;
INSERT INTO last_numbers (user_id, kind, last)
    SELECT user_id, 'sign_in', max(number) FROM sign_ins GROUP BY user_id;
ALTER TABLE sign_ins ALTER COLUMN number SET NOT NULL;
CREATE UNIQUE INDEX sign_ins_number_key ON sign_ins (user_id, number);
CREATE TRIGGER sign_ins_number BEFORE INSERT ON sign_ins
    FOR EACH ROW WHEN (NEW.number IS NULL AND NEW.user_id IS NOT NULL) EXECUTE FUNCTION number_within_person('sign_in');

ALTER TABLE support_requests ADD COLUMN number BIGINT;
UPDATE support_requests SET number = place.number FROM (
    SELECT id, row_number() OVER (PARTITION BY user_id ORDER BY id) AS number FROM support_requests
) AS place WHERE support_requests.id = place.id;
INSERT INTO last_numbers (user_id, kind, last)
    SELECT user_id, 'support_request', max(number) FROM support_requests GROUP BY user_id;
ALTER TABLE support_requests ALTER COLUMN number SET NOT NULL;
CREATE UNIQUE INDEX support_requests_number_key ON support_requests (user_id, number);
DROP INDEX support_requests_user_idx;
CREATE INDEX support_requests_user_idx ON support_requests (user_id, created_at);
CREATE TRIGGER support_requests_number BEFORE INSERT ON support_requests
    FOR EACH ROW WHEN (NEW.number IS NULL AND NEW.user_id IS NOT NULL) EXECUTE FUNCTION number_within_person('support_request');
