//! `/hr/instruments`: the questionnaires, one version with its figures, its preview,
//! importing a file, attesting a licence.

use crate::{
    assessment::{
        questions::{Question, questions},
        report::scale_name,
    },
    auth::{Caller, ContentManager},
    error::{AppError, PageError},
    i18n::Language,
    instruments::{
        VersionId,
        catalog::ImportError,
        instrument::{Aggregate, Band, CutOffSet, Instrument, Scale},
    },
    questionnaires::{self, Figures, LONGEST_HOLDER, Licence, Listed},
    urls,
    web::{
        self, FileForm, Form, Hearth, Page, Query,
        form::{FormErrors, line},
        upload::File,
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The largest file, in bytes.
const LARGEST_FILE: usize = 256 * 1024;

#[derive(Template)]
#[template(path = "hr/instruments/index.html")]
struct InstrumentsPage {
    page: Page,
    versions: Vec<Listed>,
    current: VersionId,
    errors: FormErrors,
}

impl InstrumentsPage {
    fn licence(&self, listed: &Listed) -> &'static str {
        licence_code(&listed.licence)
    }
}

/// Every version.
pub async fn index(caller: Caller<ContentManager>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    list(user.page, FormErrors::default(), &hearth).await
}

async fn list(page: Page, errors: FormErrors, hearth: &Data<Hearth>) -> Result<HttpResponse, PageError> {
    let versions = hearth.db.read(questionnaires::all).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let current = hearth.instruments().current().id;
    Ok(web::html_with(status, &InstrumentsPage { page, versions, current, errors })?)
}

/// Stores a version from a file.
pub async fn import(
    caller: Caller<ContentManager>,
    form: FileForm,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let (user, now) = (user, hearth.now());
    let mut errors = FormErrors::default();
    let form = form.of(&user.page, "file", LARGEST_FILE).await;
    let source = match source_of(form)? {
        Ok(source) => source,
        Err(key) => {
            errors.add(user.page.words(), "file", key);
            return list(user.page, errors, &hearth).await;
        }
    };
    match hearth.act(user.actor(), move |conn| questionnaires::import(conn, user.id, &source, now)).await {
        Ok(id) => Ok(web::see_other_with(&hearth, &urls::hr_instrument(id), "flash-instrument-imported")?),
        Err(ImportError::App(error)) => Err(error.into()),
        Err(refused) => {
            errors.add_text("file", user.page.t1("instruments-refused", "reason", refused.to_string()));
            list(user.page, errors, &hearth).await
        }
    }
}

/// The text of the file, or the catalog key of what is wrong with it.
fn source_of(form: Result<File, PageError>) -> Result<Result<String, &'static str>, PageError> {
    match form {
        Ok(file) if file.too_large => Ok(Err("instruments-too-large")),
        Ok(file) if file.content.is_empty() => Ok(Err("instruments-no-file")),
        Ok(file) => Ok(String::from_utf8(file.content.to_vec()).map_err(|_| "instruments-not-text")),
        Err(PageError(AppError::TooLarge)) => Ok(Err("instruments-too-large")),
        Err(PageError(AppError::BadRequest)) => Ok(Err("instruments-no-file")),
        Err(error) => Err(error),
    }
}

#[derive(Template)]
#[template(path = "hr/instruments/show.html")]
struct InstrumentPage {
    page: Page,
    listed: Listed,
    attested_at: Option<NaiveDateTime>,
    current: bool,
    scales: Vec<ScaleRow>,
    figures: Option<(NaiveDate, Figures)>,
    items: Vec<ItemRow>,
    holder: String,
    errors: FormErrors,
}

/// A scale as the file declares it, beside the figures computed here.
struct ScaleRow {
    title: String,
    items: usize,
    mean: bool,
    range: (f64, f64),
    /// `None` for the total.
    minimum: Option<usize>,
    /// Reliability, SEM and smallest real change.
    declared: [Option<f64>; 3],
    lacks_sd: bool,
    /// Cronbach's α and SD in this company.
    found: [Option<f64>; 2],
}

struct ItemRow {
    number: usize,
    text: String,
    correlation: Option<f64>,
}

impl InstrumentPage {
    fn licence(&self) -> &'static str {
        licence_code(&self.listed.licence)
    }

    fn attested(&self) -> Option<&questionnaires::Attested> {
        match &self.listed.licence {
            Licence::Attested(attested) => Some(attested),
            _ => None,
        }
    }

    fn bands(&self, set: &CutOffSet) -> Vec<(String, Vec<String>)> {
        let (instrument, words) = (&self.listed.version.instrument, self.page.words());
        let scales = instrument.scales().filter_map(|scale| {
            let bands = &set.scales.iter().find(|bands| bands.scale == instrument.scale_id(scale))?.bands;
            let band = |band: &Band| {
                let own = band.label.as_ref().map(|label| label.in_language(words.language()).to_owned());
                let level = own.unwrap_or_else(|| self.page.t_of("level", band.level.code()));
                format!("{level}: {}–{}", words.precise(band.from), words.precise(band.to))
            };
            Some((scale_name(instrument, scale, words), bands.iter().map(band).collect()))
        });
        scales.collect()
    }
}

/// One version.
pub async fn show(
    caller: Caller<ContentManager>,
    id: Path<i64>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    version_page(user.page, VersionId(*id), String::new(), FormErrors::default(), &hearth).await
}

async fn version_page(
    page: Page,
    id: VersionId,
    holder: String,
    errors: FormErrors,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let work = move |conn: &mut _| {
        let listed = questionnaires::show(conn, id)?;
        let figures = questionnaires::figures(conn, &listed.version)?;
        Ok::<_, AppError>((listed, figures))
    };
    let (listed, figures) = hearth.db.read(work).await?;
    let instrument = &listed.version.instrument;
    let found = figures.as_ref().map(|(_, figures)| figures);
    let attested_at = match &listed.licence {
        Licence::Attested(attested) => Some(hearth.local(attested.at)),
        _ => None,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (scales, items) = (scale_rows(instrument, found, &page), item_rows(instrument, found, &page));
    let current = hearth.instruments().current().id == id;
    let page = InstrumentPage { page, attested_at, current, scales, items, figures, holder, errors, listed };
    Ok(web::html_with(status, &page)?)
}

fn scale_rows(instrument: &Instrument, figures: Option<&Figures>, page: &Page) -> Vec<ScaleRow> {
    let row = |(index, scale): (usize, Scale)| {
        let found = figures.and_then(|figures| figures.scales.get(index));
        ScaleRow {
            title: scale_name(instrument, scale, page.words()),
            items: instrument.scale_items(scale).len(),
            mean: instrument.aggregate(scale) == Aggregate::Mean,
            range: instrument.range(scale),
            minimum: match scale {
                Scale::Subscale(index) => Some(instrument.subscales[index].minimum_answered),
                Scale::Total => None,
            },
            declared: [instrument.reliability(scale), instrument.sem(scale), instrument.real_change(scale)],
            lacks_sd: instrument.lacks_sd(scale),
            found: [found.and_then(|found| found.alpha), found.and_then(|found| found.sd)],
        }
    };
    instrument.scales().enumerate().map(row).collect()
}

fn item_rows(instrument: &Instrument, figures: Option<&Figures>, page: &Page) -> Vec<ItemRow> {
    let mut correlations: BTreeMap<usize, Option<f64>> = BTreeMap::new();
    for (scale, found) in instrument.scales().zip(figures.into_iter().flat_map(|figures| &figures.scales)) {
        correlations.extend(instrument.scale_items(scale).into_iter().zip(found.items.iter().copied()));
    }
    let row = |(item, correlation): (usize, Option<f64>)| ItemRow {
        number: item + 1,
        text: instrument.items[item].text.in_language(page.language()).to_owned(),
        correlation,
    };
    correlations.into_iter().map(row).collect()
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct AttestForm {
    holder: String,
    held: Option<String>,
}

/// Records that a licence is held.
pub async fn attest(
    caller: Caller<ContentManager>,
    id: Path<i64>,
    form: Form<AttestForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    let (id, user, holder, now) = (VersionId(*id), user, line(&form.holder), hearth.now());
    let mut errors = FormErrors::default();
    match holder.chars().count() {
        0 => errors.add(user.page.words(), "holder", "field-required"),
        1..=LONGEST_HOLDER => {}
        _ => errors.add(user.page.words(), "holder", "field-too-long"),
    }
    if form.held.is_none() {
        errors.add(user.page.words(), "held", "instruments-tick-held");
    }
    if !errors.is_empty() {
        return version_page(user.page, id, holder, errors, &hearth).await;
    }
    hearth.act(user.actor(), move |conn| questionnaires::attest(conn, user.id, id, &holder, now)).await?;
    Ok(web::see_other_with(&hearth, &urls::hr_instrument(id), "flash-instrument-attested")?)
}

#[derive(Template)]
#[template(path = "hr/instruments/preview.html")]
struct PreviewPage {
    page: Page,
    id: VersionId,
    title: String,
    instruction: String,
    about: String,
    shown: Language,
    languages: Vec<Language>,
    questions: Vec<Question>,
}

#[derive(Deserialize)]
pub struct PreviewQuery {
    #[serde(rename = "in")]
    language: Option<Language>,
}

/// The questionnaire as employees see it, without a way to submit it.
pub async fn preview(
    caller: Caller<ContentManager>,
    id: Path<i64>,
    query: Query<PreviewQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let (id, page) = (VersionId(*id), user.page);
    let listed = hearth.db.read(move |conn| questionnaires::show(conn, id)).await?;
    let instrument = listed.version.instrument;
    let wanted = query.language.unwrap_or(page.language());
    let has = |language: &Language| instrument.languages.contains(language);
    let shown = Some(wanted).filter(has).or(instrument.languages.first().copied()).unwrap_or(wanted);
    Ok(web::html(&PreviewPage {
        title: instrument.name.in_language(shown).to_owned(),
        instruction: instrument.instruction.in_language(shown).to_owned(),
        about: instrument.about.in_language(shown).to_owned(),
        questions: questions(&instrument, shown, &BTreeMap::new()),
        languages: instrument.languages,
        page,
        id,
        shown,
    })?)
}

fn licence_code(licence: &Licence) -> &'static str {
    match licence {
        Licence::NotNeeded => "not_needed",
        Licence::Attested(_) => "attested",
        Licence::Missing => "missing",
    }
}
