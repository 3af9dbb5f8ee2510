//! Administration: who has which role, and what a role may do. Sees a person's
//! name, address and roles; never anything of their health, and never sets
//! their password or address.

pub mod audit;
pub mod roles;
pub mod users;
