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

/// A department: how many people it has itself, and how strained they were in the four
/// closed campaigns and are now, 0 to 1.
pub struct Unit {
    pub name: &'static str,
    pub is_team: bool,
    pub people: u32,
    pub position: &'static str,
    climate: [f64; 5],
}

/// The departments, each followed by its teams. Customer Support is burning out and
/// Logistics is recovering, both mostly between the last two closed campaigns.
/// Engineering and Operations have enough people to be shown every month, and so has the
/// rest of the company together. Mobile, Night Desk, Design, Legal, IT and Management
/// are smaller than the smallest group whose figures are shown after a campaign.
pub const UNITS: [Unit; 21] = [
    department("Engineering", 6, "Engineering lead", slowly(0.36, 0.38)),
    team("Platform", 17, "Software engineer", slowly(0.35, 0.41)),
    team("Web", 16, "Software engineer", slowly(0.31, 0.32)),
    team("Data", 10, "Data engineer", slowly(0.36, 0.34)),
    team("Mobile", 4, "Software engineer", slowly(0.38, 0.36)),
    department("Customer Support", 17, "Support agent", BURNING),
    team("Night Desk", 3, "Support agent", BURNING),
    department("Operations", 4, "Operations manager", slowly(0.40, 0.36)),
    team("Logistics", 20, "Dispatcher", RECOVERING),
    team("Warehouse", 16, "Warehouse worker", slowly(0.41, 0.38)),
    team("Facilities", 13, "Technician", slowly(0.34, 0.33)),
    department("Sales", 2, "Sales manager", slowly(0.38, 0.37)),
    team("Field Sales", 10, "Sales representative", slowly(0.40, 0.42)),
    team("Partnerships", 9, "Partner manager", slowly(0.30, 0.29)),
    department("Marketing", 4, "Marketing specialist", slowly(0.33, 0.36)),
    team("Design", 3, "Designer", slowly(0.34, 0.31)),
    department("Finance", 5, "Accountant", slowly(0.37, 0.38)),
    team("Legal", 2, "Lawyer", slowly(0.36, 0.36)),
    department("People", 5, "People partner", slowly(0.34, 0.36)),
    department("IT", 3, "System administrator", slowly(0.37, 0.39)),
    department("Management", 2, "Director", slowly(0.42, 0.44)),
];

const BURNING: [f64; 5] = [0.22, 0.30, 0.38, 0.78, 0.79];
const RECOVERING: [f64; 5] = [0.81, 0.73, 0.66, 0.29, 0.28];

/// A little more or less from campaign to campaign.
const fn slowly(from: f64, to: f64) -> [f64; 5] {
    let step = (to - from) / 4.0;
    [from, from + step, from + 2.0 * step, from + 3.0 * step, to]
}

const fn department(name: &'static str, people: u32, position: &'static str, climate: [f64; 5]) -> Unit {
    Unit { name, is_team: false, people, position, climate }
}

/// A team of the department before it.
const fn team(name: &'static str, people: u32, position: &'static str, climate: [f64; 5]) -> Unit {
    Unit { name, is_team: true, people, position, climate }
}

impl Unit {
    /// How strained the unit is at a stage of the history, 0 to 4.
    pub fn climate(&self, stage: f64) -> f64 {
        let before = (stage as usize).min(self.climate.len() - 2);
        let (from, to) = (self.climate[before], self.climate[before + 1]);
        from + (to - from) * (stage - before as f64)
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
