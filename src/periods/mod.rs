//! Months and campaigns: the minimum time between two campaigns for the same people.

pub mod rest;
