//! The layout of every page: language, navigation, who is signed in, and the message
//! that the previous page left.

use crate::{
    domain::Permission,
    i18n::{Catalog, Language, Value},
    urls,
    web::{Hearth, assets, cookies, owner::Owner},
};
use actix_web::{
    HttpRequest,
    http::header::{AcceptLanguage, Header as _, Quality},
};
use chrono::{Datelike as _, NaiveDate, NaiveDateTime, Timelike as _};

/// The navigation for everybody: path prefix of the area, link, and key of its name.
static OWN: &[(&str, &str, &str)] = &[
    (urls::DASHBOARD, urls::DASHBOARD, "nav-dashboard"),
    (urls::ASSESSMENTS, urls::ASSESSMENTS_NEW, "nav-check-up"),
    (urls::HISTORY, urls::HISTORY, "nav-history"),
    (urls::RECOMMENDATIONS, urls::RECOMMENDATIONS, "nav-recommendations"),
    (urls::LIBRARY, urls::LIBRARY, "nav-library"),
    (urls::CHATS, urls::CHATS, "nav-chats"),
];

/// The navigation for staff: link, key of its name, and the permissions of which one is
/// needed.
static STAFF: &[(&str, &str, &[Permission])] = &[
    (urls::HR, "nav-insights", &[Permission::ViewCompanyInsights, Permission::ViewTeamInsights]),
    (
        urls::HR_DEPARTMENTS,
        "nav-departments",
        &[Permission::ViewCompanyInsights, Permission::ViewTeamInsights, Permission::ManageEmployees],
    ),
    (urls::HR_CAMPAIGNS, "nav-campaigns", &[Permission::ManageCampaigns]),
    (urls::HR_EMPLOYEES, "nav-employees", &[Permission::ManageEmployees]),
    (urls::HR_INSTRUMENTS, "nav-instruments", &[Permission::ManageContent]),
    (urls::HR_LIBRARY, "nav-hr-library", &[Permission::ManageContent]),
    (urls::HR_SUPPORT, "nav-support", &[Permission::AnswerSupport]),
    (urls::ADMIN_USERS, "nav-admin-users", &[Permission::ManageRoles]),
    (urls::ADMIN_ROLES, "nav-admin-roles", &[Permission::ManageRoles]),
    (urls::ADMIN_AUDIT, "nav-admin-audit", &[Permission::ViewAudit]),
];

/// A link of the navigation.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub path: &'static str,
    /// Catalog key of its name.
    pub key: &'static str,
    /// Whether the current page belongs to it.
    pub is_here: bool,
}

/// The data for the layout around a page's content.
#[derive(Clone)]
pub struct Page {
    words: &'static Catalog,
    /// The requested path, which marks the current link of the navigation.
    pub path: String,
    /// Catalog key of the message that the previous page left.
    pub flash: Option<String>,
    /// The signed-in person's name.
    pub viewer: Option<String>,
    /// Whether the page belongs to a check-up by a printed access code.
    pub by_code: bool,
    pub demo: bool,
    /// Whom the forms on this page belong to.
    pub owner: Option<Owner>,
    /// The form that is submitted along when the language is switched, so that what was
    /// typed is not lost, and its action.
    pub keeps: Option<(&'static str, String)>,
    /// Permissions of the signed-in person.
    permissions: Vec<Permission>,
}

impl Page {
    /// The layout for a request without a signed-in person.
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

    /// The layout for a signed-in person, in their language.
    #[must_use]
    pub fn signed_in(mut self, name: &str, language: Option<Language>, permissions: Vec<Permission>) -> Self {
        self.viewer = Some(name.to_owned());
        self.permissions = permissions;
        if let Some(language) = language {
            self.words = language.catalog();
        }
        self
    }

    /// The layout for a check-up by a printed access code: without a name, and with no
    /// link but the one to end it.
    #[must_use]
    pub fn with_code(mut self) -> Self {
        self.by_code = true;
        self
    }

    /// With forms that belong to this person, who need not be signed in.
    #[must_use]
    pub fn with_forms_of(mut self, owner: Option<Owner>) -> Self {
        self.owner = owner;
        self
    }

    /// With a form that is submitted along to `action` when the language is switched.
    #[must_use]
    pub fn keeping(mut self, form: &'static str, action: impl Into<String>) -> Self {
        self.keeps = Some((form, action.into()));
        self
    }

    /// In another language.
    #[must_use]
    pub fn in_language(mut self, language: Language) -> Self {
        self.words = language.catalog();
        self
    }

    /// Whether the signed-in person has this permission.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }

    /// The links for everybody.
    pub fn places(&self) -> Vec<Place> {
        OWN.iter().map(|&(place, path, key)| Place { path, key, is_here: self.is_at(place) }).collect()
    }

    /// The links for staff that the signed-in person may open.
    pub fn staff_places(&self) -> Vec<Place> {
        let open = STAFF.iter().filter(|(_, _, needed)| needed.iter().any(|permission| self.may(*permission)));
        // All other paths of HR begin with `/hr`, too, so that link needs an exact
        // match.
        let is_here = |path: &str| if path == urls::HR { self.path == path } else { self.is_at(path) };
        open.map(|&(path, key, _)| Place { path, key, is_here: is_here(path) }).collect()
    }

    /// Whether the current page belongs to staff.
    pub fn is_staff_place(&self) -> bool {
        self.is_at(urls::HR) || self.is_at(urls::ADMIN)
    }

    /// A fresh value for the hidden field of a form, see [`Owner`].
    pub fn form_of(&self) -> Option<String> {
        self.owner.map(Owner::masked)
    }

    pub fn language(&self) -> Language {
        self.words.language()
    }

    pub fn words(&self) -> &'static Catalog {
        self.words
    }

    /// All languages, for the switch.
    pub fn languages(&self) -> [Language; Language::ALL.len()] {
        Language::ALL
    }

    /// A message of the catalog.
    pub fn t<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.text(key)
    }

    /// A message whose key ends in a code: `t_of("level", "high")` gives `level-high`.
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

    /// A moment for the `datetime` attribute.
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

    /// The URL of the style sheet.
    pub fn style_sheet(&self) -> String {
        self.asset(assets::STYLE_SHEET)
    }

    /// The URL of a static file, with its version.
    pub fn asset(&self, path: &str) -> String {
        format!("{}{}/{path}", urls::STATIC, assets::version())
    }

    /// Whether the current path is `prefix` or below it.
    pub fn is_at(&self, prefix: &str) -> bool {
        self.path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// The language chosen in this browser, else the organisation's default.
pub fn language(hearth: &Hearth, request: &HttpRequest) -> Language {
    chosen_language(hearth, request).unwrap_or(hearth.config.language)
}

/// The language chosen in this browser, else the first language in `Accept-Language`
/// that exists here.
pub fn chosen_language(hearth: &Hearth, request: &HttpRequest) -> Option<Language> {
    if let Some(chosen) = cookies::language(hearth, request).and_then(|code| code.parse().ok()) {
        return Some(chosen);
    }
    let mut accepted = AcceptLanguage::parse(request).ok()?;
    accepted.retain(|wanted| wanted.quality > Quality::ZERO); // quality 0 means "not acceptable"
    let known = |tag: &str| tag.split('-').next().and_then(|code| code.to_ascii_lowercase().parse().ok());
    accepted.ranked().iter().find_map(|wanted| known(wanted.item()?.as_str()))
}
