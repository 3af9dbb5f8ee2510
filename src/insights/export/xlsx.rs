//! A workbook to read and to pass on: the heat map in colour, the trend, the shares,
//! and how to read them. Every text is written as text, never as a formula.

use crate::{
    assessment::report::scale_name,
    domain::{Level, Profile},
    i18n::Catalog,
    insights::{
        Overview,
        view::{End, Mean, Share, Split, State},
        words,
    },
};
use chrono::Datelike as _;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatPattern, Workbook, Worksheet, XlsxError,
};

/// Text and background colours of the levels, as on the page in light mode.
const COLOURS: [(Level, u32, u32); 3] =
    [(Level::Low, 0x3B_5D40, 0xDF_E8D6), (Level::Medium, 0x74_4C00, 0xF5_E3B9), (Level::High, 0x92_310E, 0xF4_D3BB)];

/// The whole workbook.
///
/// # Errors
/// When the workbook cannot be put together.
pub fn write(overview: &Overview, words: &Catalog) -> anyhow::Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let closed = overview.release.ends_on; // a constant date, so that the same figures give the same file
    let (year, month, day) = (closed.year().unsigned_abs() as u16, closed.month() as u8, closed.day() as u8);
    let created = ExcelDateTime::from_ymd(year, month, day)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    heat(workbook.add_worksheet(), overview, words)?;
    trend(workbook.add_worksheet(), overview, words)?;
    shares(workbook.add_worksheet(), overview, words)?;
    notes(workbook.add_worksheet(), overview, words)?;
    Ok(workbook.save_to_buffer()?)
}

fn title() -> Format {
    Format::new().set_bold().set_font_size(14)
}

fn head() -> Format {
    Format::new().set_bold().set_text_wrap()
}

/// Writes the names of the scales into one row, from this column on.
fn scale_names(
    sheet: &mut Worksheet,
    row: u32,
    from: u16,
    overview: &Overview,
    words: &Catalog,
) -> Result<u16, XlsxError> {
    let mut column = from;
    for scale in &overview.scales {
        let name = scale_name(&overview.version.instrument, *scale, words);
        sheet.write_string_with_format(row, column, name, &head())?;
        sheet.write_string_with_format(row, column + 1, "±", &head())?;
        sheet.set_column_width(column, 16)?.set_column_width(column + 1, 5)?;
        column += 2;
    }
    Ok(column)
}

fn heat(sheet: &mut Worksheet, overview: &Overview, words: &Catalog) -> Result<(), XlsxError> {
    sheet.set_name(words.text("insights-sheet-heat"))?;
    sheet.write_string_with_format(0, 0, words::period(&overview.release, words), &title())?;
    sheet.set_column_width(0, 36)?;
    sheet.write_string_with_format(2, 0, words.text("insights-department"), &head())?;
    let after = scale_names(sheet, 2, 1, overview, words)?;
    sheet.write_string_with_format(2, after, words.text("insights-participation"), &head())?;
    for (row, one) in (3..).zip(&overview.rows) {
        let depth = u8::try_from(one.place.depth - overview.chosen.depth).unwrap_or(0);
        let indented = Format::new().set_indent(depth.min(15));
        sheet.write_string_with_format(row, 0, words::place(&one.place, words), &indented)?;
        means(sheet, row, 1, &one.means, words)?;
        match (one.participation.end.map(End::words), one.participation.percent) {
            (Some((key, limit)), _) => sheet.write_string(row, after, words.with(key, &[("percent", limit.into())]))?,
            (None, Some(percent)) => sheet.write_number(row, after, percent as f64)?,
            (None, None) => sheet.write_string(row, after, words.text("insights-look-suppressed"))?,
        };
    }
    sheet.set_freeze_panes(3, 1)?;
    Ok(())
}

fn means(sheet: &mut Worksheet, row: u32, from: u16, means: &[Mean], words: &Catalog) -> Result<(), XlsxError> {
    let mut column = from;
    for mean in means {
        match mean.percent {
            Some(percent) => sheet.write_number_with_format(row, column, percent as f64, &look(mean))?,
            None => {
                let key = if mean.state == State::Empty { "insights-look-empty" } else { "insights-look-suppressed" };
                let quiet = Format::new().set_font_color(0x65_5748).set_italic();
                sheet.write_string_with_format(row, column, words.text(key), &quiet)?
            }
        };
        if let Some(margin) = mean.margin {
            sheet.write_number(row, column + 1, margin as f64)?;
        }
        column += 2;
    }
    Ok(())
}

/// The format of a cell as on the page: coloured by level, hatched and italic when it
/// is uncertain.
fn look(mean: &Mean) -> Format {
    let colours = COLOURS.iter().find(|(level, ..)| Some(*level) == mean.level);
    let format = Format::new().set_align(FormatAlign::Center);
    let Some((_, ink, wash)) = colours else { return format };
    let format = format.set_font_color(*ink);
    if mean.state == State::Uncertain {
        format.set_italic().set_pattern(FormatPattern::LightUp).set_foreground_color(*wash)
    } else {
        format.set_background_color(*wash)
    }
}

fn trend(sheet: &mut Worksheet, overview: &Overview, words: &Catalog) -> Result<(), XlsxError> {
    sheet.set_name(words.text("insights-sheet-trend"))?;
    sheet.write_string_with_format(0, 0, words::place(&overview.chosen, words), &title())?;
    sheet.set_column_width(0, 30)?;
    sheet.write_string_with_format(2, 0, words.text("insights-period"), &head())?;
    scale_names(sheet, 2, 1, overview, words)?;
    for (row, point) in (3..).zip(overview.trend.iter().rev()) {
        sheet.write_string(row, 0, words::period(&point.release, words))?;
        means(sheet, row, 1, &point.means, words)?;
    }
    Ok(())
}

fn shares(sheet: &mut Worksheet, overview: &Overview, words: &Catalog) -> Result<(), XlsxError> {
    sheet.set_name(words.text("insights-sheet-shares"))?;
    sheet.write_string_with_format(0, 0, words::place(&overview.chosen, words), &title())?;
    sheet.set_column_width(0, 36)?;
    let whole = overview.whole();
    let mut row = 2;
    let instrument = &overview.version.instrument;
    for ((scale, groups), values) in overview.coarse.iter().zip(&whole.values) {
        let names: Vec<String> = groups.iter().map(|one| words::group(instrument, *scale, one, words)).collect();
        row = split(sheet, row, &scale_name(instrument, *scale, words), Some(values), &names, words)?;
    }
    let levels = Level::ALL.map(|level| words.text(&format!("level-{}", level.code())).to_owned());
    let profiles = Profile::ALL.map(|profile| words.text(&format!("profile-{}", profile.code())).to_owned());
    row = split(sheet, row, words.text("insights-levels"), whole.levels.as_ref(), &levels, words)?;
    row = split(sheet, row, words.text("insights-profiles"), whole.profiles.as_ref(), &profiles, words)?;
    if !overview.completed.is_empty() {
        sheet.write_string_with_format(row, 0, words.text("insights-completed"), &head())?;
        for (row, (category, completed)) in (row + 1..).zip(&overview.completed) {
            share(sheet, row, words.text(&format!("category-{}", category.code())), *completed)?;
        }
    }
    Ok(())
}

/// Writes one block of shares; returns the next free row.
fn split(
    sheet: &mut Worksheet,
    from: u32,
    name: &str,
    split: Option<&Split>,
    categories: &[String],
    words: &Catalog,
) -> Result<u32, XlsxError> {
    let Some(split) = split else { return Ok(from) };
    sheet.write_string_with_format(from, 0, name, &head())?;
    let Some(shares) = &split.shares else {
        let key = if split.empty { "insights-look-empty" } else { "insights-look-suppressed" };
        sheet.write_string(from + 1, 0, words.text(key))?;
        return Ok(from + 3);
    };
    let mut row = from + 1;
    for (category, one) in categories.iter().zip(shares) {
        share(sheet, row, category, *one)?;
        row += 1;
    }
    Ok(row + 1)
}

fn share(sheet: &mut Worksheet, row: u32, name: &str, share: Share) -> Result<(), XlsxError> {
    sheet.write_string(row, 0, name)?;
    if let Some(percent) = share.percent {
        sheet.write_number(row, 1, percent as f64)?;
        sheet.write_string(row, 2, format!("{}–{}", share.low, share.high))?;
    }
    Ok(())
}

fn notes(sheet: &mut Worksheet, overview: &Overview, words: &Catalog) -> Result<(), XlsxError> {
    sheet.set_name(words.text("insights-sheet-notes"))?;
    sheet.set_column_width(0, 110)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.write_string_with_format(0, 0, words.text("insights-how-title"), &title())?;
    let lines = words::sentences(overview, words).into_iter().chain(words::how_to_read(overview, words));
    for (row, line) in (2..).zip(lines) {
        sheet.write_string_with_format(row, 0, line, &wrapped)?;
    }
    Ok(())
}
