//! Canonical text: example cases and properties.

use super::*;
use proptest::prelude::*;

/// Text with many problematic characters: invisible, combining, look-alike.
fn trouble() -> impl Strategy<Value = String> {
    let signs = "aеёйиґᾳﬁß'’ \t\r\n\u{a0}\u{301}\u{306}\u{308}\u{345}\u{200b}\u{200c}\u{200d}\u{ad}\u{feff}\u{fe0f}\
                 \u{202e}\u{2066}\u{2028}\u{85}\u{0}\u{3164}\u{2800}\u{ffff}\u{e0067}\u{1f3f4}👩⚕❤क\u{94d}ष가\u{1100}";
    let signs: Vec<char> = signs.chars().collect();
    let sign = prop_oneof![3 => proptest::sample::select(signs), 1 => any::<char>()];
    proptest::collection::vec(sign, 0..24).prop_map(|signs| signs.into_iter().collect())
}

#[test]
fn a_line_is_what_its_reader_sees() {
    for (given, expected) in [
        ("\u{7} \u{7}", ""),
        (" \0 a\tb \u{85}", "a b"),
        ("Anna\nMarch", "Anna March"),
        ("Anna\r\n March", "Anna March"),
        ("Ремонтнии\u{306}  відділ", "Ремонтний відділ"),
        ("Ремонтний\u{a0}відділ", "Ремонтний відділ"),
        ("Здоров’я\u{202f}людей", "Здоров’я людей"),
        ("nb@hearth.example\u{200b}", "nb@hearth.example"),
        ("nb@hearth\u{ad}.example\u{feff}", "nb@hearth.example"),
        ("\u{202e}Ada\u{202c} \u{2066}Byron\u{2069}", "Ada Byron"),
        ("\u{200b}", ""),
        ("\u{3164}\u{2800}", ""),
        ("е\u{200b}\u{308}лка", "ёлка"),
        ("ПІБ", "ПІБ"),
        ("=1+1", "=1+1"),
    ] {
        assert_eq!(line(given), expected, "{given:?}");
    }
}

#[test]
fn paragraphs_keep_their_breaks_and_their_pictures() {
    for (given, expected) in [
        ("\u{7}\r\n a\rb\u{7} \u{7}", "a\nb"),
        ("one\r\n\r\ntwo\u{2028}three", "one\n\ntwo\nthree"),
        ("- a\n    - b\tc", "- a\n    - b c"),
        ("Йосип, це\u{a0}и\u{306}ому", "Йосип, це йому"),
        (
            "👩\u{200d}⚕\u{fe0f} ❤\u{fe0f} 🏴\u{e0067}\u{e0062}\u{e007f}",
            "👩\u{200d}⚕\u{fe0f} ❤\u{fe0f} 🏴\u{e0067}\u{e0062}\u{e007f}",
        ),
        ("👍🏽\u{200d}", "👍🏽"),
        ("a\u{200d}b\u{fe0f}\u{e0067}", "ab"),
        ("می\u{200c}خواهم", "می\u{200c}خواهم"),
        ("\u{202e}evil\u{2069}", "evil"),
    ] {
        assert_eq!(paragraphs(given), expected, "{given:?}");
    }
}

#[test]
fn a_password_is_the_same_from_every_keyboard() {
    for (given, expected) in [
        ("тихии\u{306} причал у річки", Some("тихий причал у річки")),
        ("quiet\u{a0}harbour\u{3000}lantern", Some("quiet harbour lantern")),
        (" Blanks  Stay ", Some(" Blanks  Stay ")),
        ("Ёлка’s 🔥 ﬁre", Some("Ёлка’s 🔥 ﬁre")),
        ("각", Some("각")),
        ("\u{1100}", None),
        ("", None),
        ("a\0b", None),
        ("a\tb", None),
        ("zero\u{200b}width", None),
        ("private \u{e000}", None),
        ("nothing \u{ffff}", None),
    ] {
        assert_eq!(password(given).as_deref(), expected, "{given:?}");
    }
}

#[test]
fn letters_of_two_alphabets_in_one_word_are_seen() {
    for text in
        ["Pемонтний відділ", "employеe@hearth.example", "ivan@hеarth.example", "Cергій", "αlpha", "p\u{ad}емонт"]
    {
        assert!(is_mixed_script(text), "{text}");
    }
    for text in [
        "",
        "Ремонтний відділ",
        "IT-відділ",
        "Відділ IT",
        "Мар’яна",
        "Мар'яна O’Brien",
        "Zoë Łukasz José",
        "1С бухгалтерия",
        "東京Tower",
        "Йосип Йосиф".replace('й', "и\u{306}").as_str(),
        "ada.byron+x@mail.example",
    ] {
        assert!(!is_mixed_script(text), "{text}");
    }
}

#[test]
fn names_of_one_thing_are_equal_once_folded() {
    for same in [
        &["Ремонтний відділ", "Ремонтнии\u{306} відділ", "Ремонтний\u{a0} відділ", "РЕМОНТНИЙ ВІДДІЛ"][..],
        &["Мар'яна", "Мар’яна", "Марʼяна", "Мар`яна", "Мар´яна", "МАР‘ЯНА"],
        &["Ёлкин", "Елкин", "ёлкин", "Е\u{308}лкин"],
        &["Ґанна", "Ганна"],
        &["Відділ «А»", "відділ \"а\"", "Відділ „А“"],
        &["Straße", "STRASSE"],
        &["Office", "Oﬃce", "ＯＦＦＩＣＥ"],
        &["Склад — південь", "склад - південь"],
    ] {
        assert!(same.iter().all(|text| fold(text) == fold(same[0])), "{same:?}");
    }
    for (one, other) in [("Йосип", "Иосип"), ("Її", "Іі"), ("Pемонт", "Ремонт"), ("José", "Jose"), ("A/B", "AB")]
    {
        assert_ne!(fold(one), fold(other));
    }
}

#[test]
fn people_are_found_without_accents_but_not_under_another_letter() {
    for (stored, typed) in
        [("José Łukasz", "jose lukasz"), ("Zoë", "ZOE"), ("Ёлкин", "елкин"), ("Йосип", "и\u{306}осип")]
    {
        let typed =
            if stored == "Йосип" { "й".to_owned() + &typed["и\u{306}".len()..] } else { typed.to_owned() };
        assert_eq!(search(stored), search(&typed));
    }
    assert_eq!(search("Йосип"), search("И\u{306}осип"));
    assert_ne!(search("Йосип"), search("Иосип"));
    assert_ne!(search("Їжак"), search("Іжак"));
}

#[test]
fn what_looks_the_same_is_seen_whatever_letters_it_is_made_of() {
    for (latin, cyrillic) in [("Pемонтний", "Ремонтний"), ("HP", "НР"), ("pемонt", "ремонт"), ("COBA", "СОВА")]
    {
        assert_ne!(fold(latin), fold(cyrillic));
        assert_eq!(looks(latin), looks(cyrillic), "{latin}");
    }
    assert_ne!(looks("Північ"), looks("Південь"));
}

proptest! {
    #[test]
    fn canonical_text_stays_as_it_is_and_shows_all_it_has(text in trouble()) {
        let one = line(&text);
        prop_assert_eq!(&line(&one), &one);
        prop_assert!(!one.chars().any(|sign| is_unseen(sign) || sign.is_control()), "{:?}", one);
        prop_assert!(!one.contains("  ") && one.trim() == one);
        let many = paragraphs(&text);
        prop_assert_eq!(&paragraphs(&many), &many);
        prop_assert!(!many.chars().any(|sign| sign != '\n' && sign.is_control()));
        prop_assert_eq!(line(&many), line(&text));
    }

    #[test]
    fn compared_text_stays_as_it_is_whatever_spelling_it_came_in(text in trouble()) {
        let folded = fold(&text);
        prop_assert_eq!(&fold(&folded), &folded);
        prop_assert_eq!(&fold(&line(&text)), &folded);
        prop_assert_eq!(&fold(&text.nfd().collect::<String>()), &folded);
        let searched = search(&text);
        prop_assert_eq!(&search(&searched), &searched);
        if let Some(kept) = password(&text) {
            prop_assert_eq!(password(&text.nfd().collect::<String>()), Some(kept.clone()));
            prop_assert_eq!(password(&kept), Some(kept));
        }
    }
}
