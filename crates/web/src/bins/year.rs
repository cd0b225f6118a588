//! A page for the wall: every collection of the year to come, by month.

use super::{Door, found};
use crate::{
    App,
    govuk::BackLink,
    page::{Caching, Failure, Frame, html, origin::Origin, when},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use std::collections::BTreeMap;

pub struct Month {
    pub name: String,
    pub days: Vec<Row>,
}

pub struct Row {
    pub day: String,
    pub kinds: String,
    pub moved: bool,
}

#[derive(Template)]
#[template(path = "bins/year.html")]
pub struct YearPage {
    pub frame: Frame,
    /// On the page alone.
    pub address: String,
    pub back: BackLink,
    pub agency: String,
    pub put_out: String,
    pub months: Vec<Month>,
    pub printed: String,
}

pub async fn get(State(app): State<App>, origin: Origin, Path(uprn): Path<String>) -> Result<Response, Failure> {
    let found = found(&app, &uprn, &origin.0, Door::Page).await?;
    let mut days: BTreeMap<jiff::civil::Date, (Vec<String>, bool)> = BTreeMap::new();
    for bin in &found.property.bins {
        for one in &bin.coming {
            let (kinds, moved) = days.entry(one.day).or_default();
            kinds.push(found.kind(&bin.kind));
            *moved |= one.moved();
        }
    }
    let mut months: Vec<Month> = Vec::new();
    for (day, (mut kinds, moved)) in days {
        kinds.dedup();
        let name = day.strftime("%B %Y").to_string();
        if months.last().is_none_or(|month| month.name != name) {
            months.push(Month { name, days: Vec::new() });
        }
        let row = Row { day: day.strftime("%A %-d").to_string(), kinds: kinds.join(", "), moved };
        if let Some(month) = months.last_mut() {
            month.days.push(row);
        }
    }
    html(
        &YearPage {
            frame: Frame::citizen(&app, "Your bin year"),
            address: found.property.home.address.clone(),
            back: BackLink::to(found.path()),
            agency: found.agency.name.clone(),
            put_out: found.bins.put_out.clone(),
            months,
            printed: when::date(when::local(app.now()).date()),
        },
        Caching::Fresh,
    )
}
