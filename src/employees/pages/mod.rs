//! `/hr/employees`: the list, one person, adding one.

mod list;
mod new;
mod person;

pub use list::{index, search};
pub use new::{create, show_new};
pub use person::{confirm, invite, show, transfer};

use crate::{
    accounts::registration::pages::check_text,
    auth::CurrentUser,
    departments::Department,
    domain::{DepartmentId, Email},
    employees::{EmployeeError, Invitations, Place},
    error::AppError,
    web::{
        Hearth, Page,
        form::{FormErrors, line},
    },
};
use serde::Deserialize;

/// Position, department and manager as a form sends them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PlaceForm {
    position: String,
    department: String,
    manager_email: String,
}

impl PlaceForm {
    fn parse(&self, all: &[Department], page: &Page, errors: &mut FormErrors) -> Place {
        check_text(&self.position, "position", false, page, errors);
        let manager = Email::parse(&self.manager_email);
        if manager.is_none() && !self.manager_email.trim().is_empty() {
            errors.add(page.words(), "manager_email", Email::why_not(&self.manager_email));
        }
        Place { position: line(&self.position), department: department(&self.department, all, page, errors), manager }
    }
}

/// The chosen department; `None` for the empty choice. A department that no longer
/// exists is an error of the field.
fn department(chosen: &str, all: &[Department], page: &Page, errors: &mut FormErrors) -> Option<DepartmentId> {
    let found = all.iter().find(|department| department.id.to_string() == chosen).map(|department| department.id);
    if found.is_none() && !chosen.is_empty() {
        errors.add(page.words(), "department", "employees-department-gone");
    }
    found
}

/// Adds the message for a refusal to its field; other errors are passed on.
fn explain(error: EmployeeError, page: &Page, errors: &mut FormErrors) -> Result<(), AppError> {
    let (field, key) = match error {
        EmployeeError::AddressUnverified => ("department", "employees-address-unverified-error"),
        EmployeeError::EmailTaken => ("email", "employees-email-taken"),
        EmployeeError::ManagerUnknown => ("manager_email", "employees-manager-unknown"),
        EmployeeError::ManagerCycle => ("manager_email", "employees-manager-cycle"),
        EmployeeError::App(error) => return Err(error),
    };
    errors.add(page.words(), field, key);
    Ok(())
}

/// The settings of invitations for whoever is signed in.
pub fn invitations(hearth: &Hearth, hr: &CurrentUser) -> Invitations {
    let public_url = hearth.config.public_url.clone();
    Invitations { actor: Some(hr.id), public_url, language: hr.page.language() }
}
