//! The tree of departments: order, subtrees, ancestors, and which moves are valid. Pure.

use crate::{
    departments::{Department, SEPARATOR},
    domain::{DepartmentId, Scope, text},
};
use std::collections::HashMap;

/// Maximum number of levels under the company.
pub const DEEPEST: usize = 10;

/// Why a department cannot be placed under a parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misplaced {
    /// The parent does not exist (any more).
    NoParent,
    /// The parent is the department itself or in its subtree.
    UnderItself,
    /// It, or a department in its subtree, would be deeper than [`DEEPEST`].
    TooDeep,
}

/// Sorts departments: parents before their children, siblings by folded name.
pub fn in_order(rows: Vec<(DepartmentId, Option<DepartmentId>, String)>) -> Vec<Department> {
    let mut children: HashMap<Option<DepartmentId>, Vec<(DepartmentId, String)>> = HashMap::new();
    for (id, parent, name) in rows {
        children.entry(parent).or_default().push((id, name));
    }
    for siblings in children.values_mut() {
        siblings.sort_by_cached_key(|(id, name)| (text::fold(name), *id));
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

/// The department itself and its descendants, in the order of `all`.
pub fn subtree(all: &[Department], top: DepartmentId) -> Vec<&Department> {
    let Some(start) = all.iter().position(|department| department.id == top) else { return Vec::new() };
    let depth = all[start].depth;
    let under = all[start + 1..].iter().take_while(|department| department.depth > depth);
    std::iter::once(&all[start]).chain(under).collect()
}

/// The ancestors of a department, from the top.
pub fn above(all: &[Department], id: DepartmentId) -> Vec<&Department> {
    let find = |id: DepartmentId| all.iter().find(|one| one.id == id);
    let parent = |one: &&Department| one.parent.and_then(find);
    let mut chain: Vec<_> = std::iter::successors(find(id), parent).skip(1).collect();
    chain.reverse();
    chain
}

/// The departments within a scope.
pub fn visible(all: &[Department], scope: Scope) -> Vec<&Department> {
    match scope {
        Scope::Company => all.iter().collect(),
        Scope::Subtree(top) => top.map_or_else(Vec::new, |top| subtree(all, top)),
    }
}

/// Checks whether a department (`None`: a new one) may be placed under `parent` (`None`:
/// directly under the company).
///
/// # Errors
/// [`Misplaced`].
pub fn check_place(
    all: &[Department],
    moved: Option<DepartmentId>,
    parent: Option<DepartmentId>,
) -> Result<(), Misplaced> {
    let depth_above = match parent {
        None => 0,
        Some(id) => all.iter().find(|one| one.id == id).ok_or(Misplaced::NoParent)?.depth,
    };
    let inside = moved.map_or_else(Vec::new, |top| subtree(all, top));
    if inside.iter().any(|one| Some(one.id) == parent) {
        return Err(Misplaced::UnderItself);
    }
    let own_depth = inside.first().map_or(1, |top| top.depth);
    let levels = inside.iter().map(|one| one.depth - own_depth + 1).max().unwrap_or(1);
    if depth_above + levels > DEEPEST { Err(Misplaced::TooDeep) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
