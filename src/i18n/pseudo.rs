//! The words of the pseudo-language: the English catalog with an accent on each letter,
//! in brackets, and a third longer. Variables, terms, references and the keys of plurals
//! stay as they are. Whatever a page shows without accents comes from elsewhere.

use fluent_syntax::{
    ast::{Entry, Expression, Pattern, PatternElement},
    parser, serializer,
};

const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ACCENTED: &str = "àƀçðéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÀƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ";

/// A text with an accent on each letter.
fn letters(text: &str) -> String {
    let accented =
        |letter: char| PLAIN.chars().position(|plain| plain == letter).and_then(|at| ACCENTED.chars().nth(at));
    text.chars().map(|letter| accented(letter).unwrap_or(letter)).collect()
}

/// A catalog in the syntax of Fluent, in the pseudo-language.
pub fn accented(catalog: &str) -> String {
    let mut resource = parser::parse(catalog.to_owned()).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    for entry in &mut resource.body {
        let Entry::Message(message) = entry else { continue };
        if let Some(pattern) = &mut message.value {
            let count = accent(pattern);
            if count > 0 {
                pattern.elements.insert(0, text("⟦"));
                pattern.elements.push(text(&format!("{}⟧", "·".repeat(count.div_ceil(3)))));
            }
        }
    }
    serializer::serialize(&resource)
}

fn text(value: &str) -> PatternElement<String> {
    PatternElement::TextElement { value: value.to_owned() }
}

/// Accents what a pattern says; returns how many letters that were.
fn accent(pattern: &mut Pattern<String>) -> usize {
    let accent_one = |element: &mut PatternElement<String>| match element {
        PatternElement::TextElement { value } => {
            let count = value.chars().filter(char::is_ascii_alphabetic).count();
            *value = letters(value);
            count
        }
        PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
            variants.iter_mut().map(|variant| accent(&mut variant.value)).max().unwrap_or_default()
        }
        PatternElement::Placeable { .. } => 0,
    };
    pattern.elements.iter_mut().map(accent_one).sum()
}

#[test]
fn each_letter_has_an_accent_and_what_fluent_reads_has_none() {
    assert_eq!(PLAIN.chars().count(), ACCENTED.chars().count());
    assert!(ACCENTED.chars().all(|letter| !letter.is_ascii() && letter.is_alphabetic()));
    let catalog = "sign-in = Sign in, { $name } of { -company }\ncount =\n    { $n ->\n        [one] { $n } day\n       *[other] { $n } days\n    } left\nnone = { \"\" }\n";
    let expected = "sign-in = ⟦Šîĝñ îñ, { $name } öƒ { -company }···⟧\ncount =\n    ⟦{ $n ->\n        [one] { $n } ðàý\n       *[other] { $n } ðàýš\n    } ļéƒţ···⟧\nnone = { \"\" }\n";
    assert_eq!(accented(catalog), expected);
}
