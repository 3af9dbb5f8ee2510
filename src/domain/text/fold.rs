//! Forms of text for comparing and searching only; never stored as somebody's input.

use super::line;
use icu_casemap::CaseMapper;
use unicode_normalization::UnicodeNormalization as _;
use unicode_script::{Script, UnicodeScript as _};
use unicode_security::confusable_detection::skeleton;

/// Folds differences in spelling: case, width, ligatures, kinds of apostrophes, dashes
/// and quotation marks, ё and е, ґ and г. Accents are kept.
pub fn fold(text: &str) -> String {
    let plain: String = line(text).chars().map(alike).nfkc().collect(); // before NFKC, which changes apostrophes
    let lower = CaseMapper::new().fold_string(&plain).nfkc().collect::<String>();
    let (lower, mut base) = (line(&lower), None);
    let alike = lower.nfd().map(alike).filter(|sign| {
        if sign.script() != Script::Inherited {
            base = Some(*sign);
        }
        (base, *sign) != (Some('е'), '\u{308}') // ё
    });
    alike.nfc().collect()
}

/// Like [`fold`], but without accents on Latin and Greek letters, for finding people by
/// name. Cyrillic letters such as й and ї stay, as they are letters of their own.
pub fn search(text: &str) -> String {
    let (folded, mut base) = (fold(text), None);
    let bare = folded.nfd().filter(|sign| {
        let script = sign.script();
        if script != Script::Inherited {
            base = Some(script);
        }
        script != Script::Inherited || !matches!(base, Some(Script::Latin | Script::Greek))
    });
    bare.map(stroke).nfc().collect()
}

/// The visual skeleton of a text (Unicode TS #39): equal for texts that differ only in
/// look-alike letters, such as a Latin `P` for a Cyrillic `Р`.
pub fn looks(text: &str) -> String {
    let upper: String = fold(text).chars().flat_map(char::to_uppercase).collect();
    skeleton(&upper).collect()
}

/// One character for those that are used in place of each other.
fn alike(sign: char) -> char {
    match sign {
        '’' | '‘' | '‛' | 'ʼ' | 'ʹ' | 'ʻ' | 'ʽ' | '`' | '´' | '′' | '‵' | 'ꞌ' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '‹' | '›' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        'ґ' => 'г',
        sign => sign,
    }
}

/// Base letters of letters with a stroke, which NFD does not decompose.
fn stroke(sign: char) -> char {
    match sign {
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        'ħ' => 'h',
        'ı' => 'i',
        sign => sign,
    }
}
