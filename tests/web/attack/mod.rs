//! What an attacker would do who has an account, or HR's rights, or a slip of paper.

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
