//! Reading what is public: lists, what lies around a place, one report. No actor: it is for everybody.

use super::State;
use crate::{
    Result, Setting,
    report::{
        acts, answers, files,
        remark::{self, Voices},
        shown_name,
    },
};
use catalogue::ShownAnswer;
use places::{
    Point,
    cell::{self, Bounds},
};
use rights::{Actor, NotFound};
use store::{
    Time, Tx, duplicate,
    held::{self, Held},
    journal::{self, Step},
    outside,
    pin::{Group, MOST, View},
    publication::{self, After, Filter, Order, PAGE, Publication, Spot, Stand},
    rendition::{self, Rendition},
    request,
    sub_case::{self, Core, SubCase},
};
use uuid::Uuid;

/// How what lies around a place is sorted (C-42).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Newest,
    Changed,
    MeToo,
    Nearest,
}

/// One in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub reference: String,
    pub title: String,
    pub agency_name: String,
    /// The name of the agency that reported it itself; empty: somebody else did.
    pub said_by: String,
    pub place: String,
    pub area: String,
    pub stand: Stand,
    pub received_at: Time,
    pub changed_at: Time,
    pub me_too: i64,
    pub point: Option<(f64, f64)>,
    /// Metres from the place that was asked for.
    pub metres: Option<f64>,
    /// What was told of it, in one line.
    pub words: String,
    /// Ids of its photos, where the list tells of them.
    pub photos: Vec<Uuid>,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Page {
    pub rows: Vec<Listed>,
    /// How many there are; none where they were not counted.
    pub total: Option<usize>,
    /// There are too many here to have all in hand: they come newest first, or as else asked for, and by no distance.
    pub crowded: bool,
    pub page: usize,
    pub pages: usize,
    /// Where the next page begins, in a list of everywhere and in a crowded one.
    pub next: Option<After>,
    /// How many ended too long ago to be among them, up to a thousand (C-43).
    pub older: i64,
}

/// One report as everybody reads it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub listed: Listed,
    pub service: String,
    pub group: String,
    pub answers: Vec<ShownAnswer>,
    pub events: Vec<Event>,
    pub closed_at: Option<Time>,
    /// Until when its agency means to have it done; none once it has ended.
    pub due_at: Option<Time>,
    /// The other agencies it goes to.
    pub others: Vec<Other>,
    /// Ids of its photos.
    pub photos: Vec<Uuid>,
    /// Anybody may say that it should not be public.
    pub takes_objections: bool,
    /// What the back office of its agency calls it, and since when.
    pub outside: Option<(String, Time)>,
    /// The reference of the report that it is the same as, where everybody can read that one.
    pub same_as: Option<String>,
    /// What others say of it; none where its agency takes no remarks.
    pub voices: Option<Voices>,
    /// Who reported it, where they want to be named.
    pub name: Option<String>,
}

/// Where it stands at another agency that offers the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    pub agency_name: String,
    pub stage: String,
    pub due_at: Option<Time>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub at: Time,
    pub title: String,
    pub words: String,
    pub by: String,
}

/// Without a place nothing is nearest.
const fn order(sort: Sort) -> Order {
    match sort {
        Sort::Newest | Sort::Nearest => Order::Received,
        Sort::Changed => Order::Changed,
        Sort::MeToo => Order::MeToo,
    }
}

/// What a list leaves out for its age.
fn older(tx: &mut Tx, filter: &Filter, view: Option<&View>) -> Result<i64> {
    match filter.ended_after {
        None => Ok(0),
        Some(_) if filter.stand == Some(Stand::Open) => Ok(0),
        Some(at) => {
            let filter = Filter { ended_after: None, ended_before: Some(at), ..filter.clone() };
            Ok(publication::count(tx, &filter, view)?)
        }
    }
}

/// All of everywhere, a page at a time.
pub fn list(tx: &mut Tx, setting: &Setting, filter: &Filter, sort: Sort, after: Option<&After>) -> Result<Page> {
    let order = order(sort);
    let mut rows = publication::newest(tx, filter, order, after, PAGE as i64 + 1)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let last = rows.last().filter(|_| more);
    let next = last.map(|row| publication::after(row, order));
    let older = older(tx, filter, None)?;
    let rows = rows.iter().map(|row| listed(setting, row, None)).collect();
    Ok(Page { rows, total: None, crowded: false, page: 1, pages: 1, next, older })
}

/// What lies in a part of the map, sorted, a page at a time. All of it is looked at: the map draws the same (C-41).
pub fn around(
    tx: &mut Tx,
    setting: &Setting,
    filter: &Filter,
    (bounds, centre): (Bounds, Option<(f64, f64)>),
    sort: Sort,
    (page, after): (usize, Option<&After>),
) -> Result<Page> {
    let seen = seen(tx, filter, bounds)?;
    let older = older(tx, filter, Some(&view(bounds)))?;
    let total = Some(seen.total());
    let Seen::Spots(mut spots) = seen else {
        let (rows, next) = match total {
            Some(total) if total <= SORTED => highest(tx, filter, bounds, order(sort), after)?,
            _ => looked_through(tx, filter, bounds, order(sort), after)?,
        };
        let rows = rows.iter().map(|row| listed(setting, row, None)).collect();
        return Ok(Page { rows, total, crowded: true, page: 1, pages: 1, next, older });
    };
    let far = |spot: &Spot| {
        let from = centre.and_then(|(lat, lon)| Point::new(lat, lon)).zip(Point::new(spot.lat, spot.lon));
        from.map_or(0.0, |(from, to)| from.metres_to(to))
    };
    match sort {
        Sort::Newest => spots.sort_by(|a, b| (b.received_at, &b.reference).cmp(&(a.received_at, &a.reference))),
        Sort::Changed => spots.sort_by(|a, b| (b.changed_at, &b.reference).cmp(&(a.changed_at, &a.reference))),
        Sort::MeToo => spots.sort_by_key(|spot| std::cmp::Reverse((spot.me_too, spot.received_at))),
        Sort::Nearest => spots.sort_by(|a, b| far(a).total_cmp(&far(b))),
    }
    let pages = spots.len().div_ceil(PAGE).max(1);
    let page = page.clamp(1, pages);
    let wanted: Vec<&Spot> = spots.iter().skip((page - 1) * PAGE).take(PAGE).collect();
    let references: Vec<String> = wanted.iter().map(|spot| spot.reference.clone()).collect();
    let found = publication::named(tx, &references)?;
    let row = |spot: &&Spot| {
        let row = found.iter().find(|row| row.reference == spot.reference)?;
        Some(listed(setting, row, centre.map(|_| far(spot))))
    };
    Ok(Page { rows: wanted.iter().filter_map(row).collect(), total, crowded: false, page, pages, next: None, older })
}

/// As many in a crowded part of the map are sorted; where there are more, so many of the newest of everywhere lie in it that looking
/// through those is quicker.
const SORTED: usize = 20_000;

/// A page of what lies in a crowded part of the map, and where the next begins.
fn highest(
    tx: &mut Tx,
    filter: &Filter,
    bounds: Bounds,
    order: Order,
    after: Option<&After>,
) -> Result<(Vec<Publication>, Option<After>)> {
    let mut spots = publication::highest_within(tx, filter, &view(bounds), order, after, PAGE as i64 + 1)?;
    let more = spots.len() > PAGE;
    spots.truncate(PAGE);
    let last = spots.last().filter(|_| more);
    let next = last.map(|last| publication::behind(last, order));
    let references: Vec<String> = spots.into_iter().map(|spot| spot.reference).collect();
    // In the order in which they were asked for.
    Ok((publication::named(tx, &references)?, next))
}

/// Rows that a list or a feed of a crowded part of the map looks through.
const MOST_READ: usize = 2_000;
/// Read at once.
const READ: usize = 200;

/// A page of what lies in a crowded part of the map, out of all there is; and where the next begins. What is looked through is
/// bounded: a page may hold fewer than it could, and there is one after it.
fn looked_through(
    tx: &mut Tx,
    filter: &Filter,
    bounds: Bounds,
    order: Order,
    after: Option<&After>,
) -> Result<(Vec<Publication>, Option<After>)> {
    let inside = |row: &Publication| {
        row.lat.zip(row.lon).and_then(|(lat, lon)| Point::new(lat, lon)).is_some_and(|point| bounds.holds(point))
    };
    let (mut found, mut read, mut after) = (Vec::new(), 0, after.cloned());
    while read < MOST_READ {
        let rows = publication::newest(tx, filter, order, after.as_ref(), READ as i64)?;
        let more = rows.len() == READ;
        read += rows.len();
        for row in rows {
            after = Some(publication::after(&row, order));
            if inside(&row) {
                found.push(row);
                if found.len() == PAGE {
                    return Ok((found, after));
                }
            }
        }
        if !more {
            return Ok((found, None));
        }
    }
    Ok((found, after))
}

/// Which part of the map a feed is of.
pub struct Part<'a> {
    pub bounds: Bounds,
    /// From where distances are told.
    pub centre: Option<(f64, f64)>,
    /// Whether a point belongs to it: its box may hold more.
    pub holds: &'a dyn Fn(Point) -> bool,
}

/// The newest, or those last changed in a part of the map where that is asked for; at most so many: for feeds.
pub fn latest(
    tx: &mut Tx,
    setting: &Setting,
    filter: &Filter,
    (part, sort): (Option<Part>, Sort),
    most: usize,
) -> Result<Vec<Listed>> {
    let Some(Part { bounds, centre, holds }) = part else {
        let rows = publication::newest(tx, filter, order(sort), None, most as i64)?;
        return pictured(tx, &rows, rows.iter().map(|row| listed(setting, row, None)).collect());
    };
    let inside = |at: Option<(f64, f64)>| {
        at.and_then(|(lat, lon)| Point::new(lat, lon)).filter(|point| bounds.holds(*point) && holds(*point))
    };
    let far = |at: Point| centre.and_then(|(lat, lon)| Point::new(lat, lon)).map(|from| from.metres_to(at));
    let mut found: Vec<Publication> = match seen(tx, filter, bounds)? {
        Seen::Spots(mut spots) => {
            spots.retain(|spot| inside(Some((spot.lat, spot.lon))).is_some());
            spots.sort_by_key(|spot| {
                let at = if sort == Sort::Changed { spot.changed_at } else { spot.received_at };
                std::cmp::Reverse((at, spot.reference.clone()))
            });
            let references: Vec<String> = spots.into_iter().take(most).map(|spot| spot.reference).collect();
            publication::named(tx, &references)?
        }
        // Too many to have in hand: the newest of all are looked through.
        Seen::Groups(_) => {
            let (mut found, mut read, mut after) = (Vec::new(), 0, None);
            while found.len() < most && read < MOST_READ {
                let rows = publication::newest(tx, filter, Order::Received, after.as_ref(), 200)?;
                let Some(last) = rows.last() else { break };
                after = Some(publication::after(last, Order::Received));
                read += rows.len();
                found.extend(rows.into_iter().filter(|row| inside(row.lat.zip(row.lon)).is_some()));
            }
            found.truncate(most);
            found
        }
    };
    if sort == Sort::Changed {
        found.sort_by_key(|row| std::cmp::Reverse((row.changed_at, row.reference.clone())));
    }
    let row = |row: &Publication| listed(setting, row, inside(row.lat.zip(row.lon)).and_then(far));
    pictured(tx, &found, found.iter().map(row).collect())
}

/// With the photos of each, which are read at once.
fn pictured(tx: &mut Tx, rows: &[Publication], mut all: Vec<Listed>) -> Result<Vec<Listed>> {
    let files = request::photos(tx, &rows.iter().map(|row| row.report).collect::<Vec<_>>())?;
    for (row, listed) in rows.iter().zip(&mut all) {
        let ids: Vec<String> = serde_json::from_value(row.photos.clone()).unwrap_or_default();
        let own = files.iter().filter(|(report, _)| *report == row.report).map(|(_, file)| *file);
        listed.photos = own.filter(|file| ids.contains(&file.to_string())).collect();
    }
    Ok(all)
}

/// What the map draws of a part of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    Spots(Vec<Spot>),
    /// Too many to draw each: how many stand where. The counts add up to all that are there.
    Groups(Vec<Group>),
}

impl Seen {
    pub fn total(&self) -> usize {
        match self {
            Seen::Spots(spots) => spots.len(),
            Seen::Groups(groups) => groups.iter().map(|group| group.count.unsigned_abs() as usize).sum(),
        }
    }
}

/// Groups across a view; a finger covers about as much of a phone's map as one of them.
const GROUPS_ACROSS: f64 = 8.0;

fn view(bounds: Bounds) -> View {
    let Bounds { south, west, north, east } = bounds;
    View { south, west, north, east, spans: cell::spans(bounds) }
}

pub fn seen(tx: &mut Tx, filter: &Filter, bounds: Bounds) -> Result<Seen> {
    let view = view(bounds);
    let spots = publication::within(tx, filter, &view)?;
    if spots.len() > MOST {
        let size = cell::group_size(bounds, GROUPS_ACROSS);
        return Ok(Seen::Groups(publication::groups(tx, filter, &view, size)?));
    }
    Ok(Seen::Spots(spots))
}

/// One that may be the same as what somebody is about to tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Alike {
    pub listed: Listed,
    /// How it stands with its agency, in words.
    pub stage: String,
}

/// Open reports of the same kind close by, the nearest first: somebody may be about to tell us the same (C-46).
pub fn alike(
    tx: &mut Tx,
    setting: &Setting,
    service: &str,
    (lat, lon): (f64, f64),
    (within, most): (f64, usize),
) -> Result<Vec<Listed>> {
    let Some(centre) = Point::new(lat, lon) else { return Ok(Vec::new()) };
    let filter = Filter { stand: Some(Stand::Open), service: Some(service.to_owned()), ..Filter::default() };
    let bounds = Bounds::around(centre, within);
    let page = around(tx, setting, &filter, (bounds, Some((lat, lon))), Sort::Nearest, (1, None))?;
    // A box has corners that are farther away; of a crowded one no distance is known.
    let close = page.rows.into_iter().filter(|row| row.metres.is_some_and(|metres| metres <= within));
    Ok(close.take(most).collect())
}

/// The same with their photos and how each stands, for the page that asks.
pub fn look_alike(tx: &mut Tx, setting: &Setting, close: &[Listed]) -> Result<Vec<Alike>> {
    let references: Vec<String> = close.iter().map(|row| row.reference.clone()).collect();
    let rows = publication::named(tx, &references)?;
    let close =
        rows.iter().filter_map(|row| close.iter().find(|one| one.reference == row.reference).cloned()).collect();
    let mut all = Vec::with_capacity(rows.len());
    for (row, listed) in rows.iter().zip(pictured(tx, &rows, close)?) {
        let parts = sub_case::of_report(tx, row.report)?;
        let own = parts.iter().find(|part| part.agency == row.agency);
        all.push(Alike { listed, stage: own.and_then(|part| stands(setting, part)).unwrap_or_default() });
    }
    Ok(all)
}

pub fn one(tx: &mut Tx, setting: &Setting, reference: &str) -> Result<Shown> {
    let row = publication::public(tx, reference)?.filter(|row| row.shown == State::Public).ok_or(NotFound)?;
    let service = setting.definition(&row.definition);
    let steps = journal::public_steps(tx, row.report)?;
    let mut events: Vec<Event> = steps.iter().filter_map(|step| event(setting, &row, step)).collect();
    events.reverse();
    let parts = sub_case::of_report(tx, row.report)?;
    let due = |part: &SubCase| (!part.core.ended()).then_some(part.due_at);
    Ok(Shown {
        due_at: parts.iter().find(|part| part.agency == row.agency).and_then(due),
        others: parts.iter().filter_map(|part| other(setting, &row, part)).collect(),
        answers: service.as_ref().map(|service| answers::shown(service, [&row.body].into_iter())).unwrap_or_default(),
        group: service.as_ref().map(|service| service.group.clone()).unwrap_or_default(),
        events,
        closed_at: row.closed_at,
        photos: photos(tx, &row)?.into_iter().map(|held| held.id).collect(),
        outside: outside::of_report(&Actor::House("publication"), tx, row.report, &row.agency)?
            .map(|known| (known.customer_reference.unwrap_or(known.outside_id), known.known_at)),
        same_as: duplicate::in_public(tx, row.report)?,
        takes_objections: setting.publication(&row.agency).is_some(),
        voices: remark::is_open(setting, &row.agency).then(|| remark::voices(tx, setting, &row)).transpose()?,
        name: shown_name::in_public(tx, row.report)?.remove(&row.report),
        service: row.service.clone(),
        listed: listed(setting, &row, None),
    })
}

/// Where a report lies that everybody can read, for somebody who names another place by its number (C-6). Of any other there is
/// nothing, whether it exists or not.
pub fn place_of(tx: &mut Tx, reference: &str) -> Result<Option<catalogue::Found>> {
    let Some(row) = publication::public(tx, reference)? else { return Ok(None) };
    let found = |(lat, lon)| catalogue::Found {
        label: row.place.clone(),
        detail: String::new(),
        lat,
        lon,
        postcode: None,
        how: catalogue::How::Named,
    };
    Ok(row.lat.zip(row.lon).map(found))
}

/// Those pictures of a public report that were looked through, and that no staff hid.
fn photos(tx: &mut Tx, row: &Publication) -> Result<Vec<Held>> {
    let ids: Vec<String> = serde_json::from_value(row.photos.clone()).unwrap_or_default();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut all = held::public(tx, row.report)?;
    all.retain(|held| ids.contains(&held.id.to_string()) && files::may_be_shown(held));
    Ok(all)
}

/// Their ids, for a program that shows them elsewhere.
pub(crate) fn photos_of(tx: &mut Tx, reference: &str) -> Result<Vec<Uuid>> {
    let Some(row) = publication::public(tx, reference)? else { return Ok(Vec::new()) };
    Ok(photos(tx, &row)?.into_iter().map(|held| held.id).collect())
}

/// One of them, with the pictures that were made of it: never the bytes as they came.
pub fn photo(tx: &mut Tx, reference: &str, file: Uuid) -> Result<(Held, Vec<Rendition>)> {
    let row = publication::public(tx, reference)?.ok_or(NotFound)?;
    let mut all = photos(tx, &row)?;
    all.extend(held::said_in_public(tx, row.report)?);
    let found = all.into_iter().find(|held| held.id == file).ok_or(NotFound)?;
    let renditions = rendition::of(tx, found.id, found.version)?;
    Ok((found, renditions))
}

fn listed(setting: &Setting, row: &Publication, metres: Option<f64>) -> Listed {
    let service = setting.definition(&row.definition);
    let answers = service.as_ref().map(|service| answers::shown(service, [&row.body].into_iter())).unwrap_or_default();
    let words = answers.iter().flat_map(|answer| answer.lines.iter().map(|line| line.text.as_str()));
    // "Yes" says nothing without its question.
    let words = words.filter(|words| words.chars().count() > 3).collect::<Vec<_>>().join(" · ");
    Listed {
        reference: row.reference.clone(),
        title: service.map_or_else(|| setting.service_name(&row.service), |service| service.title().to_owned()),
        agency_name: setting.agency_name(&row.agency),
        said_by: if row.said_by.is_empty() { String::new() } else { setting.agency_name(&row.said_by) },
        place: row.place.clone(),
        area: row.area.clone(),
        stand: row.stand,
        received_at: row.received_at,
        changed_at: row.changed_at,
        me_too: row.me_too,
        point: row.lat.zip(row.lon),
        metres,
        words,
        photos: Vec::new(),
    }
}

/// How a part stands, for everybody: “We have your report” and what is asked are said to its reporter alone.
fn stands(setting: &Setting, part: &SubCase) -> Option<String> {
    Some(match (part.core, part.acknowledged_at) {
        (Core::Received | Core::WaitingResident, Some(_)) => {
            format!("{} has read it", setting.agency_name(&part.agency))
        }
        (Core::Received | Core::WaitingResident, None) => "Reported".to_owned(),
        _ => return setting.stands(part),
    })
}

/// Whom a report of this kind goes to is known. That another was asked as well may tell what somebody saw, and is for nobody.
fn other(setting: &Setting, row: &Publication, part: &SubCase) -> Option<Other> {
    setting.offer(&part.agency, &row.service).filter(|_| part.agency != row.agency)?;
    Some(Other {
        agency_name: setting.agency_name(&part.agency),
        stage: stands(setting, part)?,
        due_at: (!part.core.ended()).then_some(part.due_at),
    })
}

/// What was asked of the reporter is between them and the agency.
fn event(setting: &Setting, row: &Publication, step: &Step) -> Option<Event> {
    let text = |name: &str| step.facts[name].as_str().unwrap_or_default().to_owned();
    let agency = step.agency.as_deref().map(|id| setting.agency_name(id)).unwrap_or_default();
    let everybody = || {
        let said = step.content.as_ref().and_then(|content| content["words"].as_str())?;
        acts::for_everybody(&step.facts, said)
    };
    let (title, words) = match step.kind.as_str() {
        "report.received" => ("Reported".to_owned(), String::new()),
        "report.acknowledged" => (format!("{agency} has read it"), String::new()),
        "stage.set" => {
            let stage = setting.stage(step.agency.as_deref().unwrap_or(&row.agency), &text("to"))?;
            let day = step.facts["planned_on"].as_str();
            (Some(stage.on(day)).filter(|_| stage.core == Core::Open)?, everybody().unwrap_or_default())
        }
        "report.closed" => {
            let said = [text("sentence"), everybody().unwrap_or_default()];
            let said: Vec<&str> = said.iter().map(String::as_str).filter(|words| !words.is_empty()).collect();
            (format!("Closed: {}", text("name")), said.join("\n\n"))
        }
        "report.reopened" => (format!("{agency} took it up again"), String::new()),
        "transfer.accepted" => (format!("{agency} has the report now"), String::new()),
        // What they answered is between them and the agency.
        "questionnaire.answered" if step.facts["reopened"] == true => {
            ("The person who told us opened it again".to_owned(), String::new())
        }
        "place.moved" => (format!("{agency} put the place right"), String::new()),
        "service.changed" => (format!("{agency} changed what it is about"), String::new()),
        "reopening.asked" => ("The person who told us opened it again".to_owned(), String::new()),
        "report.withdrawn" => ("The person who told us took it back".to_owned(), String::new()),
        _ => return None,
    };
    let at = crate::report::timeline::said_at(&step.facts).unwrap_or(step.at);
    Some(Event { at, title, words, by: agency })
}
