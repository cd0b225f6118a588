//! `/staff/messages`: what the agency says on the pages of the site for a time (C-74), for those who may. It is looked at first.

use super::session::SignedIn;
use crate::{
    App,
    govuk::{Button, DateInput, ErrorSummary, Html, Input, RadioItem, Radios, Select, SelectItem, Textarea},
    page::{Caching, Failure, Frame, Posted, gone_to, html, html_with, said_on, when},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Error,
    site_message::{self, Fault, Form},
};
use store::{
    Time,
    site_message::{Hours, Listed, Place},
};
use uuid::Uuid;

const PLACES: [(Place, &str); 3] = [
    (Place::Front, "On the front page"),
    (Place::Reporting, "Where people report"),
    (Place::Waste, "On the pages of bins"),
];
const HOURS: [(Hours, &str); 3] = [
    (Hours::Any, "At any hour"),
    (Hours::Open, "While our offices are open"),
    (Hours::Shut, "While our offices are shut: evenings, nights, weekends and bank holidays"),
];

pub struct Line {
    pub listed: Listed,
    pub about: String,
    pub state: &'static str,
    pub may_end: bool,
}

#[derive(Template)]
#[template(path = "staff/messages.html")]
pub struct MessagesPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    /// As people would read it, and the fields that bring it back.
    pub preview: Option<(said_on::Message, Vec<(&'static str, String)>)>,
    pub fields: Vec<Html>,
    pub lines: Vec<Line>,
}

impl MessagesPage {
    fn look(&self) -> Button {
        Button::text("Look at it first").sends("do", "preview")
    }

    fn show(&self) -> Button {
        Button::text("Show it to everybody").sends("do", "show")
    }
}

fn line(app: &App, listed: Listed) -> Line {
    let now = app.now();
    let place = PLACES.iter().find(|(place, _)| *place == listed.place).map_or("", |(_, words)| words);
    let hours = HOURS.iter().find(|(hours, _)| *hours == listed.hours).map_or("", |(_, words)| words);
    let geography = app.setting.geography();
    let ward = match listed.ward.as_str() {
        "" => "Everywhere".to_owned(),
        code => format!("In {}", geography.ward_of(code).map_or(code, |ward| &ward.name)),
    };
    // A last day is said as that day; it ends with its midnight.
    let last = |at: Time| when::day(Time(at.0 - 1));
    let until = listed.until_at.map_or_else(|| "until somebody ends it".to_owned(), |at| format!("to {}", last(at)));
    let over = listed.ended_at.is_some() || listed.until_at.is_some_and(|until| until <= now);
    Line {
        about: format!("{place}. {ward}. {hours}. From {} {until}.", when::day(listed.from_at)),
        state: match (over, listed.from_at > now) {
            (true, _) => "Ended",
            (false, true) => "Waits for its day",
            (false, false) => "Shown",
        },
        may_end: !over,
        listed,
    }
}

async fn page(app: &App, who: &SignedIn, form: &Form, faults: &[Fault]) -> Result<MessagesPage, Failure> {
    let actor = who.actor.clone();
    let rows = app.db.read(move |tx| site_message::own(&actor, tx)).await?;
    let stands = |field: &'static str| match field {
        "from" => "from-day",
        "until" => "until-day",
        other => other,
    };
    Ok(MessagesPage {
        frame: Frame::staff(app, "Messages on the site", Some(who.desk(app, "messages"))).wrong(!faults.is_empty()),
        errors: ErrorSummary::new(faults.iter().map(|(field, words)| (stands(field), words.as_str()))),
        preview: None,
        fields: fields(app, form, faults),
        lines: rows.into_iter().map(|row| line(app, row)).collect(),
    })
}

pub async fn get(State(app): State<App>, who: SignedIn) -> Result<Response, Failure> {
    html(&page(&app, &who, &Form::default(), &[]).await?, Caching::Never)
}

fn read(posted: &Posted) -> Form {
    let text = |name: &str| posted.get(name).to_owned();
    let day = |name: &str| ["day", "month", "year"].map(|part| posted.get(&format!("{name}-{part}")).to_owned());
    Form {
        place: Place::from_name(posted.get("place")).unwrap_or(Place::Front),
        hours: Hours::from_name(posted.get("hours")).unwrap_or(Hours::Any),
        ward: text("ward"),
        heading: text("heading"),
        words: text("words"),
        from: day("from"),
        until: day("until"),
    }
}

fn hidden(form: &Form) -> Vec<(&'static str, String)> {
    let [from_day, from_month, from_year] = form.from.clone();
    let [until_day, until_month, until_year] = form.until.clone();
    vec![
        ("place", form.place.name().to_owned()),
        ("hours", form.hours.name().to_owned()),
        ("ward", form.ward.clone()),
        ("heading", form.heading.clone()),
        ("words", form.words.clone()),
        ("from-day", from_day),
        ("from-month", from_month),
        ("from-year", from_year),
        ("until-day", until_day),
        ("until-month", until_month),
        ("until-year", until_year),
    ]
}

pub async fn post(State(app): State<App>, who: SignedIn, posted: Posted) -> Result<Response, Failure> {
    rights::hold(&who.actor, rights::Right::EditMessages)?;
    let form = read(&posted);
    let faults = site_message::faults(&app.setting, &form, app.now());
    if !faults.is_empty() {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page(&app, &who, &form, &faults).await?, Caching::Never);
    }
    if posted.get("do") != "show" {
        let said = app.setting.as_said(&who.staff.agency, &form.heading, &form.words);
        let preview = Some((said_on::Message::from(&said), hidden(&form)));
        return html(&MessagesPage { preview, ..page(&app, &who, &form, &[]).await? }, Caching::Never);
    }
    let (actor, setting, draw) = (who.actor.clone(), app.setting.clone(), app.draw());
    app.db.write(move |tx| site_message::show(&actor, tx, &setting, &mut draw.clone(), &form)).await?;
    anew(&app).await?;
    Ok(gone_to("/staff/messages"))
}

pub async fn end(State(app): State<App>, who: SignedIn, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let (actor, draw) = (who.actor.clone(), app.draw());
    app.db.write::<_, Error, _>(move |tx| site_message::end(&actor, tx, &mut draw.clone(), id)).await?;
    anew(&app).await?;
    Ok(gone_to("/staff/messages"))
}

/// This server says it at once.
async fn anew(app: &App) -> Result<(), Failure> {
    let now = app.now();
    app.setting.set_messages(app.db.read(move |tx| site_message::load(tx, now)).await?);
    Ok(())
}

fn fields(app: &App, form: &Form, faults: &[Fault]) -> Vec<Html> {
    let wrong = |name: &str| faults.iter().find(|(field, _)| *field == name).map(|(_, words)| words.as_str());
    let geography = app.setting.geography();
    let mut wards: Vec<_> = geography.wards().iter().map(|ward| (ward.code.clone(), ward.name.clone())).collect();
    wards.sort_by(|a, b| a.1.cmp(&b.1));
    let wards = wards.into_iter().map(|(code, name)| SelectItem::new(code, name));
    let day = |name: &str, label: &str, hint: &str, [day, month, year]: &[String; 3]| {
        Html::of(&DateInput::new(name, label).hint(hint).values(day, month, year).error(wrong(name)))
    };
    vec![
        Html::of(
            &Input::new("heading", "heading", "What it is about")
                .hint("For example, No garden waste this week")
                .value(&form.heading)
                .error(wrong("heading")),
        ),
        Html::of(
            &Textarea::new("words", "words", "What people read")
                .hint("Plain words. Leave an empty line between paragraphs. An address that begins with https:// becomes a link.")
                .value(&form.words)
                .rows(4)
                .error(wrong("words")),
        ),
        Html::of(
            &Radios::new("place", "Where?", PLACES.map(|(place, words)| RadioItem::new(place.name(), words)))
                .value(form.place.name()),
        ),
        Html::of(
            &Radios::new("hours", "At what hours?", HOURS.map(|(hours, words)| RadioItem::new(hours.name(), words)))
                .value(form.hours.name()),
        ),
        Html::of(
            &Select::new("ward", "ward", "For which ward?", [SelectItem::new("", "Everywhere")].into_iter().chain(wards))
                .hint("People of one ward read it once we know where: after the place of a report, or at their home's bin days.")
                .value(&form.ward)
                .error(wrong("ward")),
        ),
        day("from", "From which day?", "Leave it empty to begin now.", &form.from),
        day("until", "To which day?", "Its last day. Leave it empty to end it by hand.", &form.until),
    ]
}
