//! The product in real Chromium: by mouse, by keyboard alone, without JavaScript, light
//! and dark, in three languages, on a phone and printed.
//!
//! A test opens a [`session::Session`], which checks at its end what Chromium logged:
//! no console error, no request to another host. `HEARTH_SCREENSHOTS=DIR` saves a
//! screenshot of every page.

#[path = "../support/mod.rs"]
mod support;

#[expect(dead_code, reason = "the tests of faults use the rest")]
#[path = "../faults/proxy.rs"]
mod proxy;

#[path = "../web/letters.rs"]
mod letters;
#[expect(dead_code, reason = "the tests over HTTP use the rest")]
#[path = "../web/steps.rs"]
mod steps;

mod command;
mod driver;
mod keys;
mod session;
mod watch;

mod pages;
mod scan;
mod staff_pages;

mod own_pages;

mod attention;
mod chats;
mod check_up;
mod every_page;
mod keyboard;
mod languages;
mod mouse;
mod passwords;
mod print;
mod without_script;
