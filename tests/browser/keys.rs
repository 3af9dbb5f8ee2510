//! Sends real key presses; after each, the focus must be on a visible element.

use crate::{session::Session, support::eventually};
use fantoccini::{
    actions::{InputSource as _, KeyAction, KeyActions},
    key::Key,
};
use serde_json::json;

/// What is wrong with the focus right now; nothing is an empty text.
const FOCUS: &str = "
    const focused = document.activeElement;
    if (!focused || focused === document.body || focused === document.documentElement) return 'focus is lost';
    if (focused.matches('main')) return ''; // where the skip link leads: the next Tab goes on from there
    const shown = focused.closest('label') ?? focused;
    const name = focused.outerHTML.slice(0, 120);
    const ring = [focused, shown].some((element) => {
        const style = getComputedStyle(element);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && style.opacity > 0.9;
    });
    if (!ring) return 'no focus ring: ' + name;
    const box = shown.getBoundingClientRect();
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    if (right - left < 1 || bottom - top < 1) return 'outside the window: ' + name;
    const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const seen = above && (shown.contains(above) || above.contains(shown));
    return seen ? '' : 'hidden behind ' + above?.outerHTML.slice(0, 80) + ': ' + name;";

impl Session {
    /// Presses one key and looks where the focus is.
    pub fn press(&self, key: &str) {
        self.keys(&[key]);
        self.assert_focus(key);
    }

    /// Presses a key that opens another page.
    pub fn press_and_leave(&self, key: &str) {
        self.leaves(|| self.keys(&[key]));
    }

    /// Types a text as a person does, key by key.
    pub fn write(&self, text: &str) {
        let keys: Vec<String> = text.chars().map(String::from).collect();
        self.keys(&keys.iter().map(String::as_str).collect::<Vec<_>>());
        self.assert_focus(text);
    }

    /// One after the other; a modifier stays down until the end. A browser
    /// throws keys away that come before the first picture of a page.
    pub fn keys(&self, keys: &[&str]) {
        eventually("the first picture of the page", || {
            let painted = self.js("return performance.getEntriesByType('paint').length > 0", vec![]);
            (painted == json!(true)).then_some(())
        });
        let mut actions = KeyActions::new("keyboard".to_owned());
        let mut held = Vec::new();
        for key in keys {
            let value = key.chars().next().expect("a key");
            actions = actions.then(KeyAction::Down { value });
            if [&*Key::Shift, &*Key::Control].contains(key) {
                held.push(value);
            } else {
                actions = actions.then(KeyAction::Up { value });
            }
        }
        for value in held {
            actions = actions.then(KeyAction::Up { value });
        }
        self.run(async |client| client.perform_actions(actions).await);
    }

    /// Tab until an element has the focus.
    pub fn tab_to(&self, css: &str) {
        self.walk_to(css, &[&Key::Tab]);
    }

    /// Shift and Tab until an element has the focus.
    pub fn tab_back_to(&self, css: &str) {
        self.walk_to(css, &[&Key::Shift, &Key::Tab]);
    }

    fn walk_to(&self, css: &str, keys: &[&str]) {
        for _ in 0..60 {
            self.keys(keys);
            self.assert_focus(css);
            if self.has_focus(css) {
                return;
            }
        }
        panic!("no way by keyboard to {css} at {}", self.path());
    }

    pub fn has_focus(&self, css: &str) -> bool {
        self.js("return document.activeElement.matches(arguments[0])", vec![json!(css)]) == json!(true)
    }

    /// What is wrong with the focus, if anything is.
    pub fn wrong_focus(&self) -> String {
        self.js(FOCUS, vec![]).as_str().expect("an answer in words").to_owned()
    }

    pub fn assert_focus(&self, after: &str) {
        assert_eq!(self.wrong_focus(), "", "after {:?} at {}", after.escape_unicode().to_string(), self.path());
    }
}
