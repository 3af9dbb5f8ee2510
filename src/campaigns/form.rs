//! The form of a draft campaign: parsing it into a [`Draft`], and showing it again.

use crate::{
    accounts::registration::pages::check_text,
    campaigns::{Campaign, Choices, Draft, Invited},
    departments::Department,
    domain::{DepartmentId, Rhythm},
    instruments::{Version, VersionId},
    web::{
        Page,
        form::{FormErrors, line},
    },
};
use chrono::{Days, NaiveDate};

/// Default length: days after the first, so two weeks in all.
const USUAL_LENGTH: Days = Days::new(13);

/// A draft as typed.
#[derive(Clone, Debug, Default)]
pub struct DraftForm {
    pub name: String,
    pub starts_on: String,
    pub ends_on: String,
    /// `{version id}:{cut-off set id}`; the set is empty for a version without any.
    pub questionnaire: String,
    pub only_departments: bool,
    pub departments: Vec<i64>,
}

impl DraftForm {
    /// The form of a new campaign, with defaults.
    pub fn fresh(today: NaiveDate, choices: &Choices, default: VersionId) -> Self {
        let chosen = choices.questionnaires.iter().find(|choice| choice.id == default);
        let set = chosen.and_then(|choice| choice.instrument.cut_off_sets.first()).map(|set| set.id.as_str());
        Self {
            starts_on: today.to_string(),
            ends_on: today.checked_add_days(USUAL_LENGTH).unwrap_or(today).to_string(),
            questionnaire: written(default, set),
            ..Self::default()
        }
    }

    /// The form of a stored draft.
    pub fn of(campaign: &Campaign) -> Self {
        let departments = match &campaign.invited {
            Invited::Everyone => Vec::new(),
            Invited::Departments(chosen) => chosen.iter().map(|place| place.0).collect(),
        };
        let version = campaign.version.unwrap_or(VersionId(0));
        Self {
            name: campaign.name.clone(),
            starts_on: campaign.starts_on.to_string(),
            ends_on: campaign.ends_on.to_string(),
            questionnaire: written(version, campaign.cut_off_set.as_deref()),
            only_departments: campaign.invited != Invited::Everyone,
            departments,
        }
    }

    /// Reads the fields that a browser sends.
    pub fn from_fields(fields: &[(String, String)]) -> Self {
        let field = |name: &str| {
            let found = fields.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| line(value)).unwrap_or_default()
        };
        let departments = fields.iter().filter(|(name, _)| name == "department");
        Self {
            name: field("name"),
            starts_on: field("starts_on"),
            ends_on: field("ends_on"),
            questionnaire: field("questionnaire"),
            only_departments: field("invited") == "departments",
            departments: departments.filter_map(|(_, id)| id.parse().ok()).collect(),
        }
    }

    /// Validates the form.
    ///
    /// # Errors
    /// Messages by field.
    pub fn parse(&self, choices: &Choices, rhythm: Rhythm, page: &Page) -> Result<Draft, FormErrors> {
        let (mut errors, words) = (FormErrors::default(), page.words());
        check_text(&self.name, "name", true, page, &mut errors);
        let [starts_on, ends_on] = [("starts_on", &self.starts_on), ("ends_on", &self.ends_on)].map(|(field, text)| {
            let day = day(text);
            if day.is_none() {
                errors.add(words, field, "campaign-day-malformed");
            }
            day
        });
        if starts_on.zip(ends_on).is_some_and(|(first, last)| last < first) {
            errors.add(words, "ends_on", "campaign-ends-before");
        }
        if starts_on.zip(ends_on).is_some_and(|(first, last)| !rhythm.allows(first, last)) {
            errors.add_text("ends_on", page.t1("campaign-too-long", "days", rhythm.longest()));
        }
        let questionnaire = self.chosen(choices);
        if questionnaire.is_none() {
            errors.add(words, "questionnaire", "campaign-choose-questionnaire");
        }
        let known = choices.departments.iter().map(|department| department.id);
        let places: Vec<DepartmentId> = known.filter(|id| self.departments.contains(&id.0)).collect();
        if self.only_departments && places.is_empty() {
            errors.add(words, "invited", "campaign-choose-departments");
        }
        let invited = if self.only_departments { Invited::Departments(places) } else { Invited::Everyone };
        match (starts_on, ends_on, questionnaire) {
            (Some(starts_on), Some(ends_on), Some((version, cut_off_set))) if errors.is_empty() => {
                Ok(Draft { name: self.name.clone(), starts_on, ends_on, version, cut_off_set, invited })
            }
            _ => Err(errors),
        }
    }

    /// The chosen version and cut-off set; no set only for a version that has none.
    fn chosen(&self, choices: &Choices) -> Option<(VersionId, Option<String>)> {
        let (version, set) = self.questionnaire.split_once(':')?;
        let version = VersionId(version.parse().ok()?);
        let sets = &choices.questionnaires.iter().find(|choice| choice.id == version)?.instrument.cut_off_sets;
        match sets.iter().find(|known| known.id == set) {
            Some(found) => Some((version, Some(found.id.clone()))),
            None => (sets.is_empty() && set.is_empty()).then_some((version, None)),
        }
    }
}

/// A day as `<input type="date">` sends it, in the years 2000 to 2999.
fn day(text: &str) -> Option<NaiveDate> {
    let days = NaiveDate::from_ymd_opt(2000, 1, 1)?..=NaiveDate::from_ymd_opt(2999, 12, 31)?;
    text.parse().ok().filter(|day| days.contains(day))
}

/// A version and a cut-off set as the value of one form field.
fn written(version: VersionId, set: Option<&str>) -> String {
    format!("{version}:{}", set.unwrap_or_default())
}

/// The form for display: values, choices and errors.
pub struct DraftView {
    pub typed: DraftForm,
    pub questionnaires: Vec<QuestionnaireOptions>,
    pub places: Vec<PlaceOption>,
    pub errors: FormErrors,
}

/// A questionnaire version with its cut-off sets to choose from.
pub struct QuestionnaireOptions {
    pub title: String,
    pub options: Vec<SetOption>,
}

pub struct SetOption {
    pub written: String,
    /// `None` for a version without cut-offs.
    pub set: Option<String>,
    pub chosen: bool,
}

pub struct PlaceOption {
    pub id: i64,
    pub path: String,
    pub chosen: bool,
}

impl DraftView {
    /// Adds the choices to the form's values.
    pub fn new(typed: DraftForm, choices: &Choices, errors: FormErrors, page: &Page) -> Self {
        let questionnaire = |choice: &Version| {
            let instrument = &choice.instrument;
            let sets = instrument.cut_off_sets.iter().map(|set| Some(set.id.clone()));
            let sets: Vec<_> = if instrument.cut_off_sets.is_empty() { vec![None] } else { sets.collect() };
            let option = |set: Option<String>| {
                let written = written(choice.id, set.as_deref());
                SetOption { chosen: written == typed.questionnaire, written, set }
            };
            QuestionnaireOptions {
                title: instrument.title(page.language()),
                options: sets.into_iter().map(option).collect(),
            }
        };
        let place = |department: &Department| PlaceOption {
            id: department.id.0,
            path: department.path.clone(),
            chosen: typed.departments.contains(&department.id.0),
        };
        Self {
            questionnaires: choices.questionnaires.iter().map(questionnaire).collect(),
            places: choices.departments.iter().map(place).collect(),
            typed,
            errors,
        }
    }
}
