DELETE FROM library_items WHERE audience = 'team';
ALTER TABLE library_items DROP COLUMN audience;
DROP TYPE library_audience;
