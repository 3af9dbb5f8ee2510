//! What a page shows to its reader, as text.

use crate::i18n::Language;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// Where `part` stands in `text` and is no part of a longer word.
pub fn word_at(text: &str, part: &str) -> Option<usize> {
    let is_free = |at: &usize| {
        let inside = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        !inside(text[..*at].chars().next_back()) && !inside(text[at + part.len()..].chars().next())
    };
    text.match_indices(part).map(|(at, _)| at).find(is_free)
}

pub fn has_plain_letters(text: &str) -> bool {
    text.contains(|letter: char| letter.is_ascii_alphabetic())
}

pub fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a page says, run by run: texts between tags, and the attributes that are read
/// out or shown. Left out are scripts, and elements that say they are in another
/// language.
pub fn runs(body: &str) -> Vec<String> {
    static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"(?s)<(!|/?)([\w-]*)((?:"[^"]*"|[^">])*)>"#).unwrap());
    static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"([\w-]+)="([^"]*)""#).unwrap());
    const VOID: [&str; 9] = ["br", "hr", "img", "input", "link", "meta", "source", "col", "wbr"];
    const SAID: [&str; 6] = ["alt", "aria-label", "aria-description", "aria-valuetext", "placeholder", "title"];
    let mut found = Vec::new();
    // Open elements, and whether what they contain is looked at.
    let mut open: Vec<(String, bool)> = Vec::new();
    let mut after = 0;
    let mut read = |text: &str, shown: bool| {
        let text = single_spaced(&decoded(text));
        if shown && !text.is_empty() {
            found.push(text);
        }
    };
    for tag in TAG.captures_iter(body) {
        let (whole, name) = (tag.get(0).unwrap(), tag[2].to_lowercase());
        let shown = open.last().is_none_or(|(_, shown)| *shown);
        read(&body[after..whole.start()], shown);
        after = whole.end();
        if &tag[1] == "!" {
            continue;
        }
        if &tag[1] == "/" {
            while open.pop().is_some_and(|(opened, _)| opened != name) {}
            continue;
        }
        let attributes = || ATTRIBUTE.captures_iter(&tag[3]).map(|one| (one[1].to_owned(), one[2].to_owned()));
        let foreign = attributes().any(|(name, value)| name == "lang" && value != Language::Xa.code());
        let shown = shown && !foreign && !matches!(&*name, "script" | "style" | "textarea");
        attributes().filter(|(name, _)| SAID.contains(&&**name)).for_each(|(_, value)| read(&value, shown));
        if !VOID.contains(&&*name) && !tag[3].ends_with('/') {
            open.push((name, shown));
        }
    }
    found
}

pub fn decoded(text: &str) -> String {
    static ENTITY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"&(#?\w+);").unwrap());
    let sign = |entity: &Captures<'_>| match &entity[1] {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "nbsp" => " ".to_owned(),
        code => {
            let code = code.strip_prefix('#').and_then(|code| code.parse().ok()).and_then(char::from_u32);
            code.unwrap_or_else(|| panic!("what is {}?", &entity[0])).to_string()
        }
    };
    ENTITY.replace_all(text, sign).into_owned()
}
