//! Every address of the product, written once: the routes, the links of pages, the
//! actions of forms and redirects name them by what they lead to.
//!
//! An address without a number is a constant. One with a number in it is a constant,
//! with the parameter's name in braces, and a function that fills the number in.

use std::fmt::Display;

macro_rules! addresses {
    (@item $name:ident = $text:literal) => {
        pub const $name: &str = $text;
    };
    (@item $name:ident: $with:ident($($parameter:ident),+) = $text:literal) => {
        pub const $name: &str = $text;

        #[doc = concat!("`", $text, "`, filled in.")]
        pub fn $with($($parameter: impl Display),+) -> String {
            format!($text, $($parameter = $parameter),+)
        }
    };
    ($($name:ident $(: $with:ident($($parameter:ident),+))? = $text:literal;)+) => {
        $(addresses! { @item $name $(: $with($($parameter),+))? = $text })+

        /// The name and the text of each.
        pub const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),+];
    };
}

/// What the addresses of static files begin with, before the version.
pub const STATIC: &str = "/static/";
/// What the addresses of the API begin with.
pub const API: &str = "/api";
/// What the addresses of administration begin with.
pub const ADMIN: &str = "/admin";

/// Where the page about privacy shows the requests for support.
pub const PRIVACY_SUPPORT: &str = "/privacy#support";

addresses! {
    // For everybody
    LANDING = "/";
    PROMISE = "/promise";
    HELP = "/help";
    WELL_KNOWN_SECURITY_TXT = "/.well-known/security.txt";
    HEALTH = "/health";
    READY = "/ready";
    LANGUAGE = "/language";

    // Signing in
    LOGIN = "/login";
    CODE = "/code";
    LOGOUT = "/logout";
    REGISTER = "/register";
    PASSWORD_FORGOT = "/password/forgot";
    PASSWORD_RESET: password_reset(token) = "/password/reset/{token}";

    // My account
    PROFILE = "/profile";
    PROFILE_PASSWORD = "/profile/password";
    PROFILE_EMAIL = "/profile/email";
    PROFILE_NEW_EMAIL: profile_new_email(token) = "/profile/email/{token}";
    PROFILE_AVATAR = "/profile/avatar";
    PROFILE_AVATAR_DELETE = "/profile/avatar/delete";
    PROFILE_DETAILS = "/profile/details";
    PROFILE_DETAILS_CLEAR = "/profile/details/clear";
    PROFILE_ADDRESS = "/profile/address";
    PROFILE_ADDRESS_LINK: profile_address_link(token) = "/profile/address/{token}";
    PRIVACY = "/privacy";
    PRIVACY_DEVICES_SIGN_OUT = "/privacy/devices/sign-out";
    PRIVACY_DEVICE_SIGN_OUT: privacy_device_sign_out(id) = "/privacy/devices/{id}/sign-out";
    PRIVACY_EXPORT_ZIP = "/privacy/export.zip";
    PRIVACY_ERASE = "/privacy/erase";
    PRIVACY_ERASE_CANCEL = "/privacy/erase/cancel";
    PRIVACY_CONSENTS_WITHDRAW = "/privacy/consents/withdraw";

    // My check-ups
    DASHBOARD = "/dashboard";
    PULSE = "/pulse";
    ASSESSMENTS_NEW = "/assessments/new";
    ASSESSMENTS_CONSENT = "/assessments/consent";
    ASSESSMENTS_DRAFT = "/assessments/draft";
    ASSESSMENTS = "/assessments";
    ASSESSMENT: assessment(id) = "/assessments/{id}";
    HISTORY = "/history";
    HISTORY_CSV = "/history.csv";
    RECOMMENDATIONS = "/recommendations";
    RECOMMENDATION_COMPLETE: recommendation_complete(id) = "/recommendations/{id}/complete";
    RECOMMENDATION_INCOMPLETE: recommendation_incomplete(id) = "/recommendations/{id}/incomplete";

    // The library
    LIBRARY = "/library";
    LIBRARY_ITEM: library_item(id) = "/library/{id}";

    // My conversations
    CHATS = "/chats";
    CHATS_SEARCH = "/chats/search";
    CHATS_AGREEMENT = "/chats/agreement";
    CHAT: chat(id) = "/chats/{id}";
    CHAT_DELETE: chat_delete(id) = "/chats/{id}/delete";
    CHAT_MESSAGES: chat_messages(id) = "/chats/{id}/messages";
    CHAT_MESSAGE_ANSWER: chat_message_answer(id, message) = "/chats/{id}/messages/{message}/answer";

    // Asking HR for support
    SUPPORT = "/support";
    SUPPORT_REQUEST_WITHDRAW: support_request_withdraw(id) = "/support/{id}/withdraw";

    // Administration
    ADMIN_USERS = "/admin/users";
    ADMIN_USERS_SIGN_OUT = "/admin/users/sign-out";
    ADMIN_USER: admin_user(id) = "/admin/users/{id}";
    ADMIN_USER_SIGN_OUT: admin_user_sign_out(id) = "/admin/users/{id}/sign-out";
    ADMIN_USER_ROLE_GIVE: admin_user_role_give(id, role) = "/admin/users/{id}/roles/{role}/give";
    ADMIN_USER_ROLE_TAKE: admin_user_role_take(id, role) = "/admin/users/{id}/roles/{role}/take";
    ADMIN_ROLES = "/admin/roles";
    ADMIN_ROLE: admin_role(id) = "/admin/roles/{id}";
    ADMIN_ROLE_DELETE: admin_role_delete(id) = "/admin/roles/{id}/delete";
    ADMIN_AUDIT = "/admin/audit";

    // HR
    HR = "/hr";
    HR_EXPORT_CSV = "/hr/export.csv";
    HR_EXPORT_XLSX = "/hr/export.xlsx";
    HR_CAMPAIGNS = "/hr/campaigns";
    HR_CAMPAIGNS_NEW = "/hr/campaigns/new";
    HR_CAMPAIGN: hr_campaign(id) = "/hr/campaigns/{id}";
    HR_CAMPAIGN_DELETE: hr_campaign_delete(id) = "/hr/campaigns/{id}/delete";
    HR_CAMPAIGN_OPEN: hr_campaign_open(id) = "/hr/campaigns/{id}/open";
    HR_CAMPAIGN_REMIND: hr_campaign_remind(id) = "/hr/campaigns/{id}/remind";
    HR_CAMPAIGN_PEOPLE: hr_campaign_people(id) = "/hr/campaigns/{id}/people";
    HR_CAMPAIGN_CODES: hr_campaign_codes(id) = "/hr/campaigns/{id}/codes";
    HR_CAMPAIGN_CLOSE: hr_campaign_close(id) = "/hr/campaigns/{id}/close";
    HR_DEPARTMENTS = "/hr/departments";
    HR_DEPARTMENT: hr_department(id) = "/hr/departments/{id}";
    HR_DEPARTMENT_EDIT: hr_department_edit(id) = "/hr/departments/{id}/edit";
    HR_DEPARTMENT_DELETE: hr_department_delete(id) = "/hr/departments/{id}/delete";
    HR_DEPARTMENT_ACTIONS: hr_department_actions(id) = "/hr/departments/{id}/actions";
    HR_ACTION: hr_action(id) = "/hr/actions/{id}";
    HR_ACTION_EDIT: hr_action_edit(id) = "/hr/actions/{id}/edit";
    HR_ACTION_DONE: hr_action_done(id) = "/hr/actions/{id}/done";
    HR_ACTION_REOPEN: hr_action_reopen(id) = "/hr/actions/{id}/reopen";
    HR_ACTION_DELETE: hr_action_delete(id) = "/hr/actions/{id}/delete";
    HR_INSTRUMENTS = "/hr/instruments";
    HR_INSTRUMENT: hr_instrument(id) = "/hr/instruments/{id}";
    HR_INSTRUMENT_PREVIEW: hr_instrument_preview(id) = "/hr/instruments/{id}/preview";
    HR_INSTRUMENT_ATTEST: hr_instrument_attest(id) = "/hr/instruments/{id}/attest";
    HR_LIBRARY = "/hr/library";
    HR_LIBRARY_NEW = "/hr/library/new";
    HR_LIBRARY_ITEM: hr_library_item(id) = "/hr/library/{id}";
    HR_LIBRARY_ITEM_DELETE: hr_library_item_delete(id) = "/hr/library/{id}/delete";
    HR_SUPPORT = "/hr/support";
    HR_SUPPORT_REQUEST: hr_support_request(id) = "/hr/support/{id}";
    HR_SUPPORT_REQUEST_ANSWER: hr_support_request_answer(id) = "/hr/support/{id}/answer";
    HR_SUPPORT_REQUEST_CLOSE: hr_support_request_close(id) = "/hr/support/{id}/close";
    HR_EMPLOYEES = "/hr/employees";
    HR_EMPLOYEES_NEW = "/hr/employees/new";
    HR_EMPLOYEES_IMPORT = "/hr/employees/import";
    HR_EMPLOYEES_IMPORT_TEMPLATE_CSV = "/hr/employees/import/template.csv";
    HR_EMPLOYEES_IMPORT_TEMPLATE_XLSX = "/hr/employees/import/template.xlsx";
    HR_EMPLOYEES_UPLOAD_COLUMNS: hr_employees_upload_columns(id) = "/hr/employees/import/{id}/columns";
    HR_EMPLOYEES_UPLOAD: hr_employees_upload(id) = "/hr/employees/import/{id}";
    HR_EMPLOYEES_ARCHIVED = "/hr/employees/archived";
    HR_EMPLOYEES_ARCHIVED_RESTORE: hr_employees_archived_restore(id) = "/hr/employees/archived/{id}/restore";
    HR_EMPLOYEE_ARCHIVE: hr_employee_archive(id) = "/hr/employees/{id}/archive";
    HR_EMPLOYEE: hr_employee(id) = "/hr/employees/{id}";
    HR_EMPLOYEE_CONFIRM: hr_employee_confirm(id) = "/hr/employees/{id}/confirm";
    HR_EMPLOYEE_TRANSFER: hr_employee_transfer(id) = "/hr/employees/{id}/transfer";
    HR_EMPLOYEE_INVITE: hr_employee_invite(id) = "/hr/employees/{id}/invite";

    // The API
    API_OPENAPI_JSON = "/api/openapi.json";
    API_DOCS = "/api/docs";
    API_AUTH_REGISTER = "/api/auth/register";
    API_AUTH_TOKEN = "/api/auth/token";
    API_AUTH_LOGOUT = "/api/auth/logout";
    API_AUTH_ME = "/api/auth/me";
    API_AUTH_VERIFY = "/api/auth/verify";
    API_ASSESSMENT_QUESTIONS = "/api/assessment/questions";
    API_ASSESSMENT_SUBMIT = "/api/assessment/submit";
    API_ASSESSMENT_HISTORY = "/api/assessment/history";
    API_ASSESSMENT: api_assessment(id) = "/api/assessment/{id}";
    API_RECOMMENDATIONS = "/api/recommendations";
    API_RECOMMENDATION: api_recommendation(id) = "/api/recommendations/{id}";
    API_RECOMMENDATION_COMPLETE: api_recommendation_complete(id) = "/api/recommendations/{id}/complete";
    API_RECOMMENDATION_INCOMPLETE: api_recommendation_incomplete(id) = "/api/recommendations/{id}/incomplete";
    API_DASHBOARD_METRICS = "/api/dashboard/metrics";
    API_DASHBOARD_SUMMARY = "/api/dashboard/summary";
    API_AI_CHAT = "/api/ai/chat";
    API_CHATS = "/api/chats";
    API_CHAT: api_chat(id) = "/api/chats/{id}";
    API_CHAT_MESSAGES: api_chat_messages(id) = "/api/chats/{id}/messages";
    API_HR_OVERVIEW = "/api/hr/overview";
}
