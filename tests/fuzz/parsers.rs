//! Parsers of files and texts, called directly: they must accept or refuse any input,
//! never panic, and uphold their guarantees for what they accept.

use crate::{Material, fuzz};
use hearth::{
    access_codes::code::Code,
    assistant::crisis,
    domain::{Email, text},
    employee_import::file::{self, Choices},
    instruments::{
        answers::{self, Answers},
        instrument::Instrument,
    },
    library::markdown,
};

const TOML: &[&[u8]] = &[
    b"\"",
    b"\"\"\"",
    b"[[items]]\n",
    b"[",
    b"= -1",
    b"= 99999999999999999999",
    b"= 1e308",
    b"= nan",
    b"\n",
    b"{}",
    b"reversed = true\n",
    b"minimum_answered = 0\n",
    "ї".as_bytes(),
    b"\\u0000",
    b"version",
    b"= []",
];

#[test]
fn a_questionnaire_is_read_or_refused() {
    let mut material = Material::read("tests/fixtures/instruments", TOML);
    material.examples.extend(Material::read("instruments", TOML).examples.into_iter().filter(|one| one.len() < 40_000));
    fuzz("instrument", &material, |input| {
        let Ok(source) = std::str::from_utf8(input) else { return };
        let Ok(instrument) = Instrument::parse(source) else { return };
        for scale in instrument.scales() {
            let (low, high) = instrument.range(scale);
            assert!(low.is_finite() && high.is_finite() && low <= high, "{low} to {high}");
        }
        let lowest = |item: usize| instrument.options_of(item).range().0.to_string();
        let given = (0..instrument.items.len()).map(|item| (item, lowest(item))).collect();
        assert!(Answers::parse(&instrument, &given).is_ok(), "the lowest of every item is an answer");
    });
}

const MARKDOWN: &[&[u8]] = &[
    b"<script>alert(1)</script>",
    b"<img src=x onerror=alert(1)>",
    b"[a](javascript:alert(1))",
    b"![a](data:text/html,x)",
    b"<",
    b">",
    b"](",
    b"```",
    b"***",
    b"> > > > ",
    b"\n\n",
    b"&#x6A;avascript:",
    b"<a href=\"",
    b"\0",
    b"<svg><style>",
    b"<math><mtext><table><mglyph><style>",
    "\u{202e}".as_bytes(),
    b"1. ",
    b"[x]: https://example.com\n",
    b"<!--",
];

/// Whether a link leads to the web or to this site. What is no scheme by its
/// letters is a part of a path.
fn leads_to_the_web(address: &str) -> bool {
    let start = address.split(['/', '?', '#']).next().unwrap();
    let letters = |scheme: &str| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    match start.split_once(':') {
        Some((scheme, _)) if letters(scheme) => ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()),
        _ => true,
    }
}

#[test]
fn an_article_becomes_nothing_but_known_elements() {
    const KNOWN: [&str; 14] =
        ["h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "blockquote", "a", "code", "br", "hr"];
    fuzz("markdown", &Material::read("tests/fuzz/examples/articles", MARKDOWN), |input| {
        let html = markdown::to_html(&String::from_utf8_lossy(input));
        for tag in html.split('<').skip(1) {
            let (tag, _) = tag.split_once('>').unwrap_or_else(|| panic!("an open tag: {html}"));
            let (name, mut rest) =
                tag.trim_start_matches('/').split_once(' ').unwrap_or((tag.trim_start_matches('/'), ""));
            assert!(KNOWN.contains(&name), "<{tag}> in {html}");
            while let Some((attribute, after)) = rest.split_once("=\"") {
                let (value, after) = after.split_once('"').unwrap();
                match attribute.trim() {
                    "href" => assert!(leads_to_the_web(value), "{value} in {html}"),
                    other => assert!(["rel", "start", "title"].contains(&other), "{other} in {html}"),
                }
                rest = after;
            }
        }
    });
}

const TEXTS: &[&[u8]] = &[
    "e\u{301}".as_bytes(),
    "\u{a0}".as_bytes(),
    "\u{200b}".as_bytes(),
    "\u{202e}".as_bytes(),
    "\u{feff}".as_bytes(),
    "\u{e0041}".as_bytes(),
    "\u{1f468}\u{200d}\u{1f469}".as_bytes(),
    "а".as_bytes(),
    "ї".as_bytes(),
    b"\r\n",
    b"\0",
    b"@",
    b"..",
    b"xn--",
    "пример".as_bytes(),
    "İ".as_bytes(),
    "ﬁ".as_bytes(),
    "\u{1100}\u{1161}".as_bytes(),
    b"\"",
];

#[test]
fn what_was_made_canonical_once_stays_as_it_is() {
    fuzz("text", &Material::read("tests/fuzz/examples/texts", TEXTS), |input| {
        let given = String::from_utf8_lossy(input);
        for canonical in [text::line, text::paragraphs] {
            let once = canonical(&given);
            assert_eq!(canonical(&once), once, "{given:?}");
            assert!(!once.contains(['\0', '\u{202e}', '\u{200b}']), "{once:?}");
        }
        if let Some(email) = Email::parse(&given) {
            assert!(Email::parse(email.as_str()).is_some_and(|again| again == email), "{given:?}");
        }
        if let Some(code) = Code::parse(&given) {
            assert!(Code::parse(&code.written()).is_some());
        }
        if let Some(password) = text::password(&given) {
            assert_eq!(text::password(&password), Some(password.clone()), "{given:?}");
        }
        crisis::speaks_of_danger(&given);
    });
}

const FORMS: &[&[u8]] = &[
    b"&",
    b"=",
    b"%00",
    b"%",
    b"%f",
    b"%ff",
    b"+",
    b"answer_",
    b"answer_0=5",
    b"answer_-1=3",
    b"answer_99999999999999999999=1",
    b"idempotency_key=",
    b"version=",
    b"%D1%97",
    b"\0",
    b";",
    b"answer_0=%35",
];

#[test]
fn a_form_of_answers_is_read_as_far_as_it_fits() {
    let hearth = Instrument::parse(include_str!("../../instruments/hearth-20.toml")).unwrap();
    fuzz("answers", &Material::read("tests/fuzz/examples/forms", FORMS), |input| {
        let fields: Vec<(String, String)> = url::form_urlencoded::parse(input).into_owned().collect();
        let given = answers::from_form(&fields);
        let valid = Answers::valid_part(&hearth, &given);
        assert!(valid.iter().all(|(item, value)| *item < 20 && (1..=5).contains(value)));
        assert_eq!(Answers::parse(&hearth, &given).is_ok(), valid.len() == 20, "{given:?}");
    });
}

const LISTS: &[&[u8]] = &[
    b",",
    b";",
    b"\t",
    b"|",
    b"\"",
    b"\"\"",
    b"\r\n",
    b"\n\n",
    b"sep=;\n",
    b"email",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\0",
    b"\xcf\xf0",
    "Почта".as_bytes(),
    b"ada@example.com",
    b"\"a\nb\"",
    b"PK\x03\x04",
    b"=1+1",
];

#[test]
fn a_list_of_employees_is_read_or_refused() {
    let mut material = Material::read("tests/fuzz/examples/lists", LISTS);
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in [["email", "name"], ["ada@example.com", "Ada"], ["bob@example.com", "Bob"]].iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write(row as u32, column as u16, *cell).unwrap();
        }
    }
    material.examples.push(workbook.save_to_buffer().unwrap());
    fuzz("lists", &material, |input| {
        let Ok(reading) = file::read(input, &Choices::default()) else { return };
        assert!(reading.rows.iter().all(|row| row.line >= 1), "each row knows its line");
    });
}
