//! Months and campaigns as rows: which one takes check-ups now, and how long
//! people are left alone between two campaigns.

pub mod rest;
