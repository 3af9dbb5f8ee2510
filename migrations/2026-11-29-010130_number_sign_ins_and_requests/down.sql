DROP TRIGGER support_requests_number ON support_requests;
DROP INDEX support_requests_user_idx;
ALTER TABLE support_requests DROP COLUMN number;
CREATE INDEX support_requests_user_idx ON support_requests (user_id, id DESC);
DROP TRIGGER sign_ins_number ON sign_ins;
ALTER TABLE sign_ins DROP COLUMN number;
DELETE FROM last_numbers WHERE kind IN ('sign_in', 'support_request');
