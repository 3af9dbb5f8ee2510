//! Hearth: burnout check-ups that employees trust. The map of the house:
//!
//! - [`app`] puts the application together, for `main` and for the tests
//! - [`routes`] is the whole URL table
//! - [`config`] turns the environment into a validated configuration
//! - [`db`] lends database connections; the only place that blocks on them
//! - [`cluster`] runs the private PostgreSQL
//! - [`error`] is the one list of errors
//! - [`i18n`] chooses the language and knows every word
//! - [`text`] makes every text canonical on its way in
//! - [`web`] is what every page shares
//! - [`keys`] derives keys from the installation's secret; [`help`] knows where
//!   people get help; [`migrations`] runs those of the schema
//! - [`accounts`]: sign-in, registration, profile, privacy, roles
//! - [`assessment`]: take the questionnaire, get the result
//! - [`history`]: my past results
//! - [`recommendations`]: the library and my list
//! - [`dashboard`]: my current state and the daily pulse
//! - [`assistant`]: my conversations, answered by a model or from the library
//! - [`my_data`]: everything about me in one archive, and being erased
//! - [`support`]: an employee's request to HR, the one door between the two
//! - [`hr`]: the organisation's picture: departments, employees, campaigns, insights
//! - [`admin`]: who has which role, and what a role may do
//! - [`audit`]: who did what
//! - [`mail`] sends what was written into its table
//! - [`limits`] counts how often something may happen
//! - [`seed`] makes companies that do not exist, the demo company among them
//! - [`commands`] is the command line behind `main`
//!
//! A feature folder has `mod.rs` (use cases), rules by their names (pure),
//! `store.rs` (Diesel), `pages.rs` (HTML), `api.rs` (JSON). A request goes through `routes` to a
//! page's handler, which parses it into domain types, calls one use case with
//! `(conn, actor, input, now)` inside `Db::run`, and renders what comes back.

pub mod accounts;
pub mod admin;
pub mod app;
pub mod assessment;
pub mod assistant;
pub mod audit;
pub mod cluster;
mod codes;
pub mod commands;
pub mod config;
pub mod dashboard;
pub mod db;
pub mod error;
pub mod help;
pub mod history;
pub mod hr;
pub mod i18n;
pub mod keys;
pub mod limits;
pub mod mail;
pub mod migrations;
pub mod my_data;
pub mod recommendations;
pub mod routes;
mod schema;
pub mod seed;
mod spreadsheet;
mod store;
pub mod support;
pub mod text;
pub mod web;
mod workers;
