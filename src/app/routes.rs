//! The URL table: every address with its methods and handlers. Templates and
//! redirects repeat addresses as text.

use crate::{
    access_codes,
    accounts::{self, profile, reauthentication, recovery, registration, sign_in, verification},
    actions, admin,
    app::{api_docs, site},
    assessment, assistant, campaigns, dashboard, departments, employee_import, employees, history, insights,
    library::{self, editor},
    privacy::{self, my_data},
    questionnaires, recommendations,
    support::{self, inbox},
    web::received::FormLimit,
};
use actix_web::{
    HttpResponse, Resource,
    dev::HttpServiceFactory,
    http::header::ALLOW,
    middleware::from_fn,
    web::{ServiceConfig, get, post, resource, to},
};

/// Every page and form. Ids in addresses have at most 18 digits, so that each one
/// that matches fits an `i64`.
pub fn pages(app: &mut ServiceConfig) {
    app.route("/", get().to(site::landing))
        .route("/promise", get().to(site::promise))
        .route("/help", get().to(site::help))
        .route("/.well-known/security.txt", get().to(site::security_txt))
        .route("/health", get().to(site::health))
        .route("/ready", get().to(site::ready))
        .route("/language", post().to(profile::pages::set_language))
        // access
        .service(resource("/login").get(sign_in::pages::show).post(sign_in::pages::create))
        .service(resource("/code").get(access_codes::pages::show).post(access_codes::pages::create))
        .service(resource("/logout").post(sign_in::pages::sign_out))
        .service(resource("/register").get(registration::pages::show).post(registration::pages::create))
        .service(resource("/password/forgot").get(recovery::pages::show).post(recovery::pages::create))
        .service(resource("/password/reset/{token}").get(recovery::pages::show_reset).post(recovery::pages::reset))
        // my account
        .service(resource("/profile").get(profile::pages::show).post(profile::pages::rename))
        .route("/profile/password", post().to(profile::pages::change_password))
        .route("/profile/email", post().to(profile::pages::request_email_change))
        .service(
            resource("/profile/email/{token}")
                .get(profile::pages::show_confirm_email)
                .post(profile::pages::confirm_email),
        )
        .service(resource("/profile/avatar").get(profile::avatar_pages::show).post(profile::avatar_pages::create))
        .route("/profile/avatar/delete", post().to(profile::avatar_pages::delete))
        .route("/profile/details", post().to(profile::details_pages::change))
        .route("/profile/details/clear", post().to(profile::details_pages::clear))
        .route("/profile/address", post().to(verification::pages::create))
        .service(resource("/profile/address/{token}").get(verification::pages::show).post(verification::pages::verify))
        .route("/privacy", get().to(privacy::pages::show))
        .service(proven(resource("/privacy/devices/sign-out").post(privacy::pages::end_other_devices)))
        .service(proven(resource("/privacy/devices/{id:[0-9]{1,18}}/sign-out").post(privacy::pages::end_device)))
        .service(proven(resource("/privacy/export.zip").get(my_data::pages::export).post(my_data::pages::export)))
        .service(resource("/privacy/erase").get(my_data::pages::ask).post(my_data::pages::request))
        .route("/privacy/erase/cancel", post().to(my_data::pages::cancel))
        .route("/privacy/consents/withdraw", post().to(privacy::pages::withdraw_consent))
        // my check-ups
        .route("/dashboard", get().to(dashboard::pages::show))
        .route("/pulse", post().to(dashboard::pages::save_pulse))
        .route("/assessments/new", get().to(assessment::pages::new))
        .route("/assessments/consent", post().to(assessment::consent_pages::consent))
        .route("/assessments/draft", post().to(assessment::pages::save_draft))
        .route("/assessments", post().to(assessment::pages::create))
        .route("/assessments/{id:[0-9]{1,18}}", get().to(assessment::result_pages::show))
        .route("/history", get().to(history::pages::index))
        .route("/history.csv", get().to(history::pages::csv))
        .route("/recommendations", get().to(recommendations::pages::index))
        .route("/recommendations/{id:[0-9]{1,18}}/complete", post().to(recommendations::pages::complete))
        .route("/recommendations/{id:[0-9]{1,18}}/incomplete", post().to(recommendations::pages::reopen))
        // the library
        .service(resource("/library").get(library::pages::index).post(library::pages::search))
        .route("/library/{id:[0-9]{1,18}}", get().to(library::pages::show))
        // my conversations
        .service(resource("/chats").get(assistant::pages::index).post(assistant::pages::create))
        .route("/chats/search", post().to(assistant::pages::search))
        .route("/chats/agreement", post().to(assistant::pages::agree))
        .service(resource("/chats/{id:[0-9]{1,18}}").get(assistant::pages::show).post(assistant::pages::change))
        .route("/chats/{id:[0-9]{1,18}}/delete", post().to(assistant::pages::delete))
        .route("/chats/{id:[0-9]{1,18}}/messages", post().to(assistant::pages::writing::send))
        .service(
            resource("/chats/{id:[0-9]{1,18}}/messages/{message:[0-9]{1,18}}/answer")
                .post(assistant::pages::writing::answer_again),
        )
        // administration
        .service(resource("/admin/users").get(admin::users::pages::index).post(admin::users::pages::search))
        .service(proven(resource("/admin/users/sign-out").post(admin::users::pages::sign_everyone_out)))
        .route("/admin/users/{id:[0-9]{1,18}}", get().to(admin::users::pages::show))
        .service(proven(resource("/admin/users/{id:[0-9]{1,18}}/sign-out").post(admin::users::pages::sign_out)))
        .service(proven(
            resource("/admin/users/{id:[0-9]{1,18}}/roles/{role:[0-9]{1,18}}/give").post(admin::users::pages::give),
        ))
        .service(proven(
            resource("/admin/users/{id:[0-9]{1,18}}/roles/{role:[0-9]{1,18}}/take").post(admin::users::pages::take),
        ))
        .service(proven(resource("/admin/roles").get(admin::roles::pages::index).post(admin::roles::pages::create)))
        .service(proven(
            resource("/admin/roles/{id:[0-9]{1,18}}").get(admin::roles::pages::show).post(admin::roles::pages::change),
        ))
        .service(proven(resource("/admin/roles/{id:[0-9]{1,18}}/delete").post(admin::roles::pages::delete)))
        .route("/admin/audit", get().to(admin::audit::pages::index))
        // the organisation
        .route("/hr", get().to(insights::pages::show))
        .route("/hr/export.csv", get().to(insights::pages::csv))
        .route("/hr/export.xlsx", get().to(insights::pages::xlsx))
        .service(resource("/hr/campaigns").get(campaigns::pages::index).post(campaigns::pages::create))
        .route("/hr/campaigns/new", get().to(campaigns::pages::new))
        .service(resource("/hr/campaigns/{id:[0-9]{1,18}}").get(campaigns::pages::show).post(campaigns::pages::change))
        .route("/hr/campaigns/{id:[0-9]{1,18}}/delete", post().to(campaigns::pages::delete))
        .route("/hr/campaigns/{id:[0-9]{1,18}}/open", post().to(campaigns::pages::open))
        .route("/hr/campaigns/{id:[0-9]{1,18}}/remind", post().to(campaigns::pages::remind))
        .route("/hr/campaigns/{id:[0-9]{1,18}}/people", post().to(campaigns::pages::codes::add_person))
        .route("/hr/campaigns/{id:[0-9]{1,18}}/codes", post().to(campaigns::pages::codes::print))
        .service(proven(
            resource("/hr/campaigns/{id:[0-9]{1,18}}/close")
                .get(campaigns::pages::close::confirm)
                .post(campaigns::pages::close::close),
        ))
        // the organisation
        .service(resource("/hr/departments").get(departments::pages::index).post(departments::pages::create))
        .service(
            resource("/hr/departments/{id:[0-9]{1,18}}").get(actions::pages::show).post(departments::pages::change),
        )
        .route("/hr/departments/{id:[0-9]{1,18}}/edit", get().to(departments::pages::edit))
        .route("/hr/departments/{id:[0-9]{1,18}}/delete", post().to(departments::pages::delete))
        .route("/hr/departments/{id:[0-9]{1,18}}/actions", post().to(actions::pages::create))
        .route("/hr/actions/{id:[0-9]{1,18}}", post().to(actions::pages::update))
        .route("/hr/actions/{id:[0-9]{1,18}}/edit", get().to(actions::pages::edit))
        .route("/hr/actions/{id:[0-9]{1,18}}/done", post().to(actions::pages::done))
        .route("/hr/actions/{id:[0-9]{1,18}}/reopen", post().to(actions::pages::reopen))
        .route("/hr/actions/{id:[0-9]{1,18}}/delete", post().to(actions::pages::delete))
        // asking HR for support, and their inbox
        .service(resource("/support").get(support::pages::new).post(support::pages::create))
        .route("/support/{id:[0-9]{1,18}}/withdraw", post().to(support::pages::withdraw))
        // the questionnaires
        .service(resource("/hr/instruments").get(questionnaires::pages::index).post(questionnaires::pages::import))
        .route("/hr/instruments/{id:[0-9]{1,18}}", get().to(questionnaires::pages::show))
        .route("/hr/instruments/{id:[0-9]{1,18}}/preview", get().to(questionnaires::pages::preview))
        .route("/hr/instruments/{id:[0-9]{1,18}}/attest", post().to(questionnaires::pages::attest))
        .service(
            resource("/hr/library")
                .app_data(FormLimit(editor::pages::FORM_LIMIT))
                .get(editor::pages::index)
                .post(editor::pages::create),
        )
        .route("/hr/library/new", get().to(editor::pages::new))
        .service(
            resource("/hr/library/{id:[0-9]{1,18}}")
                .app_data(FormLimit(editor::pages::FORM_LIMIT))
                .get(editor::pages::edit)
                .post(editor::pages::change),
        )
        .route("/hr/library/{id:[0-9]{1,18}}/delete", post().to(editor::pages::delete))
        .route("/hr/support", get().to(inbox::pages::index))
        .route("/hr/support/{id:[0-9]{1,18}}", get().to(inbox::pages::show))
        .route("/hr/support/{id:[0-9]{1,18}}/answer", post().to(inbox::pages::answer))
        .route("/hr/support/{id:[0-9]{1,18}}/close", post().to(inbox::pages::close))
        // HR: employees
        .service(resource("/hr/employees").get(employees::pages::index).post(employees::pages::search))
        .service(resource("/hr/employees/new").get(employees::pages::show_new).post(employees::pages::create))
        .service(resource("/hr/employees/import").get(employee_import::pages::new).post(employee_import::pages::create))
        .route("/hr/employees/import/template.csv", get().to(employee_import::pages::template_csv))
        .route("/hr/employees/import/template.xlsx", get().to(employee_import::pages::template_xlsx))
        .route("/hr/employees/import/{id:[0-9]{1,18}}/columns", post().to(employee_import::pages::choose))
        .service(
            resource("/hr/employees/import/{id:[0-9]{1,18}}")
                .get(employee_import::pages::show)
                .post(employee_import::pages::confirm),
        )
        .route("/hr/employees/archived", get().to(employees::archive::pages::index))
        .route("/hr/employees/archived/{id:[0-9]{1,18}}/restore", post().to(employees::archive::pages::restore))
        .service(
            resource("/hr/employees/{id:[0-9]{1,18}}/archive")
                .get(employees::archive::pages::ask)
                .post(employees::archive::pages::archive),
        )
        .route("/hr/employees/{id:[0-9]{1,18}}", get().to(employees::pages::show))
        .route("/hr/employees/{id:[0-9]{1,18}}/confirm", post().to(employees::pages::confirm))
        .route("/hr/employees/{id:[0-9]{1,18}}/transfer", post().to(employees::pages::transfer))
        .route("/hr/employees/{id:[0-9]{1,18}}/invite", post().to(employees::pages::invite));
}

/// The API. Other methods are answered 405 with `Allow`.
pub fn api(app: &mut ServiceConfig) {
    app.service(only("GET", resource("/api/openapi.json").get(api_docs::openapi)))
        .service(only("GET", resource("/api/docs").get(api_docs::docs)))
        .service(only("POST", resource("/api/auth/register").post(accounts::api::register)))
        .service(only("POST", resource("/api/auth/token").post(accounts::api::sign_in)))
        .service(only("POST", resource("/api/auth/logout").post(accounts::api::sign_out)))
        .service(only("GET", resource("/api/auth/me").get(accounts::api::me)))
        .service(only("GET", resource("/api/auth/verify").get(accounts::api::verify)))
        .service(only("GET", resource("/api/assessment/questions").get(assessment::api::show_questions)))
        .service(only("POST", resource("/api/assessment/submit").post(assessment::api::submit)))
        .service(only("GET", resource("/api/assessment/history").get(assessment::api::history)))
        .service(only("GET", resource("/api/assessment/{id:[0-9]{1,18}}").get(assessment::api::show)))
        .service(only("GET", resource("/api/recommendations").get(recommendations::api::index)))
        .service(only("GET", resource("/api/recommendations/{id:[0-9]{1,18}}").get(recommendations::api::show)))
        .service(only(
            "POST",
            resource("/api/recommendations/{id:[0-9]{1,18}}/complete").post(recommendations::api::complete),
        ))
        .service(only(
            "POST",
            resource("/api/recommendations/{id:[0-9]{1,18}}/incomplete").post(recommendations::api::reopen),
        ))
        .service(only(
            "GET, POST",
            resource("/api/dashboard/metrics").get(dashboard::api::metrics).post(dashboard::api::save_metrics),
        ))
        .service(only("GET", resource("/api/dashboard/summary").get(dashboard::api::summary)))
        .service(only("POST", resource("/api/ai/chat").post(assistant::api::ask)))
        .service(only("GET, POST", resource("/api/chats").get(assistant::api::index).post(assistant::api::create)))
        .service(only("GET", resource("/api/chats/{id:[0-9]{1,18}}").get(assistant::api::show)))
        .service(only("POST", resource("/api/chats/{id:[0-9]{1,18}}/messages").post(assistant::api::send)))
        .service(only("GET", resource("/api/hr/overview").get(insights::api::overview)));
}

/// Answers every other method 405, with `methods` in the `Allow` header.
fn only(methods: &'static str, resource: Resource) -> Resource {
    let refuse = move || async move { HttpResponse::MethodNotAllowed().insert_header((ALLOW, methods)).finish() };
    resource.default_service(to(refuse))
}

/// Asks for the password first, unless it was entered within ten minutes.
fn proven(resource: Resource) -> impl HttpServiceFactory {
    resource.wrap(from_fn(reauthentication::pages::ask))
}
