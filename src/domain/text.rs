//! The one place where text becomes canonical on its way in, whatever it came
//! by: a form, JSON, a file, the command line. Two texts that look alike to
//! whoever reads them are the same afterwards, and nothing is left in them that
//! nobody can see. Pure; never changes a letter into another one, except in
//! what is only compared ([`fold`], [`search`], [`looks`]).

mod fold;

pub use fold::{fold, looks, search};

use icu_properties::{
    CodePointMapData, CodePointSetData, CodePointSetDataBorrowed,
    props::{DefaultIgnorableCodePoint, Emoji, ExtendedPictographic, GeneralCategory, HangulSyllableType},
};
use unicode_normalization::UnicodeNormalization as _;
use unicode_script::{Script, UnicodeScript as _};

const IGNORABLE: CodePointSetDataBorrowed<'static> = CodePointSetData::new::<DefaultIgnorableCodePoint>();
const PICTURE: CodePointSetDataBorrowed<'static> = CodePointSetData::new::<ExtendedPictographic>();
const EMOJI: CodePointSetDataBorrowed<'static> = CodePointSetData::new::<Emoji>();

/// A single line: composed (NFC), every kind of blank, break and control
/// character as one blank, trimmed, without signs that nobody sees (zero width,
/// soft hyphens, byte order marks, marks that turn the direction of writing).
pub fn line(text: &str) -> String {
    let seen: String = text.chars().filter(|sign| !is_unseen(*sign)).map(visible_blank).nfc().collect();
    let mut line = String::with_capacity(seen.len());
    for word in seen.split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Text of several lines: as [`line`], but its breaks stay, as `\n`, and blanks
/// beside each other too, which mean something where a text is laid out. What
/// joins several signs to one picture stays, and so do joiners in scripts that
/// are written with them.
pub fn paragraphs(text: &str) -> String {
    let text: String = text.replace("\r\n", "\n").chars().map(break_or_blank).nfc().collect();
    let mut kept = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    let mut before = None;
    while let Some(sign) = signs.next() {
        if !is_unseen(sign) || belongs(before, sign, signs.peek().copied()) {
            kept.push(sign);
            before = Some(sign);
        }
    }
    let composed: String = kept.nfc().collect(); // what stood between a letter and its mark may be gone
    composed.trim().to_owned()
}

/// A password as PRECIS has it (OpaqueString, RFC 8265): composed, every kind of
/// space as a plain one, nothing else changed, so that it is the same from every
/// keyboard. `None` for what the profile refuses: nothing at all, control and
/// unseen characters, what has no meaning in Unicode.
pub fn password(text: &str) -> Option<String> {
    use GeneralCategory::{Control, PrivateUse, SpaceSeparator, Surrogate, Unassigned};
    let categories = CodePointMapData::<GeneralCategory>::new();
    let space = |sign: char| if categories.get(sign) == SpaceSeparator { ' ' } else { sign };
    let password: String = text.chars().map(space).nfc().collect();
    let refused = |sign: char| {
        matches!(categories.get(sign), Control | PrivateUse | Surrogate | Unassigned)
            || IGNORABLE.contains(sign)
            || matches!(
                CodePointMapData::<HangulSyllableType>::new().get(sign),
                HangulSyllableType::LeadingJamo | HangulSyllableType::VowelJamo | HangulSyllableType::TrailingJamo
            )
    };
    (!password.is_empty() && !password.chars().any(refused)).then_some(password)
}

/// Whether a word of it has letters of several alphabets that are easily taken
/// for each other, such as a Cyrillic `е` in a Latin word. What is no letter
/// and no digit separates words: `IT-відділ` is two.
pub fn is_mixed_script(text: &str) -> bool {
    let text: String = text.nfc().collect();
    text.split(|sign: char| !sign.is_alphanumeric() && !is_mark(sign) && !is_unseen(sign)).any(|word| {
        let mut alphabets = word.chars().map(|sign| sign.script()).filter(is_look_alike);
        let first = alphabets.next();
        alphabets.any(|other| Some(other) != first)
    })
}

/// Alphabets that have letters of the same shape.
fn is_look_alike(script: &Script) -> bool {
    use Script::{Armenian, Cherokee, Coptic, Cyrillic, Glagolitic, Greek, Latin, Lisu};
    matches!(script, Latin | Cyrillic | Greek | Armenian | Cherokee | Coptic | Glagolitic | Lisu)
}

/// What shows nothing, whatever stands around it.
fn is_unseen(sign: char) -> bool {
    let annotation = ('\u{fff9}'..='\u{fffb}').contains(&sign);
    let no_character = u32::from(sign) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&sign);
    annotation || no_character || IGNORABLE.contains(sign)
}

/// Whatever looks like a blank, and whatever has no look, as a blank.
fn visible_blank(sign: char) -> char {
    let blank = sign.is_whitespace() || sign.is_control() || sign == '\u{2800}'; // the last is an empty Braille cell
    if blank { ' ' } else { sign }
}

fn break_or_blank(sign: char) -> char {
    let breaks = matches!(sign, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    if breaks { '\n' } else { visible_blank(sign) }
}

fn is_mark(sign: char) -> bool {
    use GeneralCategory::{NonspacingMark, SpacingMark};
    matches!(CodePointMapData::<GeneralCategory>::new().get(sign), NonspacingMark | SpacingMark)
}

/// Whether an unseen sign makes something of what stands around it.
fn belongs(before: Option<char>, sign: char, after: Option<char>) -> bool {
    const JOINER: char = '\u{200d}';
    const NON_JOINER: char = '\u{200c}';
    let Some(before) = before else { return false };
    let emoji = EMOJI.contains(before);
    match sign {
        '\u{fe0e}' | '\u{fe0f}' => emoji,
        JOINER if emoji || before == '\u{fe0f}' => after.is_some_and(|after| PICTURE.contains(after)),
        JOINER | NON_JOINER => is_joining(before) && after.is_some_and(is_joining),
        // Tags make a flag of a part of a country.
        '\u{e0020}'..='\u{e007f}' => before == '\u{1f3f4}' || ('\u{e0020}'..='\u{e007e}').contains(&before),
        _ => false,
    }
}

/// Whether a letter or its mark is of a script whose letters join, such as
/// Arabic or Devanagari.
fn is_joining(sign: char) -> bool {
    let script = sign.script();
    let plain = is_look_alike(&script) || matches!(script, Script::Common | Script::Inherited | Script::Unknown);
    !plain && !is_unseen(sign) && (sign.is_alphabetic() || is_mark(sign))
}

#[cfg(test)]
mod tests;
