//! Every page and write over HTTP: signed in, signed out, as somebody else.

#[path = "../support/mod.rs"]
mod support;

mod check_up;
