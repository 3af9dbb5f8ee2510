//! Keyed hashes (HMAC) for the audit log's hash chain: whoever can write rows to the
//! database, but does not have the installation's secret, cannot forge a valid chain.
//!
//! Audit rows are recorded deep inside use cases. Instead of passing the key to all of
//! them, it is a thread-local: [`crate::db::Db`] sets it with each connection, and the
//! command line sets it once.

use crate::keys::Keys;
use std::{cell::RefCell, marker::PhantomData, sync::Arc};

/// Identifies a key without revealing it.
pub type KeyId = [u8; 8];

thread_local! {
    static CURRENT: RefCell<Option<Signer>> = const { RefCell::new(None) };
}

/// Makes and verifies the keyed hashes of audit rows. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Signer {
    keys: Arc<Keys>,
    id: KeyId,
}

impl Signer {
    /// A signer with the key derived from this secret.
    pub fn new(keys: Arc<Keys>) -> Self {
        let [a, b, c, d, e, f, g, h, ..] = keys.digest("audit key", b"name");
        let id = [a, b, c, d, e, f, g, h];
        Self { keys, id }
    }

    /// The identifier of its key.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// The keyed hash of `content`.
    pub fn sign(&self, content: &[u8]) -> [u8; 32] {
        self.keys.digest("audit", content)
    }

    /// Whether `hash` is the keyed hash of `content`; compared in constant time.
    pub fn verifies(&self, content: &[u8], hash: &[u8]) -> bool {
        self.keys.verifies("audit", content, hash)
    }

    /// Makes this the signer of the current thread until the guard is dropped.
    #[must_use = "it signs until this is dropped"]
    pub fn enter(&self) -> Entered {
        let before = CURRENT.with(|current| current.borrow_mut().replace(self.clone()));
        Entered { before, on_this_thread: PhantomData }
    }

    /// The signer of the current thread, if one was entered.
    pub fn current() -> Option<Self> {
        CURRENT.with(|current| current.borrow().clone())
    }
}

/// Guard of [`Signer::enter`]: dropping it restores the signer from before.
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
