//! Which room a table belongs to, and what else a room reads or writes, with
//! the reason. A store that names any other table fails.

use crate::floors::{room, rooms, uncommented};
use std::collections::{BTreeMap, BTreeSet};

/// Which room a table belongs to.
const OWNERS: &[(&str, &[&str])] = &[
    ("access_codes", &["access_codes"]),
    ("accounts", &["account_links", "attempts", "avatars", "erasure_requests", "profiles", "users"]),
    ("actions", &["actions"]),
    ("admin", &["roles"]),
    ("assessment", &["assessments", "drafts"]),
    ("assistant", &["chats", "messages", "questions"]),
    ("audit", &["audit_checks", "audit_events", "audit_seal"]),
    ("auth", &["permissions", "role_permissions", "sign_ins", "user_roles"]),
    ("campaigns", &["campaign_departments", "invitations", "reminders"]),
    ("consents", &["consents"]),
    ("db", &["installation"]),
    ("departments", &["departments"]),
    ("employee_import", &["import_pages", "imports"]),
    ("instruments", &["instrument_versions", "instruments"]),
    ("leaving", &["erasures", "old_users"]),
    ("library", &["library_item_tags", "library_items", "library_texts", "tag_names", "tags"]),
    ("limits", &["limits"]),
    ("mail", &["mails", "undelivered_mails"]),
    ("periods", &["campaign_rests", "periods"]),
    (
        "publication",
        &[
            "privacy_reports",
            "published_cells",
            "published_changes",
            "published_pulse_months",
            "published_pulses",
            "published_shares",
            "pulse_months",
            "pulse_weeks",
            "released_departments",
            "releases",
        ],
    ),
    ("pulse", &["pulses"]),
    ("questionnaires", &["instrument_figures"]),
    ("recommendations", &["last_numbers", "recommendations"]),
    ("support", &["support_requests"]),
];

/// Rooms that name every table, and why.
const EVERYWHERE: &[(&str, &str)] = &[
    ("privacy", "the archive of one person is read from every table that has something of theirs"),
    ("seed", "a company that does not exist is written at once"),
];

/// What rooms name beside their own tables, and why.
const ALSO: &[(&str, &[&str], &str)] = &[
    ("access_codes", &["periods"], "a code is good while its campaign is open"),
    ("accounts", &["departments"], "the profile shows the name of the department"),
    (
        "accounts",
        &["role_permissions", "sign_ins", "user_roles"],
        "who could give roles once somebody is gone; new devices",
    ),
    ("admin", &["role_permissions", "user_roles", "users"], "who has which role"),
    ("admin", &["departments", "periods"], "the audit log tells the names of what its rows are about"),
    ("assessment", &["consents", "users"], "a submit reads the agreement and locks the person in its transaction"),
    ("assessment", &["invitations", "periods"], "a submit counts in the open period that the person is invited to"),
    ("assessment", &["last_numbers"], "the key of the next check-up"),
    ("assistant", &["users"], "the day's questions are counted with the person's row locked"),
    ("auth", &["roles", "users"], "who is behind a token, and what they may do, in one query"),
    (
        "campaigns",
        &["assessments", "periods", "users"],
        "a campaign is a period; who is invited, and whether they answered",
    ),
    ("departments", &["assessments", "invitations", "periods", "users"], "whether a department is in use"),
    ("employees", &["roles", "user_roles", "users"], "employees are people that HR keeps"),
    ("employees", &["old_users"], "the archive, and back from it"),
    ("employee_import", &["users"], "a file adds and changes people"),
    ("insights", &["departments", "periods", "users"], "the names of what was published, and who sees which part"),
    (
        "insights",
        &[
            "published_cells",
            "published_changes",
            "published_pulse_months",
            "published_pulses",
            "published_shares",
            "pulse_months",
            "pulse_weeks",
            "released_departments",
            "releases",
        ],
        "the picture is read from what was published, and from nothing else",
    ),
    ("leaving", &["erasure_requests", "sign_ins", "users"], "who leaves, and who came back with a backup"),
    ("library", &["recommendations"], "whether an item is on the reader's list"),
    ("periods", &["invitations", "old_users", "users"], "how long invited people are left alone"),
    (
        "publication",
        &[
            "assessments",
            "instrument_versions",
            "invitations",
            "library_items",
            "periods",
            "pulses",
            "recommendations",
            "users",
        ],
        "closing counts people into groups in one statement",
    ),
    (
        "questionnaires",
        &["assessments", "instrument_versions", "periods", "published_cells", "releases", "users"],
        "figures of items over at least 100 people, and where a version is used",
    ),
    ("library", &["installation"], "what has no text in the reader's language is shown in the company's"),
    ("recommendations", &["library_items", "library_texts", "users"], "the list is chosen from the library"),
    ("support", &["users"], "whose request it is"),
];

/// The words of a text that stand right behind one of SQL's that names a table.
fn tables_of_sql(text: &str) -> BTreeSet<String> {
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    let is_sql = ["SELECT", "INSERT", "UPDATE", "DELETE"].iter().any(|verb| words.contains(verb));
    let behind = words.windows(2).filter(|pair| ["FROM", "JOIN", "INTO", "UPDATE"].contains(&pair[0]));
    if is_sql { behind.map(|pair| pair[1].to_owned()).collect() } else { BTreeSet::new() }
}

#[test]
fn a_table_is_touched_by_its_room_and_by_whom_the_list_names() {
    let owner: BTreeMap<&str, &str> =
        OWNERS.iter().flat_map(|(room, tables)| tables.iter().map(|table| (*table, *room))).collect();
    let declared: BTreeSet<String> = crate::declared().into_keys().collect();
    assert_eq!(declared, owner.keys().map(|table| (*table).to_owned()).collect(), "every table has one owner");
    let mut used = BTreeSet::new();
    for (path, text) in rooms().filter(|(path, _)| path.ends_with("store.rs")) {
        let (room, text) = (room(&path), uncommented(&text));
        let mut named = tables_of_sql(&text);
        for part in text.split("schema::").skip(1) {
            let end = if part.starts_with('{') {
                part.find('}')
            } else {
                part.find(|c: char| !c.is_alphanumeric() && c != '_')
            };
            named.extend(part[..end.unwrap()].split(|c: char| !c.is_alphanumeric() && c != '_').map(str::to_owned));
        }
        for table in named.iter().filter(|table| owner.get(table.as_str()).is_some_and(|owner| *owner != room)) {
            let listed = ALSO.iter().position(|(who, tables, _)| *who == room && tables.contains(&table.as_str()));
            let everywhere = EVERYWHERE.iter().any(|(who, _)| *who == room);
            assert!(
                listed.is_some() || everywhere,
                "{} names {table}, which is {}'s",
                path.display(),
                owner[table.as_str()]
            );
            used.extend(listed);
        }
    }
    let unused: Vec<_> = (0..ALSO.len()).filter(|index| !used.contains(index)).map(|index| ALSO[index].0).collect();
    assert!(unused.is_empty(), "listed and not needed: {unused:?}");
}
