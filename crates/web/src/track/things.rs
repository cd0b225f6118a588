//! `/track/{reference}/things`: a thing that the reporter adds to their list, or tells again in other words (P-93).

use super::visit::{self, Visiting};
use crate::{
    App,
    govuk::{BackLink, Button, ErrorSummary, Select, SelectItem},
    page::{Caching, Failure, Frame, Posted, World, gone_to, html, html_with},
    question::{Drawn, Look, draw},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use casework::{
    Error, Refusal, codes,
    report::amend::{self, Asking},
};
use catalogue::{Answer, Answers, Filled, Form, Problem, Read, kind};

#[derive(Template)]
#[template(path = "track/things.html")]
pub struct ThingsPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub reference: String,
    pub action: String,
    pub question: Drawn,
    /// Which of the things known it stands for, where there are any.
    pub instead: Option<Select>,
    pub button: Button,
}

const ADD: &str = "It is another thing";

async fn asking(app: &App, visiting: &Visiting) -> Result<Asking, Failure> {
    let (actor, setting) = (visiting.actor.clone(), app.setting.clone());
    Ok(app.db.read(move |tx| amend::asking(&actor, tx, &setting)).await?)
}

fn page(
    app: &App,
    visiting: &Visiting,
    asking: &Asking,
    form: Option<&Form>,
    problems: &[(String, String)],
    wrong: &[Problem],
) -> Result<ThingsPage, Failure> {
    let reference = &visiting.head.reference;
    let sensitive = visiting.head.sensitive;
    let filled = form.map_or(Filled::Empty, Filled::Form);
    let face = kind::face(&asking.question, &asking.service.words, filled, &Answers::new());
    let question = draw(&face, Look::new(wrong).discreet(sensitive)).map_err(|_| Failure::Broken)?;
    let of_fields = wrong.iter().map(|problem| (question.target(&problem.field), problem.text.clone()));
    let all: Vec<(String, String)> = problems.iter().cloned().chain(of_fields).collect();
    let known = asking.known.iter().enumerate().map(|(n, words)| {
        SelectItem::new(n.to_string(), format!("Instead of: {}", words.lines().next().unwrap_or_default()))
    });
    let chosen = form.and_then(|form| form.get("instead")).unwrap_or_default();
    Ok(ThingsPage {
        frame: Frame::citizen(app, "Add or correct a thing")
            .exit(format!("{}/leave", visit::path(reference)), sensitive)
            .wrong(!all.is_empty()),
        back: BackLink::to(visit::path(reference)),
        errors: ErrorSummary::new(all.iter().map(|(id, words)| (id.clone(), words.as_str()))),
        reference: codes::show_reference(reference),
        action: format!("{}/things", visit::path(reference)),
        question,
        instead: (!asking.known.is_empty()).then(|| {
            Select::new(
                "instead",
                "instead",
                "Is it on your list?",
                [SelectItem::new("", ADD)].into_iter().chain(known),
            )
            .value(chosen)
        }),
        button: Button::text("Add to my report"),
    })
}

pub async fn get(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    let asking = asking(&app, &visiting).await?;
    html(&page(&app, &visiting, &asking, None, &[], &[])?, Caching::Never)
}

pub async fn post(State(app): State<App>, visiting: Visiting, Posted(form): Posted) -> Result<Response, Failure> {
    let asking = asking(&app, &visiting).await?;
    let world = World::of(&app);
    let again = |problems: &[(String, String)], wrong: &[Problem]| {
        let page = page(&app, &visiting, &asking, Some(&form), problems, wrong)?;
        html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never)
    };
    let read = kind::read(&asking.question, &form, &Answers::new(), &world.context());
    let item = match read {
        Ok(Read::Answer(Some(Answer::Items(items)))) => items.into_iter().next(),
        Ok(_) => None,
        Err(wrong) => return again(&[], &wrong),
    };
    let first = format!("{}.0.make", asking.question.id);
    let Some(item) = item else { return again(&[(first, "Tell us what it is first".to_owned())], &[]) };
    let instead = match form.trimmed("instead") {
        "" => None,
        place => Some(place.parse().ok().filter(|place| *place < asking.known.len()).ok_or(Failure::NotFound)?),
    };
    let (actor, setting, draw) = (visiting.actor.clone(), app.setting.clone(), app.draw());
    let done = app.db.write(move |tx| amend::add(&actor, tx, &setting, &mut draw.clone(), &item, instead)).await;
    match done {
        Ok(()) => Ok(gone_to(&format!("{}?done=thing", visit::path(&visiting.head.reference)))),
        Err(Error::Refused(Refusal::TooManyThings)) => {
            again(&[(first, "This report has as many things as it can have. Tell us in words".to_owned())], &[])
        }
        Err(other) => Err(other.into()),
    }
}
