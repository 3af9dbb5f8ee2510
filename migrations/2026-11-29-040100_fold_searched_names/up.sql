-- People are found however their names are typed: composed or not, with any
-- apostrophe or none, ё as е, ґ as г, Latin letters without their accents. An
-- apostrophe joins what stands around it (Маряна), and its parts are found too.
DROP INDEX users_search_idx;
DROP FUNCTION searchable(TEXT, TEXT);

-- As `text::search` does it in the code.
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
