//! Normalises text input from forms, JSON, files and the command line: composed (NFC),
//! with plain spaces and without invisible characters. Letters are replaced by others
//! only in forms that are used for comparing ([`fold`], [`search`], [`looks`]). Pure.

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

/// A single line: NFC; every run of spaces, line breaks and control characters as one
/// space; trimmed; without invisible characters (zero width, soft hyphens, byte order
/// marks, bidirectional controls).
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

/// Text of several lines: like [`line`], but line breaks stay, as `\n`, and so do
/// repeated spaces, which may be layout. Joiners within emoji sequences and in scripts
/// that need them stay too.
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
    let composed: String = kept.nfc().collect(); // a removed character may have separated a letter and its mark
    composed.trim().to_owned()
}

/// A password by the PRECIS profile OpaqueString (RFC 8265): NFC, every kind of space
/// as U+0020, otherwise unchanged, so that it is the same from every keyboard. `None`
/// for what the profile refuses: the empty text, control, invisible, private-use and
/// unassigned characters.
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

/// Whether a word mixes scripts with look-alike letters, such as a Cyrillic `е` in a
/// Latin word. Characters other than letters and digits separate words: `IT-відділ` is
/// two.
pub fn is_mixed_script(text: &str) -> bool {
    let text: String = text.nfc().collect();
    text.split(|sign: char| !sign.is_alphanumeric() && !is_mark(sign) && !is_unseen(sign)).any(|word| {
        let mut alphabets = word.chars().map(|sign| sign.script()).filter(is_look_alike);
        let first = alphabets.next();
        alphabets.any(|other| Some(other) != first)
    })
}

/// Scripts that share letters of the same shape.
fn is_look_alike(script: &Script) -> bool {
    use Script::{Armenian, Cherokee, Coptic, Cyrillic, Glagolitic, Greek, Latin, Lisu};
    matches!(script, Latin | Cyrillic | Greek | Armenian | Cherokee | Coptic | Glagolitic | Lisu)
}

/// Invisible characters: default-ignorable, annotations, non-characters.
fn is_unseen(sign: char) -> bool {
    let annotation = ('\u{fff9}'..='\u{fffb}').contains(&sign);
    let no_character = u32::from(sign) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&sign);
    annotation || no_character || IGNORABLE.contains(sign)
}

/// Replaces anything that looks like a space, and control characters, by a space.
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

/// Whether an invisible character has a function between its neighbours: in an emoji
/// sequence, or as a joiner in a joining script.
fn belongs(before: Option<char>, sign: char, after: Option<char>) -> bool {
    const JOINER: char = '\u{200d}';
    const NON_JOINER: char = '\u{200c}';
    let Some(before) = before else { return false };
    let emoji = EMOJI.contains(before);
    match sign {
        '\u{fe0e}' | '\u{fe0f}' => emoji,
        JOINER if emoji || before == '\u{fe0f}' => after.is_some_and(|after| PICTURE.contains(after)),
        JOINER | NON_JOINER => is_joining(before) && after.is_some_and(is_joining),
        // Tag characters after a black flag encode the flag of a region.
        '\u{e0020}'..='\u{e007f}' => before == '\u{1f3f4}' || ('\u{e0020}'..='\u{e007e}').contains(&before),
        _ => false,
    }
}

/// Whether a letter or mark is of a script with joiners, such as Arabic or
/// Devanagari.
fn is_joining(sign: char) -> bool {
    let script = sign.script();
    let plain = is_look_alike(&script) || matches!(script, Script::Common | Script::Inherited | Script::Unknown);
    !plain && !is_unseen(sign) && (sign.is_alphabetic() || is_mark(sign))
}

#[cfg(test)]
mod tests;
