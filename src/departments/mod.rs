//! The tree of departments, and changes to it. Published numbers have a copy of the
//! tree as it was then, so that changes here do not affect them.

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

/// A department and its place in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    pub id: DepartmentId,
    pub parent: Option<DepartmentId>,
    pub name: String,
    /// Level in the tree, 1 directly under the company.
    pub depth: usize,
    /// Names from the top, such as `Sales / North`.
    pub path: String,
}

impl Department {
    /// Whether a form field's value is this department's id.
    pub fn is(&self, chosen: &str) -> bool {
        self.id.to_string() == chosen
    }
}

/// Separator between the names of a path.
pub const SEPARATOR: &str = " / ";

/// Longest name, in characters.
const LONGEST_NAME: usize = 200;

/// A valid name of a department: one line of 1 to 200 characters without [`SEPARATOR`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentName(String);

/// Why a text is not a valid name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadName {
    Empty,
    TooLong,
    /// It contains [`SEPARATOR`].
    Separator,
}

impl DepartmentName {
    /// Normalises and validates a name.
    ///
    /// # Errors
    /// [`BadName`].
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

/// Why a change of the tree was refused.
#[derive(Debug, thiserror::Error)]
pub enum DepartmentError {
    /// A department with the same parent has this name, perhaps spelled differently
    /// (see [`text::fold`]).
    #[error("a sibling has this name")]
    NameTaken,
    #[error("it cannot be placed under this parent")]
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

/// A department with its number of people.
#[derive(Clone, Debug)]
pub struct Counted {
    pub department: Department,
    /// People directly in it.
    pub own: i64,
    /// People in it and its subtree.
    pub total: i64,
}

/// Every department with its number of people, in the order of [`all`].
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

/// Adds a department under another one, or directly under the company (`None`).
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
        let id = Growing::hold(conn)?.add(conn, parent, name)?;
        record_made(conn, actor, id, parent, now)?;
        Ok(id)
    })
}

/// The tree while departments are added to it: nobody else changes it until the caller's
/// transaction ends.
pub struct Growing(Vec<Department>);

impl Growing {
    /// Locks the tree and reads it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn hold(conn: &mut PgConnection) -> Result<Self, AppError> {
        locks::hold(conn, Lock::Departments)?;
        Ok(Self(all(conn)?))
    }

    /// Every department, those that were added included: parents before their children.
    pub fn all(&self) -> &[Department] {
        &self.0
    }

    /// Adds a department. The caller has to call [`record_made`] at the end of the
    /// transaction, as writing the audit log takes a lock.
    ///
    /// # Errors
    /// [`DepartmentError`].
    pub fn add(
        &mut self,
        conn: &mut PgConnection,
        parent: Option<DepartmentId>,
        name: &DepartmentName,
    ) -> Result<DepartmentId, DepartmentError> {
        tree::check_place(&self.0, None, parent)?;
        check_name(&self.0, None, parent, name)?;
        let id = store::insert(conn, parent, &name.0)?;
        let above = parent.and_then(|parent| self.0.iter().position(|one| one.id == parent));
        let (depth, path, end) = match above {
            Some(at) => {
                let top = &self.0[at];
                (top.depth + 1, format!("{}{SEPARATOR}{}", top.path, name.0), at + subtree(&self.0, top.id).len())
            }
            None => (1, name.0.clone(), self.0.len()),
        };
        self.0.insert(end, Department { id, parent, name: name.0.clone(), depth, path });
        Ok(id)
    }
}

/// Refuses a name that a sibling has, comparing folded names (case, spaces,
/// apostrophes and quotation marks do not count). Call it under [`store::lock`], so
/// that nobody adds the same name at the same time.
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

/// Records in the audit log that a department was added.
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

/// Renames a department and moves it with its subtree.
///
/// # Errors
/// [`DepartmentError`]; [`AppError::NotFound`] when it does not exist.
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

/// Deletes a department without people and departments in it. Check-ups and
/// invitations of open periods are moved to the department above; those of closed
/// periods have been counted and keep the deleted id.
///
/// # Errors
/// [`DepartmentError::InUse`]; [`AppError::NotFound`] when it does not exist.
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
