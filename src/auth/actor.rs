//! The acting person, checked again in the transaction that writes. Between
//! authentication and the write a request may wait for a worker, a connection or a
//! lock; if the sign-in was ended or the permission revoked meanwhile, the
//! transaction is rolled back.

use crate::{
    auth::{SignInId, roles, sessions},
    domain::{Permission, UserId},
    error::AppError,
    web::Hearth,
};
use diesel::{Connection as _, PgConnection};

/// A person who acts with a sign-in.
#[derive(Clone, Copy, Debug)]
pub struct Actor {
    pub user: UserId,
    pub sign_in: SignInId,
    /// At least one of these is required; empty if everybody may act.
    needs: &'static [Permission],
}

impl Actor {
    /// An actor that needs no permission.
    pub const fn new(user: UserId, sign_in: SignInId) -> Self {
        Self { user, sign_in, needs: &[] }
    }

    /// The same, who needs one of these permissions.
    #[must_use]
    pub const fn who_needs(self, needs: &'static [Permission]) -> Self {
        Self { needs, ..self }
    }

    /// The sign-in to keep when all of person `of` are ended: the acting one, if
    /// it is theirs.
    pub fn keeps(&self, of: UserId) -> Option<SignInId> {
        (self.user == of).then_some(self.sign_in)
    }

    /// Runs `work` in a transaction, which is rolled back if the sign-in or the
    /// permission is gone when the work is done.
    ///
    /// # Errors
    /// [`AppError::SignInRequired`] when the sign-in was ended,
    /// [`AppError::Forbidden`] when the permission was revoked, else those of `work`.
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

    /// Locks the person and the sign-in until the transaction ends, so that
    /// nothing can end the sign-in: for work that itself ends sign-ins or creates
    /// links.
    ///
    /// # Errors
    /// [`AppError::SignInRequired`] when it is ended already.
    pub fn hold(&self, conn: &mut PgConnection) -> Result<(), AppError> {
        self.hold_with(conn, |_| true)
    }

    fn hold_with(&self, conn: &mut PgConnection, fits: impl FnOnce(Option<&str>) -> bool) -> Result<(), AppError> {
        let found = sessions::lock_password(conn, self.user)?; // the person first, in the order that a reset locks
        let stays = found.is_some_and(|hash| fits(hash.as_deref())) && sessions::hold(conn, self.user, self.sign_in)?;
        if stays { Ok(()) } else { Err(AppError::SignInRequired) }
    }
}

/// Proof that the acting person entered their password in this request.
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

    /// Like [`Actor::hold`]; also checks that the password is still the verified one.
    ///
    /// # Errors
    /// [`AppError::SignInRequired`] when the sign-in was ended or the password changed.
    pub fn hold(&self, conn: &mut PgConnection) -> Result<(), AppError> {
        self.actor.hold_with(conn, |hash| hash == Some(&*self.verified))
    }
}

impl Hearth {
    /// Runs [`Actor::act`] on a connection of the pool.
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
