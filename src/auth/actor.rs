//! Who acts, and whether they still may when they write. Between the look at a
//! cookie and the write a request may wait: for a worker, a connection, a lock.
//! A sign-in that was ended meanwhile, by a reset for example, writes nothing.

use crate::{
    auth::{SignInId, roles, sessions},
    domain::{Permission, UserId},
    error::AppError,
    web::Hearth,
};
use diesel::{Connection as _, PgConnection};

/// Somebody who acts with a sign-in.
#[derive(Clone, Copy, Debug)]
pub struct Actor {
    pub user: UserId,
    pub sign_in: SignInId,
    /// One of these lets them do what they do; empty where everybody may.
    needs: &'static [Permission],
}

impl Actor {
    /// Somebody who does what everybody may.
    pub const fn new(user: UserId, sign_in: SignInId) -> Self {
        Self { user, sign_in, needs: &[] }
    }

    /// The same who needs one of these permissions.
    #[must_use]
    pub const fn who_needs(self, needs: &'static [Permission]) -> Self {
        Self { needs, ..self }
    }

    /// The sign-in that stays when all of this person end: the one acting.
    pub fn keeps(&self, of: UserId) -> Option<SignInId> {
        (self.user == of).then_some(self.sign_in)
    }

    /// Works for them in one transaction, which is taken back if they may not
    /// act any more when the work is done.
    ///
    /// # Errors
    /// [`AppError::SignInRequired`] when the sign-in was ended,
    /// [`AppError::Forbidden`] when the permission was taken, else those of `work`.
    pub fn act<T, E: From<AppError> + From<diesel::result::Error>>(
        &self,
        conn: &mut PgConnection,
        work: impl FnOnce(&mut PgConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        conn.transaction(|conn| {
            let done = work(conn)?;
            self.ensure(conn)?;
            Ok(done)
        })
    }

    fn ensure(&self, conn: &mut PgConnection) -> Result<(), AppError> {
        if !sessions::hold(conn, self.user, self.sign_in)? {
            return Err(AppError::SignInRequired);
        }
        if self.needs.is_empty() || roles::has_permission(conn, self.user, self.needs)? {
            return Ok(());
        }
        Err(AppError::Forbidden)
    }

    /// Keeps everything that could end their sign-in waiting until the
    /// transaction ends: for work that ends sign-ins itself or makes a link.
    ///
    /// # Errors
    /// [`AppError::SignInRequired`] when it is ended already.
    pub fn hold(&self, conn: &mut PgConnection) -> Result<(), AppError> {
        self.hold_with(conn, |_| true)
    }

    fn hold_with(&self, conn: &mut PgConnection, fits: impl FnOnce(Option<&str>) -> bool) -> Result<(), AppError> {
        let found = sessions::lock_password(conn, self.user)?; // the person first: a reset locks in this order
        let stays = found.is_some_and(|hash| fits(hash.as_deref())) && sessions::hold(conn, self.user, self.sign_in)?;
        if stays { Ok(()) } else { Err(AppError::SignInRequired) }
    }
}

/// That somebody who acts knew their password a moment ago.
#[derive(Clone, Debug)]
pub struct Proof {
    pub actor: Actor,
    /// The hash that the password was checked against.
    verified: String,
}

impl Proof {
    /// The password of this person was verified against this hash.
    pub const fn new(actor: Actor, verified: String) -> Self {
        Self { actor, verified }
    }

    /// As [`Actor::hold`]; and the password is still the one that was verified.
    ///
    /// # Errors
    /// [`AppError::SignInRequired`] when either is not so any more.
    pub fn hold(&self, conn: &mut PgConnection) -> Result<(), AppError> {
        self.actor.hold_with(conn, |hash| hash == Some(&*self.verified))
    }
}

impl Hearth {
    /// Works for somebody in one transaction, and takes it back if their
    /// sign-in or their permission was ended while the work waited.
    ///
    /// # Errors
    /// Those of [`Actor::act`] and [`Db::run`].
    pub async fn act<T, E, F>(&self, actor: Actor, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut PgConnection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<AppError> + From<diesel::result::Error> + Send + 'static,
    {
        self.db.run(move |conn| actor.act(conn, work)).await
    }
}
