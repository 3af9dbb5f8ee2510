//! `/dashboard`, `POST /pulse`.

use crate::{
    assessment::{
        OpenCampaign,
        report::{self, Report},
    },
    auth::{Caller, CurrentUser, SignedIn},
    dashboard::{self, Summary},
    error::{AppError, PageError},
    pulse::{self, Pulse},
    recommendations::Listed,
    urls,
    web::{
        self, Form, Hearth, Page,
        chart::{Chart, Point},
        form::FormErrors,
        promise::{Contact, contacts},
    },
};
use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "dashboard/show.html")]
struct DashboardPage {
    page: Page,
    name: String,
    today: NaiveDate,
    latest: Option<(i64, Report)>,
    chart: Chart,
    recommendations: Vec<Listed>,
    open_count: usize,
    completed: i64,
    days: i64,
    campaign: Option<OpenCampaign>,
    draft: Option<NaiveDateTime>,
    erasure: Option<NaiveDateTime>,
    pulse_fields: Vec<PulseField>,
    pulse_saved: bool,
    pulse_chart: Chart,
    help_first: bool,
    contacts: Vec<Contact>,
    errors: FormErrors,
}

struct PulseField {
    name: &'static str,
    /// As typed; empty before anything was.
    value: String,
}

/// Today's pulse as the form sends it.
#[derive(Deserialize)]
pub struct PulseForm {
    #[serde(default)]
    burnout: String,
    #[serde(default)]
    stress: String,
    #[serde(default)]
    productivity: String,
}

impl PulseForm {
    fn of(pulse: Option<&Pulse>) -> Self {
        let text = |value: fn(&Pulse) -> i16| pulse.map(|pulse| value(pulse).to_string()).unwrap_or_default();
        Self { burnout: text(|p| p.burnout), stress: text(|p| p.stress), productivity: text(|p| p.productivity) }
    }

    fn fields(&self) -> [(&'static str, &str); 3] {
        [("burnout", &self.burnout), ("stress", &self.stress), ("productivity", &self.productivity)]
    }

    fn parse(&self, day: NaiveDate, page: &Page) -> Result<Pulse, FormErrors> {
        let mut errors = FormErrors::default();
        let [burnout, stress, productivity] = self.fields().map(|(name, text)| {
            let value = text.trim().parse().ok().filter(|value| (0..=100).contains(value));
            if value.is_none() {
                errors.add_text(name, format!("{}: {}", page.t_of("pulse", name), page.t("pulse-out-of-range")));
            }
            value.unwrap_or_default()
        });
        if errors.is_empty() { Ok(Pulse { day, burnout, stress, productivity }) } else { Err(errors) }
    }
}

/// The dashboard.
pub async fn show(caller: Caller<SignedIn>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let page = render(user, &hearth, None, FormErrors::default()).await?;
    Ok(web::html(&page)?)
}

/// Saves today's pulse.
pub async fn save_pulse(
    caller: Caller<SignedIn>,
    form: Form<PulseForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    match form.parse(hearth.day(hearth.now()), &user.page) {
        Ok(pulse) => {
            hearth.act(user.actor(), move |conn| Ok::<_, AppError>(pulse::save(conn, user.id, &pulse)?)).await?;
            Ok(web::see_other_with(&hearth, urls::DASHBOARD, "flash-pulse-saved")?)
        }
        Err(errors) => {
            let page = render(user, &hearth, Some(form), errors).await?;
            Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
        }
    }
}

async fn render(
    user: CurrentUser,
    hearth: &Data<Hearth>,
    typed: Option<PulseForm>,
    errors: FormErrors,
) -> Result<DashboardPage, PageError> {
    let (id, language) = (user.id, user.page.language());
    let shared = hearth.clone();
    let (summary, version) = hearth
        .db
        .read(move |conn| {
            let summary = dashboard::summary(conn, id, shared.instruments(), language)?;
            let version = match summary.past.first() {
                Some(past) => shared.instruments().read_by(conn, past.version, past.cut_off_set.as_deref())?,
                None => shared.instruments().current(),
            };
            Ok::<_, AppError>((summary, version))
        })
        .await?;
    let words = user.page.words();
    let Summary { past, open, completed, pulses, campaign, draft, erasure } = summary;
    let past: Vec<_> = past
        .into_iter()
        .filter(|past| past.version == version.id)
        .map(|past| (past.clone(), hearth.local(past.made_at)))
        .collect();
    let today = hearth.day(hearth.now());
    let pulse = pulses.first().filter(|pulse| pulse.day == today);
    let latest = past.first().map(|(past, _)| past.number.0);
    let latest = latest.map(|number| (number, Report::new(&version, &past, words)));
    let fields = typed.unwrap_or_else(|| PulseForm::of(pulse));
    let fields = fields.fields().map(|(name, value)| PulseField { name, value: value.to_owned() });
    Ok(DashboardPage {
        name: user.name,
        today,
        chart: report::overview_chart(&version.instrument, &past, words),
        help_first: latest.as_ref().is_some_and(|(_, report)| report.help_first)
            || pulse.is_some_and(Pulse::needs_help),
        latest,
        open_count: open.len(),
        recommendations: open.into_iter().take(3).collect(),
        completed,
        days: (today - user.joined_on).num_days().max(0),
        campaign,
        draft: draft.map(|at| hearth.local(at)),
        erasure: erasure.map(|due| hearth.local(due)),
        pulse_saved: pulse.is_some(),
        pulse_fields: fields.into(),
        pulse_chart: pulse_chart(&pulses, &user.page),
        contacts: contacts(hearth, &user.page),
        errors,
        page: user.page,
    })
}

/// The chart of the latest pulses; empty with fewer than two.
fn pulse_chart(pulses: &[Pulse], page: &Page) -> Chart {
    let series: [(&str, fn(&Pulse) -> i16); 3] =
        [("pulse-burnout", |p| p.burnout), ("pulse-stress", |p| p.stress), ("pulse-productivity", |p| p.productivity)];
    let shown = if pulses.len() > 1 { pulses } else { &[] };
    let points = |value: fn(&Pulse) -> i16| {
        shown.iter().rev().map(|pulse| Point { day: pulse.day, value: value(pulse).into(), error: 0.0 }).collect()
    };
    let series = series.map(|(key, value)| (page.t(key).to_owned(), points(value)));
    Chart::new(page.t("chart-pulse-label").to_owned(), &series, &[], page.words())
}
