//! What is agreed with a victim about updates: the form on the page of crimes and clocks, and its post.

use super::{
    acts::{run, told, version},
    session::SignedIn,
};
use crate::{
    App,
    govuk::{
        Button, CheckboxItem, Checkboxes, DateInput, Html, Input, RadioItem, Radios, Select, SelectItem, SummaryList,
        SummaryRow, Textarea,
    },
    page::{Failure, Posted, agreed, when},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use casework::report::{
    acts::On,
    agreement::{self, Agreed, CHANNELS, Typed},
    crime::Event,
};
use jiff::civil::Date;
use store::agreement::{Agreement, Unit};

const UNITS: [(Unit, &str); 3] = [(Unit::Day, "days"), (Unit::Week, "weeks"), (Unit::Month, "months")];

/// The part of the page that shows what is agreed.
#[derive(Template)]
#[template(path = "staff/agreed.html")]
struct Shown<'a> {
    rows: Option<SummaryList>,
    agreed: &'a Agreed,
}

/// The form.
#[derive(Template)]
#[template(path = "staff/agree.html")]
struct Form<'a> {
    reference: &'a str,
    version: i64,
    fields: Vec<Html>,
}

pub fn shown(kept: &Agreed) -> Result<Html, Failure> {
    let list = |now: &Agreement| {
        let wishes = now.wishes.clone().map(|wishes| ("Wishes", wishes));
        SummaryList::new(agreed::rows(now).into_iter().chain(wishes).map(|(key, value)| SummaryRow::new(key, value)))
    };
    Html::rendered(&Shown { rows: kept.now.as_ref().map(list), agreed: kept }).map_err(|_| Failure::Broken)
}

/// Filled in with what is agreed, or with what the victim said at first.
pub fn form(reference: &str, version: i64, kept: &Agreed) -> Result<Html, Failure> {
    let (regular, every, channel) = match &kept.now {
        Some(now) => (now.every.is_some(), agreement::every(now), now.channel.clone().unwrap_or_default()),
        None => (kept.seed.regular, kept.seed.every, kept.seed.channel.clone()),
    };
    let now = kept.now.as_ref();
    let regularly = [RadioItem::new("yes", "At a fixed interval"), RadioItem::new("no", "Only when something changes")];
    let units = UNITS.map(|(unit, words)| SelectItem::new(unit.name(), words));
    let first = [SelectItem::new("", "Choose")];
    let channels = CHANNELS.map(|(id, words)| SelectItem::new(id, agreed::capital(words)));
    let events = Event::ALL.map(|event| CheckboxItem::new(event.named().0, event.named().1));
    let chosen: Vec<String> = now.and_then(|now| serde_json::from_value(now.events.clone()).ok()).unwrap_or_default();
    let hour = |id: &str, label: &str, chosen: Option<i64>| {
        let any = [SelectItem::new("", "Any time is fine")];
        let hours = (0..24).map(|hour: i64| SelectItem::new(hour.to_string(), when::hour(hour)));
        Select::new(id, id, label, any.into_iter().chain(hours))
            .value(chosen.map(|minute| (minute / 60).to_string()).unwrap_or_default())
    };
    let fields = vec![
        Html::of(&Radios::new("regular", "When do we write?", regularly).value(if regular { "yes" } else { "no" })),
        Html::of(
            &Input::new("every", "every", "Every")
                .hint("Leave it empty where nothing regular is agreed")
                .digits()
                .width(3)
                .value(every.map(|every| every.0.to_string()).unwrap_or_default()),
        ),
        Html::of(
            &Select::new("unit", "unit", "Days, weeks or months", units)
                .value(every.map_or(Unit::Week, |every| every.1).name()),
        ),
        Html::of(
            &Select::new("channel", "channel", "How they would like to hear", first.into_iter().chain(channels))
                .value(channel),
        ),
        Html::of(&Checkboxes::new("events", "Write at once when this happens", events).values(chosen)),
        Html::of(&hour("quiet_from", "Do not write from", now.and_then(|now| now.quiet_from))),
        Html::of(&hour("quiet_to", "until", now.and_then(|now| now.quiet_to))),
        Html::of(
            &Textarea::new("wishes", "wishes", "Other wishes")
                .hint("For example, a day on which not to call. Only your agency sees this.")
                .rows(2)
                .value(now.and_then(|now| now.wishes.clone()).unwrap_or_default()),
        ),
        Html::of(&DateInput::new("review", "Look at it again on").hint("Leave it empty to use our own limit")),
        Html::of(&Textarea::new("agree-words", "words", "What to tell the victim").rows(4)),
        Html::of(&Button::text("Agree and tell the victim")),
    ];
    Html::rendered(&Form { reference, version, fields }).map_err(|_| Failure::Broken)
}

fn typed(posted: &Posted) -> Typed {
    let number = |name: &str| posted.get(name).trim().parse::<i64>().ok();
    let from_to = match (posted.get("quiet_from"), posted.get("quiet_to")) {
        ("", "") => None,
        // Half a stretch is none that is known, and refused as such.
        _ => Some((number("quiet_from").unwrap_or(-1), number("quiet_to").unwrap_or(-1))),
    };
    Typed {
        regular: posted.get("regular") == "yes",
        every: number("every").zip(Unit::from_name(posted.get("unit"))),
        channel: posted.get("channel").to_owned(),
        events: posted.all("events").into_iter().map(str::to_owned).collect(),
        quiet: from_to,
        wishes: posted.get("wishes").to_owned(),
        review: review(posted),
    }
}

/// A day that is none is refused as one that is over.
fn review(posted: &Posted) -> Option<Date> {
    posted.day("review").unwrap_or(Some(Date::constant(1970, 1, 1)))
}

pub async fn post(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, typed, words) = (version(&posted), typed(&posted), posted.get("words").to_owned());
    run(app, who, reference, words.clone(), move |actor, tx, setting, draw, reference| {
        Ok(told(agreement::set(actor, tx, setting, draw, On { reference, version }, &typed, &words)?))
    })
    .await
}
