//! `/api/openapi.json`, generated from the code, and `/api/docs`, the same as a
//! page that loads nothing from other hosts.

use crate::{
    accounts::api as accounts,
    assessment::api as assessment,
    assistant::api as assistant,
    auth::Visitor,
    dashboard::api as dashboard,
    error::{AppError, PageError},
    i18n::Language,
    insights::api as insights,
    library::to_html,
    recommendations::api as recommendations,
    urls,
    web::{self, Hearth, Page},
};
use actix_web::{HttpResponse, web::Data};
use askama::Template;
use serde_json::{Map, Value};
use std::sync::LazyLock;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Hearth",
        description = "An employee's own check-ups, results, recommendations, pulse and conversations, and HR's published \
            numbers, for programs. Sign in once and send the token as `Authorization: Bearer …`; cookies are ignored \
            here, tokens on the pages. Every error has the shape `{\"detail\": \"one sentence\"}`, in the language of \
            `?lang=`, of the person or of `Accept-Language`. Fields that are not described are ignored in requests \
            and may appear in responses. Requests from pages of other websites are refused with 403."
    ),
    paths(
        accounts::register, accounts::sign_in, accounts::me, accounts::verify, accounts::sign_out,
        assessment::show_questions, assessment::submit, assessment::history, assessment::show,
        recommendations::index, recommendations::show, recommendations::complete, recommendations::reopen,
        dashboard::metrics, dashboard::save_metrics, dashboard::summary,
        assistant::ask, assistant::index, assistant::create, assistant::show, assistant::send,
        insights::overview,
    ),
    modifiers(&Token),
    tags(
        (name = "auth", description = "Accounts and tokens"),
        (name = "assessment", description = "Questionnaire, results and history"),
        (name = "recommendations", description = "The recommendations to a person"),
        (name = "dashboard", description = "The daily pulse, and a summary"),
        (name = "assistant", description = "Conversations with the assistant"),
        (name = "hr", description = "Published numbers of the organisation"),
    )
)]
struct Document;

struct Token;

impl Modify for Token {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(token));
    }
}

/// The document as JSON.
static JSON: LazyLock<Value> = LazyLock::new(|| {
    let mut document = serde_json::to_value(Document::openapi()).unwrap_or_default(); // it is made of text and numbers
    name_languages(&mut document);
    document
});

/// Says which values the parameter `lang` takes, which an attribute cannot say of a list.
fn name_languages(document: &mut Value) {
    let codes = Language::any_code(|code| format!("`{code}`"));
    let (about, pattern) =
        (format!("Language of the texts: {codes}"), format!("^({})$", Language::ALL.map(Language::code).join("|")));
    let operations = document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut);
    let operations = operations.filter_map(Value::as_object_mut).flat_map(Map::values_mut);
    let parameters = operations.filter_map(|operation| operation.get_mut("parameters")?.as_array_mut()).flatten();
    for parameter in parameters.filter(|parameter| parameter["name"] == "lang") {
        parameter["description"] = about.as_str().into();
        parameter["schema"]["pattern"] = pattern.as_str().into();
    }
}

/// The document.
pub async fn openapi() -> HttpResponse {
    HttpResponse::Ok().json(&*JSON)
}

#[derive(Template)]
#[template(path = "api/docs.html")]
struct DocsPage {
    page: Page,
    base: String,
    introduction: String,
    groups: Vec<Group>,
    schemas: Vec<Schema>,
}

struct Group {
    name: String,
    description: String,
    operations: Vec<Operation>,
}

struct Operation {
    /// The element's id, for links to it.
    anchor: String,
    method: String,
    path: String,
    summary: String,
    description: String,
    needs_token: bool,
    parameters: Vec<Field>,
    /// Name of the request body's schema, and an example as JSON.
    body: Option<(String, String)>,
    answers: Vec<(String, String, Option<String>)>,
}

struct Schema {
    name: String,
    description: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    kind: String,
    required: bool,
    description: String,
}

/// A description (Markdown) as sanitised inline HTML.
fn described(value: &Value) -> String {
    let html = to_html(value.as_str().unwrap_or_default());
    html.trim().trim_start_matches("<p>").trim_end_matches("</p>").to_owned()
}

/// The document as a page.
pub async fn docs(visitor: Visitor, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let document = &*JSON;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let groups = document["tags"].as_array().into_iter().flatten().map(|tag| Group {
        name: text(&tag["name"]),
        description: text(&tag["description"]),
        operations: operations(document, tag["name"].as_str().unwrap_or_default()),
    });
    let base = hearth.config.public_url.join(urls::API).map_err(|error| AppError::Internal(error.into()))?;
    let page = DocsPage {
        page: visitor.page,
        base: base.into(),
        introduction: described(&document["info"]["description"]),
        groups: groups.collect(),
        schemas: entries(&document["components"]["schemas"]).map(|(name, schema)| to_schema(name, schema)).collect(),
    };
    Ok(web::html(&page)?)
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn operations(document: &Value, tag: &str) -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, methods) in entries(&document["paths"]) {
        for (method, operation) in entries(methods) {
            if operation["tags"][0] == tag {
                found.push(to_operation(document, path, method, operation));
            }
        }
    }
    found
}

fn to_operation(document: &Value, path: &str, method: &str, operation: &Value) -> Operation {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let body = reference(&operation["requestBody"]["content"]["application/json"]["schema"]);
    let answers = entries(&operation["responses"]).map(|(status, answer)| {
        let schema = reference(&answer["content"]["application/json"]["schema"]);
        (status.clone(), described(&answer["description"]), schema)
    });
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    Operation {
        anchor: format!("{method}{}", path.replace(['/', '{', '}'], "-")),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: described(&operation["summary"]),
        description: described(&operation["description"]),
        needs_token: operation["security"]
            .as_array()
            .is_some_and(|needs| needs.iter().all(|one| one["token"].is_array())),
        parameters: parameters
            .map(|parameter| Field {
                name: text(&parameter["name"]),
                kind: text(&parameter["in"]),
                required: parameter["required"] == true,
                description: described(&parameter["description"]),
            })
            .collect(),
        body: body.map(|name| {
            let example = example(&document["components"]["schemas"][&name]);
            (name, example)
        }),
        answers: answers.collect(),
    }
}

/// The name of the schema that a value refers to.
fn reference(schema: &Value) -> Option<String> {
    schema["$ref"].as_str()?.rsplit('/').next().map(str::to_owned)
}

/// An example of a schema, composed of its fields' examples.
fn example(schema: &Value) -> String {
    let fields = entries(&schema["properties"]).map(|(name, field)| {
        let empty = if field["type"] == "object" { serde_json::json!({ "0": 3, "1": 4 }) } else { Value::Null };
        let shown = if field["example"].is_null() { empty } else { field["example"].clone() };
        (name.clone(), shown)
    });
    Value::Object(fields.filter(|(_, value)| !value.is_null()).collect()).to_string()
}

fn to_schema(name: &str, schema: &Value) -> Schema {
    let required = |field: &str| schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == field));
    let kind = |field: &Value| {
        let many = field["items"].is_object();
        let one = if many { &field["items"] } else { field };
        let named = reference(one).or_else(|| one["oneOf"].as_array()?.iter().find_map(reference));
        let kind = named.unwrap_or_else(|| match &one["type"] {
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
            kind => kind.as_str().unwrap_or_default().to_owned(),
        });
        if many { format!("[{kind}]") } else { kind }
    };
    Schema {
        name: name.to_owned(),
        description: described(&schema["description"]),
        fields: entries(&schema["properties"])
            .map(|(name, field)| Field {
                name: name.clone(),
                kind: kind(field),
                required: required(name),
                description: described(&field["description"]),
            })
            .collect(),
    }
}
