//! `/hr/employees/import`: upload a file, see the preview, choose the columns where
//! they were not understood, confirm, watch the progress. Works without JavaScript.

mod run;

pub use run::confirm;

use super::{
    Choices, Counts, Desk, FileProblem, ImportId, LARGEST, NewUpload, State, Upload,
    file::{Column, ENCODINGS, Found},
    look::ROWS_SHOWN,
    template,
};
use crate::{
    auth::{Caller, CurrentUser, EmployeeManager},
    employee_import,
    error::{AppError, PageError},
    urls,
    web::{self, FileForm, Form, Hearth, Page, Query, form::FormErrors},
};
use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{CONTENT_DISPOSITION, HeaderValue, REFRESH},
    },
    web::{Bytes, Data, Path},
};
use askama::Template;
use serde::Deserialize;
use std::collections::HashMap;

/// After how many seconds the page of a running import reloads.
const REFRESH_SECONDS: &str = "2";

#[derive(Template)]
#[template(path = "hr/employees/import.html")]
struct UploadPage {
    page: Page,
    invite: bool,
    errors: FormErrors,
}

/// The upload form.
pub async fn new(caller: Caller<EmployeeManager>) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    Ok(web::html(&UploadPage { page: user.page, invite: false, errors: FormErrors::default() })?)
}

/// Parses and stores the file, then shows the preview.
pub async fn create(
    caller: Caller<EmployeeManager>,
    form: FileForm,
    hearth: Data<Hearth>,
    desk: Data<Desk>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let sent = form.of(&user.page, "file", LARGEST).await?;
    let invite = sent.fields.iter().any(|(name, _)| name == "invite");
    let problem = match (sent.too_large, sent.content.is_empty()) {
        (true, _) => "import-file-too-large",
        (false, true) => "import-file-missing",
        (false, false) => match keep(&user, sent.content, invite, &hearth, &desk).await? {
            Ok(id) => return Ok(web::see_other(&urls::hr_employees_upload(id))),
            Err(problem) => problem.key(),
        },
    };
    let mut errors = FormErrors::default();
    errors.add(user.page.words(), "file", problem);
    let status = if sent.too_large { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(web::html_with(status, &UploadPage { page: user.page, invite, errors })?)
}

/// Reads the file, and keeps it with its preview; or answers why it cannot be read.
async fn keep(
    user: &CurrentUser,
    content: Bytes,
    invite: bool,
    hearth: &Data<Hearth>,
    desk: &Desk,
) -> Result<Result<ImportId, FileProblem>, AppError> {
    let _place = desk.admit().await?;
    let reading = match desk.read(content.clone(), Choices::default()).await? {
        Ok(reading) => reading,
        Err(problem) => return Ok(Err(problem)),
    };
    let look = desk.look(&hearth.db, reading).await?;
    let upload = NewUpload { content, invite, language: user.page.language(), look };
    let (actor, now) = (user.id, hearth.now());
    hearth.act(user.actor(), move |conn| employee_import::keep(conn, actor, &upload, now)).await.map(Ok)
}

#[derive(Template)]
#[template(path = "hr/employees/import_show.html")]
struct ImportPage {
    page: Page,
    upload: Upload,
    /// Index of the first row shown, from 0.
    from: usize,
    id: ImportId,
}

impl ImportPage {
    /// Index of the first row of the next page.
    fn next(&self) -> Option<usize> {
        self.from.checked_add(ROWS_SHOWN).filter(|next| *next < self.upload.summary.rows)
    }

    fn previous(&self) -> Option<usize> {
        (self.from > 0).then(|| self.from.saturating_sub(ROWS_SHOWN))
    }

    /// What a column can hold, for the choice.
    fn columns(&self) -> [Column; 6] {
        Column::ALL
    }

    fn holds(&self, found: &Found, code: &str) -> bool {
        found.column.is_some_and(|column| column.code() == code)
    }

    fn encodings(&self) -> Vec<&'static str> {
        ENCODINGS.into_iter().map(|encoding| encoding.name()).collect()
    }

    fn is_encoding(&self, name: &str) -> bool {
        self.upload.summary.format.encoding.as_deref() == Some(name)
    }

    /// Key of the separator's name in the catalogs.
    fn separator(&self) -> Option<&'static str> {
        Some(match self.upload.summary.format.separator? {
            ',' => "import-separator-comma",
            ';' => "import-separator-semicolon",
            '\t' => "import-separator-tab",
            _ => "import-separator-bar",
        })
    }

    /// Whether the person should check the columns first: they are unclear, or none
    /// holds names.
    fn asks_for_columns(&self) -> bool {
        let columns = &self.upload.summary.format.columns;
        self.upload.summary.unclear.is_some() || columns.iter().all(|found| found.column != Some(Column::Name))
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

/// The preview, the progress, or the result of an upload.
pub async fn show(
    caller: Caller<EmployeeManager>,
    id: Path<i64>,
    query: Query<FromQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let (actor, id, now) = (user.id, ImportId(*id), hearth.now());
    let page = query.from / ROWS_SHOWN;
    let upload = hearth.db.read(move |conn| employee_import::show(conn, actor, id, page, now)).await?;
    let watching = upload.state == State::Running && !upload.interrupted;
    let from = page * ROWS_SHOWN;
    let mut response = web::html(&ImportPage { page: user.page, upload, from, id })?;
    if watching {
        response.headers_mut().insert(REFRESH, HeaderValue::from_static(REFRESH_SECONDS));
    }
    Ok(response)
}

/// Parses an upload again with what the person chose: the column types (`column_0` and
/// so on) and the encoding.
pub async fn choose(
    caller: Caller<EmployeeManager>,
    id: Path<i64>,
    form: Form<HashMap<String, String>>,
    hearth: Data<Hearth>,
    desk: Data<Desk>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let choices = chosen(&form.of(&user.page).await?);
    let (actor, id) = (user.id, ImportId(*id));
    let _place = desk.admit().await?;
    let (content, _) = hearth.db.read(move |conn| employee_import::content(conn, actor, id)).await?;
    // If it cannot be read with these choices, the stored preview stays.
    if let Ok(reading) = desk.read(content, choices.clone()).await? {
        let look = desk.look(&hearth.db, reading).await?;
        let keep = move |conn: &mut _| employee_import::look_again(conn, actor, id, &choices, &look);
        hearth.act(user.actor(), keep).await?;
    }
    Ok(web::see_other(&urls::hr_employees_upload(id)))
}

fn chosen(form: &HashMap<String, String>) -> Choices {
    let encoding = form.get("encoding").filter(|name| !name.is_empty()).cloned();
    let column = |place: usize| {
        let code = form.get(&format!("column_{place}"))?;
        Some(Column::ALL.into_iter().find(|column| column.code() == code))
    };
    let columns: Vec<_> = (0..form.len()).map_while(column).collect();
    Choices { encoding, columns: Some(columns).filter(|columns| !columns.is_empty()) }
}

/// A template to fill in, as CSV.
pub async fn template_csv(caller: Caller<EmployeeManager>) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let content = template::csv(user.page.words());
    Ok(download("text/csv; charset=utf-8", "attachment; filename=\"employees.csv\"", content))
}

/// The same template as a workbook.
pub async fn template_xlsx(caller: Caller<EmployeeManager>) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let content = template::xlsx(user.page.words()).map_err(|error| AppError::Internal(error.into()))?;
    Ok(download(TYPE, "attachment; filename=\"employees.xlsx\"", content))
}

fn download(content_type: &str, disposition: &str, content: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok().content_type(content_type).insert_header((CONTENT_DISPOSITION, disposition)).body(content)
}
