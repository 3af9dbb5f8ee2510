//! Puts the history that the attacker sees together from rows of the database. Pure but
//! for [`read`].
//!
//! Rows of people who left are deleted once a period is published, so a block may have had
//! more people than are still known. The missing ones are numbered within their
//! department: the first missing person of a department is taken for the same one in all
//! releases, the second likewise, and so on. Notes carry no department; whoever wrote one
//! is counted in the department of their nearest check-up, else in today's, and where more
//! people are known than were counted, they fill departments that miss some.

use crate::{
    domain::DepartmentId,
    error::AppError,
    instruments::{
        VersionId,
        instrument::{Instrument, Scale},
    },
    publication::{
        self,
        inference::Measure,
        noise::{self, NoiseKind},
        over_time::{
            history::{History, Mean, Release, Table},
            store::{self, CountedRow, NoteRow, PersonRow, ReleaseRow},
        },
        pulses::MEASURES,
    },
};
use chrono::{Days, Months, NaiveDate};
use diesel::PgConnection;
use std::collections::{BTreeMap, BTreeSet, HashMap, hash_map::Entry};

/// Days per month on average.
const MONTH: f64 = 365.25 / 12.0;
/// The limits of the levels, in standard deviations above the mean: about half and an
/// eighth of people are above them. The total, which levels are of, goes with the first
/// dimension more than measures of two families do; it is taken for the same.
const LEVEL_CUTS: [f64; 2] = [0.0, 1.175];
/// The standard deviation between people where a questionnaire declares none, in percent.
const DEVIATION: f64 = 18.0;

/// A history with the names that a report uses.
pub struct Named {
    pub history: History,
    /// Of each release.
    pub titles: Vec<Title>,
    /// Of each department; `None` for the whole company.
    pub departments: Vec<Option<String>>,
    /// The smallest group of all releases.
    pub k: u64,
}

impl Named {
    /// The same history as if every period had shown groups of the smallest size, without
    /// noise.
    pub fn without_noise(self) -> Self {
        Self { history: self.history.without_noise(self.k), ..self }
    }
}

/// What a release is called.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Title {
    Campaign(String),
    /// Check-ups of the month that begins on this day.
    Month(NaiveDate),
    /// Daily notes of that month.
    Notes(NaiveDate),
}

/// Everything published with noise about periods that ended in this time.
///
/// # Errors
/// Those of the database.
pub fn read(conn: &mut PgConnection, from: NaiveDate, until: NaiveDate) -> Result<Named, AppError> {
    let mut reading = Reading::default();
    let releases = store::releases(conn, from, until)?;
    let mut counted = Vec::new();
    for row in &releases {
        counted.push(store::counted(conn, row)?);
    }
    let people = Roster::new(store::people(conn)?, &releases, &counted);
    let mut instruments: HashMap<VersionId, Instrument> = HashMap::new();
    for (row, counted) in releases.iter().zip(&counted) {
        let Some(kind) = row.kind() else { continue };
        let instrument = match instruments.entry(row.version_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(publication::store::instrument(conn, row.version_id)?),
        };
        let asked = match kind {
            NoiseKind::Campaign | NoiseKind::Quarterly => store::invited(conn, row.period_id)?,
            NoiseKind::Month | NoiseKind::Pulse => people.on(row.ends_on),
        };
        let mut tree = Places::default();
        for (department, parent, name) in store::departments(conn, row)? {
            let department = reading.department(department);
            tree.add(department, parent.map(|parent| reading.department(parent)));
            reading.names.insert(department, name);
        }
        let mut atoms: BTreeMap<String, BTreeMap<usize, usize>> = BTreeMap::new();
        for atom in store::atoms(conn, row)? {
            let place = tree.of(reading.department(atom.department));
            atoms.entry(atom.measure).or_default().insert(place, atom.people as usize);
        }
        reading.add_release(row, kind, instrument, tree, &atoms, counted, &asked);
    }
    for note in store::notes(conn, from, until)? {
        let last = last_day(note.first);
        if last > until {
            continue;
        }
        let writers: BTreeSet<i64> = store::writers(conn, note.first)?.into_iter().collect();
        reading.add_note(&note, last, &store::note_atoms(conn, note.first)?, &writers, &people.on(last));
    }
    Ok(reading.end())
}

fn last_day(first: NaiveDate) -> NaiveDate {
    first + Months::new(1) - Days::new(1)
}

/// Confirmed people, with the departments in which they were counted, and when.
struct Roster {
    people: Vec<PersonRow>,
    counted: HashMap<i64, Vec<(NaiveDate, DepartmentId)>>,
}

impl Roster {
    fn new(people: Vec<PersonRow>, releases: &[ReleaseRow], counted: &[Vec<CountedRow>]) -> Self {
        let mut known: HashMap<i64, Vec<(NaiveDate, DepartmentId)>> = HashMap::new();
        for (row, counted) in releases.iter().zip(counted) {
            for one in counted {
                known.entry(one.person).or_default().push((row.ends_on, one.department));
            }
        }
        Self { people, counted: known }
    }

    /// Who was here on a day, in the department of their nearest check-up, else in today's.
    fn on(&self, day: NaiveDate) -> Vec<PersonRow> {
        let here = self.people.iter().filter(|one| one.since <= day);
        let department = |one: &PersonRow| {
            let counted = self.counted.get(&one.person)?;
            counted.iter().min_by_key(|(other, _)| (*other - day).abs()).map(|(_, department)| *department)
        };
        here.map(|one| PersonRow { department: department(one).unwrap_or(one.department), ..*one }).collect()
    }
}

/// The positions of departments in a released tree; the company, number 0, stands first.
struct Places {
    departments: Vec<usize>,
    parents: Vec<usize>,
    places: HashMap<usize, usize>,
}

impl Default for Places {
    fn default() -> Self {
        Self { departments: vec![0], parents: vec![0], places: HashMap::from([(0, 0)]) }
    }
}

impl Places {
    fn add(&mut self, department: usize, parent: Option<usize>) {
        let above = parent.map_or(0, |parent| self.of(parent));
        self.places.insert(department, self.departments.len());
        self.departments.push(department);
        self.parents.push(above);
    }

    /// Whoever was in no known department belongs to the company itself.
    fn of(&self, department: usize) -> usize {
        self.places.get(&department).copied().unwrap_or(0)
    }
}

/// Somebody who was counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Who {
    Known(i64),
    /// By department and number.
    Missing(usize, usize),
}

#[derive(Default)]
struct Reading {
    measures: Vec<Measure>,
    families: HashMap<String, usize>,
    people: HashMap<Who, usize>,
    departments: HashMap<DepartmentId, usize>,
    names: BTreeMap<usize, String>,
    draws: HashMap<(NoiseKind, u64, String), usize>,
    releases: Vec<Release>,
    titles: Vec<Title>,
    k: Option<u64>,
}

impl Reading {
    /// The company is 0.
    fn department(&mut self, id: DepartmentId) -> usize {
        let next = self.departments.len() + 1;
        if id.0 == 0 { 0 } else { *self.departments.entry(id).or_insert(next) }
    }

    fn person(&mut self, who: Who) -> usize {
        let next = self.people.len();
        *self.people.entry(who).or_insert(next)
    }

    fn measure(&mut self, measure: Measure) -> usize {
        self.measures.iter().position(|one| *one == measure).unwrap_or_else(|| {
            self.measures.push(measure);
            self.measures.len() - 1
        })
    }

    /// Scales of the same dimension are one family, in whatever questionnaire.
    fn family(&mut self, name: String) -> usize {
        let next = self.families.len();
        *self.families.entry(name).or_insert(next)
    }

    fn draws(&mut self, kind: NoiseKind, k: u64, instrument: String) -> usize {
        self.k = Some(self.k.map_or(k, |least| least.min(k)));
        let next = self.draws.len();
        *self.draws.entry((kind, k, instrument)).or_insert(next)
    }

    fn family_of(&mut self, instrument: &Instrument, index: usize) -> usize {
        let subscale = &instrument.subscales[index];
        let alone = || format!("{}/{}", instrument.id, subscale.id);
        self.family(subscale.dimension.map_or_else(alone, |dimension| dimension.code().to_owned()))
    }

    /// `atoms`: for each published measure the number of people counted at each position.
    #[expect(clippy::too_many_arguments, reason = "the rows of one release")]
    fn add_release(
        &mut self,
        row: &ReleaseRow,
        kind: NoiseKind,
        instrument: &Instrument,
        tree: Places,
        atoms: &BTreeMap<String, BTreeMap<usize, usize>>,
        counted: &[CountedRow],
        asked: &[PersonRow],
    ) {
        let asked = self.placed(&tree, asked.iter().map(|one| (one.person, one.department)));
        let mut tables: Vec<Table> = Vec::new();
        for index in 0..instrument.subscales.len() {
            let scale = Scale::Subscale(index);
            let Some(sizes) = atoms.get(&format!("mean.{}", instrument.scale_id(scale))) else { continue };
            let have = counted.iter().filter(|one| one.scored.get(index) == Some(&true));
            let table = self.table(&tree, sizes, have.map(|one| (one.person, one.department)), &asked);
            let deviation = deviation(instrument, scale);
            let family = self.family_of(instrument, index);
            let measure = self.measure(Measure::of_check_up(family).scaled(deviation / DEVIATION));
            let noise = noise::variance(kind, row.k(), instrument, scale).sqrt();
            same_people(&mut tables, table).means.push(Mean { measure, noise, draw: index + 1 });
        }
        if let Some(sizes) = atoms.get("level") {
            let have = counted.iter().filter(|one| one.has_total);
            let table = self.table(&tree, sizes, have.map(|one| (one.person, one.department)), &asked);
            let first = instrument.subscales.iter().position(|one| one.dimension.is_some()).unwrap_or(0);
            let family = self.family_of(instrument, first);
            let cut = |cut| Measure { cut: Some(cut), ..Measure::of_check_up(family) };
            let cuts = LEVEL_CUTS.map(|one| self.measure(cut(one)));
            same_people(&mut tables, table).shares.extend(cuts);
        }
        let draws = self.draws(kind, row.k(), format!("{}/{}", instrument.id, instrument.version));
        self.titles.push(row.name.clone().map_or(Title::Month(row.starts_on), Title::Campaign));
        self.releases.push(Release {
            time: months(row.ends_on),
            is_campaign: matches!(kind, NoiseKind::Campaign | NoiseKind::Quarterly),
            least: kind.least(row.k()),
            draws,
            parents: tree.parents,
            departments: tree.departments,
            tables,
        });
    }

    fn add_note(
        &mut self,
        note: &NoteRow,
        last: NaiveDate,
        atoms: &[store::NoteAtomRow],
        writers: &BTreeSet<i64>,
        people: &[PersonRow],
    ) {
        let (mut tree, mut sizes) = (Places::default(), BTreeMap::new());
        for atom in atoms {
            let (department, parent) =
                (self.department(atom.department), atom.parent.map(|parent| self.department(parent)));
            if department != 0 {
                tree.add(department, parent);
            }
            sizes.insert(tree.of(department), atom.people as usize);
        }
        let asked = self.placed(&tree, people.iter().map(|one| (one.person, one.department)));
        let wrote = people.iter().filter(|one| writers.contains(&one.person));
        let mut table = self.table(&tree, &sizes, wrote.map(|one| (one.person, one.department)), &asked);
        let noise = noise::note_variance(note.k()).sqrt();
        for (index, measure) in MEASURES.into_iter().enumerate() {
            let family = self.family(format!("note/{measure}"));
            table.means.push(Mean { measure: self.measure(Measure::of_note(family)), noise, draw: index + 1 });
        }
        let draws = self.draws(NoiseKind::Pulse, note.k(), "note".to_owned());
        self.titles.push(Title::Notes(note.first));
        self.releases.push(Release {
            time: months(last),
            is_campaign: false,
            least: NoiseKind::Pulse.least(note.k()),
            draws,
            parents: tree.parents,
            departments: tree.departments,
            tables: vec![table],
        });
    }

    /// The position of each person.
    fn placed(&mut self, tree: &Places, rows: impl Iterator<Item = (i64, DepartmentId)>) -> BTreeMap<usize, usize> {
        let mut places = BTreeMap::new();
        for (person, department) in rows {
            let place = tree.of(self.department(department));
            places.insert(self.person(Who::Known(person)), place);
        }
        places
    }

    /// The people counted, of which `sizes` says how many each department had, and the
    /// people asked.
    fn table(
        &mut self,
        tree: &Places,
        sizes: &BTreeMap<usize, usize>,
        known: impl Iterator<Item = (i64, DepartmentId)>,
        asked: &BTreeMap<usize, usize>,
    ) -> Table {
        let known = self.placed(tree, known);
        let mut counted: Vec<Vec<usize>> = vec![Vec::new(); tree.departments.len()];
        known.iter().for_each(|(person, place)| counted[*place].push(*person));
        let size = |place: usize| sizes.get(&place).copied().unwrap_or(0);
        let mut more = Vec::new();
        for (place, people) in counted.iter_mut().enumerate() {
            more.extend(people.drain(size(place).min(people.len())..));
        }
        let mut more = more.into_iter();
        for (place, people) in counted.iter_mut().enumerate() {
            let lacks = size(place) - people.len();
            people.extend(more.by_ref().take(lacks));
            let missing = size(place) - people.len();
            let who = |number| Who::Missing(tree.departments[place], number);
            people.extend((0..missing).map(|number| self.person(who(number))));
            people.sort_unstable();
        }
        let places = counted.iter().enumerate().flat_map(|(place, people)| people.iter().map(move |one| (*one, place)));
        let mut places: BTreeMap<usize, usize> = places.collect();
        for (person, place) in asked {
            places.entry(*person).or_insert(*place);
        }
        let mut roster = vec![Vec::new(); counted.len()];
        places.into_iter().for_each(|(person, place)| roster[place].push(person));
        Table { counted, roster, means: Vec::new(), shares: Vec::new() }
    }

    fn end(self) -> Named {
        let count = self.departments.len() + 1;
        Named {
            departments: (0..count).map(|one| self.names.get(&one).cloned()).collect(),
            history: History::new(self.measures, self.releases),
            titles: self.titles,
            k: self.k.unwrap_or_default(),
        }
    }
}

/// The table with the same people as `table`, which is added if there is none.
fn same_people(tables: &mut Vec<Table>, table: Table) -> &mut Table {
    let at = tables.iter().position(|one| one.counted == table.counted).unwrap_or_else(|| {
        tables.push(table);
        tables.len() - 1
    });
    &mut tables[at]
}

/// The standard deviation between people that the noise is measured by, in percent.
fn deviation(instrument: &Instrument, scale: Scale) -> f64 {
    let (min, max) = instrument.range(scale);
    instrument.sd(scale).map_or(DEVIATION, |sd| 100.0 * sd / (max - min))
}

fn months(day: NaiveDate) -> f64 {
    (day - NaiveDate::default()).num_days() as f64 / MONTH
}

#[cfg(test)]
mod tests;
