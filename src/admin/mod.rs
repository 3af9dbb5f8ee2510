//! Administration: who has which role, and what a role may do. Sees a person's
//! name, address and roles; never anything of their health, and never sets
//! their password or address.

pub mod roles;
pub mod users;

use crate::{
    accounts::{SignInId, UserId},
    web::CurrentUser,
};

/// The admin who acts, and the sign-in that they act with.
#[derive(Clone, Copy, Debug)]
pub struct Actor {
    pub user: UserId,
    pub sign_in: SignInId,
}

impl Actor {
    fn of(user: &CurrentUser) -> Self {
        Self { user: user.id, sign_in: user.sign_in }
    }

    /// The sign-in that stays when all of this person end: the one acting.
    fn keeps(&self, of: UserId) -> Option<SignInId> {
        (self.user == of).then_some(self.sign_in)
    }
}
