//! The tree of a moment by position, as the pure rules count in it.

use crate::{departments, domain::DepartmentId, publication::suppression::Tree};
use std::collections::HashMap;

/// The tree at this moment, with the company on top, by position.
pub struct Map {
    pub departments: Vec<departments::Department>,
    /// Position 0 is the company.
    pub ids: Vec<DepartmentId>,
    pub parents: Vec<usize>,
    places: HashMap<DepartmentId, usize>,
}

impl Map {
    /// Takes departments with parents before their children.
    pub fn new(departments: Vec<departments::Department>) -> Self {
        let ids: Vec<_> = std::iter::once(DepartmentId(0)).chain(departments.iter().map(|one| one.id)).collect();
        let places: HashMap<_, _> = ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        let above = |parent: Option<DepartmentId>| parent.map_or(0, |parent| places[&parent]);
        let parents = std::iter::once(0).chain(departments.iter().map(|one| above(one.parent))).collect();
        Self { departments, ids, parents, places }
    }

    /// What is known of each department, by position; who is in no department
    /// belongs to the company itself.
    pub fn arrange<T: Clone>(&self, rows: Vec<(DepartmentId, T)>, nothing: T) -> Vec<T> {
        let mut arranged = vec![nothing; self.ids.len()];
        for (department, value) in rows {
            arranged[self.places.get(&department).copied().unwrap_or(0)] = value;
        }
        arranged
    }

    /// The tree with so many people in each department.
    pub fn tree(&self, members: Vec<u64>) -> Tree {
        Tree { parents: self.parents.clone(), members }
    }
}
