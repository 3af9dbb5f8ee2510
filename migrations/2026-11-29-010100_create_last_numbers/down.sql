DROP FUNCTION number_within_person();
DROP TABLE last_numbers;
DROP TYPE numbered;
