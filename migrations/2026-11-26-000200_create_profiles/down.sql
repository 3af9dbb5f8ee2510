DROP TABLE profiles;
DROP FUNCTION are_contacts;
DROP FUNCTION are_interests;
DROP TYPE profession;
DROP TYPE gender;
