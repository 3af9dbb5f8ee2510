//! The optional details on `/profile`.

use crate::{
    accounts::profile::{
        self, Contacts, Details, Gender, Profession,
        details::{InterestsProblem, LONGEST_CONTACT, LONGEST_INTEREST, MOST_INTERESTS, interests},
        pages::{Typed, refuse, render},
    },
    auth::{Caller, SignedIn},
    error::PageError,
    urls,
    web::{
        self, Button, Form, Hearth, Page,
        form::{FormErrors, line},
    },
};
use actix_web::{HttpResponse, http::StatusCode, web::Data};
use serde::Deserialize;

/// As typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct DetailsForm {
    pub gender: String,
    pub profession: String,
    pub interests: String,
    pub phone: String,
    pub messenger: String,
    pub website: String,
    pub emergency_name: String,
    pub emergency_phone: String,
}

impl DetailsForm {
    /// Fills the form with what is stored.
    pub fn of(details: Details) -> Self {
        let Contacts { phone, messenger, website, emergency_name, emergency_phone } = details.contacts;
        Self {
            gender: details.gender.code().to_owned(),
            profession: details.profession.code().to_owned(),
            interests: details.interests.join(", "),
            phone: phone.unwrap_or_default(),
            messenger: messenger.unwrap_or_default(),
            website: website.unwrap_or_default(),
            emergency_name: emergency_name.unwrap_or_default(),
            emergency_phone: emergency_phone.unwrap_or_default(),
        }
    }

    /// Fields with one choice: name, key of the label, and the codes of the choices
    /// with whether they are selected.
    pub fn selects(&self) -> [(&'static str, &'static str, Vec<(&'static str, bool)>); 2] {
        let genders = Gender::ALL.map(|one| (one.code(), one.code() == self.gender)).into();
        let professions = Profession::ALL.map(|one| (one.code(), one.code() == self.profession)).into();
        [("gender", "profile-gender", genders), ("profession", "profile-profession", professions)]
    }

    /// The contacts: name, key of the label, type of the input, value.
    pub fn contacts(&self) -> [(&'static str, &'static str, &'static str, &str); 5] {
        [
            ("phone", "profile-phone", "tel", &self.phone),
            ("messenger", "profile-messenger", "text", &self.messenger),
            ("website", "profile-website", "text", &self.website),
            ("emergency_name", "profile-emergency-name", "text", &self.emergency_name),
            ("emergency_phone", "profile-emergency-phone", "tel", &self.emergency_phone),
        ]
    }

    fn parse(&self, page: &Page) -> Result<Details, FormErrors> {
        let mut errors = FormErrors::default();
        let gender = Gender::ALL.into_iter().find(|one| one.code() == self.gender);
        let profession = Profession::ALL.into_iter().find(|one| one.code() == self.profession);
        for (field, missing) in [("gender", gender.is_none()), ("profession", profession.is_none())] {
            if missing {
                errors.add(page.words(), field, "profile-choose");
            }
        }
        let interests = interests(&self.interests).unwrap_or_else(|problem| {
            let (key, count) = match problem {
                InterestsProblem::TooMany => ("profile-interests-too-many", MOST_INTERESTS),
                InterestsProblem::TooLong => ("profile-interest-too-long", LONGEST_INTEREST),
            };
            errors.add_text("interests", page.t1(key, "count", count));
            Vec::new()
        });
        let [phone, messenger, website, emergency_name, emergency_phone] = self.contacts().map(|(name, _, _, text)| {
            let text = line(text);
            if text.chars().count() > LONGEST_CONTACT {
                errors.add_text(name, page.t1("profile-contact-too-long", "count", LONGEST_CONTACT));
            }
            Some(text).filter(|text| !text.is_empty())
        });
        let contacts = Contacts { phone, messenger, website, emergency_name, emergency_phone };
        match (gender, profession) {
            (Some(gender), Some(profession)) if errors.is_empty() => {
                Ok(Details { gender, profession, interests, contacts })
            }
            _ => Err(errors),
        }
    }
}

/// Stores the details.
pub async fn change(
    caller: Caller<SignedIn>,
    form: Form<DetailsForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form, switched) = caller.form_or_switch(form).await?;
    if switched {
        return render(user, Typed { details: Some(form), ..Typed::default() }, StatusCode::OK, &hearth).await;
    }
    match form.parse(&user.page) {
        Ok(details) => {
            hearth.act(user.actor(), move |conn| profile::set_details(conn, user.id, &details)).await?;
            Ok(web::see_other_with(&hearth, urls::PROFILE, "flash-saved")?)
        }
        Err(errors) => {
            let typed = Typed { details: Some(form), errors, ..Typed::default() };
            refuse(user, typed, &hearth).await
        }
    }
}

/// Deletes the details and the picture.
pub async fn clear(
    caller: Caller<SignedIn>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    hearth.act(user.actor(), move |conn| profile::clear_details(conn, user.id)).await?;
    Ok(web::see_other_with(&hearth, urls::PROFILE, "flash-profile-cleared")?)
}
