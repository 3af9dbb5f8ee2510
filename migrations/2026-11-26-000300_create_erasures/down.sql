DROP TABLE erasures;
DROP TABLE erasure_requests;
