//! Attacks by people with an account, with HR's permissions, or with a printed access
//! code.

mod accounts;
mod bodies;
mod double_click;
mod evicted;
mod fields;
mod foreign_questionnaire;
mod forms;
mod intake;
mod stranger;
mod walls;
