//! `/staff/dashboard`: the agency's work in numbers (C-72). Each chart is a table with bars beside its numbers, so that it is read,
//! heard and printed alike; the map of where things come from has its table below.

use super::session::SignedIn;
use crate::{
    App,
    page::{Caching, Failure, Frame, html, share, span, span::Days, when},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use casework::report::dashboard::{self, Cut, Dashboard, FEWEST, Heat, Number, Span, Times};
use jiff::{ToSpan, civil::Date};
use places::Point;
use rights::Right;
use serde::Deserialize;
use store::Time;

/// Days that are counted where none are asked for, and the most that may be.
const USUAL: i64 = 180;
const MOST: i64 = 366;
/// Ages of open reports, in days: up to each of these, and older.
const AGES: [i64; 3] = [7, 28, 90];
/// Parts of the map that the table names.
const NAMED: usize = 20;
/// Steps of the scale of the map, light to dark: one colour, so that it does not matter how somebody sees colours.
const SHADES: [&str; 5] = ["#d2e2f1", "#9dbfdd", "#5694ca", "#1d70b8", "#003078"];
/// Of the picture of the map, in its own units.
const WIDE: f64 = 600.0;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub from: String,
    pub to: String,
}

/// A part of the map as it is drawn.
pub struct Hex {
    pub points: String,
    pub shade: &'static str,
    pub title: String,
}

/// One step of the scale.
pub struct Step {
    pub shade: &'static str,
    pub words: String,
    /// Where it stands in the picture of the scale.
    pub at: usize,
}

#[derive(Template)]
#[template(path = "staff/dashboard.html")]
pub struct DashboardPage {
    pub frame: Frame,
    pub agency: String,
    pub first: Date,
    pub last: Date,
    pub board: Dashboard,
    pub hexes: Vec<Hex>,
    pub high: i64,
    pub scale: Vec<Step>,
    pub sees_measures: bool,
}

impl DashboardPage {
    fn day(&self, day: &Date) -> String {
        when::date(*day)
    }

    fn number(&self, number: &Number) -> String {
        match number {
            Number::Told(n) => n.to_string(),
            Number::Withheld => "Not told".to_owned(),
        }
    }

    /// Hundredths of the longest bar of its table.
    fn bar(&self, cut: &Cut, number: &Number) -> i64 {
        let told = |number: &Number| if let Number::Told(n) = number { *n } else { 0 };
        let most = cut.rows.iter().map(|(_, number)| told(number)).max().unwrap_or_default();
        if most == 0 { 0 } else { told(number) * 100 / most }
    }

    fn long(&self, hours: &Option<i64>) -> String {
        match hours {
            None => "Nothing yet".to_owned(),
            Some(0) => "Less than an hour".to_owned(),
            Some(1) => "1 hour".to_owned(),
            Some(n) if *n < 48 => format!("{n} hours"),
            Some(n) => format!("{} days", n / 24),
        }
    }

    /// Whole days of public reports; of few none are told.
    fn days(&self, days: Option<i64>) -> String {
        match days {
            None => "Too few to say".to_owned(),
            Some(0) => "Less than a day".to_owned(),
            Some(1) => "1 day".to_owned(),
            Some(n) => format!("{n} days"),
        }
    }

    fn took(&self) -> [(&'static str, &'static str, &[Times]); 2] {
        [("Kind", "By kind", &self.board.by_service), ("Ward", "By ward", &self.board.by_ward)]
    }

    fn named(&self) -> &[Heat] {
        self.board.heat.get(..NAMED).unwrap_or(&self.board.heat)
    }
}

fn months(first: Date, last: Date) -> Vec<(String, Time, Time)> {
    let mut months = Vec::new();
    let mut from = first;
    while from <= last {
        let next = from.first_of_month().checked_add(1.month()).unwrap_or(last);
        let to = next.min(last.tomorrow().unwrap_or(last));
        months.push((from.strftime("%B %Y").to_string(), span::begins(from), span::begins(to)));
        if to <= from {
            break;
        }
        from = to;
    }
    months
}

/// Of all open ones, whenever they came.
fn ages(now: Time) -> Vec<(String, Time, Time)> {
    let mut ages = Vec::new();
    let mut to = Time(i64::MAX);
    let mut before = 0;
    for days in AGES {
        let from = now.plus_hours(-24 * days);
        let words = if before == 0 { format!("Up to {days} days") } else { format!("{before} to {days} days") };
        ages.push((words, from, to));
        (to, before) = (from, days);
    }
    ages.push((format!("More than {before} days"), Time(0), to));
    ages
}

/// The hexagons in a picture, the north at the top; and its height. A degree of longitude is shorter than one of latitude.
fn drawn(heat: &[Heat]) -> (Vec<Hex>, i64) {
    let corners = || heat.iter().flat_map(|part| &part.corners);
    let least = |of: fn(&Point) -> f64| corners().map(of).fold(f64::INFINITY, f64::min);
    let most = |of: fn(&Point) -> f64| corners().map(of).fold(f64::NEG_INFINITY, f64::max);
    let (south, north) = (least(|point| point.lat), most(|point| point.lat));
    let (west, east) = (least(|point| point.lon), most(|point| point.lon));
    if heat.is_empty() {
        return (Vec::new(), 0);
    }
    let narrow = ((south + north) / 2.0).to_radians().cos();
    let size = WIDE / ((east - west) * narrow).max(f64::MIN_POSITIVE);
    let place = |point: &Point| format!("{:.1},{:.1}", (point.lon - west) * narrow * size, (north - point.lat) * size);
    let highest = heat.first().map_or(1, |part| part.count);
    let hexes = heat.iter().map(|part| Hex {
        points: part.corners.iter().map(place).collect::<Vec<_>>().join(" "),
        shade: SHADES[shade(part.count, highest)],
        title: format!("{}: {}", part.words, part.count),
    });
    (hexes.collect(), ((north - south) * size).ceil() as i64)
}

/// Which shade: equal steps up to the most.
fn shade(count: i64, highest: i64) -> usize {
    let steps = SHADES.len() as i64;
    ((count.max(1) - 1) * steps / highest.max(1)).clamp(0, steps - 1) as usize
}

fn scale(highest: i64) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut from = 1;
    for (at, colour) in SHADES.into_iter().enumerate() {
        let to = (from..=highest).take_while(|count| shade(*count, highest) == at).last();
        if let Some(to) = to {
            let words = if from == to { from.to_string() } else { format!("{from} to {to}") };
            steps.push(Step { shade: colour, words, at: steps.len() });
            from = to + 1;
        }
    }
    steps
}

pub async fn get(State(app): State<App>, signed_in: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    rights::hold(&signed_in.actor, Right::SeeDashboard)?;
    let now = app.now();
    let last = span::day(&asked.to).unwrap_or(when::local(now).date());
    let back = |days: i64| last.checked_sub(days.days()).unwrap_or(last);
    let first = span::day(&asked.from).unwrap_or(back(USUAL)).clamp(back(MOST), last);
    let span = Span {
        from: span::begins(first),
        to: span::begins(last.tomorrow().unwrap_or(last)),
        months: months(first, last),
        ages: ages(now),
    };
    let (actor, setting) = (signed_in.actor.clone(), app.setting.clone());
    let key = (signed_in.staff.agency.clone(), signed_in.may(Right::SeeQueue), Days { first, last });
    let read = app.db.read(move |tx| dashboard::read(&actor, tx, &setting, &span));
    let board = app.dashboards.or(key, now, share::FRESH_SECONDS, read).await?;
    let (hexes, high) = drawn(&board.heat);
    let page = DashboardPage {
        frame: Frame::staff(&app, "Our work in numbers", Some(signed_in.desk(&app, "dashboard"))),
        agency: app.setting.agency_name(&signed_in.staff.agency),
        scale: scale(board.heat.first().map_or(0, |part| part.count)),
        sees_measures: signed_in.may(Right::SeeMeasures),
        first,
        last,
        board,
        hexes,
        high,
    };
    html(&page, Caching::Never)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn months_follow_each_other_and_hold_the_days_asked_for_alone() {
        let all = months(date(2026, 9, 20), date(2026, 11, 27));
        let names: Vec<&str> = all.iter().map(|(name, ..)| name.as_str()).collect();
        assert_eq!(names, ["September 2026", "October 2026", "November 2026"]);
        assert!(all.windows(2).all(|pair| pair[0].2 == pair[1].1));
        assert_eq!((all[0].1, all[2].2), (span::begins(date(2026, 9, 20)), span::begins(date(2026, 11, 28))));
    }

    #[test]
    fn ages_hold_every_instant_once() {
        let now = Time(1_800_000_000_000_000);
        let all = ages(now);
        assert!(all.windows(2).all(|pair| pair[0].1 == pair[1].2));
        assert_eq!((all[0].2, all[3].1), (Time(i64::MAX), Time(0)));
        assert_eq!(all[1].0, "7 to 28 days");
    }

    #[test]
    fn every_number_has_one_shade_and_the_scale_names_them_all() {
        for highest in [1, 2, 4, 5, 6, 23, 1000] {
            let steps = scale(highest);
            assert_eq!(steps.last().unwrap().words.rsplit(' ').next().unwrap(), highest.to_string());
            assert!(shade(1, highest) == 0 && (1..highest).all(|n| shade(n, highest) <= shade(n + 1, highest)));
        }
        assert!(scale(0).is_empty());
    }
}
