//! What an attacker would do who has an account, or HR's rights, or a slip of paper.

mod walls;
