//! `/statistics`: how many public reports there are, how they stand and how long it took, in sums for chosen days (C-56); the same as
//! CSV and as JSON.

use crate::{
    App,
    page::{Caching, Failure, Frame, csv, html, share, span, span::Days, when},
};
use askama::Template;
use axum::{
    Json,
    extract::{Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use casework::report::statistics::{self, FEWEST, Line};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// Days that are counted where none are asked for, and the most that may be.
const USUAL: i64 = 90;
const MOST: i64 = 3 * 366;

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub from: String,
    pub to: String,
}

impl Asked {
    /// What is asked for, as far as it can be counted: not before the first day, and no more than three years.
    fn days(&self, today: Date) -> Days {
        let last = span::day(&self.to).unwrap_or(today);
        let back = |days: i64| last.checked_sub(days.days()).unwrap_or(last);
        let first = span::day(&self.from).unwrap_or(back(USUAL)).clamp(back(MOST), last);
        Days { first, last }
    }
}

/// The lines of an agency and their sum.
pub struct Block {
    pub name: String,
    pub lines: Vec<Line>,
    pub sum: Line,
}

impl Block {
    /// The sum last.
    fn rows(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().chain([&self.sum])
    }
}

#[derive(Template)]
#[template(path = "reports/statistics.html")]
pub struct StatisticsPage {
    pub frame: Frame,
    pub days: Days,
    pub blocks: Vec<Block>,
    pub query: String,
}

impl StatisticsPage {
    fn day(&self, day: &Date) -> String {
        when::date(*day)
    }

    fn usual(&self, line: &Line) -> String {
        match line.usual_days() {
            None => "Too few to say".to_owned(),
            Some(0) => "Less than a day".to_owned(),
            Some(1) => "1 day".to_owned(),
            Some(n) => format!("{n} days"),
        }
    }
}

fn blocks(lines: Vec<Line>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in lines {
        let beside = blocks.last().is_some_and(|block| block.sum.agency == line.agency);
        if !beside {
            let sum = Line { agency: line.agency.clone(), title: "All kinds".to_owned(), ..Line::default() };
            blocks.push(Block { name: line.agency_name.clone(), lines: Vec::new(), sum });
        }
        if let Some(block) = blocks.last_mut() {
            block.sum.all += line.all;
            block.sum.open += line.open;
            block.sum.fixed += line.fixed;
            block.sum.said += line.said;
            block.sum.closed += line.closed;
            block.sum.claimed += line.claimed;
            block.sum.days.join(&line.days);
            block.lines.push(line);
        }
    }
    blocks
}

async fn read(app: &App, asked: &Asked) -> Result<(Days, Vec<Line>), Failure> {
    let now = app.now();
    let days = asked.days(when::local(now).date());
    let (from, to) = (span::begins(days.first), span::begins(days.last.tomorrow().unwrap_or(days.last)));
    let setting = app.setting.clone();
    let read = app.db.read(move |tx| statistics::lines(tx, &setting, from, to));
    // However many look, what they look at is counted once in a while.
    Ok((days, app.statistics.or(days, now, share::FRESH_SECONDS, read).await?))
}

pub async fn get(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let (days, lines) = read(&app, &asked).await?;
    html(
        &StatisticsPage {
            frame: Frame::citizen(&app, "Reports in numbers"),
            blocks: blocks(lines),
            query: days.query(),
            days,
        },
        Caching::Fresh,
    )
}

#[derive(Serialize)]
struct Row {
    agency: String,
    service: String,
    title: String,
    reports: i64,
    open: i64,
    /// Of the open ones: residents say that they are fixed.
    said_to_be_fixed: i64,
    fixed: i64,
    /// Ended because those who reported them said that they are fixed.
    fixed_says_reporter: i64,
    closed: i64,
    /// None where fewer than ten were fixed.
    median_days_to_fix: Option<i64>,
}

#[derive(Serialize)]
struct Rows {
    from: String,
    to: String,
    rows: Vec<Row>,
}

fn row(line: &Line) -> Row {
    Row {
        agency: line.agency.clone(),
        service: line.service.clone(),
        title: line.title.clone(),
        reports: line.all,
        open: line.open,
        said_to_be_fixed: line.claimed,
        fixed: line.fixed,
        fixed_says_reporter: line.said,
        closed: line.closed,
        median_days_to_fix: line.usual_days(),
    }
}

const FRESH: (header::HeaderName, HeaderValue) = (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));

pub async fn json(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let (days, lines) = read(&app, &asked).await?;
    let rows = lines.iter().map(row).collect();
    let rows = Rows { from: days.first.to_string(), to: days.last.to_string(), rows };
    Ok(([FRESH], Json(rows)).into_response())
}

pub async fn table(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let (days, lines) = read(&app, &asked).await?;
    let mut text = csv::row([
        "from",
        "to",
        "agency",
        "service",
        "title",
        "reports",
        "open",
        "said_to_be_fixed",
        "fixed",
        "fixed_says_reporter",
        "closed",
        "median_days_to_fix",
    ]);
    for row in lines.iter().map(row) {
        text.push_str(&csv::row([
            days.first.to_string(),
            days.last.to_string(),
            row.agency,
            row.service,
            row.title,
            row.reports.to_string(),
            row.open.to_string(),
            row.said_to_be_fixed.to_string(),
            row.fixed.to_string(),
            row.fixed_says_reporter.to_string(),
            row.closed.to_string(),
            row.median_days_to_fix.map(|days| days.to_string()).unwrap_or_default(),
        ]));
    }
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"statistics.csv\"")),
        FRESH,
    ];
    Ok((headers, text).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_those_asked_for_or_the_last_ninety_and_never_more_than_three_years() {
        let today = date(2026, 11, 27);
        let days = |from: &str, to: &str| Asked { from: from.into(), to: to.into() }.days(today);
        assert_eq!(days("", ""), Days { first: date(2026, 8, 29), last: today });
        assert_eq!(days("2026-01-01", "2026-01-31"), Days { first: date(2026, 1, 1), last: date(2026, 1, 31) });
        assert_eq!(days("2026-02-01", "2026-01-31").first, date(2026, 1, 31), "none before the first day");
        assert_eq!(days("1970-01-01", "").first, date(2023, 11, 25));
        assert_eq!(days("x", "y"), days("", ""));
    }
}
