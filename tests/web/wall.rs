//! Attacks all published pages at once: random companies with transfers, people who
//! left, changes of the tree and of the smallest group. Nothing that HR and managers
//! can read or export tells two colleagues in a block apart.

use crate::{
    company::published,
    steps::{app_with, sign_in},
    support::{Browser, TestApp, api::Client, browser::unmasked},
};
use hearth::{
    domain::PeriodId,
    instruments::{Answers, Version, catalog, scoring},
    publication::{
        privacy_check,
        suppression::{Tree, partition},
    },
};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use std::{collections::BTreeMap, fmt::Write as _};

/// A day on which the calendar of the application itself leaves both campaigns open.
const CLOCK: &str = "2026-05-20T09:00:00Z";

/// A company as a script writes it: whatever is random was drawn before.
#[derive(Clone, Debug)]
struct Company {
    /// Parents by position; departments have the ids 1, 2, 3 …
    parents: Vec<Option<usize>>,
    people: Vec<Person>,
    /// The smallest group of the first and of the second campaign.
    k: [u16; 2],
    /// A department whose parent changes between the campaigns.
    moved: Option<(usize, Option<usize>)>,
}

#[derive(Clone, Debug)]
struct Person {
    /// In the first and in the second campaign.
    departments: [usize; 2],
    /// What was answered in each campaign, if anything.
    values: [Option<[i32; 3]>; 2],
    confirmed: bool,
    /// Left before the first campaign closed.
    left: bool,
}

fn draw(seed: u64) -> Company {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let count = chance.random_range(2..8);
    let parents = (0..count)
        .map(|place| {
            chance.random_bool(0.6).then(|| chance.random_range(0..place.max(1))).filter(|parent| *parent < place)
        })
        .collect();
    let mut people = Vec::new();
    for department in 0..count {
        for _ in 0..[0, 2, 4, 7, 13][chance.random_range(0..5)] {
            let later = if chance.random_bool(0.1) { chance.random_range(0..count) } else { department };
            let mut values = || {
                let one = [(); 3].map(|()| chance.random_range(1..=5));
                chance.random_bool(0.85).then_some(one)
            };
            let values = [values(), values()];
            people.push(Person {
                departments: [department, later],
                values,
                confirmed: chance.random_bool(0.95),
                left: chance.random_bool(0.05),
            });
        }
    }
    let moved = chance
        .random_bool(0.5)
        .then(|| (count - 1, chance.random_bool(0.5).then(|| chance.random_range(0..count - 1))));
    Company { parents, people, k: [5, chance.random_range(5..8)], moved }
}

/// Two people of one block of a campaign, if there is a block: their positions.
fn colleagues(company: &Company, month: usize, chance: &mut ChaCha8Rng) -> Option<(usize, usize)> {
    let mut parents: Vec<Option<usize>> = company.parents.clone();
    if let (1, Some((department, parent))) = (month, company.moved) {
        parents[department] = parent;
    }
    // As the product orders them: the company, then the tree from the top. The
    // order of siblings matters to nobody's block, parents first does.
    let tree = Tree {
        parents: std::iter::once(0).chain(parents.iter().map(|parent| parent.map_or(0, |place| place + 1))).collect(),
        members: vec![1; parents.len() + 1],
    };
    let counts = |person: &Person| person.values[month].is_some() && person.confirmed && (month == 0 || !person.left);
    let mut sizes = vec![0; parents.len() + 1];
    company.people.iter().filter(|person| counts(person)).for_each(|person| sizes[person.departments[month] + 1] += 1);
    let blocks = partition(&tree, &sizes, u64::from(company.k[month])).blocks;
    let block = blocks.get(chance.random_range(0..blocks.len().max(1)))?;
    let inside: Vec<usize> = (0..company.people.len())
        .filter(|&index| {
            let person = &company.people[index];
            counts(person) && block.atoms.contains(&(person.departments[month] + 1))
        })
        .collect();
    let first = chance.random_range(0..inside.len());
    let second = (first + chance.random_range(1..inside.len())) % inside.len();
    Some((inside[first], inside[second]))
}

/// Writes the company and closes both campaigns, with what happens between. The noise
/// is that of the same key and the same people each time.
fn live(app: &TestApp, company: &Company) {
    let version = catalog::import_default(&mut app.db.connect()).unwrap();
    let mut sql = String::new();
    for (place, parent) in company.parents.iter().enumerate() {
        let parent = parent.map_or("NULL".to_owned(), |parent| (parent + 1).to_string());
        writeln!(sql, "INSERT INTO departments (id, name, parent_id) OVERRIDING SYSTEM VALUE VALUES ({}, 'Department {}', {parent});", place + 1, place + 1).unwrap();
    }
    sql.push_str("UPDATE installation SET noise_key = decode(repeat('5a', 32), 'hex');\n");
    for (index, person) in company.people.iter().enumerate() {
        let id = 1000 + index;
        let (department, confirmed) = match person.confirmed {
            true => ((person.departments[0] + 1).to_string(), "'2026-01-02'"),
            false => ("NULL".to_owned(), "NULL"),
        };
        writeln!(
            sql,
            "INSERT INTO users (id, email, name, position, claimed_department, department_id, confirmed_at, joined_on)
             OVERRIDING SYSTEM VALUE VALUES ({id}, 'secret{id}@company.example', 'Secret Name {id}', '', '', {department}, {confirmed}, '2026-01-01');"
        )
        .unwrap();
    }
    app.execute(&sql);
    open(app, 901, "2026-05-01", company.k[0]);
    answer(app, company, &version, 0);
    execute(app, &leavings(company));
    close(app, 901, company.k[0]);
    execute(app, &transfers(company));
    open(app, 902, "2026-06-01", company.k[1]);
    answer(app, company, &version, 1);
    close(app, 902, company.k[1]);
}

/// Opens a campaign of a calendar month to which everybody who is confirmed is invited.
fn open(app: &TestApp, period: i64, first: &str, k: u16) {
    app.execute(&format!(
        "INSERT INTO periods (id, kind, state, name, starts_on, ends_on, instrument_version_id, min_group, rhythm)
         OVERRIDING SYSTEM VALUE
         SELECT {period}, 'campaign', 'open', 'Campaign', '{first}', '{first}'::date + 29, min(id), {k}, 'twice'
         FROM instrument_versions;
         INSERT INTO invitations (period_id, user_id, department_id)
         SELECT {period}, id, department_id FROM users WHERE confirmed_at IS NOT NULL"
    ));
}

fn close(app: &TestApp, period: i64, k: u16) {
    hearth::publication::close(&mut app.db.connect(), PeriodId(period), None, k, app.now()).unwrap();
}

fn answer(app: &TestApp, company: &Company, version: &Version, month: usize) {
    let mut sql = String::new();
    for (index, person) in company.people.iter().enumerate() {
        let Some(values) = person.values[month].filter(|_| month == 0 || !person.left) else { continue };
        let given: BTreeMap<usize, String> = (0..20)
            .map(|item| {
                (
                    item,
                    values[if item < 9 {
                        0
                    } else if item < 14 {
                        1
                    } else {
                        2
                    }]
                    .to_string(),
                )
            })
            .collect();
        let answers = Answers::parse(&version.instrument, &given).unwrap();
        let score = scoring::score(&version.instrument, &answers);
        let raw: Vec<String> = score.subscales.iter().map(|raw| raw.unwrap().to_string()).collect();
        let department = if person.confirmed { (person.departments[month] + 1).to_string() } else { "NULL".to_owned() };
        writeln!(
            sql,
            "INSERT INTO assessments (user_id, period_id, department_id, instrument_version_id, made_at, subscale_scores,
                                      score, level, profile, answers, counts)
             VALUES ({}, {}, {department}, {}, '2026-0{}-15', ARRAY[{}], {}, '{}', '{}', '{}', TRUE);",
            1000 + index,
            901 + month,
            version.id,
            5 + month,
            raw.join(", "),
            score.total.unwrap(),
            score.level.unwrap().code(),
            score.profile.unwrap().code(),
            answers.to_json(),
        )
        .unwrap();
    }
    execute(app, &sql);
}

/// PostgreSQL refuses an empty query.
fn execute(app: &TestApp, sql: &str) {
    if !sql.is_empty() {
        app.execute(sql);
    }
}

/// People leave: what counts stays without them, the rest goes.
fn leavings(company: &Company) -> String {
    let mut sql = String::new();
    for (index, person) in company.people.iter().enumerate().filter(|(_, person)| person.left) {
        let id = 1000 + index;
        if person.confirmed {
            writeln!(
                sql,
                "UPDATE assessments SET user_id = NULL, made_at = NULL, answers = NULL, number = NULL WHERE user_id = {id};"
            )
            .unwrap();
        }
        writeln!(sql, "DELETE FROM assessments WHERE user_id = {id}; DELETE FROM users WHERE id = {id};").unwrap();
    }
    sql
}

fn transfers(company: &Company) -> String {
    let mut sql = String::new();
    if let Some((department, parent)) = company.moved {
        let parent = parent.map_or("NULL".to_owned(), |parent| (parent + 1).to_string());
        writeln!(sql, "UPDATE departments SET parent_id = {parent} WHERE id = {};", department + 1).unwrap();
    }
    for (index, person) in company.people.iter().enumerate().filter(|(_, person)| person.confirmed) {
        let (id, department) = (1000 + index, person.departments[1] + 1);
        writeln!(sql, "UPDATE users SET department_id = {department} WHERE id = {id};").unwrap();
    }
    sql
}

/// Every address that HR's side has for reading, with the numbers of this company.
fn addresses(company: &Company) -> Vec<String> {
    let mut all = vec![];
    let departments: Vec<String> = (0..=company.parents.len()).map(|id| id.to_string()).collect();
    for period in ["901", "902"] {
        for department in &departments {
            for page in ["/hr", "/hr/export.csv"] {
                all.push(format!("{page}?period={period}&department={department}"));
            }
        }
        all.push(format!("/hr/export.xlsx?period={period}"));
    }
    all.extend(departments.iter().skip(1).map(|id| format!("/hr/departments/{id}")));
    all.extend(["/hr", "/hr/export.csv", "/hr/departments", "/hr/campaigns", "/hr/employees"].map(str::to_owned));
    all
}

/// Everything HR and a manager get, as one text, and how many pages were there.
fn wall(app: &TestApp, company: &Company) -> (String, usize) {
    let mut text = String::new();
    let mut found = 0;
    let ids = (0..=company.parents.len()).map(|id| id.to_string());
    let api: Vec<String> = ids
        .flat_map(|id| {
            let range = format!("/api/hr/overview?department={id}&from=2026-05-01");
            ["901", "902"]
                .map(|period| format!("/api/hr/overview?period={period}&department={id}"))
                .into_iter()
                .chain([range])
        })
        .chain(["/api/hr/overview".to_owned(), "/api/hr/overview?to=2026-06-30".to_owned()])
        .collect();
    for (role, email) in [("hr", "hr@company.example"), ("manager", "manager@company.example")] {
        let browser = read_as(app, role, email);
        let own_number = app.text(&format!("SELECT id FROM users WHERE email = '{email}'")); // random
        for address in addresses(company) {
            let (status, _, content) = browser.download(&address);
            found += usize::from(status == 200);
            let (content, _) = unmasked(&String::from_utf8_lossy(&content));
            writeln!(text, "{role} {address} {status} {:?}", content.replace(&own_number, "reader")).unwrap();
        }
        let client = Client::signed_in(app, email);
        for address in &api {
            let said = client.get(address);
            found += usize::from(said.status == 200);
            writeln!(text, "{role} {address} {} {}", said.status, said.body).unwrap();
        }
    }
    (text, found)
}

fn read_as(app: &TestApp, role: &str, email: &str) -> Browser {
    app.register_as(email, role);
    if role == "manager" {
        app.execute(&format!("UPDATE users SET department_id = 1 WHERE email = '{email}'"));
    }
    sign_in(app, email)
}

#[test]
fn two_colleagues_of_a_block_cannot_be_told_apart() {
    let mut compared = 0;
    for seed in 0..12 {
        let company = draw(seed);
        let mut chance = ChaCha8Rng::seed_from_u64(1000 + seed);
        let month = chance.random_range(0..2);
        let Some((first, second)) = colleagues(&company, month, &mut chance) else { continue };
        let mut exchanged = company.clone();
        let (one, other) = (company.people[first].values[month], company.people[second].values[month]);
        exchanged.people[first].values[month] = other;
        exchanged.people[second].values[month] = one;
        let show = |company: &Company| {
            let app = app_with(CLOCK, &[]);
            live(&app, company);
            let clean = privacy_check::run(&mut app.db.connect(), |_| ()).unwrap();
            assert!(clean, "seed {seed}");
            let (text, pages) = wall(&app, company);
            let named =
                text.lines().find(|line| line.contains("Secret Name") && !line.starts_with("hr /hr/employees "));
            assert_eq!(named, None, "a name outside the list of employees");
            (published(&app), text, pages)
        };
        let (before, after) = (show(&company), show(&exchanged));
        assert!(before.2 > 10, "seed {seed}: the pages are not there");
        assert_eq!(before.0, after.0, "seed {seed}: what was published differs");
        let different = before.1.lines().zip(after.1.lines()).find(|(a, b)| a != b);
        assert_eq!(different, None, "seed {seed}: {first} and {second} in month {month}");
        compared += 1;
    }
    assert!(compared >= 8, "{compared} companies had a block");
}
