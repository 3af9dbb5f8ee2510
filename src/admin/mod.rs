//! Administration: people's roles, roles' permissions, and the audit log. Reads a
//! person's name, address and roles only, no health data, and cannot set a
//! password or an address.

pub mod audit;
pub mod roles;
pub mod users;
