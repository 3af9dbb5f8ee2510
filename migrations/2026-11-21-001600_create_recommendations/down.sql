DROP TABLE recommendations;
DROP TYPE priority;
