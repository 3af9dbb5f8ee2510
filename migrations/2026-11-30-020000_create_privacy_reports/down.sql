DROP TABLE privacy_reports;
