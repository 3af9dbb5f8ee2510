//! Months and campaigns: the minimum time between two campaigns for the same people.

pub mod rest;
mod store;

pub use store::{OpenPeriod, hold_open_periods, open_month, share_open_period};
