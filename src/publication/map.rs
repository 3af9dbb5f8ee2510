//! The department tree with positions in place of ids, as the pure rules need it.

use crate::{departments, domain::DepartmentId, publication::suppression::Tree};
use std::collections::HashMap;

/// The departments with the company at position 0.
pub struct Map {
    pub departments: Vec<departments::Department>,
    /// By position; the id 0 at position 0 is the company.
    pub ids: Vec<DepartmentId>,
    pub parents: Vec<usize>,
    places: HashMap<DepartmentId, usize>,
}

impl Map {
    /// Requires parents before their children.
    pub fn new(departments: Vec<departments::Department>) -> Self {
        let ids: Vec<_> = std::iter::once(DepartmentId(0)).chain(departments.iter().map(|one| one.id)).collect();
        let places: HashMap<_, _> = ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        let above = |parent: Option<DepartmentId>| parent.map_or(0, |parent| places[&parent]);
        let parents = std::iter::once(0).chain(departments.iter().map(|one| above(one.parent))).collect();
        Self { departments, ids, parents, places }
    }

    /// Orders values of departments by position. A value without a department, or of an
    /// unknown one, belongs to the company itself.
    pub fn arrange<T: Clone>(&self, rows: Vec<(DepartmentId, T)>, nothing: T) -> Vec<T> {
        let mut arranged = vec![nothing; self.ids.len()];
        for (department, value) in rows {
            arranged[self.places.get(&department).copied().unwrap_or(0)] = value;
        }
        arranged
    }

    /// The tree with the number of members of each department.
    pub fn tree(&self, members: Vec<u64>) -> Tree {
        Tree { parents: self.parents.clone(), members }
    }
}
