//! The audit log: who did what. It is append-only; each row contains the hash of
//! the row before and a MAC made with the installation's key. It never contains
//! names, addresses or scores, nor who took a check-up, logged a pulse, used the
//! chat or was reminded.

pub mod chain;
mod store;

pub use chain::{Verified, VerifyError, verify};

pub use store::list;

use crate::{
    db::locks::{self, Lock},
    domain::{
        Permission, RoleId, UserId,
        codes::{coded, id_type},
    },
    error::AppError,
    keys::Signer,
};
use chrono::{DateTime, SecondsFormat, SubsecRound as _, Utc};
use diesel::{PgConnection, Queryable};
use serde_json::{Value, json};

id_type! {
    /// Id of a row of the audit log, from 1 and without gaps.
    EventId
}

coded! {
    /// What was done.
    Event {
        SignedIn = "signed_in",
        RoleGiven = "role_given",
        RoleTaken = "role_taken",
        RoleCreated = "role_created",
        RoleChanged = "role_changed",
        RoleDeleted = "role_deleted",
        PersonSignedOut = "person_signed_out",
        EveryoneSignedOut = "everyone_signed_out",
        DepartmentCreated = "department_created",
        DepartmentChanged = "department_changed",
        DepartmentDeleted = "department_deleted",
        EmployeeAdded = "employee_added",
        EmployeeConfirmed = "employee_confirmed",
        EmployeeChanged = "employee_changed",
        EmployeeTransferred = "employee_transferred",
        EmployeeInvited = "employee_invited",
        EmployeesImported = "employees_imported",
        EmployeeArchived = "employee_archived",
        EmployeeRestored = "employee_restored",
        EmployeeErased = "employee_erased",
        CampaignCreated = "campaign_created",
        CampaignChanged = "campaign_changed",
        CampaignOpened = "campaign_opened",
        CampaignReminded = "campaign_reminded",
        CampaignClosed = "campaign_closed",
        CampaignDeleted = "campaign_deleted",
        AccessCodesPrinted = "access_codes_printed",
        PeriodPublished = "period_published",
        InsightsExported = "insights_exported",
        InstrumentImported = "instrument_imported",
        InstrumentAttested = "instrument_attested",
        LibraryItemCreated = "library_item_created",
        LibraryItemChanged = "library_item_changed",
        LibraryItemPublished = "library_item_published",
        LibraryItemUnpublished = "library_item_unpublished",
        LibraryItemDeleted = "library_item_deleted",
        ActionCreated = "action_created",
        ActionChanged = "action_changed",
        SupportAnswered = "support_answered",
        SupportClosed = "support_closed",
    }
}

/// What the subject id of an event refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Nothing,
    Person,
    Role,
    Department,
    Period,
    /// Some other row, shown by its id.
    Row,
}

impl Event {
    /// What its subject id refers to.
    pub const fn about(self) -> About {
        match self {
            Self::SignedIn | Self::EveryoneSignedOut | Self::EmployeesImported => About::Nothing,
            Self::RoleGiven
            | Self::RoleTaken
            | Self::PersonSignedOut
            | Self::EmployeeAdded
            | Self::EmployeeConfirmed
            | Self::EmployeeChanged
            | Self::EmployeeTransferred
            | Self::EmployeeInvited
            | Self::EmployeeArchived
            | Self::EmployeeRestored
            | Self::EmployeeErased => About::Person,
            Self::RoleCreated | Self::RoleChanged | Self::RoleDeleted => About::Role,
            Self::DepartmentCreated | Self::DepartmentChanged | Self::DepartmentDeleted => About::Department,
            Self::CampaignCreated
            | Self::CampaignChanged
            | Self::CampaignOpened
            | Self::CampaignReminded
            | Self::CampaignClosed
            | Self::CampaignDeleted
            | Self::AccessCodesPrinted
            | Self::PeriodPublished
            | Self::InsightsExported => About::Period,
            Self::InstrumentImported
            | Self::InstrumentAttested
            | Self::LibraryItemCreated
            | Self::LibraryItemChanged
            | Self::LibraryItemPublished
            | Self::LibraryItemUnpublished
            | Self::LibraryItemDeleted
            | Self::ActionCreated
            | Self::ActionChanged
            | Self::SupportAnswered
            | Self::SupportClosed => About::Row,
        }
    }
}

/// The "previous hash" of the first row.
const NOTHING: [u8; 32] = [0; 32];

/// A row as it is stored.
#[derive(Clone, Debug, PartialEq, Queryable)]
pub struct Entry {
    pub id: EventId,
    pub happened_at: DateTime<Utc>,
    /// The acting person; `None` for Hearth itself and the command line.
    pub actor: Option<UserId>,
    pub event: String,
    /// Id of the affected row, see [`Event::about`].
    pub subject: Option<i64>,
    pub details: Value,
    pub previous_hash: Vec<u8>,
    pub hash: Vec<u8>,
    /// Id of the key that `hash` was made with; `None` for a plain SHA-256.
    pub key_id: Option<Vec<u8>>,
}

/// Appends a row, in the transaction of the change that it records. Call it last
/// there: it holds a lock that other writers wait for until the transaction ends.
///
/// # Errors
/// Those of the database, and [`AppError::Internal`] on a thread that has entered
/// no [`Signer`].
pub fn record(
    conn: &mut PgConnection,
    actor: Option<UserId>,
    event: Event,
    subject: Option<i64>,
    details: Value,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let signer = Signer::current().ok_or_else(|| AppError::Internal(anyhow::anyhow!("no key for the audit log")))?;
    locks::hold(conn, Lock::AuditLog)?;
    let (last, previous_hash, key) = store::last(conn)?.unwrap_or((EventId(0), NOTHING.to_vec(), None));
    if key.is_none() {
        store::seal(conn, &Seal::new(&signer, last))?; // no effect if there is one
    }
    let mut entry = Entry {
        id: EventId(last.0 + 1),
        happened_at: now.trunc_subsecs(6), // the precision of PostgreSQL
        actor,
        event: event.code().to_owned(),
        subject,
        details,
        previous_hash,
        hash: Vec::new(),
        key_id: Some(signer.id().to_vec()),
    };
    entry.hash = signer.sign(&content(&entry)).to_vec();
    store::insert(conn, &entry)?;
    Ok(())
}

/// The hashed content: every column but the row's own hash and key id, as a JSON
/// array in this order.
fn content(entry: &Entry) -> Vec<u8> {
    let moment = entry.happened_at.to_rfc3339_opts(SecondsFormat::Micros, true);
    let content = json!([
        entry.id.0,
        moment,
        entry.actor.map(|actor| actor.0),
        entry.event,
        entry.subject,
        entry.details,
        entry.previous_hash,
    ]);
    content.to_string().into_bytes()
}

/// How many rows have plain hashes, stored and signed with the first keyed row.
#[derive(Clone, Debug, Queryable)]
struct Seal {
    unkeyed: i64,
    key_id: Vec<u8>,
    mac: Vec<u8>,
}

impl Seal {
    fn new(signer: &Signer, last: EventId) -> Self {
        let mac = signer.sign(&Self::content(last.0));
        Self { unkeyed: last.0, key_id: signer.id().to_vec(), mac: mac.to_vec() }
    }

    fn content(unkeyed: i64) -> Vec<u8> {
        json!({ "unkeyed": unkeyed }).to_string().into_bytes()
    }
}

/// Which rows of the log to show.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub event: Option<Event>,
    pub actor: Option<UserId>,
    /// Only rows older than this one.
    pub before: Option<EventId>,
}

impl Entry {
    /// The event, if this version of Hearth knows it.
    pub fn event(&self) -> Option<Event> {
        Event::ALL.into_iter().find(|event| event.code() == self.event)
    }

    /// The role that was given or taken, for those events.
    pub fn role(&self) -> Option<RoleId> {
        self.details.get("role").and_then(Value::as_i64).map(RoleId)
    }

    /// The permissions that a role was created with or changed to.
    pub fn permissions(&self) -> Vec<Permission> {
        let codes = self.details.get("permissions").and_then(Value::as_array);
        let has = |one: &Permission| codes.is_some_and(|codes| codes.iter().any(|code| code == one.code()));
        Permission::ALL.into_iter().filter(has).collect()
    }
}
