//! Every shape of questionnaire parses; every malformed file is refused with the key at
//! fault.

use super::*;
use std::{fs, path::PathBuf};

fn source(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn fixture(name: &str) -> String {
    source(&format!("tests/fixtures/instruments/{name}.toml"))
}

fn shipped() -> String {
    source("instruments/hearth-20.toml")
}

fn parse(source: &str) -> Instrument {
    Instrument::parse(source).unwrap_or_else(|error| panic!("{error}"))
}

/// Number of items, smallest and largest raw value of each scale.
fn shape(instrument: &Instrument) -> Vec<(&str, usize, f64, f64)> {
    let row = |scale: Scale| {
        let (min, max) = instrument.range(scale);
        (instrument.scale_id(scale), instrument.scale_items(scale).len(), min, max)
    };
    instrument.scales().map(row).collect()
}

/// The lower end of each band of the default set.
fn limits(instrument: &Instrument, scale: Scale) -> Vec<(Level, f64)> {
    instrument.bands(scale).iter().map(|band| (band.level, band.from)).collect()
}

fn reversed(instrument: &Instrument, subscale: usize) -> usize {
    instrument.items_of(subscale).filter(|&item| instrument.items[item].reversed).count()
}

#[test]
fn the_shipped_questionnaire_has_the_numbers_of_its_rule() {
    let hearth = parse(&shipped());
    assert_eq!(
        shape(&hearth),
        [("ee", 9, 9.0, 45.0), ("dp", 5, 5.0, 25.0), ("ra", 6, 6.0, 30.0), ("total", 20, 20.0, 100.0)]
    );
    let [ee, dp, ra] = [0, 1, 2].map(|index| hearth.items_of(index).collect::<Vec<_>>());
    assert_eq!((ee, dp, ra), ((0..9).collect(), (9..14).collect(), (14..20).collect()));
    let bands = |scale| limits(&hearth, scale);
    use Level::{High, Low, Medium};
    assert_eq!(bands(Scale::Total), [(Low, 20.0), (Medium, 50.0), (High, 70.0)]);
    assert_eq!(bands(Scale::Subscale(0)), [(Low, 9.0), (Medium, 23.0), (High, 32.0)]);
    assert_eq!(bands(Scale::Subscale(1)), [(Low, 5.0), (Medium, 13.0), (High, 18.0)]);
    assert_eq!(bands(Scale::Subscale(2)), [(Low, 6.0), (Medium, 15.0), (High, 21.0)]);
    let errors: Vec<_> = hearth.scales().map(|scale| (hearth.sem(scale), hearth.real_change(scale))).collect();
    let expected = [(2.53, 8.0), (2.11, 6.0), (1.87, 6.0), (3.79, 11.0)];
    assert_eq!(errors, expected.map(|(sem, change)| (Some(sem), Some(change))));
    assert!((0..20).all(|item| hearth.is_required(item)), "every answer is required");
    assert_eq!(hearth.options_of(0).choices.iter().map(|choice| choice.value).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!(hearth.languages, Language::of_the_program());
    assert!(hearth.cut_off_sets[0].provisional, "the page says that the limits are provisional");
}

#[test]
fn only_a_file_that_says_so_needs_no_licence() {
    assert_eq!(parse(&shipped()).attestation, Attestation::NotNeeded);
    let silent = parse(&fixture("cbi-like"));
    assert_eq!(silent.attestation, Attestation::Required);
    assert!(serde_json::to_value(&silent).unwrap().get("attestation").is_none(), "stored as before there was the key");
}

#[test]
fn a_reliability_gives_an_error_of_measurement_only_beside_an_sd() {
    let olbi = fixture("olbi-like");
    let alone = parse(&olbi);
    assert_eq!((alone.sem(Scale::Subscale(0)), alone.lacks_sd(Scale::Subscale(0))), (None, true));
    let both = parse(&olbi.replacen("reliability = 0.8", "reliability = 0.84\nsd = 0.5", 1));
    let sem = both.sem(Scale::Subscale(0)).unwrap();
    assert!((sem - 0.2).abs() < 1e-12, "0.5·√(1 − 0.84) is 0.2, not {sem}");
    assert!(!both.lacks_sd(Scale::Subscale(0)) && both.lacks_sd(Scale::Subscale(1)));
    let declared = parse(&olbi.replacen("reliability = 0.8", "reliability = 0.84\nsd = 0.5\nsem = 0.3", 1));
    assert_eq!(declared.sem(Scale::Subscale(0)), Some(0.3), "a declared one goes first");
    assert!(!parse(&shipped()).lacks_sd(Scale::Total));
}

#[test]
fn the_declared_changes_are_reliable_changes_of_the_declared_errors() {
    let hearth = parse(&shipped());
    for scale in hearth.scales() {
        let (sem, change) = (hearth.sem(scale).unwrap(), hearth.real_change(scale).unwrap());
        let smallest = 1.96 * 2_f64.sqrt() * sem;
        assert!(change >= smallest && change < smallest + 1.0, "{}: {smallest} but {change}", hearth.scale_id(scale));
    }
}

#[test]
fn one_format_holds_every_shape() {
    type Scales = &'static [(&'static str, usize, f64, f64)];
    let cases: [(&str, Scales, &[usize]); 7] = [
        ("mbi-like-22", &[("ee", 9, 0.0, 54.0), ("dp", 5, 0.0, 30.0), ("pa", 8, 0.0, 48.0)], &[0, 0, 0]),
        ("mbi-like-16", &[("ex", 5, 0.0, 30.0), ("cy", 5, 0.0, 30.0), ("pe", 6, 0.0, 36.0)], &[0, 0, 6]),
        ("cbi-like", &[("personal", 6, 0.0, 100.0), ("work", 7, 0.0, 100.0), ("client", 6, 0.0, 100.0)], &[0, 1, 0]),
        ("olbi-like", &[("ex", 8, 1.0, 4.0), ("de", 8, 1.0, 4.0)], &[4, 4]),
        (
            "bat-12-like",
            &[
                ("ex", 3, 1.0, 5.0),
                ("md", 3, 1.0, 5.0),
                ("ci", 3, 1.0, 5.0),
                ("ei", 3, 1.0, 5.0),
                ("total", 12, 1.0, 5.0),
            ],
            &[0, 0, 0, 0],
        ),
        (
            "bat-23-like",
            &[
                ("ex", 8, 1.0, 5.0),
                ("md", 5, 1.0, 5.0),
                ("ci", 5, 1.0, 5.0),
                ("ei", 5, 1.0, 5.0),
                ("total", 23, 1.0, 5.0),
            ],
            &[0, 0, 0, 0],
        ),
        ("single-item", &[("step", 1, 1.0, 5.0), ("total", 1, 1.0, 5.0)], &[0]),
    ];
    for (name, scales, reversed_items) in cases {
        let instrument = parse(&fixture(name));
        assert_eq!(instrument.id, name);
        assert_eq!(shape(&instrument), scales, "{name}");
        let found: Vec<_> = (0..instrument.subscales.len()).map(|index| reversed(&instrument, index)).collect();
        assert_eq!(found, reversed_items, "reversed items of {name}");
    }
}

#[test]
fn published_limits_and_missing_answer_rules_are_as_their_sources_say() {
    use Level::{High, Low, Medium};
    let cbi = parse(&fixture("cbi-like"));
    assert_eq!(cbi.subscales.iter().map(|subscale| subscale.minimum_answered).collect::<Vec<_>>(), [3, 4, 3]);
    assert_eq!(limits(&cbi, Scale::Subscale(0)), [(Low, 0.0), (Medium, 50.0), (High, 75.0)]);
    assert!((0..19).all(|item| !cbi.is_required(item)));
    let values = |item| cbi.options_of(item).choices.iter().map(|choice| choice.value).collect::<Vec<_>>();
    assert_eq!(values(0), [0, 25, 50, 75, 100]);
    assert_ne!(cbi.options_of(0).id, cbi.options_of(6).id, "items may have answers of their own");

    let mbi = parse(&fixture("mbi-like-22"));
    assert_eq!(mbi.subscales[2].direction, Direction::HigherIsBetter);
    assert_eq!(limits(&mbi, Scale::Subscale(2)), [(High, 0.0), (Medium, 32.0), (Low, 39.0)]);
    let names: Vec<_> = mbi.cut_off_sets.iter().map(|set| set.id.as_str()).collect();
    assert_eq!(names, ["manual-overall", "russian-adaptation"], "sets that disagree stand side by side");
    assert!(mbi.total.is_none());

    for (name, medium, high) in [("bat-12-like", 2.54, 2.96), ("bat-23-like", 2.59, 3.02)] {
        let bat = parse(&fixture(name));
        assert_eq!(limits(&bat, Scale::Total), [(Low, 1.0), (Medium, medium), (High, high)], "{name}");
        assert!(bat.bands(Scale::Subscale(0)).is_empty(), "{name}: only the total has limits");
    }
    let single = parse(&fixture("single-item"));
    assert_eq!(limits(&single, Scale::Total), [(Low, 1.0), (High, 3.0)]);
}

#[test]
fn the_example_of_the_format_is_a_questionnaire() {
    let document = source("instruments/README.md");
    let example = document.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(shape(&parse(example)), [("tired", 2, 0.0, 4.0), ("total", 2, 0.0, 4.0)]);
}

#[test]
fn a_questionnaire_survives_being_stored_as_json() {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/instruments");
    let mut sources: Vec<_> =
        fs::read_dir(directory).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()).collect();
    assert_eq!(sources.len(), 7, "one file of each shape");
    sources.push(shipped());
    for source in sources {
        let instrument = parse(&source);
        let stored = serde_json::to_value(&instrument).unwrap();
        let text = stored.to_string();
        let read: Instrument = serde_json::from_value(serde_json::from_str(&text).unwrap()).unwrap();
        assert_eq!(read, instrument);
    }
}

#[test]
fn a_broken_file_is_refused_with_its_key_and_the_reason() {
    let hearth = shipped();
    let total = "{ level = \"low\", from = 20, to = 49 }, { level = \"medium\", from = 50, to = 69 }, { level = \"high\", from = 70, to = 100 }";
    let cases: Vec<(&str, String, &str, &str)> = vec![
        ("uk = \"Опитувальник Hearth-20\"", String::new(), "name", "missing in language uk"),
        ("uk = \"Опитувальник Hearth-20\"", "uk = \" \"".into(), "name", "missing in language uk"),
        (", uk = \"Вихідний минає, а втома лишається.\"", String::new(), "items[5].text", "missing in language uk"),
        (", uk = \"Ніколи\"", String::new(), "options[0].choices.label of 1", "missing in language uk"),
        (", uk = \"Емоційне виснаження\"", String::new(), "subscales[0].name", "missing in language uk"),
        ("uk = \"Опитувальник Hearth-20\"", "uk = \"a\\u0000b\"".into(), "name", "U+0000"),
        ("id = \"hearth-20\"", "id = \"a\\u0000b\"".into(), "id", "U+0000"),
        ("id = \"default\"", "id = \"a\\u0000b\"".into(), "cut_off_sets", "U+0000"),
        ("id = \"default\"", format!("id = \"{}\"", "d".repeat(101)), "cut_off_sets", "longer than 100"),
        ("languages = [\"en\", \"ru\", \"uk\"]", "languages = []".into(), "languages", "at least one"),
        ("id = \"hearth-20\"", "id = \"\"".into(), "id", "must not be empty"),
        ("version = \"1.0\"", "version = \" \"".into(), "version", "must not be empty"),
        ("[[items]]\nsubscale = \"ee\"", "[[items]]\nsubscale = \"zz\"".into(), "items[0].subscale", "unknown subscale zz"),
        ("[[items]]\nsubscale = \"ee\"", "[[items]]".into(), "items[0].subscale", "belongs to a subscale"),
        ("[[items]]\nsubscale = \"ee\"", "[[items]]\noptions = \"no\"\nsubscale = \"ee\"".into(), "items[0].options", "unknown set of answers no"),
        ("id = \"dp\"", "id = \"ee\"".into(), "items[9].subscale", "unknown subscale dp"),
        ("[[options]]", "[[subscales]]\nid = \"ee\"\nname = { en = \"a\", ru = \"b\", uk = \"c\" }\nhigh_means = { en = \"a\", ru = \"b\", uk = \"c\" }\naggregate = \"sum\"\ndirection = \"higher_is_worse\"\nminimum_answered = 1\n\n[[options]]".into(), "subscales", "\"ee\" is empty or stands twice"),
        ("dimension = \"reduced_accomplishment\"", "dimension = \"depersonalization\"".into(), "subscales[2].dimension", "depersonalization is that of dp already"),
        ("sem = 2.53", "sd = -1".into(), "ee", "above 0"),
        ("attestation = \"not_needed\"", "attestation = \"maybe\"".into(), "line 8", "unknown variant `maybe`"),
        ("[[options]]", "[[subscales]]\nid = \"none\"\nname = { en = \"a\", ru = \"b\", uk = \"c\" }\nhigh_means = { en = \"a\", ru = \"b\", uk = \"c\" }\naggregate = \"sum\"\ndirection = \"higher_is_worse\"\nminimum_answered = 1\n\n[[options]]".into(), "subscales[0].id", "has no items"),
        ("minimum_answered = 9", "minimum_answered = 0".into(), "subscales[0].minimum_answered", "between 1 and its 9 items"),
        ("minimum_answered = 9", "minimum_answered = 10".into(), "subscales[0].minimum_answered", "between 1 and its 9 items"),
        ("sem = 2.53", "sem = 0".into(), "ee", "above 0"),
        ("sem = 2.53", "sem = nan".into(), "ee", "above 0"),
        ("real_change = 11", "real_change = -1".into(), "total", "above 0"),
        ("sem = 2.53", "reliability = 1.2".into(), "ee", "between 0 and 1"),
        ("{ value = 2,", "{ value = 1,".into(), "options[0].choices", "different values in ascending order"),
        ("{ value = 2,", "{ value = 9,".into(), "options[0].choices", "different values in ascending order"),
        ("{ value = 5,", "{ value = 5000,".into(), "options[0].choices", "value 5000 is out of range"),
        (total, "{ level = \"low\", from = 20, to = 50 }, { level = \"medium\", from = 50, to = 69 }, { level = \"high\", from = 70, to = 100 }".into(), "cut_off_sets.default.total", "overlap at 50"),
        (total, "{ level = \"low\", from = 20, to = 48 }, { level = \"medium\", from = 50, to = 69 }, { level = \"high\", from = 70, to = 100 }".into(), "cut_off_sets.default.total", "gap between bands at 48"),
        (total, "{ level = \"low\", from = 20, to = 49 }, { level = \"medium\", from = 50, to = 69 }, { level = \"high\", from = 70, to = 99 }".into(), "cut_off_sets.default.total", "reach from 20 to 100"),
        (total, "{ level = \"low\", from = 0, to = 49 }, { level = \"medium\", from = 50, to = 69 }, { level = \"high\", from = 70, to = 100 }".into(), "cut_off_sets.default.total", "reach from 20 to 100"),
        (total, "{ level = \"high\", from = 20, to = 49 }, { level = \"medium\", from = 50, to = 69 }, { level = \"low\", from = 70, to = 100 }".into(), "cut_off_sets.default.total", "follow the direction"),
        (total, "{ level = \"low\", from = 20, to = 19 }, { level = \"high\", from = 20, to = 100 }".into(), "cut_off_sets.default.total", "is empty"),
        (total, String::new(), "cut_off_sets.default.total", "has no bands"),
        ("\nscale = \"dp\"", "\nscale = \"zz\"".into(), "cut_off_sets.default.zz", "unknown subscale zz"),
        ("\nscale = \"dp\"", "\nscale = \"ee\"".into(), "cut_off_sets.default", "stands twice"),
        ("[total]\naggregate = \"sum\"\ndirection = \"higher_is_worse\"", "[total]\naggregate = \"sum\"\ndirection = \"higher_is_better\"".into(), "total.direction", "direction of every subscale"),
    ];
    for (good, broken, key, reason) in cases {
        assert!(hearth.contains(good), "the file no longer has {good:?}");
        let error = Instrument::parse(&hearth.replacen(good, &broken, 1)).expect_err(&broken);
        assert_eq!(error.key, key, "{broken:?}: {error}");
        assert!(error.reason.contains(reason), "{broken:?}: {error}");
    }
}

#[test]
fn a_file_that_cannot_be_read_names_the_line() {
    let hearth = shipped();
    // Text to replace, its replacement, the line of the error counted from there, and
    // the message.
    let cases = [
        ("version = \"1.0\"", "version = 1.0\"", 0, ""),
        ("version = \"1.0\"", "version = \"1.0\"\ncolour = 1", 1, "unknown field `colour`"),
        ("minimum_answered = 5", "minimum_answered = 5\nweight = 2", 1, "unknown field `weight`"),
        ("languages = [\"en\"", "languages = [\"de\"", 0, "unknown variant `de`"),
        ("level = \"medium\"", "level = \"middling\"", 0, "unknown variant `middling`"),
        ("aggregate = \"sum\"", "aggregate = \"median\"", 0, "unknown variant `median`"),
    ];
    for (good, broken, below, reason) in cases {
        let error = Instrument::parse(&hearth.replacen(good, broken, 1)).expect_err(broken);
        let line = hearth[..hearth.find(good).unwrap()].matches('\n').count() + 1 + below;
        assert_eq!(error.key, format!("line {line}"), "{broken:?}: {error}");
        assert!(error.reason.contains(reason) && !error.reason.contains('\n'), "{broken:?}: {error}");
    }
    assert!(Instrument::parse("").unwrap_err().reason.contains("missing field"));
}

#[test]
fn bands_of_a_mean_share_their_limits() {
    let bat = fixture("bat-12-like");
    for (broken, reason) in [
        (bat.replace("from = 2.54", "from = 2.5"), "overlap at 2.5"),
        (bat.replace("from = 2.54", "from = 2.55"), "gap between bands at 2.54"),
        (bat.replace("from = 2.54, to = 2.96", "from = 2.54, to = 2.54"), "is empty"),
    ] {
        let error = Instrument::parse(&broken).unwrap_err();
        assert_eq!(error.key, "cut_off_sets.total.total");
        assert!(error.reason.contains(reason), "{error}");
    }
}

#[test]
fn a_better_scale_runs_from_high_to_low() {
    let error =
        Instrument::parse(&fixture("mbi-like-22").replace("\"higher_is_better\"", "\"higher_is_worse\"")).unwrap_err();
    assert_eq!(
        (error.key.as_str(), error.reason.as_str()),
        ("cut_off_sets.manual-overall.pa", "levels must follow the direction of the scale")
    );
}
