//! Posts on one report. Each is one write job; a refusal comes back with words that say what to do.

use super::session::SignedIn;
use crate::{
    App,
    page::{Caching, Failure, Frame, Posted, gone_to, html_with},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Draw, Error, Refusal, Result as Done, Setting, codes,
    report::{
        acts::{self, Ending, On, To},
        duplicate, priority,
        tell::Told,
        transfer::{self, Ask},
    },
    template::Typed,
};
use rights::{Actor, Group, Groups};
use std::sync::Arc;
use store::Tx;
use uuid::Uuid;

/// A refusal on a page of its own, with what was typed to be copied.
#[derive(Template)]
#[template(path = "staff/refused.html")]
pub struct RefusedPage {
    pub frame: Frame,
    pub why: &'static str,
    pub typed: String,
    pub back: String,
}

/// Where a page of its own asks for an act: what stood in it stays, and the report has to be looked at again.
pub(super) const STALE: &str = "Somebody changed this report just before you. Go back, look at it, then begin again";

/// What each refusal says to staff.
pub(super) fn said(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::WordsNeeded => "Write some words first. The resident or your colleagues need them.",
        Refusal::WordsTooLong => "That is too long. Use no more than 5,000 characters.",
        Refusal::WordsUnreadable => {
            "The text holds hidden characters that we cannot keep. Type it again, or paste it as plain text."
        }
        Refusal::NoSuchStage => "Choose a state from the list.",
        Refusal::NoSuchOutcome => "Choose an outcome from the list.",
        Refusal::NoSuchPriority => "Choose a priority from the list.",
        Refusal::NoSuchColleague => "Choose a person or team from the list.",
        Refusal::NoSuchPartner => "Choose an agency from the list.",
        Refusal::ReasonNeeded => "Choose a reason from the list.",
        Refusal::Ended => "This report has ended. Open it again first.",
        Refusal::NotEnded => "This report is still open.",
        Refusal::AlreadyDone => "That was done already. Reload the report to see it.",
        Refusal::AlreadyAsked => "Another agency has been asked already. Take that request back first.",
        Refusal::Incomplete => "Some answers are missing.",
        Refusal::NoSuchWay => "Choose how it was paid.",
        Refusal::PaysNow => "The resident is paying by card now. Wait until that has ended.",
        Refusal::TooLateToRefund => "It is too late to give this back here.",
        Refusal::AlreadyOrdered => "One of these is on order for this home already.",
        Refusal::NoSuchSlot => "That day cannot be booked, or is full.",
        Refusal::TooManyItems => "This is more than the crew takes at one time.",
        Refusal::TooLateToChange => "It is too late to change this booking.",
        Refusal::NotNow => "One of the collections cannot be reported now.",
        Refusal::FileGone => "A file is not here any more. Add it again.",
        Refusal::TooManyFiles => "This report has as many files as it can have.",
        Refusal::ElsewhereNeeded => {
            "Say who acts now and how to reach them, and tick that you have told the resident. Then it can be closed."
        }
        Refusal::TooManyThings => "This report has as many things as it can have.",
        Refusal::NoDayHere => "Only work that is planned has a day. Choose that state, or leave the day empty.",
        Refusal::DayOver => "Give a day that is today or still to come, or leave it empty.",
        Refusal::DateTooSoon => "Give a day after today, and after the day it was due.",
        Refusal::NoSuchDay => "Give the day as a day, a month and a year, or leave it empty.",
        Refusal::NoSuchIncident => "Choose a category from the list.",
        Refusal::NoSuchInterval => {
            "Say how often: a number with days, weeks or months, not longer than we may agree. Choose how they would like \
             to hear. Give both hours, or neither."
        }
        Refusal::NoSuchDays => "Give the first day away, and a later day on which work begins again, within a year.",
        Refusal::NoSuchOffence => "Choose an offence from the list.",
        Refusal::NoSuchNumber => {
            "We know no such crime number. Check it: your force’s code, the year, then the serial."
        }
        Refusal::NumberTaken => "Another crime has this number. Join the report to that crime instead.",
        Refusal::NotHeard => "Talk to the victim first, at a safe time, and tick the box.",
        Refusal::LoweredWithoutReason => "Say why it is less urgent than before.",
        Refusal::SameOrNot => "Choose whether it is the same thing.",
        Refusal::NoSuchScore => "Give each of the six a score, and choose a grade.",
        Refusal::NoSuchAction => "Choose what was done from the list.",
        Refusal::NoSuchWard => "Choose a ward from the list.",
        Refusal::NoSuchCase => "We know no such case. Give the reference of a case of your agency.",
        Refusal::SameCase => "That is the same case, or one that was merged into it.",
        Refusal::LaterThanNow => "Give a day and a time that are not in the future.",
        Refusal::NoSuchTime => {
            "Give each time as a day and a time, such as 9pm or 21:00, and in their order. Leave both empty, or fill in both."
        }
        Refusal::TooLateToEdit => {
            "A note can be edited for a while by the person who wrote it. Add another one instead."
        }
        Refusal::InsideOrNot => "Say whether you went inside.",
        Refusal::NuisanceOrNot => "Say whether it is a statutory nuisance.",
        Refusal::WhyNotNeeded => "Say why it is not a statutory nuisance.",
        Refusal::NoSuchMinutes => "Give the minutes you listened, and the distance in metres, as whole numbers.",
        Refusal::NoSuchCode => "Choose each from its list.",
        Refusal::NoSuchDefect => "Choose what you found, and what traffic needs, from the lists.",
        Refusal::NameTooLong => "Keep the name to one line of 40 characters or fewer.",
        Refusal::TooManyViews => "There are 20 views already. Take one away first.",
        Refusal::NoSuchPlace => "Give a place that we can put on the map: a postcode, a street or a grid reference.",
        Refusal::NotOurPlace => {
            "That place is not in your agency’s area. Send the report to the agency that looks after it."
        }
        Refusal::NoSuchService => "Choose what it is about from the list.",
        Refusal::WorkedTogether => "Another agency works this report too. Nobody can change what it is about now.",
        Refusal::NoSuchDuplicate => {
            "Give the number of another open report of your agency that is close by and that is not the same as a third one."
        }
        Refusal::HasDuplicates => "Other reports are the same as this one. Open those again first.",
        Refusal::SaysWho => {
            "What everybody reads must not hold a telephone number, an e-mail address, a number plate or strong words. Take that out, or do not show it to everybody."
        }
        Refusal::SecondPerson => "You placed it: somebody else lets go of it.",
        Refusal::NeverPublic => "Reports of this kind are never public.",
        Refusal::NoSuchAddress => "Enter an e-mail address, such as name@example.org.",
        Refusal::CannotReach => "This report has no name or cannot be followed. Nothing can be sent to the resident.",
    }
}

/// Runs one act on the report and goes back to it, with the banner the act names.
pub(super) async fn run<F>(
    app: App,
    signed_in: SignedIn,
    reference: String,
    typed: String,
    act: F,
) -> Result<Response, Failure>
where
    F: Fn(&Actor, &mut Tx, &Arc<Setting>, &mut Draw, &str) -> Done<&'static str> + Send + 'static,
{
    let reference = codes::read_reference(&reference).ok_or(Failure::NotFound)?;
    let back = format!("/staff/reports/{reference}");
    let (actor, setting, draw) = (signed_in.actor.clone(), app.setting.clone(), app.draw());
    let done = app.db.write(move |tx| act(&actor, tx, &setting, &mut draw.clone(), &reference)).await;
    match done {
        Ok(banner) => {
            app.bell.notify_one();
            Ok(gone_to(&format!("{back}?done={banner}")))
        }
        Err(Error::Refused(refusal)) => refused(&app, &signed_in, said(refusal), typed, back),
        Err(Error::Stale) => {
            let why = "Somebody changed this report just before you. Nothing of yours was saved. Open it again to see what is new.";
            refused(&app, &signed_in, why, typed, back)
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) fn refused(
    app: &App,
    by: &SignedIn,
    why: &'static str,
    typed: String,
    back: String,
) -> Result<Response, Failure> {
    let frame = Frame::staff(app, "Not saved", Some(by.desk(app, "queue"))).wrong(true);
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &RefusedPage { frame, why, typed, back }, Caching::Never)
}

pub(super) fn told(told: Told) -> &'static str {
    match told {
        Told::Queued => "told",
        Told::Held => "held",
        Told::Nobody => "saved",
    }
}

pub(super) fn version(posted: &Posted) -> i64 {
    posted.get("version").parse().unwrap_or(-1)
}

/// The template that the words began as.
fn template(posted: &Posted) -> Option<Uuid> {
    Uuid::parse_str(posted.get("template")).ok()
}

type Report = Path<String>;

pub async fn acknowledge(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let version = version(&posted);
    run(app, who, reference, String::new(), move |actor, tx, setting, draw, reference| {
        Ok(match acts::acknowledge(actor, tx, setting, draw, On { reference, version })? {
            Told::Held => "acknowledged-held",
            Told::Queued => "acknowledged",
            Told::Nobody => "saved",
        })
    })
    .await
}

/// To whom a report is given, as a form says it.
pub(super) fn to(text: &str) -> Option<To> {
    match text.split_once(':') {
        Some(("person", id)) => Uuid::parse_str(id).ok().map(To::Person),
        Some(("team", id)) => Some(To::Team(id.to_owned())),
        _ => text.is_empty().then_some(To::Nobody),
    }
}

pub async fn assign(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let version = version(&posted);
    let to = to(posted.get("to"));
    run(app, who, reference, String::new(), move |actor, tx, setting, draw, reference| {
        let to = to.as_ref().ok_or(Refusal::NoSuchColleague)?;
        acts::assign(actor, tx, setting, draw, On { reference, version }, to)?;
        Ok("assigned")
    })
    .await
}

pub async fn stage(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, stage, words) = (version(&posted), posted.get("stage").to_owned(), posted.get("words").to_owned());
    let (template, everybody) = (template(&posted), posted.get("everybody") == "yes");
    let day = posted.day("planned");
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        let typed = Typed { words: &words, template, everybody };
        let to = (stage.as_str(), day.ok_or(Refusal::NoSuchDay)?);
        Ok(told(acts::set_stage(actor, tx, setting, draw, On { reference, version }, to, typed)?))
    })
    .await
}

pub async fn priority(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, to) = (version(&posted), posted.get("priority").to_owned());
    run(app, who, reference, String::new(), move |actor, tx, setting, draw, reference| {
        priority::set(actor, tx, setting, draw, On { reference, version }, &to)?;
        Ok("saved")
    })
    .await
}

pub async fn ask(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, words) = (version(&posted), posted.get("words").to_owned());
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        Ok(told(acts::ask(actor, tx, setting, draw, On { reference, version }, &words)?))
    })
    .await
}

pub async fn note(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, words) = (version(&posted), posted.get("words").to_owned());
    run(app, who, reference, words.clone(), move |actor, tx, _, draw, reference| {
        acts::note(actor, tx, draw, On { reference, version }, &words)?;
        Ok("saved")
    })
    .await
}

pub async fn close(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, words) = (version(&posted), posted.get("words").to_owned());
    let (template, everybody) = (template(&posted), posted.get("everybody") == "yes");
    let ending = Ending {
        outcome: posted.get("outcome").to_owned(),
        body: posted.get("body").to_owned(),
        contact: posted.get("contact").to_owned(),
        told: posted.get("told") == "yes",
    };
    // All that was typed comes back where it is refused.
    let typed = [&ending.body, &ending.contact, &words].into_iter().filter(|text| !text.is_empty()).cloned();
    let typed = typed.collect::<Vec<_>>().join("\n");
    run(app, who, reference, typed, move |actor, tx, setting, draw, reference| {
        let typed = Typed { words: &words, template, everybody };
        Ok(told(acts::close(actor, tx, setting, draw, On { reference, version }, &ending, typed)?))
    })
    .await
}

/// It is the same as another report (C-66).
pub async fn duplicate(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, words) = (version(&posted), posted.get("words").to_owned());
    let (template, same_as) = (template(&posted), posted.get("same_as").to_owned());
    let typed = [&same_as, &words].into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join("\n");
    run(app, who, reference, typed, move |actor, tx, setting, draw, reference| {
        let typed = Typed { words: &words, template, ..Typed::default() };
        Ok(told(duplicate::mark(actor, tx, setting, draw, On { reference, version }, (&same_as, typed))?))
    })
    .await
}

pub async fn reopen(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, words) = (version(&posted), posted.get("words").to_owned());
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        Ok(told(acts::reopen(actor, tx, setting, draw, On { reference, version }, &words)?))
    })
    .await
}

pub async fn transfer(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, agency, words) = (version(&posted), posted.get("agency").to_owned(), posted.get("words").to_owned());
    let shared: Groups = posted.all("share").into_iter().filter_map(Group::from_name).chain([Group::Summary]).collect();
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        let ask = Ask { to_agency: &agency, summary: &words, shared: &shared };
        transfer::propose(actor, tx, setting, draw, On { reference, version }, &ask)?;
        Ok("asked")
    })
    .await
}

pub async fn take_back(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let version = version(&posted);
    run(app, who, reference, String::new(), move |actor, tx, _, draw, reference| {
        transfer::take_back(actor, tx, draw, On { reference, version })?;
        Ok("saved")
    })
    .await
}

pub async fn accept(State(app): State<App>, who: SignedIn, Path(reference): Report) -> Result<Response, Failure> {
    run(app, who, reference, String::new(), move |actor, tx, setting, draw, reference| {
        transfer::accept(actor, tx, setting, draw, reference)?;
        Ok("accepted")
    })
    .await
}

pub async fn hand_back(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Report,
    posted: Posted,
) -> Result<Response, Failure> {
    let (reason, words) = (posted.get("reason").to_owned(), posted.get("words").to_owned());
    let response = run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        transfer::hand_back(actor, tx, setting, draw, reference, &reason, &words)?;
        Ok("returned")
    })
    .await?;
    // A report that was handed back is no longer there to be shown, unless the agency held it before.
    Ok(if response.status() == StatusCode::SEE_OTHER { gone_to("/staff") } else { response })
}
