//! Runs a previewed upload in the background, after the request was answered.

use crate::{
    auth::{Caller, EmployeeManager},
    domain::UserId,
    employee_import::{self, Counts, Desk, ImportError, ImportId, Reading, Started},
    employees::{Invitations, pages::invitations},
    error::{AppError, PageError},
    urls,
    web::{self, Button, Form, Hearth},
};
use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// How often a running import writes its heartbeat.
const BEAT: Duration = Duration::from_secs(1);

/// Starts the import, unless it is running or finished already.
pub async fn confirm(
    caller: Caller<EmployeeManager>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
    desk: Data<Desk>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let (actor, id, now) = (user.id, ImportId(*id), hearth.now());
    if hearth.act(user.actor(), move |conn| employee_import::start(conn, actor, id, now)).await? {
        actix_web::rt::spawn(watch(hearth.clone(), desk, actor, id, invitations(&hearth, &user)));
    }
    Ok(web::see_other(&urls::hr_employees_upload(id)))
}

/// Runs the import and logs how it ended.
async fn watch(hearth: Data<Hearth>, desk: Data<Desk>, actor: UserId, id: ImportId, invitations: Invitations) {
    let ended = run(&hearth, &desk, actor, id, invitations).await;
    match &ended {
        Ok(counts) => {
            hearth.postbox.ring();
            tracing::info!(import = id.0, created = counts.created, changed = counts.changed, "employees imported");
            return;
        }
        Err(ImportError::App(error)) => tracing::error!(import = id.0, "employees were not imported: {error:#}"),
        Err(error) => tracing::info!(import = id.0, "employees were not imported: {error}"),
    }
    if let Err(error) = look_again(&hearth, &desk, actor, id).await {
        tracing::warn!(import = id.0, "how the file looks now was not written: {error}");
    }
}

async fn run(
    hearth: &Data<Hearth>,
    desk: &Desk,
    actor: UserId,
    id: ImportId,
    invitations: Invitations,
) -> Result<Counts, ImportError> {
    let reading = match read(hearth, desk, actor, id).await {
        Ok(reading) => reading,
        Err(error) => {
            hearth.db.run(move |conn| employee_import::fail(conn, id)).await?;
            return Err(error);
        }
    };
    let (now, today) = (hearth.now(), hearth.day(hearth.now()));
    let (done, steps) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (done_there, steps_there) = (done.clone(), steps.clone());
    let work = move |conn: &mut _| {
        let mut progress = |done: usize, steps: usize| {
            done_there.store(done, Ordering::Relaxed);
            steps_there.store(steps, Ordering::Relaxed);
        };
        employee_import::run(conn, actor, Started { id, reading }, &invitations, now, today, &mut progress)
    };
    let mut running = std::pin::pin!(hearth.db.run(work));
    let mut every = actix_web::rt::time::interval(BEAT);
    loop {
        tokio::select! {
            ended = &mut running => return ended,
            _ = every.tick() => {
                let (done, steps, now) = (done.load(Ordering::Relaxed), steps.load(Ordering::Relaxed), hearth.now());
                if let Err(error) = hearth.db.run(move |conn| employee_import::beat(conn, id, done, steps, now)).await {
                    tracing::warn!(import = id.0, "how far it is was not written: {error}");
                }
            }
        }
    }
}

/// Parses the stored file again, with the choices made for it.
async fn read(hearth: &Data<Hearth>, desk: &Desk, actor: UserId, id: ImportId) -> Result<Reading, ImportError> {
    let _place = desk.admit().await?;
    let (content, choices) = hearth.db.read(move |conn| employee_import::content(conn, actor, id)).await?;
    Ok(desk.read(content, choices).await??)
}

/// Stores a new preview after a failed run, so that the page shows the problems as they
/// are now.
async fn look_again(hearth: &Data<Hearth>, desk: &Desk, actor: UserId, id: ImportId) -> Result<(), ImportError> {
    let _place = desk.admit().await?;
    let (content, choices) = hearth.db.read(move |conn| employee_import::content(conn, actor, id)).await?;
    let reading = desk.read(content, choices.clone()).await??;
    let look = desk.look(&hearth.db, reading).await?;
    let keep =
        move |conn: &mut _| -> Result<(), AppError> { employee_import::look_again(conn, actor, id, &choices, &look) };
    Ok(hearth.db.run(keep).await?)
}
