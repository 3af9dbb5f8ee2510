//! The staff of the demo company: its departments and how they develop, and the four
//! accounts with a public password.

use crate::{auth::roles::Role, seed::rows::Department, web::demo};

/// A demo account that anybody can sign in with.
#[derive(Clone, Copy, Debug)]
pub struct DemoAccount {
    pub email: &'static str,
    pub role: Role,
    pub(super) name: &'static str,
    pub(super) position: &'static str,
    /// The department whose first person it is.
    pub(super) department: &'static str,
}

/// The accounts with which visitors look at the demo company.
pub const DEMO_ACCOUNTS: [DemoAccount; 4] = [
    DemoAccount {
        email: demo::EMPLOYEE,
        role: Role::Employee,
        name: "Olena Demo",
        position: "Software engineer",
        department: "Platform",
    },
    DemoAccount {
        email: demo::MANAGER,
        role: Role::Manager,
        name: "Andrii Demo",
        position: "Head of customer support",
        department: "Customer Support",
    },
    DemoAccount {
        email: demo::HR,
        role: Role::Hr,
        name: "Iryna Demo",
        position: "Head of people",
        department: "People",
    },
    DemoAccount {
        email: demo::ADMIN,
        role: Role::Admin,
        name: "Maksym Demo",
        position: "System administrator",
        department: "IT",
    },
];

/// A department: how many people it has itself, and how strained they were a year ago
/// and are now, 0 to 1.
pub struct Unit {
    pub name: &'static str,
    pub is_team: bool,
    pub people: u32,
    pub position: &'static str,
    from: f64,
    to: f64,
}

/// The departments, each followed by its teams. Customer Support is burning out,
/// Operations is recovering. Mobile, Night Desk, Design, Legal and IT are smaller than
/// the smallest group whose figures are shown.
pub const UNITS: [Unit; 19] = [
    department("Engineering", 4, "Engineering lead", 0.36, 0.38),
    team("Platform", 13, "Software engineer", 0.35, 0.41),
    team("Web", 12, "Software engineer", 0.31, 0.32),
    team("Mobile", 4, "Software engineer", 0.38, 0.36),
    department("Customer Support", 17, "Support agent", 0.30, 0.74),
    team("Night Desk", 3, "Support agent", 0.34, 0.78),
    department("Operations", 3, "Operations manager", 0.67, 0.33),
    team("Logistics", 13, "Dispatcher", 0.70, 0.31),
    team("Facilities", 6, "Technician", 0.64, 0.33),
    department("Sales", 3, "Sales manager", 0.38, 0.37),
    team("Field Sales", 9, "Sales representative", 0.40, 0.42),
    team("Partnerships", 6, "Partner manager", 0.30, 0.29),
    department("Marketing", 7, "Marketing specialist", 0.33, 0.36),
    team("Design", 3, "Designer", 0.34, 0.31),
    department("Finance", 6, "Accountant", 0.37, 0.38),
    team("Legal", 2, "Lawyer", 0.36, 0.36),
    department("People", 5, "People partner", 0.34, 0.36),
    department("IT", 3, "System administrator", 0.37, 0.39),
    department("Management", 2, "Director", 0.42, 0.44),
];

const fn department(name: &'static str, people: u32, position: &'static str, from: f64, to: f64) -> Unit {
    Unit { name, is_team: false, people, position, from, to }
}

/// A team of the department before it.
const fn team(name: &'static str, people: u32, position: &'static str, from: f64, to: f64) -> Unit {
    Unit { name, is_team: true, people, position, from, to }
}

impl Unit {
    /// How strained the unit is after the share `elapsed` of the year, 0 to 1.
    pub fn climate(&self, elapsed: f64) -> f64 {
        self.from + (self.to - self.from) * elapsed
    }
}

/// The department tree.
pub fn departments() -> Vec<Department> {
    let mut top = 0;
    let department = |(place, unit): (usize, &Unit)| {
        if !unit.is_team {
            top = place;
        }
        Department { name: unit.name.to_owned(), parent: unit.is_team.then_some(top) }
    };
    UNITS.iter().enumerate().map(department).collect()
}

/// First names; the family name is "Demo" with a number.
pub const FIRST_NAMES: [&str; 24] = [
    "Ada", "Bohdan", "Carla", "Dmytro", "Emma", "Farid", "Hanna", "Ivan", "Jana", "Kateryna", "Leo", "Marta", "Nazar",
    "Oksana", "Pavlo", "Rosa", "Sofia", "Taras", "Uliana", "Viktor", "Wanda", "Yurii", "Zoya", "Anton",
];
