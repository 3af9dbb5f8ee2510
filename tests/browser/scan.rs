//! Checks the current page: accessible (axe-core) and no wider than the window. Takes a
//! screenshot where one is wanted.

use crate::session::Session;
use serde_json::{Value, json};
use std::{fs, path::PathBuf, sync::OnceLock};

pub const WIDTHS: [u32; 2] = [360, 1280];

/// What axe-core runs, and how many of these rules find something to check on any page.
struct Rules {
    chosen_by: &'static str,
    values: &'static [&'static str],
    least: u64,
}

const EVERY_RULE: Rules = Rules {
    chosen_by: "tag",
    values: &["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    least: 11,
};

const COLOURS: Rules = Rules { chosen_by: "rule", values: &["color-contrast", "link-in-text-block"], least: 1 };

const RUN: &str = "
    const [type, values, done] = arguments;
    axe.run(document, { runOnly: { type, values }, resultTypes: ['violations'] }).then(
        ({ violations, passes }) => done({
            passed: passes.length,
            wrong: violations.flatMap(({ id, nodes }) =>
                nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`)),
        }),
        (error) => done({ passed: 0, wrong: [String(error)] }));";

/// Elements that stick out, unless they are inside something that scrolls.
const TOO_WIDE: &str = "
    const page = document.documentElement;
    if (page.scrollWidth <= page.clientWidth && document.body.scrollWidth <= page.clientWidth) return [];
    const inside = (element) => element && element !== document.body
        && (getComputedStyle(element).overflowX !== 'visible' || inside(element.parentElement));
    const out = [...document.querySelectorAll('body *')].filter((element) =>
        element.getBoundingClientRect().right > page.clientWidth + 0.5 && !inside(element.parentElement));
    return [`${page.scrollWidth} of ${page.clientWidth} px`, ...out.map((element) => element.outerHTML.slice(0, 100))];";

/// Ids that stand twice, and buttons that name a form which is not there: they do nothing.
const LOST: &str = "
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    const twice = ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `${id} stands twice`);
    const without = [...document.querySelectorAll('button[form]')].filter((button) => !button.form);
    return [...twice, ...without.map((button) => `no form for ${button.outerHTML}`)];";

fn axe() -> &'static str {
    static AXE: OnceLock<String> = OnceLock::new();
    AXE.get_or_init(|| {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/browser/node_modules/axe-core/axe.min.js");
        fs::read_to_string(&path)
            .expect("axe-core is missing in tests/browser/node_modules: script/bootstrap installs it")
    })
}

/// Scans a page, narrow and wide; in the dark, where nothing but its colours differs,
/// for its colours.
pub fn look(session: &Session, what: &str) {
    session.js(axe(), vec![]);
    for (scheme, rules) in [("light", &EVERY_RULE), ("dark", &COLOURS)] {
        session.prefers(scheme);
        for width in WIDTHS {
            session.resize(width);
            check_fit(session, what);
            check_accessibility(session, &format!("{what}, {scheme}, {width} px"), rules);
            keep_picture(session, what, scheme, width);
        }
    }
}

/// Looks only whether a page fits into the window, narrow and wide.
pub fn measure(session: &Session, what: &str) {
    for width in WIDTHS {
        session.resize(width);
        check_fit(session, what);
        keep_picture(session, &format!("{} {what}", session.language), "light", width);
    }
}

fn check_accessibility(session: &Session, what: &str, rules: &Rules) {
    let found = session.js_async(RUN, vec![json!(rules.chosen_by), json!(rules.values)]);
    let wrong: Vec<&str> = found["wrong"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    for wrong in wrong {
        session.complain(format!("{what} at {}: {wrong}", session.path()));
    }
    assert!(found["passed"].as_u64().unwrap() >= rules.least, "axe-core found little to check in {what}: {found}");
}

pub fn check_fit(session: &Session, what: &str) {
    let language = session.attribute("html", "lang").unwrap_or_default();
    assert_eq!(language, session.language, "{what} at {}", session.path());
    let lost = session.js(LOST, vec![]);
    if lost != json!([]) {
        session.complain(format!("{what} at {}: {lost}", session.path()));
    }
    let wide = session.js(TOO_WIDE, vec![]);
    if wide != json!([]) {
        session.complain(format!("{what} at {} is wider than the window: {wide}", session.path()));
    }
}

/// Keeps a picture of the whole page in the folder `HEARTH_SCREENSHOTS`.
fn keep_picture(session: &Session, what: &str, scheme: &str, width: u32) {
    let Ok(folder) = std::env::var("HEARTH_SCREENSHOTS") else { return };
    let height = session.js("return document.documentElement.scrollHeight", vec![]).as_u64().unwrap();
    session.show_area(width, u32::try_from(height.clamp(600, 8000)).unwrap());
    let path = PathBuf::from(folder).join(format!("{}-{scheme}-{width}.png", what.replace(' ', "-").replace(',', "")));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, session.screenshot()).unwrap();
    session.resize(width);
}
