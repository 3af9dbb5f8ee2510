//! `hearth employees import`.

use crate::{
    clock::Clock,
    config::Config,
    db::migrations,
    employee_import::{self, Choices, ImportError, file::Format},
    employees::Invitations,
    i18n::Language,
};
use anyhow::{Context as _, anyhow, bail, ensure};
use diesel::PgConnection;

/// One line on how a file was read: encoding, separator, sheet, columns.
fn read_as(format: &Format) -> String {
    let mut said: Vec<String> = Vec::new();
    said.extend(format.encoding.iter().map(|encoding| format!("encoding {encoding}")));
    said.extend(format.separator.iter().map(|separator| format!("separator {separator:?}")));
    said.extend(format.sheet.iter().map(|sheet| format!("sheet {sheet:?}")));
    said.extend(format.other_sheets.iter().map(|sheet| format!("sheet {sheet:?} not read")));
    said.push(format!("columns named on line {}", format.heading));
    let columns = format.columns.iter().map(|found| match found.column {
        Some(column) if column.code() == found.name => found.name.clone(),
        Some(column) => format!("{} ({})", found.name, column.code()),
        None => format!("{} (not used)", found.name),
    });
    format!("with {}: {}", said.join(", "), columns.collect::<Vec<_>>().join(", "))
}

/// Imports a file, all or nothing, and prints how it was read.
pub fn import(conn: &mut PgConnection, config: &Config, file: &std::path::Path, invite: bool) -> anyhow::Result<()> {
    let content = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    ensure!(content.len() <= employee_import::LARGEST, "{}: larger than 5 MB; import it in parts", file.display());
    let words = Language::En.catalog();
    let reading = employee_import::file::read(&content, &Choices::default())
        .map_err(|problem| anyhow!("{}: {}", file.display(), words.text(problem.key())))?;
    println!("read {}", read_as(&reading.format));
    if let Some(unclear) = reading.unclear {
        let names: Vec<&str> = reading.format.columns.iter().map(|found| found.name.as_str()).collect();
        bail!("{}: {} Columns found: {}", file.display(), words.text(unclear.key()), names.join(", "));
    }
    migrations::run(conn)?;
    super::store_shipped(conn)?;
    let bar = indicatif::ProgressBar::new(0);
    bar.set_style(indicatif::ProgressStyle::with_template("{bar:40} {percent}%, {elapsed} of about {duration}")?);
    let mut progress = |done: usize, steps: usize| {
        bar.set_length(steps as u64);
        bar.set_position(done as u64);
    };
    let invitations = Invitations { actor: None, public_url: config.public_url.clone(), language: config.language };
    let (now, inviting) = (Clock::System.now(), invite.then_some(&invitations));
    let today = now.with_timezone(&config.timezone).date_naive();
    let done = employee_import::import(conn, None, reading, inviting, now, today, &mut progress);
    bar.finish_and_clear();
    match done {
        Ok((done, warnings)) => {
            for warning in &warnings {
                let said = words.text(&format!("import-doubt-{}", warning.doubt.code())).to_owned();
                println!("note: line {}: {}: {said}", warning.line, warning.text);
            }
            println!(
                "{} new, {} changed, {} unchanged, {} waiting for their address to be verified; {} departments made, {} people invited",
                done.created, done.changed, done.unchanged, done.waiting, done.departments, done.invited
            );
            Ok(())
        }
        Err(ImportError::Rows(problems)) => {
            for problem in &problems {
                println!("line {}: {}", problem.line, words.text(&format!("import-wrong-{}", problem.wrong.code())));
            }
            bail!("{}: nothing was imported; problems: {}", file.display(), problems.len())
        }
        Err(ImportError::File(problem)) => bail!("{}: {}", file.display(), words.text(problem.key())),
        Err(ImportError::App(error)) => Err(error.into()),
    }
}
