//! What the layout of every page needs: the words, who is signed in, the
//! message left by the page before.

use crate::{
    domain::Permission,
    i18n::{Catalog, Language, Value},
    web::{Hearth, assets, cookies, owner::Owner},
};
use actix_web::{
    HttpRequest,
    http::header::{AcceptLanguage, Header as _, Quality},
};
use chrono::{Datelike as _, NaiveDate, NaiveDateTime, Timelike as _};

/// Where everybody finds what is theirs: the paths of a place begin so, its link
/// leads there, its name has this key.
static OWN: &[(&str, &str, &str)] = &[
    ("/dashboard", "/dashboard", "nav-dashboard"),
    ("/assessments", "/assessments/new", "nav-check-up"),
    ("/history", "/history", "nav-history"),
    ("/recommendations", "/recommendations", "nav-recommendations"),
    ("/library", "/library", "nav-library"),
    ("/chats", "/chats", "nav-chats"),
];

/// The places where staff work, and which permissions lead there.
static STAFF: &[(&str, &str, &[Permission])] = &[
    ("/hr", "nav-insights", &[Permission::ViewCompanyInsights, Permission::ViewTeamInsights]),
    (
        "/hr/departments",
        "nav-departments",
        &[Permission::ViewCompanyInsights, Permission::ViewTeamInsights, Permission::ManageEmployees],
    ),
    ("/hr/campaigns", "nav-campaigns", &[Permission::ManageCampaigns]),
    ("/hr/employees", "nav-employees", &[Permission::ManageEmployees]),
    ("/hr/instruments", "nav-instruments", &[Permission::ManageContent]),
    ("/hr/library", "nav-hr-library", &[Permission::ManageContent]),
    ("/hr/support", "nav-support", &[Permission::AnswerSupport]),
    ("/admin/users", "nav-admin-users", &[Permission::ManageRoles]),
    ("/admin/roles", "nav-admin-roles", &[Permission::ManageRoles]),
    ("/admin/audit", "nav-admin-audit", &[Permission::ViewAudit]),
];

/// A link of the navigation.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub path: &'static str,
    /// Key of its name.
    pub key: &'static str,
    /// Whether the reader is there already.
    pub is_here: bool,
}

/// The frame around a page's own content.
#[derive(Clone)]
pub struct Page {
    words: &'static Catalog,
    /// The path asked for, to mark the current place in the navigation.
    pub path: String,
    /// Key of the message left by the page before.
    pub flash: Option<String>,
    /// The signed-in person's name.
    pub viewer: Option<String>,
    /// Whether somebody answers with a code from a slip.
    pub by_code: bool,
    pub demo: bool,
    /// Whose the forms on this page are.
    pub owner: Option<Owner>,
    /// The form on this page that goes along when the language is switched, so
    /// that what was typed stays, and where it goes.
    pub keeps: Option<(&'static str, String)>,
    /// What the signed-in person may do.
    permissions: Vec<Permission>,
}

impl Page {
    /// A frame for a request by nobody in particular.
    pub fn new(hearth: &Hearth, request: &HttpRequest) -> Self {
        Self {
            words: language(hearth, request).catalog(),
            path: request.path().to_owned(),
            flash: cookies::flash(hearth, request),
            viewer: None,
            by_code: false,
            demo: hearth.demo,
            owner: None,
            keeps: None,
            permissions: Vec::new(),
        }
    }

    /// The same frame with somebody signed in, in their language.
    #[must_use]
    pub fn signed_in(mut self, name: &str, language: Option<Language>, permissions: Vec<Permission>) -> Self {
        self.viewer = Some(name.to_owned());
        self.permissions = permissions;
        if let Some(language) = language {
            self.words = language.catalog();
        }
        self
    }

    /// The same frame for somebody with a code from a slip: it names nobody
    /// and leads nowhere but to the end.
    #[must_use]
    pub fn with_code(mut self) -> Self {
        self.by_code = true;
        self
    }

    /// The same frame with forms of this person, who need not be signed in.
    #[must_use]
    pub fn with_forms_of(mut self, owner: Option<Owner>) -> Self {
        self.owner = owner;
        self
    }

    /// The same frame with a form that goes along to `action` when the language
    /// is switched.
    #[must_use]
    pub fn keeping(mut self, form: &'static str, action: impl Into<String>) -> Self {
        self.keeps = Some((form, action.into()));
        self
    }

    /// The same frame in another language.
    #[must_use]
    pub fn in_language(mut self, language: Language) -> Self {
        self.words = language.catalog();
        self
    }

    /// Whether the signed-in person has this permission.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }

    /// Where everybody finds what is theirs.
    pub fn places(&self) -> Vec<Place> {
        OWN.iter().map(|&(place, path, key)| Place { path, key, is_here: self.is_at(place) }).collect()
    }

    /// Where the signed-in person works beside their own check-up.
    pub fn staff_places(&self) -> Vec<Place> {
        let open = STAFF.iter().filter(|(_, _, needed)| needed.iter().any(|permission| self.may(*permission)));
        // The other places of HR lie below the first.
        let is_here = |path: &str| if path == "/hr" { self.path == path } else { self.is_at(path) };
        open.map(|&(path, key, _)| Place { path, key, is_here: is_here(path) }).collect()
    }

    /// Whether this is one of those places.
    pub fn is_staff_place(&self) -> bool {
        self.is_at("/hr") || self.is_at("/admin")
    }

    /// The hidden field that says whose a form is, for this place of this page.
    pub fn form_of(&self) -> Option<String> {
        self.owner.map(Owner::masked)
    }

    pub fn language(&self) -> Language {
        self.words.language()
    }

    pub fn words(&self) -> &'static Catalog {
        self.words
    }

    /// Every language, for the switch.
    pub fn languages(&self) -> [Language; 3] {
        Language::ALL
    }

    /// A message of the catalogs.
    pub fn t<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.text(key)
    }

    /// A message whose key ends in a code: `t_of("level", "high")` is `level-high`.
    pub fn t_of(&self, prefix: &str, code: &str) -> String {
        self.words.text(&format!("{prefix}-{code}")).to_owned()
    }

    /// A message with one variable.
    pub fn t1(&self, key: &str, name: &str, value: impl Into<Value>) -> String {
        self.words.with(key, &[(name, value.into())])
    }

    /// A message with two variables.
    pub fn t2(&self, key: &str, a: &str, a_is: impl Into<Value>, b: &str, b_is: impl Into<Value>) -> String {
        self.words.with(key, &[(a, a_is.into()), (b, b_is.into())])
    }

    pub fn date(&self, day: &NaiveDate) -> String {
        self.words.date(*day)
    }

    pub fn moment(&self, moment: &NaiveDateTime) -> String {
        self.words.moment(*moment)
    }

    /// A moment as a `datetime` attribute has it.
    pub fn timestamp(&self, moment: &NaiveDateTime) -> String {
        let (day, time) = (moment.date(), moment.time());
        format!("{}-{:02}-{:02}T{:02}:{:02}", day.year(), day.month(), day.day(), time.hour(), time.minute())
    }

    pub fn number(&self, value: &f64) -> String {
        self.words.number(*value)
    }

    /// A number with up to two decimals.
    pub fn precise(&self, value: &f64) -> String {
        self.words.precise(*value)
    }

    /// The address of the style sheet.
    pub fn style_sheet(&self) -> String {
        self.asset(assets::STYLE_SHEET)
    }

    /// The address of a static file, with its version.
    pub fn asset(&self, path: &str) -> String {
        format!("/static/{}/{path}", assets::version())
    }

    /// Whether a link of the navigation leads to where the reader is.
    pub fn is_at(&self, prefix: &str) -> bool {
        self.path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// The language chosen in this browser, else the company's.
pub fn language(hearth: &Hearth, request: &HttpRequest) -> Language {
    chosen_language(hearth, request).unwrap_or(hearth.config.language)
}

/// The language that somebody chose in this browser, else the best of what
/// their browser asks for, if we speak one of them.
pub fn chosen_language(hearth: &Hearth, request: &HttpRequest) -> Option<Language> {
    if let Some(chosen) = cookies::language(hearth, request).and_then(|code| code.parse().ok()) {
        return Some(chosen);
    }
    let mut accepted = AcceptLanguage::parse(request).ok()?;
    accepted.retain(|wanted| wanted.quality > Quality::ZERO); // zero means: not this one
    let known = |tag: &str| tag.split('-').next().and_then(|code| code.to_ascii_lowercase().parse().ok());
    accepted.ranked().iter().find_map(|wanted| known(wanted.item()?.as_str()))
}
