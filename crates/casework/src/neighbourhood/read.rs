//! Teams as data.police.uk tells them: neighbourhood, people, events, priorities and boundary of each in one file. What
//! others wrote is untrusted: it is made plain text and cut to length; a team that cannot be used is refused with a reason.

mod raw;

use super::{
    body::{Body, Event, LONG, MOST, Officer, Priority, SHORT, Way},
    plain::plain,
};
use jiff::civil::{Date, DateTime};
use places::{Area, Point};
use raw::{Contact, Corner, Location, Raw, RawEvent, RawPerson, RawPriority};
use serde::Deserialize;

/// A larger file is refused unread.
pub const MOST_BYTES: usize = 64 << 20;
/// Corners of one team.
const MOST_CORNERS: usize = 50_000;

/// What a file held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    pub teams: Vec<Told>,
    /// What was refused, by the team's id or its place in the file, and why.
    pub refused: Vec<(String, String)>,
}

/// A team as a file tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    pub code: String,
    pub name: String,
    pub body: Body,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    Whole { neighbourhoods: Vec<serde_json::Value> },
    List(Vec<serde_json::Value>),
}

/// Reads one file. An error is of the file as a whole.
pub fn file(bytes: &[u8]) -> Result<Read, String> {
    if bytes.len() > MOST_BYTES {
        return Err(format!("the file is larger than {} MB", MOST_BYTES >> 20));
    }
    let list = match serde_json::from_slice(bytes).map_err(|_| "the file is not JSON of neighbourhoods".to_owned())? {
        File::Whole { neighbourhoods } | File::List(neighbourhoods) => neighbourhoods,
    };
    let mut read = Read::default();
    for (n, json) in list.into_iter().enumerate() {
        let id = json.get("id").and_then(serde_json::Value::as_str).map(str::to_owned);
        let called = id.unwrap_or_else(|| format!("neighbourhood {}", n + 1));
        let told = serde_json::from_value::<Raw>(json).map_err(|error| error.to_string()).and_then(team);
        match told {
            Ok((told, _)) if read.teams.iter().any(|known| known.code == told.code) => {
                read.refused.push((called, "the file has another neighbourhood of that id".into()));
            }
            Ok((told, left_out)) => {
                read.refused.extend(left_out.into_iter().map(|why| (called.clone(), why)));
                read.teams.push(told);
            }
            Err(why) => read.refused.push((called, why)),
        }
    }
    Ok(read)
}

/// The team, and what of it was left out.
fn team(raw: Raw) -> Result<(Told, Vec<String>), String> {
    let code = code(&raw.id).ok_or_else(|| format!("the id “{}” does not fit into an address", short(&raw.id)))?;
    let name = short(&raw.name);
    if name.is_empty() {
        return Err("it has no name".into());
    }
    let boundary = boundary(&raw.boundary)?;
    let mut left_out = Vec::new();
    let mut events = Vec::new();
    for event in raw.events {
        match meeting(event) {
            Ok(event) => events.push(event),
            Err(why) => left_out.push(format!("a meeting was left out: {why}")),
        }
    }
    let officers: Vec<_> = raw.people.into_iter().map(officer).filter(|officer| !officer.name.is_empty()).collect();
    let priorities: Vec<_> = raw.priorities.into_iter().map(priority).filter(|one| !one.issue.is_empty()).collect();
    let body = Body {
        about: long(raw.description.as_deref()),
        officers: first(officers, "officers", &mut left_out),
        priorities: first(priorities, "priorities", &mut left_out),
        events: first(events, "meetings", &mut left_out),
        ways: first(ways(raw.contact_details, raw.locations), "ways to meet", &mut left_out),
        boundary: vec![boundary],
    };
    Ok((Told { code, name, body }, left_out))
}

fn first<T>(mut all: Vec<T>, what: &str, left_out: &mut Vec<String>) -> Vec<T> {
    if all.len() > MOST {
        left_out.push(format!("{} of {} {what} were left out", all.len() - MOST, all.len()));
        all.truncate(MOST);
    }
    all
}

/// Small letters, figures, `-` and `_`, so that it can stand in an address.
fn code(id: &str) -> Option<String> {
    let id = id.trim().to_lowercase();
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    (!id.is_empty() && id.len() <= 60 && id.chars().all(fits)).then_some(id)
}

fn boundary(corners: &[Corner]) -> Result<Vec<(f64, f64)>, String> {
    if corners.len() < 3 {
        return Err("its boundary has fewer than three corners".into());
    }
    if corners.len() > MOST_CORNERS {
        return Err(format!("its boundary has more than {MOST_CORNERS} corners"));
    }
    let corner = |corner: &Corner| Point::new(corner.latitude.read()?, corner.longitude.read()?);
    let ring: Option<Vec<(f64, f64)>> =
        corners.iter().map(|at| corner(at).map(|point| (point.lat, point.lon))).collect();
    let ring = ring.ok_or("a corner of its boundary is no place on earth")?;
    let body = Body { boundary: vec![ring.clone()], ..Body::default() };
    let geometry = body.geometry().unwrap_or_default();
    Area::from_row("", "", "", "", &geometry).map_err(|why| format!("its boundary: {why}"))?;
    Ok(ring)
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).collect::<String>().trim_end().to_owned() + "…"
}

fn short(html: &str) -> String {
    cut(&plain(html).replace("\n\n", ", "), SHORT)
}

fn long(html: Option<&str>) -> String {
    cut(&plain(html.unwrap_or_default()), LONG)
}

fn officer(raw: RawPerson) -> Officer {
    let photo = raw.photo.map(|at| at.trim().to_owned()).filter(|at| at.starts_with("https://") && at.len() <= SHORT);
    Officer { name: short(&raw.name), rank: short(&raw.rank.unwrap_or_default()), bio: long(raw.bio.as_deref()), photo }
}

fn priority(raw: RawPriority) -> Priority {
    let day = |text: Option<String>| text.as_deref().and_then(moment).map(|at| at.date());
    Priority {
        issue: long(Some(&raw.issue)),
        issued: day(raw.issue_date),
        action: long(raw.action.as_deref()),
        acted: day(raw.action_date),
    }
}

fn meeting(raw: RawEvent) -> Result<Event, String> {
    let starts = moment(&raw.start_date).ok_or_else(|| format!("“{}” is no time", short(&raw.start_date)))?;
    let kind = short(&raw.kind.unwrap_or_default());
    let title = Some(short(&raw.title.unwrap_or_default())).filter(|title| !title.is_empty());
    let title = title.or_else(|| Some(kind.clone()).filter(|kind| !kind.is_empty())).ok_or("it has no title")?;
    Ok(Event {
        title,
        about: long(raw.description.as_deref()),
        kind,
        place: short(&raw.address.unwrap_or_default()),
        starts,
        ends: raw.end_date.as_deref().and_then(moment).filter(|ends| *ends > starts),
        minutes: None,
    })
}

/// `2026-12-03T18:00:00` or a day alone. A time zone is not taken: the site tells the time on the wall.
fn moment(text: &str) -> Option<DateTime> {
    let text = text.trim();
    text.parse().ok().or_else(|| text.parse::<Date>().ok().map(|day| day.at(0, 0, 0, 0)))
}

fn ways(contact: Contact, locations: Vec<Location>) -> Vec<Way> {
    let some = |text: Option<String>| Some(short(&text.unwrap_or_default())).filter(|text| !text.is_empty());
    let email = some(contact.email).filter(|mail| mail.contains('@') && !mail.contains(char::is_whitespace));
    let web = some(contact.web).filter(|web| web.starts_with("https://") && !web.contains(char::is_whitespace));
    let phone = some(contact.telephone).or_else(|| some(contact.mobile));
    let mut ways = Vec::new();
    if email.is_some() || phone.is_some() || web.is_some() {
        ways.push(Way { name: "Call or write".into(), about: String::new(), phone, email, web });
    }
    for location in locations {
        let lines = [location.address, location.postcode].into_iter().filter_map(some).collect::<Vec<_>>().join(", ");
        let about = [lines, long(location.description.as_deref())];
        let name = some(location.name).or_else(|| some(location.kind)).unwrap_or_else(|| "Police station".into());
        let about: Vec<String> = about.into_iter().filter(|text| !text.is_empty()).collect();
        if !about.is_empty() {
            ways.push(Way { name, about: about.join("\n\n"), phone: some(location.telephone), email: None, web: None });
        }
    }
    ways
}

#[cfg(test)]
mod tests;
