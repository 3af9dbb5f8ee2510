//! Decides row by row what a file would change, and which rows have problems. Pure: the
//! preview and the import itself use the same code.

use super::{
    file::Row,
    problem::{Doubt, Problem, Warning, Wrong},
};
use crate::{
    accounts::registration::LONGEST_TEXT,
    departments::{self, DEEPEST, Department, DepartmentName},
    domain::{BadEmail, DepartmentId, Email, UserId, codes::coded, text},
    i18n::Language,
};
use std::collections::{HashMap, HashSet, hash_map::Entry};

coded! {
    /// What happens with a row.
    Outcome {
        New = "new",
        Changed = "changed",
        Unchanged = "unchanged",
        /// Nothing yet: somebody registered with this address but did not verify it, so
        /// they may not be its owner.
        Waits = "waits",
    }
}

/// Somebody who has an account already.
#[derive(Clone, Debug)]
pub struct Known {
    pub id: UserId,
    pub name: String,
    pub position: String,
    pub department: Option<DepartmentId>,
    pub manager: Option<UserId>,
    pub language: Option<Language>,
    pub confirmed: bool,
    pub verified: bool,
}

/// What exists in the database already.
#[derive(Debug, Default)]
pub struct Company {
    pub departments: Vec<Department>,
    /// The people with the addresses in the file, by address.
    pub people: HashMap<String, Known>,
    /// Each person's manager, for everybody who has one.
    pub managers: HashMap<UserId, UserId>,
}

/// Where a row puts a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the department where they are; a new person in none.
    Keep,
    There(DepartmentId),
    /// A department to be created: its index in [`Plan::new_departments`].
    New(usize),
}

/// What one row will change.
#[derive(Clone, Debug)]
pub struct Planned {
    pub line: u64,
    pub outcome: Outcome,
    pub known: Option<UserId>,
    /// Whether the row confirms a person who registered themselves.
    pub confirms: bool,
    pub email: String,
    pub name: String,
    pub position: String,
    /// The path as written in the file.
    pub department: String,
    pub place: Place,
    /// Address of their manager; `None` changes nothing.
    pub manager: Option<String>,
    /// Set only for people who have not chosen a language themselves.
    pub language: Option<Language>,
}

/// What the whole file will change.
#[derive(Debug, Default)]
pub struct Plan {
    pub rows: Vec<Planned>,
    pub problems: Vec<Problem>,
    /// Doubtful, but no reason not to import.
    pub warnings: Vec<Warning>,
    /// Paths as names from the top; parents stand before their children.
    pub new_departments: Vec<Vec<String>>,
}

impl Plan {
    pub fn count(&self, outcome: Outcome) -> usize {
        self.rows.iter().filter(|row| row.outcome == outcome).count()
    }
}

/// How many departments one file may create.
const MOST_NEW_DEPARTMENTS: usize = 1_000;

/// The plan for these rows in this company.
pub fn plan(rows: &[Row], company: &Company) -> Plan {
    let mut planner = Planner::new(company);
    for row in rows {
        planner.add(row);
    }
    planner.check_managers();
    let mut plan = planner.plan;
    if plan.new_departments.len() > MOST_NEW_DEPARTMENTS {
        plan.problems.push(Problem { line: 1, wrong: Wrong::TooManyDepartments });
    }
    plan.problems.sort_by_key(|problem| problem.line);
    plan
}

struct Planner<'a> {
    company: &'a Company,
    plan: Plan,
    /// Departments by path, both as written and case-folded: two spellings of one name
    /// are one department.
    places: HashMap<String, Place>,
    /// Case-folded paths by how they look, to find names that differ only in similar
    /// letters.
    looks: HashMap<String, String>,
    addresses: HashSet<String>,
}

impl<'a> Planner<'a> {
    fn new(company: &'a Company) -> Self {
        let mut places = HashMap::new();
        for department in &company.departments {
            places.insert(department.path.clone(), Place::There(department.id));
        }
        let mut looks = HashMap::new();
        for department in &company.departments {
            let folded = text::fold(&department.path);
            places.entry(folded.clone()).or_insert(Place::There(department.id));
            looks.entry(text::looks(&folded)).or_insert(folded);
        }
        Self { company, plan: Plan::default(), places, looks, addresses: HashSet::new() }
    }

    fn add(&mut self, row: &Row) {
        let wrong = self.look_at(row);
        self.plan.problems.extend(wrong.into_iter().map(|wrong| Problem { line: row.line, wrong }));
    }

    /// Plans a row, or returns what is wrong with it.
    fn look_at(&mut self, row: &Row) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let Some(address) = &row.email else { return vec![Wrong::NoAddress] };
        let email = match Email::read(address) {
            Ok(email) => email.as_str().to_owned(),
            Err(BadEmail::Malformed) => return vec![Wrong::BadAddress],
            Err(BadEmail::ForeignLetters) => return vec![Wrong::ForeignLetters],
            Err(BadEmail::MixedLetters) => return vec![Wrong::MixedAddress],
        };
        if !self.addresses.insert(email.clone()) {
            wrong.push(Wrong::AddressTwice);
        }
        let known = self.company.people.get(&email);
        if row.name.is_none() && known.is_none() {
            wrong.push(Wrong::NoName);
        }
        if [&row.name, &row.position].into_iter().flatten().any(|text| text.chars().count() > LONGEST_TEXT) {
            wrong.push(Wrong::TooLong);
        }
        let language = row.language.as_deref().map(Language::called);
        if language == Some(None) {
            wrong.push(Wrong::BadLanguage);
        }
        let manager = row.manager.as_ref().map(|manager| Email::parse(manager));
        match &manager {
            Some(None) => wrong.push(Wrong::BadManager),
            Some(Some(manager)) if manager.as_str() == email => wrong.push(Wrong::OwnManager),
            _ => {}
        }
        let place = match &row.department {
            None => Place::Keep,
            Some(path) => self.place(path, row.line).unwrap_or_else(|bad| {
                wrong.push(bad);
                Place::Keep
            }),
        };
        if wrong.is_empty() {
            let manager = manager.flatten().map(|manager| manager.as_str().to_owned());
            let mut planned = self.planned(row, email, known, place, manager);
            planned.language = language.flatten();
            let adds_language = planned.language.is_some() && known.is_some_and(|known| known.language.is_none());
            if adds_language && planned.outcome == Outcome::Unchanged {
                planned.outcome = Outcome::Changed;
            }
            self.warn_of_names(&planned);
            self.plan.rows.push(planned);
        }
        wrong
    }

    fn planned(
        &self,
        row: &Row,
        email: String,
        known: Option<&Known>,
        place: Place,
        manager: Option<String>,
    ) -> Planned {
        let or = |cell: &Option<String>, now: Option<&String>| cell.as_ref().or(now).cloned().unwrap_or_default();
        let name = or(&row.name, known.map(|known| &known.name));
        let position = or(&row.position, known.map(|known| &known.position));
        let outcome = match known {
            None => Outcome::New,
            Some(known) if !known.confirmed && !known.verified => Outcome::Waits,
            Some(known) => {
                let id_of = |email: &String| self.company.people.get(email).map(|known| known.id);
                let stays = match place {
                    Place::Keep => true,
                    Place::There(id) => known.department == Some(id),
                    Place::New(_) => false,
                };
                let same_manager =
                    manager.as_ref().is_none_or(|email| id_of(email).is_some_and(|id| known.manager == Some(id)));
                let same = known.confirmed && known.name == name && known.position == position && stays && same_manager;
                if same { Outcome::Unchanged } else { Outcome::Changed }
            }
        };
        Planned {
            line: row.line,
            outcome,
            known: known.map(|known| known.id),
            confirms: outcome == Outcome::Changed && known.is_some_and(|known| !known.confirmed),
            email,
            name,
            position,
            department: row.department.clone().unwrap_or_default(),
            place,
            manager,
            language: None,
        }
    }

    /// Warns of words that mix letters of several alphabets, in rows that change
    /// something.
    fn warn_of_names(&mut self, row: &Planned) {
        if !matches!(row.outcome, Outcome::New | Outcome::Changed) {
            return;
        }
        for text in [&row.name, &row.position] {
            if text::is_mixed_script(text) {
                self.plan.warnings.push(Warning { line: row.line, doubt: Doubt::MixedName, text: text.clone() });
            }
        }
    }

    /// The department with this path, to be created where it does not exist. The first
    /// spelling in the file is the one that is kept.
    fn place(&mut self, path: &str, line: u64) -> Result<Place, Wrong> {
        let names: Vec<&str> = path.split('/').map(str::trim).collect();
        let bad = |name: &&str| DepartmentName::parse(name).is_err();
        if names.len() > DEEPEST || names.iter().any(bad) {
            return Err(Wrong::BadDepartment);
        }
        let mut place = Place::Keep;
        for depth in 1..=names.len() {
            let path = names[..depth].join(departments::SEPARATOR);
            let folded = text::fold(&path);
            place = match self.places.get(&path).or_else(|| self.places.get(&folded)).copied() {
                Some(place) => place,
                None => {
                    self.warn_of_department(&path, &folded, names[depth - 1], line);
                    let new = Place::New(self.plan.new_departments.len());
                    self.places.insert(folded, new);
                    self.plan.new_departments.push(names[..depth].iter().map(|name| (*name).to_owned()).collect());
                    new
                }
            };
        }
        Ok(place)
    }

    fn warn_of_department(&mut self, path: &str, folded: &str, name: &str, line: u64) {
        let mut warn = |doubt| self.plan.warnings.push(Warning { line, doubt, text: path.to_owned() });
        if text::is_mixed_script(name) {
            warn(Doubt::MixedDepartment);
        }
        match self.looks.entry(text::looks(folded)) {
            Entry::Occupied(_) => warn(Doubt::LooksLikeDepartment),
            Entry::Vacant(free) => {
                free.insert(folded.to_owned());
            }
        }
    }

    /// Checks that every manager exists and that nobody is above themselves.
    fn check_managers(&mut self) {
        let new: HashMap<&str, usize> =
            self.plan.rows.iter().enumerate().map(|(index, row)| (row.email.as_str(), index)).collect();
        let node = |email: &str| match self.company.people.get(email) {
            // Whoever has not verified the address may not be its owner.
            Some(known) => (known.confirmed || known.verified).then_some(Node::Known(known.id)),
            None => new.get(email).map(|index| Node::New(*index)),
        };
        let mut above: HashMap<Node, Node> =
            self.company.managers.iter().map(|(user, manager)| (Node::Known(*user), Node::Known(*manager))).collect();
        let (mut set, mut unknown) = (Vec::new(), Vec::new());
        for row in self.plan.rows.iter().filter(|row| row.outcome != Outcome::Waits) {
            let Some(manager) = &row.manager else { continue };
            match (node(&row.email), node(manager)) {
                (Some(person), Some(manager)) => {
                    above.insert(person, manager);
                    set.push((person, row.line));
                }
                _ => unknown.push(Problem { line: row.line, wrong: Wrong::UnknownManager }),
            }
        }
        let circling = circles(&above);
        let in_circle = set.into_iter().filter(|(person, _)| circling.contains(person));
        let cycles: Vec<_> = in_circle.map(|(_, line)| Problem { line, wrong: Wrong::ManagerCycle }).collect();
        self.plan.problems.extend(unknown.into_iter().chain(cycles));
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Node {
    Known(UserId),
    New(usize),
}

/// Everybody who is part of a cycle of managers.
fn circles(above: &HashMap<Node, Node>) -> HashSet<Node> {
    let (mut done, mut circling) = (HashSet::new(), HashSet::new());
    for start in above.keys() {
        let (mut path, mut at) = (Vec::new(), *start);
        let mut on_path = HashSet::new();
        while !done.contains(&at) && on_path.insert(at) {
            path.push(at);
            match above.get(&at) {
                Some(next) => at = *next,
                None => break,
            }
        }
        if !done.contains(&at)
            && let Some(first) = path.iter().position(|node| *node == at)
            && above.contains_key(&at)
        {
            circling.extend(path[first..].iter().copied());
        }
        done.extend(path);
    }
    circling
}

#[cfg(test)]
mod tests;
