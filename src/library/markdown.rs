//! Renders Markdown as safe HTML with the few elements that prose needs. Raw HTML is
//! shown as text, and links may only lead to web addresses.

use ammonia::Builder;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// Renders a text. Its headings are moved down one level, because the page has the
/// first-level heading.
pub fn to_html(markdown: &str) -> String {
    static SAFE: LazyLock<Builder<'static>> = LazyLock::new(|| {
        let mut safe = Builder::empty();
        safe.tags(HashSet::from([
            "h2",
            "h3",
            "h4",
            "p",
            "ul",
            "ol",
            "li",
            "strong",
            "em",
            "blockquote",
            "a",
            "code",
            "br",
            "hr",
        ]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .url_schemes(HashSet::from(["http", "https"]))
        .link_rel(Some("noopener noreferrer"));
        safe
    });
    let events = Parser::new_ext(markdown, Options::empty()).filter_map(as_prose);
    let mut rendered = String::new();
    html::push_html(&mut rendered, events);
    SAFE.clean(&rendered).to_string()
}

fn as_prose(event: Event<'_>) -> Option<Event<'_>> {
    match event {
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Some(Event::Start(Tag::Heading { level: lower(level), id, classes, attrs }))
        }
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(lower(level)))),
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None, // the alternative text stays
        event => Some(event),
    }
}

const fn lower(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H2,
        HeadingLevel::H3 => HeadingLevel::H3,
        _ => HeadingLevel::H4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn prose_becomes_html() {
        let html = to_html("# One\n\nTwo **three** [four](https://example.org/a?b=c&d)\n\n- five\n\n> six\n\n3. seven");
        for part in [
            "<h2>One</h2>",
            "<strong>three</strong>",
            "<a href=\"https://example.org/a?b=c&amp;d\" rel=\"noopener noreferrer\">four</a>",
            "<li>five</li>",
            "<blockquote>",
            "<ol start=\"3\">",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn nothing_that_runs_or_loads_survives() {
        for text in [
            "<script>alert(1)</script>",
            "a <b onclick=x>b</b> <img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt&colon;alert(1))",
            "[x](data:text/html,<script>)",
            "![x](https://example.org/x.png)",
            "<iframe src=//example.org></iframe>",
            "<style>*{display:none}</style>",
            "<a href=\"https://example.org\" style=\"x\" onmouseover=\"y\">z</a>",
            "[x]: javascript:alert(1)\n\n[x]",
            "<<script>script>alert(1)<</script>/script>",
            "<svg><a xlink:href=\"javascript:alert(1)\">",
        ] {
            let html = to_html(text).to_lowercase();
            for bad in [
                "<script",
                "<img",
                "<iframe",
                "<style",
                "<svg",
                "<a href=\"j",
                "<a href=\"d",
                "<b ",
                "<a href=\"https://example.org\" style",
            ] {
                assert!(!html.contains(bad), "{text} became {html}");
            }
        }
        assert!(to_html("<b>x</b>").contains("&lt;b&gt;x"), "it is shown as it was written");
    }

    proptest! {
        #[test]
        fn only_known_elements_come_out(text in ".{0,300}") {
            let html = to_html(&text);
            let known = ["h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "blockquote", "a", "code", "br", "hr"];
            for tag in html.split('<').skip(1) {
                let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
                prop_assert!(known.contains(&name.as_str()), "{} in {}", name, html);
            }
        }
    }

    #[test]
    fn a_deeply_nested_text_ends() {
        assert!(to_html(&"> ".repeat(4000)).len() < 1_000_000);
        assert!(to_html(&"[".repeat(8000)).len() < 1_000_000);
    }
}
