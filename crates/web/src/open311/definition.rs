//! `GET services/CODE`: the attributes of a service (C-85).

use super::{door, errors::Told, node::Node, params::Asked, services};
use crate::App;
use axum::{extract::State, http::StatusCode, response::Response};
use catalogue::{Ask, Kind, Question, Service};

/// Attributes that a program fills by itself, and never asks people for.
pub const BY_SOFTWARE: [(&str, &str, &str); 4] = [
    ("easting", "number", "Easting on the National Grid, in metres"),
    ("northing", "number", "Northing on the National Grid, in metres"),
    ("fixmystreet_id", "string", "The sender’s own number of the report: a second try under it finds the first"),
    ("report_url", "string", "Where the sender shows the report"),
];

pub async fn get(State(app): State<App>, asked: Asked) -> Result<Response, Told> {
    let door = door::open(&app, &asked)?;
    let service = services::find(&app, &door, asked.last())?;
    let asked_for = services::attributes(service).map(|(question, datatype)| Attribute {
        code: &question.id,
        datatype,
        required: question.ask == Ask::Required && question.show_when.is_none(),
        hint: service.words.hint(&question.id),
        description: service.words.label(&question.id),
        by_software: false,
        values: values(service, question),
    });
    let by_software = BY_SOFTWARE.iter().map(|(code, datatype, description)| Attribute {
        code,
        datatype,
        required: false,
        hint: None,
        description,
        by_software: true,
        values: Vec::new(),
    });
    let attributes = (1..).zip(asked_for.chain(by_software)).map(|(order, attribute)| attribute.node(order)).collect();
    let definition =
        Node::One(vec![("service_code", Node::text(&service.id)), ("attributes", Node::Many("attribute", attributes))]);
    Ok(asked.format.answer(StatusCode::OK, "service_definition", &definition, door.caching()))
}

struct Attribute<'a> {
    code: &'a str,
    datatype: &'static str,
    required: bool,
    hint: Option<&'a str>,
    description: &'a str,
    by_software: bool,
    values: Vec<(&'a str, &'a str)>,
}

impl<'a> Attribute<'a> {
    fn node(self, order: i64) -> Node<'a> {
        let mut fields = vec![
            ("variable", Node::Flag(true)),
            ("code", Node::text(self.code)),
            ("datatype", Node::text(self.datatype)),
            ("required", Node::Flag(self.required)),
            ("datatype_description", Node::text(self.hint.unwrap_or_default())),
            ("order", Node::Whole(order)),
            ("description", Node::text(self.description)),
        ];
        if self.by_software {
            fields.push(("automated", Node::text("server_set")));
        }
        if !self.values.is_empty() {
            let value =
                |(key, name): (&'a str, &'a str)| Node::One(vec![("key", Node::text(key)), ("name", Node::text(name))]);
            fields.push(("values", Node::Many("value", self.values.into_iter().map(value).collect())));
        }
        Node::One(fields)
    }
}

fn values<'a>(service: &'a Service, question: &'a Question) -> Vec<(&'a str, &'a str)> {
    // Options that follow another question's have its words.
    let (options, of): (Vec<&str>, &str) = match &question.kind {
        Kind::YesNo => (vec!["yes", "no"], &question.id),
        Kind::Choice { options, among } => {
            (options.iter().map(String::as_str).collect(), among.as_deref().unwrap_or(&question.id))
        }
        Kind::Choices { options, .. } => (options.iter().map(String::as_str).collect(), &question.id),
        _ => return Vec::new(),
    };
    let name = |option: &'a str| match service.words.option(of, option) {
        "" => service.words.say(&format!("yes_no.options.{option}")),
        words => words,
    };
    options.into_iter().map(|option| (option, name(option))).collect()
}
