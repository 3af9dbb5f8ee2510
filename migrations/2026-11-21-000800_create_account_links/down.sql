DROP TABLE account_links;
DROP TYPE link_purpose;
