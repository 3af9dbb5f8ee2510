DROP TABLE library_item_tags;
DROP TABLE tag_names;
DROP TABLE tags;
DROP TABLE library_texts;
DROP TABLE library_items;
DROP TYPE burnout_dimension;
DROP TYPE item_kind;
DROP TYPE item_category;
