DROP TRIGGER users_email_spelling ON users;
DROP FUNCTION check_address();
