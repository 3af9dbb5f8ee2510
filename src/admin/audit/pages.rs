//! `/admin/audit`.

use crate::{
    admin::{
        self,
        audit::{Log, Names},
    },
    audit::{About, Entry, Event, EventId, Filter, chain::Checked},
    auth::{AuditReader, Caller},
    domain::{RoleId, UserId},
    error::{AppError, PageError},
    i18n::{Catalog, Value},
    urls,
    web::{self, Hearth, Page, Query},
};
use actix_web::{HttpResponse, web::Data};
use askama::Template;
use chrono::{Datelike as _, NaiveDateTime};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "audit/index.html")]
struct AuditPage {
    page: Page,
    rows: Vec<Row>,
    /// Every event: code, label, and whether the filter selects it.
    events: Vec<(&'static str, String, bool)>,
    /// Id and name of the person whose actions the filter selects.
    actor: Option<(UserId, String)>,
    checked: Option<Check>,
    first: bool,
    restart: String,
    older: Option<String>,
}

impl AuditPage {
    fn new(page: Page, filter: &Filter, log: &Log, hearth: &Hearth) -> Self {
        let (words, names) = (page.words(), &log.names);
        let rows = log.entries.iter().map(|entry| row(entry, names, words, hearth.local(entry.happened_at)));
        let oldest = log.entries.last().filter(|_| log.more);
        Self {
            rows: rows.collect(),
            events: Event::ALL.map(|event| (event.code(), blank(event, words), filter.event == Some(event))).to_vec(),
            actor: filter.actor.map(|actor| (actor, person(actor, names, words))),
            checked: log.checked.as_ref().map(|checked| Check::new(checked, hearth)),
            first: filter.before.is_none(),
            restart: address(filter, None),
            older: oldest.map(|oldest| address(filter, Some(oldest.id))),
            page,
        }
    }
}

struct Row {
    id: EventId,
    at: NaiveDateTime,
    event: String,
    actor: Option<(UserId, String)>,
    sentence: String,
}

struct Check {
    at: NaiveDateTime,
    rows: i64,
    /// Rows written before entries were chained with a key.
    unkeyed: i64,
    broken: Option<EventId>,
    /// The first row that was made with a key other than the current one.
    unknown: Option<EventId>,
}

impl Check {
    fn new(found: &Checked, hearth: &Hearth) -> Self {
        let Checked { at, last, unkeyed, broken, unknown, .. } = *found;
        Self { at: hearth.local(at), rows: last.0, unkeyed, broken, unknown }
    }
}

#[derive(Deserialize)]
pub struct AuditQuery {
    #[serde(default)]
    event: String,
    #[serde(default)]
    actor: String,
    before: Option<i64>,
}

impl AuditQuery {
    fn parse(&self) -> Result<Filter, AppError> {
        let event = Event::ALL.into_iter().find(|event| event.code() == self.event);
        let actor = (!self.actor.is_empty()).then(|| self.actor.parse().map(UserId)).transpose();
        if event.is_none() && !self.event.is_empty() {
            return Err(AppError::BadRequest);
        }
        let actor = actor.map_err(|_| AppError::BadRequest)?;
        Ok(Filter { event, actor, before: self.before.map(EventId) })
    }
}

/// The log, newest first.
pub async fn index(
    caller: Caller<AuditReader>,
    query: Query<AuditQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let filter = query.parse()?;
    let signer = hearth.signer.clone();
    let log = hearth.db.read(move |conn| admin::audit::read(conn, &filter, &signer)).await?;
    Ok(web::html(&AuditPage::new(user.page, &filter, &log, &hearth))?)
}

/// Address of the log with this filter, from the row before `last` on.
fn address(filter: &Filter, last: Option<EventId>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if let Some(event) = filter.event {
        query.append_pair("event", event.code());
    }
    if let Some(actor) = filter.actor {
        query.append_pair("actor", &actor.to_string());
    }
    if let Some(last) = last {
        query.append_pair("before", &last.to_string());
    }
    format!("{}?{}", urls::ADMIN_AUDIT, query.finish())
}

fn row(entry: &Entry, names: &Names, words: &Catalog, at: NaiveDateTime) -> Row {
    Row {
        id: entry.id,
        at,
        event: entry.event.clone(),
        actor: entry.actor.map(|actor| (actor, person(actor, names, words))),
        sentence: sentence(entry, names, words),
    }
}

fn sentence(entry: &Entry, names: &Names, words: &Catalog) -> String {
    let Some(event) = entry.event() else { return entry.event.clone() };
    let role = entry.role().map(|id| role(id, names, words)).unwrap_or_default();
    let opens: Vec<_> =
        entry.permissions().iter().map(|one| words.text(&format!("permission-{}", one.code())).to_owned()).collect();
    let opens = if opens.is_empty() { words.text("role-opens-nothing").to_owned() } else { opens.join(", ") };
    say(event, subject(entry, event, names, words), role, opens, words)
}

/// The sentence of an event with "…" in place of names, for the filter's list.
fn blank(event: Event, words: &Catalog) -> String {
    let open = || "…".to_owned();
    say(event, open(), open(), open(), words)
}

fn say(event: Event, subject: String, role: String, opens: String, words: &Catalog) -> String {
    let values: [(&str, Value); 3] = [("subject", subject.into()), ("role", role.into()), ("opens", opens.into())];
    words.with(&format!("audit-says-{}", event.code()), &values)
}

fn subject(entry: &Entry, event: Event, names: &Names, words: &Catalog) -> String {
    let Some(id) = entry.subject else { return "–".to_owned() };
    let number = format!("#{id}");
    match event.about() {
        About::Nothing | About::Row => number,
        About::Person => person(UserId(id), names, words),
        About::Role => role(RoleId(id), names, words),
        About::Department => names.departments.get(&id).cloned().unwrap_or(number),
        About::Period => match names.periods.get(&id) {
            Some((Some(name), _)) => name.clone(),
            Some((None, starts_on)) => format!("{} {}", words.short_month(*starts_on), starts_on.year()),
            None => number,
        },
    }
}

fn person(id: UserId, names: &Names, words: &Catalog) -> String {
    let former = || words.with("audit-former-person", &[("id", id.to_string().into())]);
    names.people.get(&id).cloned().unwrap_or_else(former)
}

fn role(id: RoleId, names: &Names, words: &Catalog) -> String {
    let former = || words.with("audit-former-role", &[("id", id.to_string().into())]);
    names.roles.get(&id).map_or_else(former, |title| title.text(words))
}
