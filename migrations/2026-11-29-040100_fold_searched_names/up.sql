-- The search finds names regardless of how they are typed: Unicode composition, any
-- apostrophe or none, ё or е, ґ or г, Latin letters with or without accents. A name
-- with an apostrophe is found both as one word (Маряна) and by its parts.
DROP INDEX users_search_idx;
DROP FUNCTION searchable(TEXT, TEXT);

-- The same folding as `text::search` in the code.
CREATE FUNCTION folded_for_search(value TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN translate(
        normalize(regexp_replace(
            normalize(translate(value, '’‘‛ʼʹʻʽ`´′‵ꞌ', ''''''''''''''''''''''''''), NFKD) COLLATE "C",
            '([A-Za-z])[\u0300-\u036F]+', '\1', 'g'), NFC),
        'ёЁґҐłŁøØđĐ', 'еЕгГlLoOdD');
CREATE FUNCTION searchable(name TEXT, email TEXT) RETURNS TSVECTOR LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_tsvector('simple', translate(
        replace(folded_for_search(name || ' ' || coalesce(email, '')), '''', '') || ' ' || folded_for_search(name),
        '@.-_+''/&<>"()%#=:;,!?*\', '                       '));
CREATE INDEX users_search_idx ON users USING gin (searchable(name, email));
