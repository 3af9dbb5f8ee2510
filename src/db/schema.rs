// @generated automatically by Diesel CLI.

pub mod sql_types {
    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "answer_source"))]
    pub struct AnswerSource;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "attempt_kind"))]
    pub struct AttemptKind;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "burnout_dimension"))]
    pub struct BurnoutDimension;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "burnout_level"))]
    pub struct BurnoutLevel;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "burnout_profile"))]
    pub struct BurnoutProfile;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "cell_state"))]
    pub struct CellState;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "consent_purpose"))]
    pub struct ConsentPurpose;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "gender"))]
    pub struct Gender;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "import_state"))]
    pub struct ImportState;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "item_category"))]
    pub struct ItemCategory;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "item_kind"))]
    pub struct ItemKind;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "library_audience"))]
    pub struct LibraryAudience;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "link_purpose"))]
    pub struct LinkPurpose;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "numbered"))]
    pub struct Numbered;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "period_kind"))]
    pub struct PeriodKind;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "period_state"))]
    pub struct PeriodState;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "priority"))]
    pub struct Priority;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "profession"))]
    pub struct Profession;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "sign_in_kind"))]
    pub struct SignInKind;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "support_contact"))]
    pub struct SupportContact;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "support_state"))]
    pub struct SupportState;

    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "tsvector", schema = "pg_catalog"))]
    pub struct Tsvector;
}

diesel::table! {
    access_codes (period_id, user_id) {
        period_id -> Int8,
        user_id -> Int8,
        code_hash -> Bytea,
        printed_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
        printing -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::LinkPurpose;

    account_links (id) {
        id -> Int8,
        user_id -> Int8,
        purpose -> LinkPurpose,
        token_hash -> Bytea,
        new_email -> Nullable<Text>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    actions (id) {
        id -> Int8,
        department_id -> Int8,
        instrument_version_id -> Int8,
        dimension -> Text,
        what -> Text,
        who -> Text,
        until_on -> Date,
        baseline_period_id -> Nullable<Int8>,
        created_by -> Nullable<Int8>,
        created_at -> Timestamptz,
        done_at -> Nullable<Timestamptz>,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::BurnoutLevel;
    use super::sql_types::BurnoutProfile;

    assessments (id) {
        id -> Int8,
        user_id -> Nullable<Int8>,
        period_id -> Int8,
        department_id -> Nullable<Int8>,
        instrument_version_id -> Int8,
        made_at -> Nullable<Timestamptz>,
        subscale_scores -> Array<Nullable<Float8>>,
        score -> Nullable<Float8>,
        level -> Nullable<BurnoutLevel>,
        profile -> Nullable<BurnoutProfile>,
        answers -> Nullable<Jsonb>,
        counts -> Bool,
        idempotency_key -> Nullable<Text>,
        number -> Nullable<Int8>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::AttemptKind;

    attempts (id) {
        id -> Int8,
        kind -> AttemptKind,
        account_key -> Bytea,
        user_id -> Nullable<Int8>,
        address -> Inet,
        network -> Cidr,
        device -> Nullable<Bytea>,
        browser -> Text,
        succeeded -> Bool,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    audit_checks (singleton) {
        singleton -> Bool,
        checked_at -> Timestamptz,
        last_id -> Int8,
        last_hash -> Bytea,
        broken_id -> Nullable<Int8>,
        unknown_id -> Nullable<Int8>,
        unkeyed -> Int8,
        mac -> Bytea,
    }
}

diesel::table! {
    audit_events (id) {
        id -> Int8,
        happened_at -> Timestamptz,
        actor_id -> Nullable<Int8>,
        event -> Text,
        subject_id -> Nullable<Int8>,
        details -> Jsonb,
        previous_hash -> Bytea,
        hash -> Bytea,
        key_id -> Nullable<Bytea>,
    }
}

diesel::table! {
    audit_seal (singleton) {
        singleton -> Bool,
        unkeyed -> Int8,
        key_id -> Bytea,
        mac -> Bytea,
    }
}

diesel::table! {
    avatars (user_id) {
        user_id -> Int8,
        image -> Bytea,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    campaign_departments (period_id, department_id) {
        period_id -> Int8,
        department_id -> Int8,
    }
}

diesel::table! {
    campaign_rests (user_id) {
        user_id -> Int8,
        asked_at -> Timestamptz,
    }
}

diesel::table! {
    chats (id) {
        id -> Int8,
        user_id -> Int8,
        name -> Text,
        color -> Text,
        created_at -> Timestamptz,
        active_at -> Timestamptz,
        number -> Int8,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::ConsentPurpose;

    consents (id) {
        id -> Int8,
        user_id -> Int8,
        purpose -> ConsentPurpose,
        text_version -> Text,
        given_at -> Timestamptz,
        withdrawn_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    departments (id) {
        id -> Int8,
        parent_id -> Nullable<Int8>,
        name -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    drafts (user_id, instrument_version_id) {
        user_id -> Int8,
        instrument_version_id -> Int8,
        answers -> Jsonb,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    erasure_requests (user_id) {
        user_id -> Int8,
        requested_at -> Timestamptz,
        due_at -> Timestamptz,
    }
}

diesel::table! {
    erasures (user_id, erased_at) {
        user_id -> Int8,
        erased_at -> Timestamptz,
    }
}

diesel::table! {
    import_pages (import_id, page) {
        import_id -> Int8,
        page -> Int4,
        rows -> Jsonb,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::ImportState;

    imports (id) {
        id -> Int8,
        user_id -> Int8,
        content -> Bytea,
        invite -> Bool,
        language -> Text,
        state -> ImportState,
        steps -> Int4,
        steps_done -> Int4,
        seen_running_at -> Nullable<Timestamptz>,
        result -> Nullable<Jsonb>,
        created_at -> Timestamptz,
        choices -> Jsonb,
        summary -> Jsonb,
    }
}

diesel::table! {
    installation (singleton) {
        singleton -> Bool,
        demo_since -> Nullable<Timestamptz>,
        language -> Text,
        noise_key -> Bytea,
        noise_since -> Timestamptz,
    }
}

diesel::table! {
    instrument_figures (period_id, instrument_version_id) {
        period_id -> Int8,
        instrument_version_id -> Int8,
        figures -> Nullable<Jsonb>,
    }
}

diesel::table! {
    instrument_versions (id) {
        id -> Int8,
        instrument_id -> Int8,
        version -> Text,
        definition -> Jsonb,
        created_at -> Timestamptz,
        licence_holder -> Nullable<Text>,
        attested_at -> Nullable<Timestamptz>,
        attested_by -> Nullable<Int8>,
    }
}

diesel::table! {
    instruments (id) {
        id -> Int8,
        key -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    invitations (period_id, user_id) {
        period_id -> Int8,
        user_id -> Int8,
        department_id -> Nullable<Int8>,
    }
}

diesel::table! {
    library_item_tags (item_id, tag_id) {
        item_id -> Int8,
        tag_id -> Int8,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Numbered;

    last_numbers (user_id, kind) {
        user_id -> Int8,
        kind -> Numbered,
        last -> Int8,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::ItemCategory;
    use super::sql_types::ItemKind;
    use super::sql_types::BurnoutDimension;
    use super::sql_types::BurnoutLevel;
    use super::sql_types::LibraryAudience;

    library_items (id) {
        id -> Int8,
        key -> Text,
        category -> ItemCategory,
        kind -> ItemKind,
        minutes -> Int2,
        dimensions -> Array<Nullable<BurnoutDimension>>,
        levels -> Array<Nullable<BurnoutLevel>>,
        author -> Nullable<Text>,
        source -> Nullable<Text>,
        published -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        audience -> LibraryAudience,
        ever_published -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Tsvector;

    library_texts (item_id, language) {
        item_id -> Int8,
        language -> Text,
        title -> Text,
        description -> Text,
        duration -> Text,
        body -> Text,
        configuration -> Text,
        search -> Tsvector,
    }
}

diesel::table! {
    limits (key) {
        key -> Bytea,
        full_at -> Timestamptz,
    }
}

diesel::table! {
    mails (id) {
        id -> Int8,
        recipient -> Text,
        subject -> Text,
        body -> Text,
        attempts -> Int2,
        next_attempt_at -> Timestamptz,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        caused_by -> Nullable<Int8>,
    }
}

diesel::table! {
    undelivered_mails (caused_by, recipient) {
        caused_by -> Int8,
        recipient -> Text,
        failed_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::AnswerSource;

    messages (id) {
        id -> Int8,
        chat_id -> Int8,
        user_message -> Text,
        ai_response -> Nullable<Text>,
        source -> Nullable<AnswerSource>,
        items -> Array<Nullable<Int8>>,
        idempotency_key -> Nullable<Text>,
        created_at -> Timestamptz,
        answered_at -> Nullable<Timestamptz>,
        user_id -> Int8,
        number -> Int8,
    }
}

diesel::table! {
    old_users (id) {
        id -> Int8,
        email -> Nullable<Text>,
        name -> Text,
        position -> Text,
        department -> Text,
        joined_on -> Date,
        days_in_system -> Int4,
        completed_recommendations -> Int4,
        archived_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::PeriodKind;
    use super::sql_types::PeriodState;

    periods (id) {
        id -> Int8,
        kind -> PeriodKind,
        state -> PeriodState,
        name -> Nullable<Text>,
        starts_on -> Date,
        ends_on -> Date,
        instrument_version_id -> Nullable<Int8>,
        cut_off_set -> Nullable<Text>,
        min_group -> Nullable<Int2>,
        opened_at -> Nullable<Timestamptz>,
        closed_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        whole_company -> Bool,
        participation -> Nullable<Int2>,
        participation_on -> Nullable<Date>,
        rhythm -> Nullable<Text>,
    }
}

diesel::table! {
    permissions (key) {
        key -> Text,
    }
}

diesel::table! {
    privacy_reports (period_id) {
        period_id -> Int8,
        claimed_at -> Timestamptz,
        computed_at -> Nullable<Timestamptz>,
        report -> Nullable<Jsonb>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Gender;
    use super::sql_types::Profession;

    profiles (user_id) {
        user_id -> Int8,
        gender -> Gender,
        profession -> Profession,
        interests -> Array<Nullable<Text>>,
        contacts -> Jsonb,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::CellState;

    published_cells (period_id, instrument_version_id, department_id, measure) {
        period_id -> Int8,
        instrument_version_id -> Int8,
        department_id -> Int8,
        measure -> Text,
        state -> CellState,
        atom -> Int8,
        people -> Nullable<Int8>,
        sums -> Nullable<Array<Nullable<Int8>>>,
        blocks -> Nullable<Int4>,
    }
}

diesel::table! {
    published_changes (period_id, instrument_version_id, department_id, measure) {
        period_id -> Int8,
        instrument_version_id -> Int8,
        department_id -> Int8,
        measure -> Text,
        difference -> Float8,
        low -> Float8,
        high -> Float8,
        adjusted_p -> Float8,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::CellState;

    published_pulse_months (department_id, starts_on, measure) {
        department_id -> Int8,
        starts_on -> Date,
        parent_id -> Nullable<Int8>,
        place -> Int4,
        measure -> Text,
        state -> CellState,
        atom -> Int8,
        people -> Nullable<Int8>,
        blocks -> Nullable<Int4>,
        total -> Nullable<Int8>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::CellState;

    published_pulses (department_id, week, measure) {
        department_id -> Int8,
        week -> Date,
        parent_id -> Nullable<Int8>,
        place -> Int4,
        measure -> Text,
        state -> CellState,
        atom -> Int8,
        people -> Nullable<Int8>,
        total -> Nullable<Int8>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::ItemCategory;

    published_shares (period_id, category) {
        period_id -> Int8,
        category -> ItemCategory,
        people -> Int8,
        completed -> Int8,
    }
}

diesel::table! {
    pulse_months (starts_on) {
        starts_on -> Date,
        min_group -> Int2,
        published_at -> Timestamptz,
    }
}

diesel::table! {
    pulse_weeks (starts_on) {
        starts_on -> Date,
        min_group -> Int2,
        published_at -> Timestamptz,
    }
}

diesel::table! {
    pulses (user_id, day) {
        user_id -> Int8,
        day -> Date,
        burnout -> Int2,
        stress -> Int2,
        productivity -> Int2,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    questions (id) {
        id -> Int8,
        user_id -> Int8,
        asked_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Priority;

    recommendations (id) {
        id -> Int8,
        user_id -> Int8,
        item_id -> Int8,
        priority -> Priority,
        given_at -> Timestamptz,
        completed_at -> Nullable<Timestamptz>,
        number -> Int8,
    }
}

diesel::table! {
    released_departments (period_id, instrument_version_id, department_id) {
        period_id -> Int8,
        instrument_version_id -> Int8,
        department_id -> Int8,
        parent_id -> Nullable<Int8>,
        place -> Int4,
        depth -> Int2,
        name -> Text,
    }
}

diesel::table! {
    releases (period_id, instrument_version_id) {
        period_id -> Int8,
        instrument_version_id -> Int8,
        min_group -> Int2,
        cut_off_set -> Nullable<Text>,
        deviations -> Array<Nullable<Float8>>,
        against_period_id -> Nullable<Int8>,
        published_at -> Timestamptz,
        noise_kind -> Nullable<Text>,
        degrees -> Nullable<Array<Nullable<Int8>>>,
    }
}

diesel::table! {
    reminders (period_id, user_id, day) {
        period_id -> Int8,
        user_id -> Int8,
        day -> Date,
    }
}

diesel::table! {
    role_permissions (role_id, permission) {
        role_id -> Int8,
        permission -> Text,
    }
}

diesel::table! {
    roles (id) {
        id -> Int8,
        key -> Nullable<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        name -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::SignInKind;

    sign_ins (id) {
        id -> Int8,
        user_id -> Int8,
        token_hash -> Bytea,
        kind -> SignInKind,
        address -> Inet,
        browser -> Text,
        created_at -> Timestamptz,
        last_seen_at -> Timestamptz,
        idle_expires_at -> Timestamptz,
        expires_at -> Timestamptz,
        number -> Int8,
        proved_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::SupportState;
    use super::sql_types::BurnoutLevel;
    use super::sql_types::BurnoutProfile;
    use super::sql_types::SupportContact;

    support_requests (id) {
        id -> Int8,
        user_id -> Int8,
        state -> SupportState,
        message -> Nullable<Text>,
        department -> Nullable<Text>,
        result_on -> Nullable<Date>,
        level -> Nullable<BurnoutLevel>,
        profile -> Nullable<BurnoutProfile>,
        contact -> Nullable<SupportContact>,
        phone -> Nullable<Text>,
        answer -> Nullable<Text>,
        answered_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        closed_at -> Nullable<Timestamptz>,
        waiting -> Bool,
        number -> Int8,
    }
}

diesel::table! {
    tag_names (tag_id, language) {
        tag_id -> Int8,
        language -> Text,
        name -> Text,
    }
}

diesel::table! {
    tags (id) {
        id -> Int8,
        key -> Text,
    }
}

diesel::table! {
    user_roles (user_id, role_id) {
        user_id -> Int8,
        role_id -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    users (id) {
        id -> Int8,
        email -> Nullable<Text>,
        password_hash -> Nullable<Text>,
        name -> Text,
        position -> Text,
        claimed_department -> Text,
        department_id -> Nullable<Int8>,
        confirmed_at -> Nullable<Timestamptz>,
        language -> Nullable<Text>,
        joined_on -> Date,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        email_verified_at -> Nullable<Timestamptz>,
        manager_id -> Nullable<Int8>,
        invited_at -> Nullable<Timestamptz>,
    }
}

diesel::joinable!(account_links -> users (user_id));
diesel::joinable!(actions -> departments (department_id));
diesel::joinable!(actions -> instrument_versions (instrument_version_id));
diesel::joinable!(actions -> periods (baseline_period_id));
diesel::joinable!(actions -> users (created_by));
diesel::joinable!(assessments -> instrument_versions (instrument_version_id));
diesel::joinable!(assessments -> periods (period_id));
diesel::joinable!(assessments -> users (user_id));
diesel::joinable!(attempts -> users (user_id));
diesel::joinable!(avatars -> users (user_id));
diesel::joinable!(campaign_departments -> departments (department_id));
diesel::joinable!(campaign_departments -> periods (period_id));
diesel::joinable!(chats -> users (user_id));
diesel::joinable!(consents -> users (user_id));
diesel::joinable!(drafts -> instrument_versions (instrument_version_id));
diesel::joinable!(drafts -> users (user_id));
diesel::joinable!(erasure_requests -> users (user_id));
diesel::joinable!(import_pages -> imports (import_id));
diesel::joinable!(imports -> users (user_id));
diesel::joinable!(instrument_versions -> instruments (instrument_id));
diesel::joinable!(instrument_versions -> users (attested_by));
diesel::joinable!(invitations -> periods (period_id));
diesel::joinable!(invitations -> users (user_id));
diesel::joinable!(last_numbers -> users (user_id));
diesel::joinable!(library_item_tags -> library_items (item_id));
diesel::joinable!(library_item_tags -> tags (tag_id));
diesel::joinable!(library_texts -> library_items (item_id));
diesel::joinable!(messages -> chats (chat_id));
diesel::joinable!(periods -> instrument_versions (instrument_version_id));
diesel::joinable!(privacy_reports -> periods (period_id));
diesel::joinable!(profiles -> users (user_id));
diesel::joinable!(published_pulse_months -> pulse_months (starts_on));
diesel::joinable!(published_pulses -> pulse_weeks (week));
diesel::joinable!(published_shares -> periods (period_id));
diesel::joinable!(pulses -> users (user_id));
diesel::joinable!(questions -> users (user_id));
diesel::joinable!(recommendations -> library_items (item_id));
diesel::joinable!(recommendations -> users (user_id));
diesel::joinable!(releases -> instrument_versions (instrument_version_id));
diesel::joinable!(role_permissions -> permissions (permission));
diesel::joinable!(role_permissions -> roles (role_id));
diesel::joinable!(sign_ins -> users (user_id));
diesel::joinable!(support_requests -> users (user_id));
diesel::joinable!(tag_names -> tags (tag_id));
diesel::joinable!(user_roles -> roles (role_id));
diesel::joinable!(user_roles -> users (user_id));
diesel::joinable!(users -> departments (department_id));

diesel::allow_tables_to_appear_in_same_query!(
    access_codes,
    account_links,
    actions,
    assessments,
    attempts,
    audit_checks,
    audit_events,
    audit_seal,
    avatars,
    campaign_departments,
    campaign_rests,
    chats,
    consents,
    departments,
    drafts,
    erasure_requests,
    erasures,
    import_pages,
    imports,
    installation,
    instrument_figures,
    instrument_versions,
    instruments,
    invitations,
    last_numbers,
    library_item_tags,
    library_items,
    library_texts,
    limits,
    mails,
    messages,
    old_users,
    periods,
    permissions,
    privacy_reports,
    profiles,
    published_cells,
    published_changes,
    published_pulse_months,
    published_pulses,
    published_shares,
    pulse_months,
    pulse_weeks,
    pulses,
    questions,
    recommendations,
    released_departments,
    releases,
    reminders,
    role_permissions,
    roles,
    sign_ins,
    support_requests,
    tag_names,
    tags,
    undelivered_mails,
    user_roles,
    users,
);
