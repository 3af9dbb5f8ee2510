//! `/hr/employees/import`: upload, look, confirm, watch. Works without JavaScript.

use crate::{
    accounts::UserId,
    error::PageError,
    hr::employees::{
        Invitations,
        import::{
            self, Counts, FileProblem, ImportError, ImportId, LARGEST, Outcome, Plan, State, Upload, plan::Planned,
        },
        pages::invitations,
    },
    web::{self, Button, FileForm, Form, Hearth, Page, Query, form::FormErrors, staff::EmployeeManager},
};
use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{HeaderValue, REFRESH},
    },
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// How many rows of a dry run a page shows, and how many problems.
const ROWS_SHOWN: usize = 100;
const PROBLEMS_SHOWN: usize = 1_000;
/// How often a running import says how far it is, and the page looks.
const BEAT: Duration = Duration::from_secs(1);
const REFRESH_SECONDS: &str = "2";

#[derive(Template)]
#[template(path = "hr/employees/import.html")]
struct UploadPage {
    page: Page,
    invite: bool,
    errors: FormErrors,
}

/// The form.
pub async fn new(hr: EmployeeManager) -> Result<HttpResponse, PageError> {
    Ok(web::html(&UploadPage { page: hr.0.page, invite: false, errors: FormErrors::default() })?)
}

/// Keeps the file and shows what it would do.
pub async fn create(hr: EmployeeManager, form: FileForm, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let sent = form.of(&hr.0.page, "file", LARGEST).await?;
    let invite = sent.fields.iter().any(|(name, _)| name == "invite");
    let words = hr.0.page.words();
    let mut errors = FormErrors::default();
    if sent.too_large {
        errors.add(words, "file", "import-file-too-large");
    } else if sent.content.is_empty() {
        errors.add(words, "file", "import-file-missing");
    } else if let Err(problem) = import::file::read(&sent.content) {
        errors.add(words, "file", problem.key());
    }
    if !errors.is_empty() {
        let status = if sent.too_large { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
        return Ok(web::html_with(status, &UploadPage { page: hr.0.page, invite, errors })?);
    }
    let (actor, language, now) = (hr.0.id, hr.0.page.language(), hearth.now());
    let keep = move |conn: &mut _| import::keep(conn, actor, &sent.content, invite, language, now);
    let id = hearth.act(hr.0.actor(), keep).await?;
    Ok(web::see_other(&format!("/hr/employees/import/{id}")))
}

#[derive(Template)]
#[template(path = "hr/employees/import_show.html")]
struct ImportPage {
    page: Page,
    upload: Upload,
    /// The first row shown, counted from 0.
    from: usize,
    id: ImportId,
}

impl ImportPage {
    fn plan(&self) -> Option<&Plan> {
        self.upload.plan.as_ref().and_then(|plan| plan.as_ref().ok())
    }

    fn file_problem(&self) -> Option<FileProblem> {
        self.upload.plan.as_ref().and_then(|plan| plan.as_ref().err()).copied()
    }

    /// Problems with their words, as many as one can read.
    fn problems<'a>(&self, plan: &'a Plan) -> &'a [import::Problem] {
        &plan.problems[..plan.problems.len().min(PROBLEMS_SHOWN)]
    }

    fn rows<'a>(&self, plan: &'a Plan) -> &'a [Planned] {
        let from = self.from.min(plan.rows.len());
        &plan.rows[from..plan.rows.len().min(from + ROWS_SHOWN)]
    }

    /// Where the next and the previous page of rows begin.
    fn next(&self, plan: &Plan) -> Option<usize> {
        self.from.checked_add(ROWS_SHOWN).filter(|next| *next < plan.rows.len())
    }

    fn previous(&self) -> Option<usize> {
        (self.from > 0).then(|| self.from.saturating_sub(ROWS_SHOWN))
    }

    fn outcomes(&self, plan: &Plan) -> Vec<(Outcome, usize)> {
        Outcome::ALL.into_iter().map(|outcome| (outcome, plan.count(outcome))).collect()
    }

    fn counts(&self) -> Counts {
        self.upload.counts.unwrap_or_default()
    }

    fn percent(&self) -> i32 {
        100 * self.upload.steps_done / self.upload.steps.max(1)
    }
}

#[derive(Deserialize)]
pub struct FromQuery {
    #[serde(default)]
    from: usize,
}

/// What the file would do, how far it is, or what it did.
pub async fn show(
    hr: EmployeeManager,
    id: Path<i64>,
    query: Query<FromQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (actor, id, now) = (hr.0.id, ImportId(*id), hearth.now());
    let upload = hearth.db.read(move |conn| import::show(conn, actor, id, now)).await?;
    let watching = upload.state == State::Running && !upload.interrupted;
    let mut response = web::html(&ImportPage { page: hr.0.page, upload, from: query.from, id })?;
    if watching {
        response.headers_mut().insert(REFRESH, HeaderValue::from_static(REFRESH_SECONDS));
    }
    Ok(response)
}

/// Runs the file that was looked at, beside the answer.
pub async fn confirm(
    hr: EmployeeManager,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    form.of(&hr.0.page).await?;
    let (actor, id, now) = (hr.0.id, ImportId(*id), hearth.now());
    if hearth.act(hr.0.actor(), move |conn| import::start(conn, actor, id, now)).await? {
        actix_web::rt::spawn(run(hearth.clone(), actor, id, invitations(&hearth, &hr.0)));
    }
    Ok(web::see_other(&format!("/hr/employees/import/{id}")))
}

async fn run(hearth: Data<Hearth>, actor: UserId, id: ImportId, invitations: Invitations) {
    let (now, today) = (hearth.now(), hearth.day(hearth.now()));
    let (done, steps) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (done_there, steps_there) = (done.clone(), steps.clone());
    let work = move |conn: &mut _| {
        let mut progress = |done: usize, steps: usize| {
            done_there.store(done, Ordering::Relaxed);
            steps_there.store(steps, Ordering::Relaxed);
        };
        import::run(conn, actor, id, &invitations, now, today, &mut progress)
    };
    let mut running = std::pin::pin!(hearth.db.run(work));
    let mut every = actix_web::rt::time::interval(BEAT);
    let ended = loop {
        tokio::select! {
            ended = &mut running => break ended,
            _ = every.tick() => {
                let (done, steps, now) = (done.load(Ordering::Relaxed), steps.load(Ordering::Relaxed), hearth.now());
                if let Err(error) = hearth.db.run(move |conn| import::beat(conn, id, done, steps, now)).await {
                    tracing::warn!(import = id.0, "how far it is was not written: {error}");
                }
            }
        }
    };
    match ended {
        Ok(counts) => {
            hearth.postbox.ring();
            tracing::info!(import = id.0, created = counts.created, changed = counts.changed, "employees imported");
        }
        Err(ImportError::App(error)) => tracing::error!(import = id.0, "employees were not imported: {error:#}"),
        Err(error) => tracing::info!(import = id.0, "employees were not imported: {error}"),
    }
}
