//! `/staff/cases/{reference}/visit`: the log of a visit (C-27), a form of its own.

use super::{acts::Case, fields, moment};
use crate::{
    App,
    govuk::{BackLink, Button, ErrorSummary, FileUpload, Html, Input, RadioItem, Radios, Textarea},
    page::{
        Caching, Failure, Frame, Posted, files, gone_to, html, html_with,
        parts::{Part, Parts},
    },
    staff::{acts::said, session::SignedIn},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Error,
    casefile::{read, site_visit},
    codes,
};
use catalogue::Form;
use rights::Right;
use std::collections::HashMap;
use store::site_visit::Nuisance;

#[derive(Template)]
#[template(path = "staff/case-visit.html")]
pub struct VisitPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub reference: String,
    pub action: String,
    pub version: i64,
    pub fields: Vec<Html>,
    pub files: FileUpload,
    pub button: Button,
}

fn yes_no(name: &str, legend: &str, posted: &Posted) -> Radios {
    let items = [RadioItem::new("yes", "Yes"), RadioItem::new("no", "No")];
    Radios::new(name, legend, items).inline().value(posted.get(name))
}

fn text(name: &str, label: &str, posted: &Posted) -> Html {
    Html::of(&Textarea::new(name, name, label).rows(2).value(posted.get(name)))
}

/// In the order of the visit; what stands under an answer belongs to it alone.
fn form(posted: &Posted, short: u32) -> Vec<Html> {
    let small = |name: &str, label: &str, hint: &str| {
        Html::of(&Input::new(name, name, label).hint(hint).digits().width(5).value(posted.get(name)))
    };
    let room = [
        text("room", "Which room?", posted),
        Html::of(&yes_no("furnished", "Was it furnished?", posted)),
        Html::of(&yes_no("doors_open", "Were the doors open?", posted)),
        Html::of(&yes_no("windows_open", "Were the windows open?", posted)),
        Html::of(&yes_no("can_close", "Can they be closed?", posted)),
    ];
    let room = room.into_iter().reduce(|all, part| all.then(&part)).unwrap_or_default();
    let inside = [
        RadioItem::new("yes", "Yes").reveals(room),
        RadioItem::new("no", "No").reveals(small("distance", "How far away were you?", "In metres")),
    ];
    let nuisance = [
        RadioItem::new(Nuisance::Yes.name(), "Yes"),
        RadioItem::new(Nuisance::No.name(), "No").reveals(text("why_not", "Why not?", posted)),
        RadioItem::new(Nuisance::Undecided.name(), "Not decided"),
    ];
    vec![
        text("weather", "Weather", posted),
        fields("parked", "When did you park?", Some(posted)),
        text("first_impressions", "First impressions", posted),
        text("heard_parked", "What did you hear from there?", posted),
        fields("property", "When were you at the property?", Some(posted)),
        Html::of(&Radios::new("inside", "Did you go inside?", inside).value(posted.get("inside"))),
        text("heard_type", "What did you hear at the property?", posted),
        Html::of(&yes_no("continuous", "Did it go on without a break?", posted)),
        Html::of(&yes_no("recognised", "Did you know words or a tune?", posted)),
        text("recognised_words", "Which words or tune?", posted),
        small("minutes", "How many minutes did you listen?", &format!("Less than {short} is seldom enough")),
        Html::of(&Radios::new("nuisance", "Is it a statutory nuisance?", nuisance).value(posted.get("nuisance"))),
        fields("left", "When did you leave?", Some(posted)),
        text("notes", "Notes", posted),
    ]
}

async fn known(app: &App, who: &SignedIn, reference: &str) -> Result<read::Working, Failure> {
    rights::hold(&who.actor, Right::Note).map_err(|_| Failure::NotFound)?;
    let (actor, setting, now, named) = (who.actor.clone(), app.setting.clone(), app.now(), reference.to_owned());
    let glance = app.draw().glance("work");
    Ok(app.db.look(&who.actor, glance, move |look| read::one(&actor, look, &setting, &named, now)).await?)
}

async fn page(
    app: &App,
    who: &SignedIn,
    reference: &str,
    (posted, wrong): (&Posted, Option<&str>),
) -> Result<VisitPage, Failure> {
    let working = known(app, who, reference).await?;
    let short = app.setting.cases(&working.case.agency).map_or(0, |rules| rules.short_visit_minutes);
    let path = format!("/staff/cases/{reference}");
    Ok(VisitPage {
        frame: Frame::staff(app, "Log of a visit", Some(who.desk(app, "cases")))
            .wrong(wrong.is_some())
            .with_file_styles(app),
        back: BackLink::to(&path),
        errors: ErrorSummary::new(wrong.map(|words| ("weather", words))),
        reference: codes::show_reference(reference),
        action: format!("{path}/visit"),
        version: working.case.version,
        fields: form(posted, short),
        files: files::input(&files::any(), &[]),
        button: Button::text("Keep the log"),
    })
}

pub async fn get(State(app): State<App>, who: SignedIn, Path(reference): Path<String>) -> Result<Response, Failure> {
    let reference = codes::read_reference(&reference).ok_or(Failure::NotFound)?;
    html(&page(&app, &who, &reference, (&Posted::default(), None)).await?, Caching::Never)
}

fn log(posted: &Posted) -> site_visit::Log {
    let told = |name: &str| match posted.get(name) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    // What is no number is one that is refused.
    let number = |name: &str| match posted.get(name).trim() {
        "" => None,
        typed => Some(typed.parse::<i64>().unwrap_or(-1)),
    };
    site_visit::Log {
        words: site_visit::WORDS.map(|(id, _)| posted.get(id).to_owned()),
        times: ["parked", "property", "left"].map(|prefix| moment(posted, prefix)),
        inside: told("inside"),
        distance_metres: number("distance"),
        furnished: told("furnished"),
        doors_open: told("doors_open"),
        windows_open: told("windows_open"),
        can_close: told("can_close"),
        continuous: told("continuous"),
        recognised: told("recognised"),
        minutes: number("minutes"),
        nuisance: Nuisance::from_name(posted.get("nuisance")),
    }
}

pub async fn post(
    State(app): State<App>,
    who: SignedIn,
    Path(asked): Path<HashMap<String, String>>,
    mut parts: Parts,
) -> Result<Response, Failure> {
    // Nobody uploads to a case that they may not see.
    let reference = asked.get("reference").and_then(|typed| codes::read_reference(typed)).ok_or(Failure::NotFound)?;
    known(&app, &who, &reference).await?;
    let wish = files::any();
    let (mut form, mut received, mut unfit) = (Form::new(), Vec::new(), Vec::new());
    while let Some(part) = parts.next(wish.most_bytes).await? {
        match part {
            Part::Text(name, value) => form.0.push((name, value)),
            Part::File { name, arrived, .. } => match files::receive(&app, &name, arrived, &wish).await? {
                Ok(file) => received.push(file),
                Err((_, words)) => unfit.push(words),
            },
        }
    }
    let posted = Posted(form);
    if let Some(words) = unfit.first() {
        let page = page(&app, &who, &reference, (&posted, Some(words))).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never);
    }
    let (case, typed) = (Case::of(&asked, &posted)?, log(&posted));
    let has_files = !received.is_empty();
    let short = app
        .setting
        .cases(&who.staff.agency)
        .is_some_and(|rules| typed.minutes.is_some_and(|minutes| minutes < i64::from(rules.short_visit_minutes)));
    let (actor, setting, draw) = (who.actor.clone(), app.setting.clone(), app.draw());
    let done = app
        .db
        .write(move |tx| site_visit::log(&actor, tx, &setting, &mut draw.clone(), case.on(), (&typed, &received)))
        .await;
    let why = match done {
        Ok(()) => {
            let word = if short { "short" } else { "saved" };
            return Ok(gone_to(&format!("/staff/cases/{reference}?done={word}")));
        }
        Err(Error::Refused(refusal)) => said(refusal),
        // What was typed stays; the page that comes back is of the case as it is now.
        Err(Error::Stale) => "Somebody changed this case just before you. Look at the log again, and keep it.",
        Err(other) => return Err(other.into()),
    };
    let why = if has_files { format!("{why} Then choose your files again.") } else { why.to_owned() };
    let page = page(&app, &who, &reference, (&posted, Some(&why))).await?;
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never)
}
