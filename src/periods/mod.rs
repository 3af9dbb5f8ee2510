//! Months and campaigns as rows: which one takes check-ups now, and how long
//! people are left alone between two campaigns.

pub mod rest;
mod store;

pub use store::{OpenPeriod, hold_open_periods, open_month, share_open_period};
