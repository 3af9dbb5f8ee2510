//! The key of the audit log's chain, derived from the installation's secret:
//! who can write rows, but does not have the secret, cannot write a chain that
//! holds.
//!
//! Rows are recorded deep inside use cases, so the key goes with the thread
//! that works on the database: [`crate::db::Db`] lends it with each connection,
//! the command line takes it up once.

use crate::keys::Keys;
use std::{cell::RefCell, marker::PhantomData, sync::Arc};

/// The name of a key, which tells nothing about it.
pub type KeyId = [u8; 8];

thread_local! {
    static CURRENT: RefCell<Option<Signer>> = const { RefCell::new(None) };
}

/// Makes and verifies the hashes of rows. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Signer {
    keys: Arc<Keys>,
    id: KeyId,
}

impl Signer {
    /// With the key that belongs to this secret.
    pub fn new(keys: Arc<Keys>) -> Self {
        let [a, b, c, d, e, f, g, h, ..] = keys.digest("audit key", b"name");
        let id = [a, b, c, d, e, f, g, h];
        Self { keys, id }
    }

    /// The name of its key.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// The keyed hash of something.
    pub fn sign(&self, content: &[u8]) -> [u8; 32] {
        self.keys.digest("audit", content)
    }

    /// Whether this is the keyed hash of something, in constant time.
    pub fn verifies(&self, content: &[u8], hash: &[u8]) -> bool {
        self.keys.verifies("audit", content, hash)
    }

    /// Signs what this thread records until the guard is dropped.
    #[must_use = "it signs until this is dropped"]
    pub fn enter(&self) -> Entered {
        let before = CURRENT.with(|current| current.borrow_mut().replace(self.clone()));
        Entered { before, on_this_thread: PhantomData }
    }

    /// The one that this thread works for.
    pub fn current() -> Option<Self> {
        CURRENT.with(|current| current.borrow().clone())
    }
}

/// A thread that works for a [`Signer`].
pub struct Entered {
    before: Option<Signer>,
    on_this_thread: PhantomData<*const ()>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        let before = self.before.take();
        CURRENT.with(|current| *current.borrow_mut() = before);
    }
}
