//! `GET requests` and `GET requests/ID`: what became of reports, newest first.

use super::{
    door::{self, Door},
    errors::Told,
    node::Node,
    params::Asked,
    search::{self, Page, Search},
    services, stamp,
};
use crate::App;
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use casework::{codes, report::request};
use store::request::Wanted;

pub async fn get(State(app): State<App>, asked: Asked) -> Result<Response, Told> {
    let door = door::open(&app, &asked)?;
    let search = search::read(&app, &asked, &door)?;
    let named = !search.wanted.references.is_empty();
    let (rows, next) = if search.nothing { (Vec::new(), None) } else { read(&app, &door, search).await? };
    if named && rows.is_empty() {
        return Err(Told::absent("service_request_id"));
    }
    let mut response = answer(&app, &asked, &door, &rows);
    let link = next.map(|(page, after)| link(&app, &asked, page, &after));
    response.headers_mut().extend(link.into_iter().flatten().map(|link| (header::LINK, link)));
    Ok(response)
}

/// Where the list goes on.
pub fn link(app: &App, asked: &Asked, page: usize, after: &str) -> Option<HeaderValue> {
    let address = format!("{}{}", app.setting.public_url, asked.on_page(page, after));
    HeaderValue::from_str(&format!("<{address}>; rel=\"next\"")).ok()
}

pub async fn one(State(app): State<App>, asked: Asked) -> Result<Response, Told> {
    let door = door::open(&app, &asked)?;
    let row = find(&app, &door, asked.last()).await?;
    Ok(answer(&app, &asked, &door, &[row]))
}

/// The one of this id, as far as the caller may know of it.
pub async fn find(app: &App, door: &Door, id: &str) -> Result<request::Listed, Told> {
    let absent = || Told::absent("service_request_id");
    let reference = codes::read_reference(id).ok_or_else(absent)?;
    let private = services::private(app, door);
    let wanted = Wanted { references: vec![reference], private, ..Wanted::default() };
    let page = Page { number: 1, size: 1, after: None };
    let (mut rows, _) = read(app, door, Search { wanted, page, ..Search::default() }).await?;
    rows.pop().ok_or_else(absent)
}

/// A page, and where the next begins.
type Rows = (Vec<request::Listed>, Option<(usize, String)>);

async fn read(app: &App, door: &Door, search: Search) -> Result<Rows, Told> {
    let Search { wanted, page, has_photo, .. } = search;
    let (setting, agency, actor, draw) = (app.setting.clone(), door.agency.clone(), door.actor(), app.draw());
    let (after, most) = (page.from(), page.skipped() + page.size + 1);
    // What is not everybody's is entered when it is read.
    let list = move |tx: &mut store::Tx| {
        let (of, span) = ((&agency, &wanted), (after.as_ref(), most as i64));
        request::list(&actor, tx, &setting, &mut draw.clone(), of, span)
    };
    let mut rows = if door.keyed { app.db.write(list).await? } else { app.db.read(list).await? };
    rows.drain(..page.skipped().min(rows.len()));
    let more = rows.len() > page.size;
    rows.truncate(page.size);
    let last = rows.last().filter(|_| more);
    let next = last.map(|row| (page.number + 1, format!("{}.{}", row.received_at.micros(), row.reference)));
    rows.retain(|row| has_photo.is_none_or(|wanted| wanted != row.photos.is_empty()));
    Ok((rows, next))
}

fn answer(app: &App, asked: &Asked, door: &Door, rows: &[request::Listed]) -> Response {
    let items = rows.iter().map(|row| node(&app.setting.public_url, row));
    asked.format.list(("service_requests", "request"), items, door.caching())
}

/// Several photos repeat the element; in JSON they are a list, since a member stands once.
fn media(base: &str, row: &request::Listed) -> Node<'static> {
    let address = |id| Node::text(format!("{base}/reports/{}/photo/{id}/large", row.reference));
    match row.photos.as_slice() {
        [] => Node::Nothing,
        [one] => address(one),
        several => Node::Repeated(several.iter().map(address).collect()),
    }
}

fn node<'t>(base: &str, row: &'t request::Listed) -> Node<'t> {
    let due = row.due_at.map(stamp::written).unwrap_or_default();
    let mut extras = vec![("group", Node::text(&row.group))];
    extras.extend(row.shown_name.as_ref().map(|name| ("shown_name", Node::text(name))));
    Node::One(vec![
        ("service_request_id", Node::text(&row.reference)),
        ("status", Node::text(if row.open { "open" } else { "closed" })),
        ("status_notes", Node::text(&row.notes)),
        ("service_name", Node::text(&row.service_name)),
        ("service_code", Node::text(&row.service)),
        ("title", Node::text(&row.title)),
        ("description", Node::text(&row.description)),
        ("agency_responsible", Node::text(&row.agency_name)),
        ("service_notice", Node::Nothing),
        ("requested_datetime", Node::text(stamp::written(row.received_at))),
        ("updated_datetime", Node::text(stamp::written(row.changed_at))),
        ("expected_datetime", Node::text(due)),
        ("address", Node::text(&row.place)),
        ("address_id", Node::Nothing),
        ("zipcode", Node::Nothing),
        ("lat", Node::Degrees(row.lat)),
        ("long", Node::Degrees(row.lon)),
        ("media_url", media(base, row)),
        ("non_public", Node::Whole(i64::from(!row.public))),
        ("extras", Node::One(extras)),
    ])
}
