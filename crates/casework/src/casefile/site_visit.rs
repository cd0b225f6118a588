//! The log of a visit (C-27): what was seen by the clock and by yes and no stands in a row, what was heard in words beside it.

use super::{On, acts::changed, enter, held, put, rules};
use crate::{
    Draw, Refusal, Result, Setting,
    report::files::{self, File},
    words,
};
use catalogue::Effect;
use rights::{Actor, Right};
use serde_json::{Map, json};
use store::{
    Time, Tx,
    site_visit::{self, Nuisance, SiteVisit},
};

/// Words of a log, in the order they are asked and read.
pub const WORDS: [(&str, &str); 8] = [
    ("weather", "Weather"),
    ("first_impressions", "First impressions"),
    ("heard_parked", "Heard from where you parked"),
    ("room", "Which room"),
    ("heard_type", "What was heard at the property"),
    ("recognised_words", "Words or tune"),
    ("why_not", "Why it is no nuisance"),
    ("notes", "Notes"),
];

/// A log as it was typed: what is no time is none, and refused where one must be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Log {
    /// In the order of [`WORDS`]; empty where nothing was written.
    pub words: [String; 8],
    /// Parked, at the property, left. The inner is none where nothing was typed, the outer where it is no time.
    pub times: [Option<Option<Time>>; 3],
    pub inside: Option<bool>,
    pub distance_metres: Option<i64>,
    pub furnished: Option<bool>,
    pub doors_open: Option<bool>,
    pub windows_open: Option<bool>,
    pub can_close: Option<bool>,
    pub continuous: Option<bool>,
    pub recognised: Option<bool>,
    pub minutes: Option<i64>,
    pub nuisance: Option<Nuisance>,
}

/// The longest visit that can be meant.
const MOST_MINUTES: i64 = 24 * 60;
/// A place from where nothing is heard.
const MOST_METRES: i64 = 10_000;

/// Photos and recordings of the visit become evidence of the report that the case began with, for the agency alone.
pub fn log(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    (typed, files): (&Log, &[File]),
) -> Result<()> {
    let mut case = held(actor, tx, Right::Note, on)?;
    rules(setting, &case.agency)?;
    let kind = setting.action_of(&case.agency, Effect::Visit).ok_or(Refusal::NoSuchAction)?;
    let inside = typed.inside.ok_or(Refusal::InsideOrNot)?;
    let nuisance = typed.nuisance.ok_or(Refusal::NuisanceOrNot)?;
    let minutes = typed.minutes.filter(|n| (0..=MOST_MINUTES).contains(n)).ok_or(Refusal::NoSuchMinutes)?;
    if typed.distance_metres.is_some_and(|metres| !(0..=MOST_METRES).contains(&metres)) {
        return Err(Refusal::NoSuchMinutes.into());
    }
    let [parked_at, at_property_at, left_at] = typed.times.map(|time| time.ok_or(Refusal::NoSuchTime));
    let (parked_at, at_property_at, left_at) = (parked_at?, at_property_at?, left_at?);
    let times: Vec<Time> = [parked_at, at_property_at, left_at].into_iter().flatten().collect();
    if times.iter().any(|at| *at > draw.now()) {
        return Err(Refusal::LaterThanNow.into());
    }
    if !times.is_sorted() {
        return Err(Refusal::NoSuchTime.into());
    }
    let mut content = Map::new();
    for ((id, _), text) in WORDS.iter().zip(&typed.words) {
        match words::read(text) {
            Ok(text) => {
                content.insert((*id).to_owned(), json!(text));
            }
            Err(Refusal::WordsNeeded) => {}
            Err(other) => return Err(other.into()),
        }
    }
    if nuisance == Nuisance::No && !content.contains_key("why_not") {
        return Err(Refusal::WhyNotNeeded.into());
    }
    let happened_at = times.first().copied().unwrap_or(draw.now());
    let facts = json!({
        "type": kind.id, "name": kind.name, "visibility": kind.visibility.name(), "happened_at": happened_at,
        "minutes": minutes, "nuisance": nuisance.name(), "inside": inside, "files": files::facts_of(files),
    });
    let entry = enter(actor, tx, draw, &[&case], ("case.visited", facts), Some(json!({ "log": content })))?;
    files::keep_of_visit(actor, tx, &case, entry, files)?;
    let row = SiteVisit {
        id: draw.id(),
        casefile: case.id,
        entry,
        parked_at,
        at_property_at,
        inside,
        distance_metres: typed.distance_metres.filter(|_| !inside),
        furnished: typed.furnished.filter(|_| inside),
        doors_open: typed.doors_open.filter(|_| inside),
        windows_open: typed.windows_open.filter(|_| inside),
        can_close: typed.can_close.filter(|_| inside),
        continuous: typed.continuous,
        recognised: typed.recognised,
        minutes,
        nuisance,
        left_at,
    };
    site_visit::insert(actor, tx, &row)?;
    put(actor, tx, draw, &case, kind, (happened_at, entry))?;
    changed(actor, tx, draw, &mut case)
}
