//! Packs a person's data as a ZIP: everything as one JSON file, each section as CSV,
//! the profile picture, and an explanation in the reader's language. Pure.

use crate::{i18n::Catalog, privacy::my_data::Section, spreadsheet::safe};
use chrono::{DateTime, Datelike as _, Timelike as _, Utc};
use serde_json::{Map, Value};
use std::{
    collections::BTreeSet,
    io::{Cursor, Write as _},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// The content of the ZIP file.
///
/// # Errors
/// Never for values from the database: writing into memory cannot fail.
pub fn pack(
    sections: &[Section],
    picture: Option<&[u8]>,
    words: &Catalog,
    now: DateTime<Utc>,
) -> anyhow::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(made_at(now)).unix_permissions(0o600);
    let mut add = |name: &str, content: &[u8]| -> anyhow::Result<()> {
        archive.start_file(name, options)?;
        Ok(archive.write_all(content)?)
    };
    add("README.txt", read_me(sections, words).as_bytes())?;
    let rows = |section: &Section| Value::Array(section.rows.iter().cloned().map(Value::Object).collect());
    let whole: Map<String, Value> = sections.iter().map(|section| (section.name.to_owned(), rows(section))).collect();
    add("hearth.json", &serde_json::to_vec_pretty(&whole)?)?;
    for section in sections.iter().filter(|section| !section.rows.is_empty()) {
        add(&format!("{}.csv", section.name), &table(section)?)?;
    }
    if let Some(picture) = picture {
        add("picture.jpg", picture)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// ZIP files can only store years from 1980 to 2107.
fn made_at(now: DateTime<Utc>) -> zip::DateTime {
    let year = u16::try_from(now.year()).unwrap_or_default();
    let [month, day, hour, minute, second] =
        [now.month(), now.day(), now.hour(), now.minute(), now.second()].map(|part| part as u8);
    zip::DateTime::from_date_and_time(year, month, day, hour, minute, second).unwrap_or_default()
}

fn read_me(sections: &[Section], words: &Catalog) -> String {
    let mut lines = vec![words.text("my-data-readme").to_owned(), String::new()];
    let full = sections.iter().filter(|section| !section.rows.is_empty());
    lines.extend(full.map(|section| {
        let said = words.text(&format!("my-data-has-{}", section.name.replace('_', "-"))).to_owned();
        format!("{}.csv: {said}", section.name)
    }));
    lines.join("\r\n") + "\r\n"
}

/// A section as CSV, one row per line; nested values are written as JSON.
fn table(section: &Section) -> anyhow::Result<Vec<u8>> {
    let columns: BTreeSet<&String> = section.rows.iter().flat_map(Map::keys).collect();
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(&columns)?;
    let cell = |value: Option<&Value>| match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => safe(text),
        Some(Value::Number(number)) => number.to_string(),
        Some(value) => safe(&value.to_string()),
    };
    for row in &section.rows {
        writer.write_record(columns.iter().map(|column| cell(row.get(*column))))?;
    }
    writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))
}
