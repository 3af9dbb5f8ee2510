//! The form of an action, as it is typed and as it is valid.

use crate::{
    actions::{Action, Plan},
    instruments::instrument::Instrument,
    web::{
        Page,
        form::{FormErrors, line, paragraphs},
    },
};
use chrono::NaiveDate;
use serde::Deserialize;

const LONGEST_WHAT: usize = 500;
const LONGEST_WHO: usize = 200;

/// An action as a browser sends it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ActionForm {
    pub dimension: String,
    pub what: String,
    pub who: String,
    pub until: String,
}

impl From<&Action> for ActionForm {
    fn from(action: &Action) -> Self {
        Self {
            dimension: action.dimension.clone(),
            what: action.what.clone(),
            who: action.who.clone(),
            until: action.until_on.to_string(),
        }
    }
}

impl ActionForm {
    /// The plan, if everything fits; else what does not is put next to its field.
    pub fn parse(&self, instrument: &Instrument, page: &Page, errors: &mut FormErrors) -> Option<Plan> {
        let (what, who) = (paragraphs(&self.what), line(&self.who));
        if !instrument.subscales.iter().any(|subscale| subscale.id == self.dimension) {
            errors.add(page.words(), "dimension", "action-choose-dimension");
        }
        for (field, text, longest) in [("what", &what, LONGEST_WHAT), ("who", &who, LONGEST_WHO)] {
            match text.chars().count() {
                0 => errors.add(page.words(), field, "field-required"),
                length if length > longest => errors.add_text(field, page.t1("action-too-long", "longest", longest)),
                _ => {}
            }
        }
        let until_on = day(&self.until);
        if until_on.is_none() {
            errors.add(page.words(), "until", "action-day-malformed");
        }
        let plan = Plan { dimension: self.dimension.clone(), what, who, until_on: until_on? };
        errors.is_empty().then_some(plan)
    }
}

/// A day as `<input type="date">` sends it, in years that a calendar has.
fn day(text: &str) -> Option<NaiveDate> {
    let days = NaiveDate::from_ymd_opt(2000, 1, 1)?..=NaiveDate::from_ymd_opt(2999, 12, 31)?;
    text.parse().ok().filter(|day| days.contains(day))
}
