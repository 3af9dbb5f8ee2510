//! Every page and write over HTTP: signed in, signed out, as somebody else.

#[path = "../support/mod.rs"]
mod support;

mod access;
mod check_up;
mod dashboard;
mod guessing;
mod history;
mod languages;
mod letters;
mod profile;
mod raw;
mod recommendations;
mod recovery;
mod registration;
mod result;
mod sessions;
mod sign_in;
mod steps;
