//! Every page and write over HTTP: signed in, signed out, as somebody else.

#[path = "../support/mod.rs"]
mod support;

mod access;
mod access_codes;
mod actions;
mod admin;
mod assistant;
mod audit;
mod campaigns;
mod check_up;
mod company;
mod cross_site;
mod dashboard;
mod departments;
mod employees;
mod error_pages;
mod guessing;
mod history;
mod hr_library;
mod import;
mod insights;
mod instruments;
mod languages;
mod leaving;
mod letters;
mod library;
mod logs;
mod periods;
mod profile;
mod raw;
mod recommendations;
mod recovery;
mod registration;
mod reminders;
mod result;
mod retention;
mod sessions;
mod shell;
mod sign_in;
mod steps;
mod support_requests;
mod verification;
mod versions;
mod wall;
