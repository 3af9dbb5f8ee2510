//! What happens when things break: the database goes away and comes back, the
//! pool runs dry, requests never end, bodies are too large.

#[path = "../support/mod.rs"]
mod support;

mod database;
mod proxy;
mod requests;
