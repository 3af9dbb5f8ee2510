//! What an attacker would do who has an account, or HR's rights, or a slip of paper.

mod double_click;
mod foreign_questionnaire;
mod stranger;
mod walls;
