//! The mails: who is due is looked after, and what is said is asked again at the moment of sending.

use super::{HOUSE, hours, instant};
use crate::{
    Draw, Result, Setting,
    alerts::{telling, write as enter},
    bins,
    bins::Property,
};
use collection::evening::{Coming, Say, Told};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx,
    delivery::{self, Delivery},
    journal::Verb,
    reminder::{self, Reminder},
    subscriber,
};
use uuid::Uuid;

/// Name of the mail.
pub const REMINDING: &str = "bins_reminder";

/// A kind of collection in a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub name: String,
    pub container: String,
    pub put_out: String,
}

/// One that does not come after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    pub name: String,
    /// The day it comes instead, where one is known.
    pub moved_to: Option<Date>,
    pub why: String,
}

/// The facts of a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub subscriber: Uuid,
    pub reminder: Uuid,
    pub uprn: String,
    pub address: String,
    pub day: Date,
    pub lines: Vec<Line>,
    /// Where something else was said before.
    pub gone: Option<Vec<Gone>>,
}

/// Looks after those who are due, and says how many there were.
pub fn tick(tx: &mut Tx, setting: &Setting, draw: &mut Draw, most: i64) -> Result<usize> {
    let now = draw.now();
    let due = reminder::due(&HOUSE, tx, now, most)?;
    let mut mails = Vec::new();
    for row in &due {
        let home = bins::property(tx, setting, &row.uprn, now)?;
        mails.extend(look(tx, setting, row, home.as_ref(), now)?);
    }
    if mails.is_empty() {
        return Ok(due.len());
    }
    let facts = json!({ "mails": mails.len(), "of": "bins" });
    let entry = enter(&HOUSE, tx, draw, ("alerts.told", Verb::Disclosure), facts)?;
    for (address, facts) in mails {
        let id = draw.id();
        delivery::insert(tx, &Delivery::email(id, entry, (address, REMINDING), json!(facts), now))?;
        let mail = store::alert::Mail { delivery: id, subscriber: facts.subscriber, subscription: None, made_at: now };
        store::alert::mail(tx, &mail)?;
    }
    Ok(due.len())
}

/// What one of them is told now, and to which address.
fn look(
    tx: &mut Tx,
    setting: &Setting,
    row: &Reminder,
    home: Option<&Property>,
    now: Time,
) -> Result<Option<(String, Facts)>> {
    let hours = hours(setting);
    let before = told(row);
    let wants = |kind: &str| row.kinds.is_empty() || row.kinds.split(' ').any(|wanted| wanted == kind);
    let all = home.map(|home| home.bins.as_slice()).unwrap_or_default();
    let coming: Vec<Coming<'_>> =
        all.iter().filter(|bin| wants(&bin.kind)).map(|bin| Coming { kind: &bin.kind, days: &bin.coming }).collect();
    let look = hours.look(before.as_ref(), &coming, instant(now));
    let again = Time(look.again.as_microsecond());
    let person = subscriber::by_id(&HOUSE, tx, row.subscriber)?;
    let person = person.filter(|person| telling::may_go_to(Some(person)));
    // To whom nothing may go nothing was told: who begins again hears of the next day.
    let say = if person.is_some() && home.is_some() { look.say } else { Say::Nothing };
    let (now_told, gone) = match say {
        Say::Nothing => (None, None),
        Say::Remind(told) => (Some(told), None),
        Say::Correct { now, gone } => (Some(now), Some(gone)),
    };
    let kept = now_told.as_ref().or(before.as_ref()).map(|told| (told.day.to_string(), told.kinds.join(" ")));
    let kept = kept.as_ref().map(|(day, kinds)| (day.as_str(), kinds.as_str()));
    reminder::looked(&HOUSE, tx, row.id, again, kept)?;
    let (Some(told), Some(person), Some(home)) = (now_told, person, home) else { return Ok(None) };
    Ok(Some((person.address, facts(setting, row, home, &told, gone))))
}

fn told(row: &Reminder) -> Option<Told> {
    let (day, kinds) = row.told_day.as_ref().zip(row.told.as_ref())?;
    Some(Told { day: day.parse().ok()?, kinds: kinds.split_whitespace().map(str::to_owned).collect() })
}

fn facts(setting: &Setting, row: &Reminder, home: &Property, told: &Told, gone: Option<Vec<String>>) -> Facts {
    let rules = setting.catalogue.agency(&home.home.agency).and_then(|agency| agency.bins.as_ref());
    let name = |id: &str| {
        rules.and_then(|rules| rules.kind(id)).map_or_else(|| id.replace(['_', '-'], " "), |kind| kind.name.clone())
    };
    let container = |kind: &str, id: &str| {
        let known = rules.and_then(|rules| rules.container(kind, id));
        known.map_or_else(|| id.replace(['_', '-'], " "), |container| container.name.clone())
    };
    let comes = home.bins.iter().filter(|bin| told.kinds.contains(&bin.kind));
    let lines = comes.filter(|bin| bin.coming.iter().any(|one| one.day == told.day)).map(|bin| Line {
        name: name(&bin.kind),
        container: container(&bin.kind, &bin.container),
        put_out: match bin.put_out.as_str() {
            "" => rules.map(|rules| rules.put_out.clone()).unwrap_or_default(),
            own => own.to_owned(),
        },
    });
    let gone_of = |kind: &String| {
        let mut bins = home.bins.iter().filter(|bin| bin.kind == *kind);
        let moved = bins.clone().flat_map(|bin| &bin.coming).find(|one| one.planned == told.day && one.moved());
        let cancelled = bins.find_map(|bin| bin.cancelled.iter().find(|(day, _)| *day == told.day));
        Gone {
            name: name(kind),
            moved_to: moved.map(|one| one.day),
            why: moved.map(|one| one.why.clone()).or(cancelled.map(|(_, why)| why.clone())).unwrap_or_default(),
        }
    };
    Facts {
        subscriber: row.subscriber,
        reminder: row.id,
        uprn: row.uprn.clone(),
        address: home.home.address.clone(),
        day: told.day,
        lines: lines.collect(),
        gone: gone.map(|gone| gone.iter().map(gone_of).collect()),
    }
}

/// What the mail says, asked at the moment of sending: nothing where nobody wants it any more, or the day is here.
pub fn may_go_now(tx: &mut Tx, setting: &Setting, facts: &Json, now: Time) -> store::Result<Option<Json>> {
    let Ok(read) = Facts::deserialize(facts) else { return Ok(None) };
    let row = reminder::by_id(&HOUSE, tx, read.reminder)?;
    let is_wanted = row.is_some_and(|row| row.next_at.is_some() && row.subscriber == read.subscriber);
    Ok((is_wanted && !hours(setting).is_over(read.day, instant(now))).then(|| facts.clone()))
}
