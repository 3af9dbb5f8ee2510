//! The assistant without a model: a search in the library in the person's language.
//! Items for the most strained dimension of the person's latest check-up rank
//! higher. The answer names the items it quotes and says that it is a search.

use crate::{
    assessment,
    assistant::{Question, Source, answer::Answer},
    domain::{Dimension, Level, UserId},
    error::AppError,
    i18n::{Catalog, Language},
    instruments::Instruments,
    library::{self, Found, ItemId},
    recommendations::{self, Strain},
};
use diesel::PgConnection;

/// Items that an answer quotes.
const NAMED: usize = 3;
/// Best matches that are re-ranked by the latest result.
const CONSIDERED: i64 = 12;
/// Factor on the rank of an item for the most strained dimension at its level.
const FITS: f32 = 1.25;
/// Characters of a description that are quoted, cut at the end of a sentence.
const QUOTED: usize = 240;

/// What the latest result contributes to the ranking.
struct Concern {
    /// The most strained dimension, whose level is above low.
    dimension: Dimension,
    level: Level,
    /// Its name in the questionnaire.
    name: String,
}

/// Answers from the library. `silent` is the host of a model that failed to answer.
///
/// # Errors
/// Those of the database.
pub fn answer(
    conn: &mut PgConnection,
    instruments: &Instruments,
    question: &Question,
    language: Language,
    silent: Option<&str>,
) -> Result<Answer, AppError> {
    let words = language.catalog();
    let concern = concern(conn, instruments, question.user, language)?;
    let mut found = library::search(conn, &question.text, language, CONSIDERED)?;
    if let Some(concern) = &concern {
        found.sort_by(|a, b| weight(b, concern).total_cmp(&weight(a, concern)));
    }
    let named: Vec<(ItemId, String, String)> = if found.is_empty() {
        let own = recommendations::open(conn, question.user, language)?;
        own.into_iter().take(NAMED).map(|own| (own.item, own.title, own.description)).collect()
    } else {
        found.iter().take(NAMED).map(|item| (item.id, item.title.clone(), item.description.clone())).collect()
    };
    let mut parts: Vec<String> = Vec::new();
    if let Some(host) = silent {
        parts.push(words.with("assistant-silent", &[("host", host.into())]));
    }
    parts.push(words.text(opening(found.is_empty(), named.is_empty())).to_owned());
    if let Some(concern) = concern.filter(|concern| found.iter().any(|item| fits(item, concern))) {
        parts.push(words.with("assistant-concern", &[("dimension", concern.name.into())]));
    }
    parts.extend(named.iter().map(|(_, title, description)| quote(title, description, words)));
    parts.push(words.text("assistant-is-a-search").to_owned());
    let items = named.into_iter().map(|(id, _, _)| id).collect();
    Ok(Answer { text: parts.join("\n\n"), source: Source::Library, items })
}

const fn opening(nothing_found: bool, nothing_named: bool) -> &'static str {
    match (nothing_found, nothing_named) {
        (false, _) => "assistant-found",
        (true, false) => "assistant-from-my-list",
        (true, true) => "assistant-nothing",
    }
}

fn concern(
    conn: &mut PgConnection,
    instruments: &Instruments,
    user: UserId,
    language: Language,
) -> Result<Option<Concern>, AppError> {
    let Some(latest) = assessment::history(conn, user, None, 1)?.into_iter().next() else { return Ok(None) };
    let version = instruments.read_by(conn, latest.version, latest.cut_off_set.as_deref())?;
    let strain = Strain::of(&version.instrument, &latest.score());
    let strained = strain.dimensions.iter().filter(|(_, _, level)| *level > Level::Low);
    let Some((dimension, _, level)) = strained.max_by(|a, b| a.1.total_cmp(&b.1)) else { return Ok(None) };
    let subscale = version.instrument.subscales.iter().find(|subscale| subscale.dimension == Some(*dimension));
    let name = subscale.map(|subscale| subscale.name.in_language(language).to_lowercase()).unwrap_or_default();
    Ok(Some(Concern { dimension: *dimension, level: *level, name }))
}

fn fits(item: &Found, concern: &Concern) -> bool {
    item.dimensions.contains(&concern.dimension) && item.levels.contains(&concern.level)
}

fn weight(item: &Found, concern: &Concern) -> f32 {
    if fits(item, concern) { item.rank * FITS } else { item.rank }
}

fn quote(title: &str, description: &str, words: &Catalog) -> String {
    let quoted = beginning(description, QUOTED);
    words.with("assistant-item", &[("title", title.into()), ("text", quoted.into())])
}

/// As many whole sentences from the start as fit into `characters`, but at least one.
fn beginning(text: &str, characters: usize) -> &str {
    let ends = |(at, mark): (usize, &str)| {
        let end = at + mark.len() - 1; // without the space after it
        (text[..end].chars().count() <= characters).then_some(end)
    };
    let mut marks: Vec<(usize, &str)> =
        [". ", "! ", "? ", "… "].iter().flat_map(|mark| text.match_indices(mark)).collect();
    marks.sort_unstable();
    let first = marks.first().map_or(text.len(), |(at, mark)| at + mark.len() - 1);
    if text.chars().count() <= characters {
        return text;
    }
    marks.into_iter().filter_map(ends).next_back().map_or(&text[..first], |end| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_ends_with_a_sentence() {
        let text = "Первое предложение. Второе! Третье?";
        for (characters, quoted) in
            [(5, "Первое предложение."), (20, "Первое предложение."), (28, "Первое предложение. Второе!"), (99, text)]
        {
            assert_eq!(beginning(text, characters), quoted);
        }
        assert_eq!(beginning("no end at all", 3), "no end at all");
        assert_eq!(beginning("", 3), "");
    }
}
