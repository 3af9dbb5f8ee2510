//! The URL table: every address of [`crate::urls`] with its methods and handlers.

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
    urls,
    web::received::FormLimit,
};
use actix_web::{
    HttpResponse, Resource,
    dev::HttpServiceFactory,
    http::header::ALLOW,
    middleware::from_fn,
    web::{ServiceConfig, get, post, resource, to},
};

/// Every page and form.
pub fn pages(app: &mut ServiceConfig) {
    app.route(urls::LANDING, get().to(site::landing))
        .route(urls::PROMISE, get().to(site::promise))
        .route(urls::HELP, get().to(site::help))
        .route(urls::WELL_KNOWN_SECURITY_TXT, get().to(site::security_txt))
        .route(urls::HEALTH, get().to(site::health))
        .route(urls::READY, get().to(site::ready))
        .route(urls::LANGUAGE, post().to(profile::pages::set_language))
        // access
        .service(resource(urls::LOGIN).get(sign_in::pages::show).post(sign_in::pages::create))
        .service(resource(urls::CODE).get(access_codes::pages::show).post(access_codes::pages::create))
        .service(resource(urls::LOGOUT).post(sign_in::pages::sign_out))
        .service(resource(urls::REGISTER).get(registration::pages::show).post(registration::pages::create))
        .service(resource(urls::PASSWORD_FORGOT).get(recovery::pages::show).post(recovery::pages::create))
        .service(resource(urls::PASSWORD_RESET).get(recovery::pages::show_reset).post(recovery::pages::reset))
        // my account
        .service(resource(urls::PROFILE).get(profile::pages::show).post(profile::pages::rename))
        .route(urls::PROFILE_PASSWORD, post().to(profile::pages::change_password))
        .route(urls::PROFILE_EMAIL, post().to(profile::pages::request_email_change))
        .service(
            resource(urls::PROFILE_NEW_EMAIL)
                .get(profile::pages::show_confirm_email)
                .post(profile::pages::confirm_email),
        )
        .service(resource(urls::PROFILE_AVATAR).get(profile::avatar_pages::show).post(profile::avatar_pages::create))
        .route(urls::PROFILE_AVATAR_DELETE, post().to(profile::avatar_pages::delete))
        .route(urls::PROFILE_DETAILS, post().to(profile::details_pages::change))
        .route(urls::PROFILE_DETAILS_CLEAR, post().to(profile::details_pages::clear))
        .route(urls::PROFILE_ADDRESS, post().to(verification::pages::create))
        .service(resource(urls::PROFILE_ADDRESS_LINK).get(verification::pages::show).post(verification::pages::verify))
        .route(urls::PRIVACY, get().to(privacy::pages::show))
        .service(proven(resource(urls::PRIVACY_DEVICES_SIGN_OUT).post(privacy::pages::end_other_devices)))
        .service(proven(resource(numbered(urls::PRIVACY_DEVICE_SIGN_OUT)).post(privacy::pages::end_device)))
        .service(proven(resource(urls::PRIVACY_EXPORT_ZIP).get(my_data::pages::export).post(my_data::pages::export)))
        .service(resource(urls::PRIVACY_ERASE).get(my_data::pages::ask).post(my_data::pages::request))
        .route(urls::PRIVACY_ERASE_CANCEL, post().to(my_data::pages::cancel))
        .route(urls::PRIVACY_CONSENTS_WITHDRAW, post().to(privacy::pages::withdraw_consent))
        // my check-ups
        .route(urls::DASHBOARD, get().to(dashboard::pages::show))
        .route(urls::PULSE, post().to(dashboard::pages::save_pulse))
        .route(urls::ASSESSMENTS_NEW, get().to(assessment::pages::new))
        .route(urls::ASSESSMENTS_CONSENT, post().to(assessment::consent_pages::consent))
        .route(urls::ASSESSMENTS_DRAFT, post().to(assessment::pages::save_draft))
        .route(urls::ASSESSMENTS, post().to(assessment::pages::create))
        .route(&numbered(urls::ASSESSMENT), get().to(assessment::result_pages::show))
        .route(urls::HISTORY, get().to(history::pages::index))
        .route(urls::HISTORY_CSV, get().to(history::pages::csv))
        .route(urls::RECOMMENDATIONS, get().to(recommendations::pages::index))
        .route(&numbered(urls::RECOMMENDATION_COMPLETE), post().to(recommendations::pages::complete))
        .route(&numbered(urls::RECOMMENDATION_INCOMPLETE), post().to(recommendations::pages::reopen))
        // the library
        .service(resource(urls::LIBRARY).get(library::pages::index).post(library::pages::search))
        .route(&numbered(urls::LIBRARY_ITEM), get().to(library::pages::show))
        // my conversations
        .service(resource(urls::CHATS).get(assistant::pages::index).post(assistant::pages::create))
        .route(urls::CHATS_SEARCH, post().to(assistant::pages::search))
        .route(urls::CHATS_AGREEMENT, post().to(assistant::pages::agree))
        .service(resource(numbered(urls::CHAT)).get(assistant::pages::show).post(assistant::pages::change))
        .route(&numbered(urls::CHAT_DELETE), post().to(assistant::pages::delete))
        .route(&numbered(urls::CHAT_MESSAGES), post().to(assistant::pages::writing::send))
        .service(resource(numbered(urls::CHAT_MESSAGE_ANSWER)).post(assistant::pages::writing::answer_again))
        // administration
        .service(resource(urls::ADMIN_USERS).get(admin::users::pages::index).post(admin::users::pages::search))
        .service(proven(resource(urls::ADMIN_USERS_SIGN_OUT).post(admin::users::pages::sign_everyone_out)))
        .route(&numbered(urls::ADMIN_USER), get().to(admin::users::pages::show))
        .service(proven(resource(numbered(urls::ADMIN_USER_SIGN_OUT)).post(admin::users::pages::sign_out)))
        .service(proven(resource(numbered(urls::ADMIN_USER_ROLE_GIVE)).post(admin::users::pages::give)))
        .service(proven(resource(numbered(urls::ADMIN_USER_ROLE_TAKE)).post(admin::users::pages::take)))
        .service(proven(resource(urls::ADMIN_ROLES).get(admin::roles::pages::index).post(admin::roles::pages::create)))
        .service(proven(
            resource(numbered(urls::ADMIN_ROLE)).get(admin::roles::pages::show).post(admin::roles::pages::change),
        ))
        .service(proven(resource(numbered(urls::ADMIN_ROLE_DELETE)).post(admin::roles::pages::delete)))
        .route(urls::ADMIN_AUDIT, get().to(admin::audit::pages::index))
        // the organisation
        .route(urls::HR, get().to(insights::pages::show))
        .route(urls::HR_EXPORT_CSV, get().to(insights::pages::csv))
        .route(urls::HR_EXPORT_XLSX, get().to(insights::pages::xlsx))
        .service(resource(urls::HR_CAMPAIGNS).get(campaigns::pages::index).post(campaigns::pages::create))
        .route(urls::HR_CAMPAIGNS_NEW, get().to(campaigns::pages::new))
        .service(resource(numbered(urls::HR_CAMPAIGN)).get(campaigns::pages::show).post(campaigns::pages::change))
        .route(&numbered(urls::HR_CAMPAIGN_DELETE), post().to(campaigns::pages::delete))
        .route(&numbered(urls::HR_CAMPAIGN_OPEN), post().to(campaigns::pages::open))
        .route(&numbered(urls::HR_CAMPAIGN_REMIND), post().to(campaigns::pages::remind))
        .route(&numbered(urls::HR_CAMPAIGN_PEOPLE), post().to(campaigns::pages::codes::add_person))
        .route(&numbered(urls::HR_CAMPAIGN_CODES), post().to(campaigns::pages::codes::print))
        .service(proven(
            resource(numbered(urls::HR_CAMPAIGN_CLOSE))
                .get(campaigns::pages::close::confirm)
                .post(campaigns::pages::close::close),
        ))
        // the organisation
        .service(resource(urls::HR_DEPARTMENTS).get(departments::pages::index).post(departments::pages::create))
        .service(resource(numbered(urls::HR_DEPARTMENT)).get(actions::pages::show).post(departments::pages::change))
        .route(&numbered(urls::HR_DEPARTMENT_EDIT), get().to(departments::pages::edit))
        .route(&numbered(urls::HR_DEPARTMENT_DELETE), post().to(departments::pages::delete))
        .route(&numbered(urls::HR_DEPARTMENT_ACTIONS), post().to(actions::pages::create))
        .route(&numbered(urls::HR_ACTION), post().to(actions::pages::update))
        .route(&numbered(urls::HR_ACTION_EDIT), get().to(actions::pages::edit))
        .route(&numbered(urls::HR_ACTION_DONE), post().to(actions::pages::done))
        .route(&numbered(urls::HR_ACTION_REOPEN), post().to(actions::pages::reopen))
        .route(&numbered(urls::HR_ACTION_DELETE), post().to(actions::pages::delete))
        // asking HR for support, and their inbox
        .service(resource(urls::SUPPORT).get(support::pages::new).post(support::pages::create))
        .route(&numbered(urls::SUPPORT_REQUEST_WITHDRAW), post().to(support::pages::withdraw))
        // the questionnaires
        .service(resource(urls::HR_INSTRUMENTS).get(questionnaires::pages::index).post(questionnaires::pages::import))
        .route(&numbered(urls::HR_INSTRUMENT), get().to(questionnaires::pages::show))
        .route(&numbered(urls::HR_INSTRUMENT_PREVIEW), get().to(questionnaires::pages::preview))
        .route(&numbered(urls::HR_INSTRUMENT_ATTEST), post().to(questionnaires::pages::attest))
        .service(
            resource(urls::HR_LIBRARY)
                .app_data(FormLimit(editor::pages::FORM_LIMIT))
                .get(editor::pages::index)
                .post(editor::pages::create),
        )
        .route(urls::HR_LIBRARY_NEW, get().to(editor::pages::new))
        .service(
            resource(numbered(urls::HR_LIBRARY_ITEM))
                .app_data(FormLimit(editor::pages::FORM_LIMIT))
                .get(editor::pages::edit)
                .post(editor::pages::change),
        )
        .route(&numbered(urls::HR_LIBRARY_ITEM_DELETE), post().to(editor::pages::delete))
        .route(urls::HR_SUPPORT, get().to(inbox::pages::index))
        .route(&numbered(urls::HR_SUPPORT_REQUEST), get().to(inbox::pages::show))
        .route(&numbered(urls::HR_SUPPORT_REQUEST_ANSWER), post().to(inbox::pages::answer))
        .route(&numbered(urls::HR_SUPPORT_REQUEST_CLOSE), post().to(inbox::pages::close))
        // HR: employees
        .service(resource(urls::HR_EMPLOYEES).get(employees::pages::index).post(employees::pages::search))
        .service(resource(urls::HR_EMPLOYEES_NEW).get(employees::pages::show_new).post(employees::pages::create))
        .service(
            resource(urls::HR_EMPLOYEES_IMPORT).get(employee_import::pages::new).post(employee_import::pages::create),
        )
        .route(urls::HR_EMPLOYEES_IMPORT_TEMPLATE_CSV, get().to(employee_import::pages::template_csv))
        .route(urls::HR_EMPLOYEES_IMPORT_TEMPLATE_XLSX, get().to(employee_import::pages::template_xlsx))
        .route(&numbered(urls::HR_EMPLOYEES_UPLOAD_COLUMNS), post().to(employee_import::pages::choose))
        .service(
            resource(numbered(urls::HR_EMPLOYEES_UPLOAD))
                .get(employee_import::pages::show)
                .post(employee_import::pages::confirm),
        )
        .route(urls::HR_EMPLOYEES_ARCHIVED, get().to(employees::archive::pages::index))
        .route(&numbered(urls::HR_EMPLOYEES_ARCHIVED_RESTORE), post().to(employees::archive::pages::restore))
        .service(
            resource(numbered(urls::HR_EMPLOYEE_ARCHIVE))
                .get(employees::archive::pages::ask)
                .post(employees::archive::pages::archive),
        )
        .route(&numbered(urls::HR_EMPLOYEE), get().to(employees::pages::show))
        .route(&numbered(urls::HR_EMPLOYEE_CONFIRM), post().to(employees::pages::confirm))
        .route(&numbered(urls::HR_EMPLOYEE_TRANSFER), post().to(employees::pages::transfer))
        .route(&numbered(urls::HR_EMPLOYEE_INVITE), post().to(employees::pages::invite));
}

/// The pattern of an address: what stands in braces is a number of at most 18 digits, so
/// that each one that matches fits an `i64`.
fn numbered(address: &str) -> String {
    address.replace('}', ":[0-9]{1,18}}")
}

/// The API. Other methods are answered 405 with `Allow`.
pub fn api(app: &mut ServiceConfig) {
    app.service(only("GET", resource(urls::API_OPENAPI_JSON).get(api_docs::openapi)))
        .service(only("GET", resource(urls::API_DOCS).get(api_docs::docs)))
        .service(only("POST", resource(urls::API_AUTH_REGISTER).post(accounts::api::register)))
        .service(only("POST", resource(urls::API_AUTH_TOKEN).post(accounts::api::sign_in)))
        .service(only("POST", resource(urls::API_AUTH_LOGOUT).post(accounts::api::sign_out)))
        .service(only("GET", resource(urls::API_AUTH_ME).get(accounts::api::me)))
        .service(only("GET", resource(urls::API_AUTH_VERIFY).get(accounts::api::verify)))
        .service(only("GET", resource(urls::API_ASSESSMENT_QUESTIONS).get(assessment::api::show_questions)))
        .service(only("POST", resource(urls::API_ASSESSMENT_SUBMIT).post(assessment::api::submit)))
        .service(only("GET", resource(urls::API_ASSESSMENT_HISTORY).get(assessment::api::history)))
        .service(only("GET", resource(numbered(urls::API_ASSESSMENT)).get(assessment::api::show)))
        .service(only("GET", resource(urls::API_RECOMMENDATIONS).get(recommendations::api::index)))
        .service(only("GET", resource(numbered(urls::API_RECOMMENDATION)).get(recommendations::api::show)))
        .service(only(
            "POST",
            resource(numbered(urls::API_RECOMMENDATION_COMPLETE)).post(recommendations::api::complete),
        ))
        .service(only(
            "POST",
            resource(numbered(urls::API_RECOMMENDATION_INCOMPLETE)).post(recommendations::api::reopen),
        ))
        .service(only(
            "GET, POST",
            resource(urls::API_DASHBOARD_METRICS).get(dashboard::api::metrics).post(dashboard::api::save_metrics),
        ))
        .service(only("GET", resource(urls::API_DASHBOARD_SUMMARY).get(dashboard::api::summary)))
        .service(only("POST", resource(urls::API_AI_CHAT).post(assistant::api::ask)))
        .service(only("GET, POST", resource(urls::API_CHATS).get(assistant::api::index).post(assistant::api::create)))
        .service(only("GET", resource(numbered(urls::API_CHAT)).get(assistant::api::show)))
        .service(only("POST", resource(numbered(urls::API_CHAT_MESSAGES)).post(assistant::api::send)))
        .service(only("GET", resource(urls::API_HR_OVERVIEW).get(insights::api::overview)));
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
