DROP TABLE users;
DROP TYPE language;
