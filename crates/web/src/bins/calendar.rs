//! A calendar of the days of a property (RFC 5545), to subscribe to. Each collection has one name for ever, made of property,
//! kind and the day it was planned for: one that is moved moves in people's calendars, and none stands there twice.

use super::{Door, Found, found};
use crate::{
    App,
    page::{
        Failure,
        ics::{escaped, folded},
        origin::Origin,
        when,
    },
};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

pub async fn get(State(app): State<App>, origin: Origin, Path(uprn): Path<String>) -> Result<Response, Failure> {
    let found = found(&app, &uprn, &origin.0, Door::Calendar).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("inline; filename=\"bins.ics\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
    ];
    Ok((headers, ics(&found, &app.setting.public_url)).into_response())
}

fn ics(found: &Found, public_url: &str) -> String {
    let host = public_url.split_once("://").map_or(public_url, |(_, host)| host);
    let url = format!("{public_url}{}", found.path());
    // When the days came in: the same data give the same file.
    let stamp = when::local(found.property.came_in.unwrap_or(store::Time(0))).timestamp();
    let stamp = stamp.strftime("%Y%m%dT%H%M%SZ").to_string();
    let name = format!("Bins, {}", found.property.home.address);
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Moothall//Bin days//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        format!("NAME:{}", escaped(&name)),
        format!("X-WR-CALNAME:{}", escaped(&name)),
        "REFRESH-INTERVAL;VALUE=DURATION:P1D".to_owned(),
        "X-PUBLISHED-TTL:P1D".to_owned(),
    ];
    for bin in &found.property.bins {
        let (kind, container) = (found.kind(&bin.kind), found.container(bin));
        for one in &bin.coming {
            let mut about = format!("Put it out by {}.", found.put_out(&bin.put_out));
            if one.moved() {
                about.push_str(&format!(" Moved from {}.", when::weekday(one.planned)));
            }
            let next = one.day.tomorrow().unwrap_or(one.day);
            let key = format!("{}-{}-{}-{}", found.property.home.uprn, bin.kind, bin.container, one.planned);
            lines.extend([
                "BEGIN:VEVENT".to_owned(),
                format!("UID:{}", escaped(&format!("{key}@{host}"))),
                format!("DTSTAMP:{stamp}"),
                format!("DTSTART;VALUE=DATE:{}", one.day.strftime("%Y%m%d")),
                format!("DTEND;VALUE=DATE:{}", next.strftime("%Y%m%d")),
                format!("SUMMARY:{}", escaped(&format!("{kind} ({container})"))),
                format!("DESCRIPTION:{}", escaped(&about)),
                format!("URL:{url}"),
                "TRANSP:TRANSPARENT".to_owned(),
                "END:VEVENT".to_owned(),
            ]);
        }
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}
