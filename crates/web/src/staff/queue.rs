//! `/staff`: the agency's reports, most urgent first.

use super::session::SignedIn;
use crate::{
    App,
    page::{Caching, Failure, Frame, gone_to, html, offers, span, when},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use casework::report::queue::{self, Ask, Row};
use rights::Right;
use serde::Deserialize;
use store::{
    Time,
    queue::{After, Filter, MOST_COUNTED, Sort},
    sub_case::Core,
    transfer::Request,
};
use uuid::Uuid;

/// The address says it all: a list can be kept as a bookmark and sent to a colleague.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub view: String,
    pub team: String,
    pub service: String,
    pub core: String,
    /// A stage of the agency's own.
    pub stage: String,
    /// A group of services.
    pub group: String,
    /// The code of a ward.
    pub ward: String,
    /// Received from this day to that one: `2026-11-27`.
    pub from: String,
    pub to: String,
    pub photo: String,
    pub sort: String,
    pub q: String,
    pub after: String,
    pub done: String,
}

/// The ready-made views (C-63).
pub const VIEWS: &[(&str, &str)] = &[
    ("", "All open"),
    ("new", "New"),
    ("mine", "Mine"),
    ("team", "My team"),
    ("triage", "To be sorted"),
    ("unassigned", "With nobody"),
    ("overdue", "Overdue"),
    ("flagged", "Urgent"),
    ("decide", "To decide"),
    ("waiting", "Waiting for resident"),
    ("unsent", "Not sent"),
    ("closed", "Closed"),
];

const SORTS: [(&str, &str); 3] = [("", "Most urgent first"), ("due", "Due soonest first"), ("age", "Oldest first")];

pub struct View {
    pub words: &'static str,
    pub href: String,
    pub here: bool,
}

/// A view that somebody keeps.
pub struct Kept {
    pub id: Uuid,
    pub words: String,
    pub href: String,
    pub here: bool,
}

pub struct Choice {
    pub value: String,
    pub words: String,
    pub chosen: bool,
}

pub fn choices(all: impl IntoIterator<Item = (String, String)>, chosen: &str) -> Vec<Choice> {
    all.into_iter().map(|(value, words)| Choice { chosen: value == chosen, value, words }).collect()
}

#[derive(Template)]
#[template(path = "staff/queue.html")]
pub struct QueuePage {
    pub frame: Frame,
    pub asked: Asked,
    pub views: Vec<View>,
    pub kept: Vec<Kept>,
    /// For whom a view can be kept.
    pub keepers: Vec<Choice>,
    /// What can be done to many at once.
    pub acts: Vec<(String, String)>,
    pub services: Vec<Choice>,
    pub teams: Vec<Choice>,
    pub stages: Vec<Choice>,
    pub groups: Vec<Choice>,
    pub wards: Vec<Choice>,
    pub sorts: Vec<Choice>,
    pub table: Table,
    pub requests: Vec<Request>,
    /// For the duty team.
    pub relief: Table,
    pub next: Option<String>,
    /// The same reports on a map.
    pub map: String,
    /// The same as tables; none for who may not open reports, and of a search.
    pub tables: Option<(String, String)>,
    pub count: String,
    /// People can be searched for.
    pub sees_people: bool,
}

/// Reports as rows, with age and target.
pub struct Table {
    pub rows: Vec<Row>,
    pub now: Time,
    /// Each can be ticked, for the form that does something to many.
    pub ticks: bool,
}

impl Table {
    pub fn age(&self, row: &Row) -> String {
        when::age(row.line.received_at, self.now)
    }

    /// The time that is left of a limit, in words.
    pub fn left(&self, (name, due): &(String, Time)) -> String {
        left(name, *due, self.now)
    }

    pub fn passed(&self, (_, due): &(String, Time)) -> bool {
        *due < self.now
    }

    pub fn due(&self, row: &Row) -> String {
        if row.overdue {
            format!("Overdue by {}", when::age(row.due, self.now))
        } else {
            format!("in {}", when::age(self.now, row.due))
        }
    }
}

impl QueuePage {
    /// A filter or an order is in force: its form is shown open.
    fn narrowed(&self) -> bool {
        narrowed(&self.asked) || !self.asked.sort.is_empty()
    }

    fn fields(&self) -> [(&'static str, &str); 11] {
        fields(&self.asked)
    }

    fn by(&self, request: &Request) -> String {
        when::by(request.due_at)
    }
}

pub async fn get(State(app): State<App>, signed_in: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    // Who may see numbers and no reports has their own first page.
    if !signed_in.may(Right::SeeQueue) && signed_in.may(Right::SeeDashboard) {
        return Ok(gone_to("/staff/dashboard"));
    }
    rights::hold(&signed_in.actor, Right::SeeQueue)?;
    let now = app.now();
    let ask = ask(&app, &signed_in, &asked, now);
    let (actor, filter) = (signed_in.actor.clone(), ask.filter.clone());
    let searched = ask.search.is_some();
    let count = match searched {
        true => 0,
        false => app.db.read(move |tx| queue::count(&actor, tx, &filter)).await?,
    };
    let actor = signed_in.actor.clone();
    let kept_views = app.db.read(move |tx| casework::report::saved_view::seen(&actor, tx)).await?;
    let (actor, setting) = (signed_in.actor.clone(), app.setting.clone());
    let mut page = app
        .db
        .look(&signed_in.actor, app.draw().glance("work"), move |look| queue::page(&actor, look, &setting, &ask, now))
        .await?;
    for request in &mut page.requests {
        request.from_agency = app.setting.agency_name(&request.from_agency);
        request.service = app.setting.service_name(&request.service);
    }
    let count = match (searched, count) {
        (true, _) => format!("{} found", page.rows.len()),
        (_, MOST_COUNTED..) => "1,000 or more reports".to_owned(),
        (_, 1) => "1 report".to_owned(),
        (_, n) => format!("{n} reports"),
    };
    let agency = &signed_in.staff.agency;
    let here = address(&asked);
    let kept_views = kept_views.into_iter().map(|view| {
        let href = address(&super::view::asked(&view));
        let team = app.setting.team_name(agency, &view.team);
        let words = team.map_or_else(|| view.name.clone(), |team| format!("{} ({team})", view.name));
        Kept { id: view.id, words, here: href == here && asked.q.is_empty(), href }
    });
    let own_teams = app.setting.teams_of(agency).into_iter().filter(|(id, _)| signed_in.staff.teams.contains(id));
    let keepers = own_teams.map(|(id, name)| (id, format!("Team: {name}")));
    let acts = super::bulk::offered(&app, &signed_in);
    html(
        &QueuePage {
            frame: Frame::staff(&app, "Reports", Some(signed_in.desk(&app, "queue"))),
            views: VIEWS
                .iter()
                .map(|(view, words)| View {
                    words,
                    href: if view.is_empty() { "/staff".to_owned() } else { format!("/staff?view={view}") },
                    here: asked.view == *view && asked.q.is_empty(),
                })
                .collect(),
            kept: kept_views.collect(),
            keepers: choices([(String::new(), "Only me".to_owned())].into_iter().chain(keepers), ""),
            services: choices(app.setting.services_of(agency), &asked.service),
            teams: choices(app.setting.teams_of(agency), &asked.team),
            stages: choices(app.setting.stages_of(agency), &asked.stage),
            groups: choices(groups_of(&app, agency), &asked.group),
            wards: choices(offers::wards(&app), &asked.ward),
            sorts: choices(SORTS.map(|(value, words)| (value.to_owned(), words.to_owned())), &asked.sort),
            next: page.next.map(|after| next_page(&asked, after)),
            tables: (!searched && signed_in.may(Right::SeeReport)).then(|| {
                let query = after(&kept(&asked), '?');
                (format!("/staff/export/reports.csv{query}"), format!("/staff/export/updates.csv{query}"))
            }),
            map: format!("/staff/map{}", after(&kept(&asked), '?')),
            table: Table { rows: page.rows, now, ticks: !acts.is_empty() && asked.view != "closed" },
            acts,
            requests: page.requests,
            relief: Table { rows: page.relief, now, ticks: false },
            asked,
            count,
            sees_people: signed_in.may(Right::SeeContact),
        },
        Caching::Never,
    )
}

/// `Record: 5 hours left`, `Record: 2 hours late`.
pub fn left(name: &str, due: Time, now: Time) -> String {
    if due < now {
        format!("{name}: {} late", when::age(due, now))
    } else {
        format!("{name}: {} left", when::age(now, due))
    }
}

/// A filter is in force.
pub fn narrowed(asked: &Asked) -> bool {
    let Asked { service, team, stage, group, ward, from, to, photo, .. } = asked;
    [service, team, stage, group, ward, from, to, photo].iter().any(|chosen| !chosen.is_empty())
}

/// What a kept list keeps.
pub const KEPT: [&str; 11] =
    ["view", "team", "service", "core", "stage", "group", "ward", "from", "to", "photo", "sort"];

/// The same of a list as it was asked for.
fn fields(asked: &Asked) -> [(&'static str, &str); 11] {
    let Asked { view, team, service, core, stage, group, ward, from, to, photo, sort, .. } = asked;
    let values = [view, team, service, core, stage, group, ward, from, to, photo, sort];
    std::array::from_fn(|n| (KEPT[n], values[n].as_str()))
}

/// Groups of the services that an agency offers.
pub fn groups_of(app: &App, agency: &str) -> Vec<(String, String)> {
    let services = app.setting.services_of(agency);
    let groups = services.iter().filter_map(|(id, _)| app.setting.catalogue.service(id)).map(|one| one.group.as_str());
    offers::grouped(groups)
}

/// What the address narrows the list to.
pub fn filter(app: &App, signed_in: &SignedIn, asked: &Asked, now: Time) -> Filter {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let mut filter = Filter {
        team: some(&asked.team),
        service: some(&asked.service),
        services: offers::in_group(app, &asked.group),
        stage: some(&asked.stage),
        ward: some(&asked.ward),
        from: span::from(&asked.from),
        to: span::to(&asked.to),
        with_photo: asked.photo == "yes",
        core: Core::from_name(&asked.core),
        ..Filter::default()
    };
    match asked.view.as_str() {
        "mine" => filter.assignee = Some(signed_in.staff.id),
        "new" => filter.unread = true,
        // Who is of no team sees what no team has: nothing.
        "team" => filter.teams = some_team(&signed_in.staff.teams),
        // Nobody has read it and nobody has it.
        "triage" => (filter.unread, filter.unassigned) = (true, true),
        "unsent" => filter.unsent = true,
        "unassigned" => filter.unassigned = true,
        "overdue" => filter.due_before = Some(now),
        "flagged" => filter.flagged = true,
        "decide" => filter.undecided = true,
        "waiting" => filter.core = Some(Core::WaitingResident),
        "closed" => filter.closed = true,
        _ => {}
    }
    filter
}

fn some_team(teams: &[String]) -> Vec<String> {
    if teams.is_empty() { vec![String::new()] } else { teams.to_vec() }
}

/// The list as it is asked for, in an address.
pub fn address(asked: &Asked) -> String {
    let sort = SORTS.iter().find(|(sort, _)| !sort.is_empty() && *sort == asked.sort);
    let query = kept(asked);
    let sort =
        sort.map_or(String::new(), |(sort, _)| format!("{}sort={sort}", if query.is_empty() { "" } else { "&" }));
    format!("/staff{}", after(&format!("{query}{sort}"), '?'))
}

fn ask(app: &App, signed_in: &SignedIn, asked: &Asked, now: Time) -> Ask {
    let filter = filter(app, signed_in, asked, now);
    let sort = match asked.sort.as_str() {
        "due" => Sort::Due,
        "age" => Sort::Age,
        _ => Sort::Risk,
    };
    // Typed words may be long; nobody searches for more than a line.
    let search: String = asked.q.trim().chars().take(100).collect();
    Ask { filter, sort, after: read_after(&asked.after), search: Some(search).filter(|s| !s.is_empty()) }
}

/// The key of the last row, as it stands in the address: no personal data in it.
fn read_after(text: &str) -> Option<After> {
    let mut parts = text.splitn(3, '_');
    Some(After {
        priority: parts.next()?.parse().ok()?,
        at: Time(parts.next()?.parse().ok()?),
        id: Uuid::parse_str(parts.next()?).ok()?,
    })
}

/// The filters as they stand in an address: only what can stand there as it is.
pub fn kept(asked: &Asked) -> String {
    let fields = fields(asked).into_iter().filter(|(name, _)| *name != "sort");
    let plain = |value: &str| value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    let fields = fields.filter(|(_, value)| !value.is_empty() && plain(value));
    fields.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// The text with this before it, where there is any.
pub fn after(text: &str, before: char) -> String {
    if text.is_empty() { String::new() } else { format!("{before}{text}") }
}

fn next_page(asked: &Asked, last: After) -> String {
    let sort = SORTS.iter().find(|(sort, _)| !sort.is_empty() && *sort == asked.sort);
    let sort = sort.map_or(String::new(), |(sort, _)| format!("&sort={sort}"));
    let from = format!("{}_{}_{}", last.priority, last.at.micros(), last.id);
    format!("/staff?after={from}{}{sort}", after(&kept(asked), '&'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_read_back_from_its_address() {
        let after = After { priority: 5, at: Time(1_700_000_000_000_000), id: Uuid::from_u128(7) };
        let address = next_page(&Asked { view: "mine".into(), team: "a\"><b".into(), ..Asked::default() }, after);
        let text = address.split("after=").nth(1).unwrap().split('&').next().unwrap();
        assert_eq!(read_after(text), Some(after));
        assert!(address.ends_with("&view=mine"));
        assert_eq!(read_after("5_x_y"), None);
    }
}
