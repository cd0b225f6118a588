//! From answers to a report that may be sent, by the rules of the pages, or all that is in the way at once.

use super::{answers, body::Body, stop};
use crate::{
    App,
    page::{Problem, World, pin, problem::Wrong},
};
use casework::{
    Error, Refusal,
    report::submit::{self, Ready},
};
use catalogue::{Answers, Context, End, Form, Question, Service, Walk, kind, walk};
use serde_json::Value as Json;
use std::sync::Arc;

const KNOWN: &[&str] = &["service", "answers", "contact", "pin", "carried_on", "files"];

/// `known` is what was found wrong before.
pub fn complete(app: &App, world: &World, body: &Body, known: Vec<Wrong>) -> Result<Ready, Problem> {
    let mut errors = body.strangers(KNOWN);
    errors.extend(known);
    let id = body.text("service", &mut errors);
    let Some(service) = app.setting.catalogue.service(&id).cloned() else {
        if !errors.iter().any(|error| error.field == "service") {
            errors.push(Wrong::field("service", "service.unknown", "There is no service of this name"));
        }
        return Err(Problem::wrong(errors));
    };
    let ctx = world.context();
    let mut said = answers::read(&service, body, &ctx);
    errors.append(&mut said.errors);
    pass_over(&service, &mut said.answers, &ctx);
    let walked = walk(&service, &said.answers, &ctx);
    // First of all, also where something else is wrong: 999 cannot wait for the rest.
    if let End::Stop(view) = &walked.end {
        return Err(stop::problem(view));
    }
    errors.extend(unfit(&walked, &said.answers, &ctx, &errors));
    let pin = read_pin(&walked, body, &mut errors);
    if !errors.is_empty() {
        return Err(Problem::wrong(errors));
    }
    ready(app, &service, &said.answers, pin.as_deref(), &ctx)
}

/// An optional question that was not answered is passed over: a program says at once all it has to say.
fn pass_over(service: &Service, answers: &mut Answers, ctx: &Context) {
    for _ in &service.questions {
        let passed = match walk(service, answers, ctx).end {
            End::Ask(asked) if answers.get(&asked.id).is_none() && !kind::is_required_now(asked, answers, ctx) => {
                asked.id.clone()
            }
            _ => return,
        };
        answers.pass(&passed);
    }
}

/// What is missing, what does not stand beside the rest, and what is not asked after the answers given.
fn unfit(walked: &Walk, given: &Answers, ctx: &Context, known: &[Wrong]) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for question in &walked.service.questions {
        let is_known = |error: &Wrong| error.question.as_deref() == Some(&question.id) || starts(error, question);
        if known.iter().any(is_known) {
            continue;
        }
        if walked.dropped.contains(&question.id) {
            let words = "This is not asked after the other answers. Leave it out";
            let field = Wrong::field(&question.id, "answer.not_asked", words);
            wrong.push(Wrong { question: Some(question.id.clone()), ..field });
            continue;
        }
        let shown = question.show_when.as_ref().is_none_or(|when| when.holds(&walked.kept, ctx.now));
        if !shown {
            continue;
        }
        let problems = match given.get(&question.id) {
            Some(answer) => kind::stands(question, answer, &walked.kept, ctx).err(),
            None => kind::read(question, &Form::new(), &walked.kept, ctx).err(),
        };
        wrong.extend(problems.into_iter().flatten().map(Wrong::from));
    }
    wrong
}

fn starts(error: &Wrong, question: &Question) -> bool {
    error.field.strip_prefix(question.id.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The PIN, where the report has one.
fn read_pin(walked: &Walk, body: &Body, errors: &mut Vec<Wrong>) -> Option<String> {
    let typed = match body.0.get("pin") {
        None => "",
        Some(Json::String(typed)) => typed.as_str(),
        Some(_) => {
            errors.push(Wrong::field("pin", "json.shape", "This must be a text"));
            return None;
        }
    };
    match (submit::needs_pin(walked), body.0.contains_key("pin")) {
        (true, _) => match pin::read(typed) {
            Ok(pin) => Some(pin),
            Err((code, words)) => {
                errors.push(Wrong::field("pin", code, words));
                None
            }
        },
        (false, true) if errors.is_empty() => {
            errors.push(Wrong::field("pin", "pin.not_asked", "This report has no PIN. Leave it out"));
            None
        }
        (false, _) => None,
    }
}

fn ready(
    app: &App,
    service: &Arc<Service>,
    answers: &Answers,
    pin: Option<&str>,
    ctx: &Context,
) -> Result<Ready, Problem> {
    submit::ready(&app.setting, service, answers, pin, ctx).map_err(|error| match error {
        Error::Refused(Refusal::Incomplete) => {
            let place = service.deciding_place().map(|question| question.id.clone());
            let words = "We do not know who should get this. Check the place. If it cannot wait, call 101";
            let field = Wrong::field(place.as_deref().unwrap_or_default(), "place.nobody", words);
            Problem::wrong(vec![Wrong { question: place, ..field }])
        }
        other => other.into(),
    })
}
