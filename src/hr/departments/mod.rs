//! The tree of departments.

mod store;

use crate::{error::AppError, hr::DepartmentId};
use diesel::PgConnection;
use std::collections::HashMap;

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

/// Every department: parents before their children, siblings by name.
///
/// # Errors
/// Those of the database.
pub fn all(conn: &mut PgConnection) -> Result<Vec<Department>, AppError> {
    Ok(in_order(store::all(conn)?))
}

/// The department itself and everything under it, in the order of `all`.
pub fn subtree(all: &[Department], top: DepartmentId) -> Vec<&Department> {
    let mut inside = Vec::new();
    for department in all {
        let under = department.parent.is_some_and(|parent| inside.iter().any(|one: &&Department| one.id == parent));
        if department.id == top || under {
            inside.push(department);
        }
    }
    inside
}

fn in_order(rows: Vec<(DepartmentId, Option<DepartmentId>, String)>) -> Vec<Department> {
    let mut children: HashMap<Option<DepartmentId>, Vec<(DepartmentId, String)>> = HashMap::new();
    for (id, parent, name) in rows {
        children.entry(parent).or_default().push((id, name));
    }
    for siblings in children.values_mut() {
        siblings.sort_by(|a, b| (a.1.to_lowercase(), a.0).cmp(&(b.1.to_lowercase(), b.0)));
    }
    let mut ordered = Vec::new();
    add_children(None, 1, "", &children, &mut ordered);
    ordered
}

fn add_children(
    parent: Option<DepartmentId>,
    depth: usize,
    above: &str,
    children: &HashMap<Option<DepartmentId>, Vec<(DepartmentId, String)>>,
    ordered: &mut Vec<Department>,
) {
    for (id, name) in children.get(&parent).into_iter().flatten() {
        let path = if above.is_empty() { name.clone() } else { format!("{above}{SEPARATOR}{name}") };
        ordered.push(Department { id: *id, parent, name: name.clone(), depth, path: path.clone() });
        add_children(Some(*id), depth + 1, &path, children, ordered);
    }
}
