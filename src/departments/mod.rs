//! The tree of departments, and the changes HR makes to it. Published numbers
//! keep a copy of the tree of their day, so that no change here touches them.

pub mod pages;
mod store;
mod tree;

pub use tree::{DEEPEST, Misplaced, above, subtree, visible};

use crate::{
    audit::{self, Event},
    db::locks::{self, Lock},
    domain::{DepartmentId, UserId, text},
    error::AppError,
};
use chrono::{DateTime, Utc};
use diesel::{Connection as _, PgConnection, result::DatabaseErrorKind};
use serde_json::json;

/// A department as it stands in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    pub id: DepartmentId,
    pub parent: Option<DepartmentId>,
    pub name: String,
    /// 1 right under the company.
    pub depth: usize,
    /// Names from the top, such as `Sales / North`.
    pub path: String,
}

impl Department {
    /// Whether a form's choice is this one.
    pub fn is(&self, chosen: &str) -> bool {
        self.id.to_string() == chosen
    }
}

/// What separates the names of a path.
pub const SEPARATOR: &str = " / ";

/// Characters of the longest name.
const LONGEST_NAME: usize = 200;

/// What a department may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentName(String);

/// Why a text is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadName {
    Empty,
    TooLong,
    /// It holds what separates the names of a path.
    Separator,
}

impl DepartmentName {
    /// Reads a single line that somebody typed.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: &str) -> Result<Self, BadName> {
        let name = text::line(text);
        match name.chars().count() {
            0 => Err(BadName::Empty),
            length if length > LONGEST_NAME => Err(BadName::TooLong),
            _ if name.contains(SEPARATOR) => Err(BadName::Separator),
            _ => Ok(Self(name)),
        }
    }
}

/// Why the tree was not changed.
#[derive(Debug, thiserror::Error)]
pub enum DepartmentError {
    /// A sibling has this name, if in another spelling.
    #[error("a sibling has this name")]
    NameTaken,
    #[error("it cannot stand there")]
    Misplaced(Misplaced),
    #[error("it has people or departments")]
    InUse,
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<diesel::result::Error> for DepartmentError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::Error::DatabaseError;
        match error {
            DatabaseError(DatabaseErrorKind::UniqueViolation, ref info)
                if info.constraint_name() == Some("departments_name_key") =>
            {
                Self::NameTaken
            }
            error => Self::App(error.into()),
        }
    }
}

impl From<Misplaced> for DepartmentError {
    fn from(why: Misplaced) -> Self {
        Self::Misplaced(why)
    }
}

/// Every department: parents before their children, siblings by name.
///
/// # Errors
/// Those of the database.
pub fn all(conn: &mut PgConnection) -> Result<Vec<Department>, AppError> {
    Ok(tree::in_order(store::all(conn)?))
}

/// A department with how many people belong to it.
#[derive(Clone, Debug)]
pub struct Counted {
    pub department: Department,
    /// Right in it.
    pub own: i64,
    /// In it and everywhere under it.
    pub total: i64,
}

/// Every department with its people, in the order of [`all`].
///
/// # Errors
/// Those of the database.
pub fn counted(conn: &mut PgConnection) -> Result<Vec<Counted>, AppError> {
    let (rows, people) = store::all_counted(conn)?;
    let departments = tree::in_order(rows);
    let own = |one: &Department| people.get(&one.id).copied().unwrap_or(0);
    let total = |top: &Department| subtree(&departments, top.id).into_iter().map(own).sum();
    let count = |one: &Department| Counted { department: one.clone(), own: own(one), total: total(one) };
    Ok(departments.iter().map(count).collect())
}

/// Adds a department under another, or right under the company.
///
/// # Errors
/// [`DepartmentError`].
pub fn create(
    conn: &mut PgConnection,
    actor: Option<UserId>,
    parent: Option<DepartmentId>,
    name: &DepartmentName,
    now: DateTime<Utc>,
) -> Result<DepartmentId, DepartmentError> {
    conn.transaction(|conn| {
        let id = make(conn, parent, name)?;
        record_made(conn, actor, id, parent, now)?;
        Ok(id)
    })
}

/// Adds a department as a part of something longer, in the caller's
/// transaction, which calls [`record_made`] at its end.
///
/// # Errors
/// [`DepartmentError`].
pub fn make(
    conn: &mut PgConnection,
    parent: Option<DepartmentId>,
    name: &DepartmentName,
) -> Result<DepartmentId, DepartmentError> {
    locks::hold(conn, Lock::Departments)?;
    let departments = all(conn)?;
    tree::check_place(&departments, None, parent)?;
    check_name(&departments, None, parent, name)?;
    Ok(store::insert(conn, parent, &name.0)?)
}

/// One department is one whatever way its name is written: case, blanks,
/// apostrophes and quotation marks make no other. Called under the lock of the
/// tree, so that nobody else adds the same name meanwhile.
fn check_name(
    departments: &[Department],
    but: Option<DepartmentId>,
    parent: Option<DepartmentId>,
    name: &DepartmentName,
) -> Result<(), DepartmentError> {
    let folded = text::fold(&name.0);
    let mut siblings = departments.iter().filter(|one| one.parent == parent && Some(one.id) != but);
    if siblings.any(|one| text::fold(&one.name) == folded) { Err(DepartmentError::NameTaken) } else { Ok(()) }
}

/// Keeps in the audit log that a department was added.
///
/// # Errors
/// Those of the database.
pub fn record_made(
    conn: &mut PgConnection,
    actor: Option<UserId>,
    id: DepartmentId,
    parent: Option<DepartmentId>,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    audit::record(conn, actor, Event::DepartmentCreated, Some(id.0), json!({"parent": parent}), now)
}

/// Renames a department and moves it, with all that is under it.
///
/// # Errors
/// [`DepartmentError`]; not found when there is none.
pub fn change(
    conn: &mut PgConnection,
    actor: UserId,
    id: DepartmentId,
    parent: Option<DepartmentId>,
    name: &DepartmentName,
    now: DateTime<Utc>,
) -> Result<(), DepartmentError> {
    conn.transaction(|conn| {
        locks::hold(conn, Lock::Departments)?;
        let departments = all(conn)?;
        let before = departments.iter().find(|one| one.id == id).ok_or(AppError::NotFound)?;
        tree::check_place(&departments, Some(id), parent)?;
        let (renamed, moved) = (before.name != name.0, before.parent != parent);
        if renamed || moved {
            check_name(&departments, Some(id), parent, name)?;
            store::update(conn, id, parent, &name.0)?;
            let details = json!({"renamed": renamed, "from": before.parent, "to": parent});
            audit::record(conn, Some(actor), Event::DepartmentChanged, Some(id.0), details, now)?;
        }
        Ok(())
    })
}

/// Deletes a department that nobody and nothing is in. Check-ups and
/// invitations of periods that are still open count for the department above
/// from then on; those of closed ones have been counted, and keep its number.
///
/// # Errors
/// [`DepartmentError::InUse`]; not found when there is none.
pub fn delete(
    conn: &mut PgConnection,
    actor: UserId,
    id: DepartmentId,
    now: DateTime<Utc>,
) -> Result<(), DepartmentError> {
    conn.transaction(|conn| {
        locks::hold(conn, Lock::Departments)?;
        let departments = all(conn)?;
        let department = departments.iter().find(|one| one.id == id).ok_or(AppError::NotFound)?;
        store::hold_open_periods(conn)?;
        if departments.iter().any(|one| one.parent == Some(id)) || !store::delete_if_nobody_is_in(conn, id)? {
            return Err(DepartmentError::InUse);
        }
        store::count_for_parent(conn, id, department.parent)?;
        audit::record(conn, Some(actor), Event::DepartmentDeleted, Some(id.0), json!({}), now)?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_that_no_path_can_confuse() {
        for (text, expected) in [
            ("  Sales ", Ok("Sales")),
            ("R&D/QA", Ok("R&D/QA")),
            ("Ремонтнии\u{306}\u{a0} відділ\u{200b}", Ok("Ремонтний відділ")),
            ("\u{200b}\u{3164}", Err(BadName::Empty)),
            ("Відділ «Північ»", Ok("Відділ «Північ»")),
            ("  ", Err(BadName::Empty)),
            ("Sales / North", Err(BadName::Separator)),
        ] {
            assert_eq!(DepartmentName::parse(text), expected.map(|name| DepartmentName(name.to_owned())), "{text:?}");
        }
        assert!(DepartmentName::parse(&"ї".repeat(200)).is_ok());
        assert_eq!(DepartmentName::parse(&"ї".repeat(201)), Err(BadName::TooLong));
    }
}
