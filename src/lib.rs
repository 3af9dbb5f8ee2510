//! Hearth: burnout check-ups that employees trust. The map of the house, from
//! the ground up; a room imports only from the floors below its own:
//!
//! 1. [`domain`] words that every room shares, [`statistics`], [`error`], [`clock`],
//!    [`cluster`] (the private PostgreSQL), [`secret`], `spreadsheet`, [`urls`] of every page
//! 2. [`i18n`] languages and words, [`keys`] derived from the installation's
//!    secret, `workers` for dear work
//! 3. [`config`] from the environment
//! 4. [`db`] connections, migrations, schema, column types, locks
//! 5. [`help`] where people get help, [`mail`], [`audit`] who did what,
//!    [`consents`] what people agreed to, [`limits`] how often something may happen
//! 6. [`web`] what every page shares; knows no feature
//! 7. [`auth`] who asks, and what they may do
//! 8. [`library`] of what helps, [`instruments`] (questionnaires), [`departments`]
//! 9. [`recommendations`] my list from the library, [`periods`] months and campaigns as rows
//! 10. [`accounts`] sign-in, registration, profile, recovery
//! 11. [`pulse`] the note of one day
//! 12. [`assessment`] take the questionnaire, get the result
//! 13. [`access_codes`] check-ups by a printed code, [`support`] requests to HR, [`history`], [`assistant`] conversations
//! 14. [`publication`] what HR may see of a closed period, [`leaving`] archived or erased
//! 15. [`employees`], [`dashboard`]
//! 16. [`campaigns`], [`employee_import`] from a file, [`questionnaires`] as HR keeps them,
//!     [`privacy`] all of mine on one page, [`admin`], [`seed`] companies that do not exist
//! 17. [`insights`] the organisation's picture
//! 18. [`actions`] what departments set out to do
//! 19. [`app`] puts the application together: the URL table, jobs, site, API document
//! 20. [`cli`] the command line behind `main`
//!
//! A room has `mod.rs` (use cases), rules by their names (pure), `store.rs`
//! (Diesel), `pages.rs` (HTML), `api.rs` (JSON). A request goes through
//! [`app::routes`] to a page's handler, which parses it into domain types, calls
//! one use case with `(conn, actor, input, now)`, and renders what comes back.

// So that the unit tests can take in `tests/support`, which names this crate.
#[cfg(test)]
extern crate self as hearth;

pub mod access_codes;
pub mod accounts;
pub mod actions;
pub mod admin;
pub mod app;
pub mod assessment;
pub mod assistant;
pub mod audit;
pub mod auth;
pub mod campaigns;
pub mod cli;
pub mod clock;
pub mod cluster;
pub mod config;
pub mod consents;
pub mod dashboard;
pub mod db;
pub mod departments;
pub mod domain;
pub mod employee_import;
pub mod employees;
pub mod error;
pub mod help;
pub mod history;
pub mod i18n;
pub mod insights;
pub mod instruments;
pub mod keys;
pub mod leaving;
pub mod library;
pub mod limits;
pub mod mail;
pub mod periods;
pub mod privacy;
pub mod publication;
pub mod pulse;
pub mod questionnaires;
pub mod recommendations;
pub mod secret;
pub mod seed;
mod spreadsheet;
pub mod statistics;
pub mod support;
pub mod urls;
pub mod web;
mod workers;
