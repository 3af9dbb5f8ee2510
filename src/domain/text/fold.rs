//! Text for comparing only: what people write in several ways is one.

use super::line;
use icu_casemap::CaseMapper;
use unicode_normalization::UnicodeNormalization as _;
use unicode_script::{Script, UnicodeScript as _};
use unicode_security::confusable_detection::skeleton;

/// Two names of one thing are equal once folded: case, width and ligatures,
/// every apostrophe, dash and quotation mark, ё and е, ґ and г. Accents count.
pub fn fold(text: &str) -> String {
    let plain: String = line(text).chars().map(alike).nfkc().collect(); // some apostrophes would fall apart
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

/// As [`fold`], but without the accents of Latin and Greek letters: for finding
/// people however their names are typed. What an accent makes another letter
/// in a Cyrillic alphabet (й, ї) stays.
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

/// What a text looks like: equal for texts that differ only in letters of the
/// same shape, such as a Latin `P` in place of a Cyrillic `Р`.
pub fn looks(text: &str) -> String {
    let upper: String = fold(text).chars().flat_map(char::to_uppercase).collect();
    skeleton(&upper).collect()
}

/// One sign for those that people take for each other.
fn alike(sign: char) -> char {
    match sign {
        '’' | '‘' | '‛' | 'ʼ' | 'ʹ' | 'ʻ' | 'ʽ' | '`' | '´' | '′' | '‵' | 'ꞌ' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '‹' | '›' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        'ґ' => 'г',
        sign => sign,
    }
}

/// Letters with a stroke, which Unicode does not take for accented ones.
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
