//! An agency's work in numbers, for those who answer for it and for councillors (C-72). Counts alone: no report, no person.

use super::statistics::{self, Line, Spread};
use crate::{Result, Setting};
use places::{Point, cell, cell::Resolution};
use rights::{Actor, NotFound, Right};
use std::collections::BTreeMap;
use store::{Time, Tx, statistic};

/// Who may not see the reports themselves is not told numbers below this: they could be of single people (P-100).
pub const FEWEST: i64 = 5;

/// The days that are counted, and how they are cut: each part by its name, with its first instant and the end.
#[derive(Clone, Debug)]
pub struct Span {
    pub from: Time,
    pub to: Time,
    pub months: Vec<(String, Time, Time)>,
    /// How long ago open ones came, the youngest first.
    pub ages: Vec<(String, Time, Time)>,
}

/// A number of reports, or that it is not told: it is small, or would give away one that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    Told(i64),
    Withheld,
}

/// How one thing is spread: the most first, or in their own order.
#[derive(Clone, Debug)]
pub struct Cut {
    pub title: &'static str,
    pub rows: Vec<(String, Number)>,
}

/// How long things of one kind or one ward took, in whole hours.
#[derive(Clone, Debug)]
pub struct Times {
    pub name: String,
    pub first: Took,
    pub fix: Took,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Took {
    pub count: i64,
    /// Half took no longer than this; nine in ten no longer than that.
    pub median: Option<i64>,
    pub most: Option<i64>,
}

/// A part of the map and what came from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Heat {
    pub corners: Vec<Point>,
    pub words: String,
    pub count: i64,
}

#[derive(Clone, Debug)]
pub struct Dashboard {
    pub total: Number,
    pub cuts: Vec<Cut>,
    pub by_service: Vec<Times>,
    pub by_ward: Vec<Times>,
    /// The most first.
    pub heat: Vec<Heat>,
    /// What everybody may count of each agency, so that they can be compared: public reports alone.
    pub agencies: Vec<Line>,
    /// Small numbers are not told.
    pub guarded: bool,
}

fn number(n: i64, guarded: bool) -> Number {
    if guarded && (1..FEWEST).contains(&n) { Number::Withheld } else { Number::Told(n) }
}

/// The rows of one cut. One that is withheld alone could be worked out from the sum, so the next smallest goes with it.
fn numbers(rows: Vec<(String, i64)>, guarded: bool) -> Vec<(String, Number)> {
    let mut told: Vec<_> = rows.into_iter().map(|(name, n)| (name, number(n, guarded))).collect();
    if told.iter().filter(|(_, n)| *n == Number::Withheld).count() == 1 {
        let size = |number: &Number| if let Number::Told(n) = number { *n } else { 0 };
        let beside = told.iter_mut().filter(|(_, n)| size(n) > 0).min_by_key(|(_, n)| size(n));
        if let Some((_, beside)) = beside {
            *beside = Number::Withheld;
        }
    }
    told
}

/// A reader of reports knows them one by one anyway; all others are guarded.
pub fn read(actor: &Actor, tx: &mut Tx, setting: &Setting, span: &Span) -> Result<Dashboard> {
    rights::hold(actor, Right::SeeDashboard)?;
    let agency = actor.agency().ok_or(NotFound)?.to_owned();
    let guarded = rights::hold(actor, Right::SeeQueue).is_err();
    let counts = statistic::counts(actor, tx, &agency, span.from, span.to)?;
    let mut spread: [BTreeMap<String, i64>; 5] = Default::default();
    for row in &counts {
        let stage = setting.stage(&agency, &row.stage).map_or_else(|| row.stage.clone(), |stage| stage.name);
        let outcome = row.outcome.as_deref().and_then(|id| setting.outcome(&agency, id));
        let names = [
            setting.service_name(&row.service),
            outcome.map_or(stage, |outcome| outcome.name.clone()),
            channel(&row.channel).to_owned(),
            ward(setting, &row.ward),
            setting.catalogue.service(&row.service).map(|service| service.group.clone()).unwrap_or_default(),
        ];
        for (cut, name) in spread.iter_mut().zip(names) {
            *cut.entry(name).or_default() += row.count;
        }
    }
    let [services, states, channels, wards, groups] = spread;
    let mut devices: BTreeMap<String, i64> = BTreeMap::new();
    let mut roles: BTreeMap<String, i64> = BTreeMap::new();
    for row in statistic::sent(actor, tx, &agency, span.from, span.to)? {
        *devices.entry(device(&row.device).to_owned()).or_default() += row.count;
        *roles.entry(role(setting, &agency, &row.filed_role)).or_default() += row.count;
    }
    let mut by_time = |spans: &[(String, Time, Time)], of_open: bool| -> Result<Vec<(String, Number)>> {
        let mut rows = Vec::new();
        for (name, from, to) in spans {
            let n = match of_open {
                true => statistic::open(actor, tx, &agency, *from, *to)?,
                false => statistic::came(actor, tx, &agency, *from, *to)?,
            };
            rows.push((name.clone(), n));
        }
        Ok(numbers(rows, guarded))
    };
    let months = by_time(&span.months, false)?;
    let ages = by_time(&span.ages, true)?;
    let sorted = |title, counts: BTreeMap<String, i64>| Cut { title, rows: sorted(counts, guarded) };
    let mut cuts = vec![
        Cut { title: "By month", rows: months },
        sorted("By kind", services),
        sorted("By group", groups),
        sorted("By state", states),
        sorted("By the way they came", channels),
        sorted("By what they were sent from", devices),
        sorted("By who filed them", roles),
        Cut { title: "Open ones by age", rows: ages },
    ];
    if !setting.geography().wards().is_empty() {
        cuts.push(sorted("By ward", wards));
    }
    let first = statistic::answered(actor, tx, &agency, span.from, span.to)?;
    let fix = statistic::ended(actor, tx, &agency, span.from, span.to)?;
    let is_fixed = |took: &&statistic::Took| {
        let outcome = took.outcome.as_deref().and_then(|id| setting.outcome(&agency, id));
        outcome.is_some_and(|outcome| outcome.fixed)
    };
    let fix: Vec<_> = fix.iter().filter(is_fixed).collect();
    let first: Vec<_> = first.iter().collect();
    let by_ward = match setting.geography().wards().is_empty() {
        true => Vec::new(),
        false => times(&first, &fix, |took| ward(setting, &took.ward)),
    };
    let mut by_service = times(&first, &fix, |took| setting.service_name(&took.service));
    by_service.extend(times(&first, &fix, |_| "All kinds".to_owned()));
    let keep = |times: &Times| !guarded || times.first.count.max(times.fix.count) >= FEWEST;
    by_service.retain(keep);
    let mut agencies: BTreeMap<String, Line> = BTreeMap::new();
    for line in statistics::lines(tx, setting, span.from, span.to)? {
        agencies.entry(line.agency_name.clone()).or_default().join(&line);
    }
    let total: i64 = counts.iter().map(|row| row.count).sum();
    Ok(Dashboard {
        total: number(total, guarded),
        cuts,
        by_service,
        by_ward: by_ward.into_iter().filter(keep).collect(),
        agencies: agencies.into_values().collect(),
        heat: heat(setting, statistic::cells(actor, tx, &agency, span.from, span.to)?, guarded),
        guarded,
    })
}

fn ward(setting: &Setting, code: &str) -> String {
    let geography = setting.geography();
    geography.ward_of(code).map_or_else(|| "Not in a known ward".to_owned(), |ward| ward.name.clone())
}

/// The words of the program as people say them.
fn channel(channel: &str) -> &str {
    match channel {
        "" => "Not kept",
        "web" => "Web pages",
        "api" => "Other programs",
        "open311" => "Other programs (Open311)",
        "offline" => "A form sent later",
        "back_office" => "Our own back office",
        "staff" => "Filed by staff",
        other => other,
    }
}

fn device(device: &str) -> &str {
    match device {
        "phone" => "A phone",
        "tablet" => "A tablet",
        "computer" => "A computer",
        _ => "Not known",
    }
}

/// Residents, or the role of the staff who filed it; a role that the agency does not have is another agency's.
fn role(setting: &Setting, agency: &str, role: &str) -> String {
    let own = |agency: &catalogue::Agency| agency.role(role).map(|role| role.name.clone());
    match role {
        "" => "Whoever reported it".to_owned(),
        _ => setting.catalogue.agency(agency).and_then(own).unwrap_or_else(|| "Staff of another agency".to_owned()),
    }
}

fn sorted(counts: BTreeMap<String, i64>, guarded: bool) -> Vec<(String, Number)> {
    let mut rows: Vec<_> = counts.into_iter().filter(|(name, _)| !name.is_empty()).collect();
    rows.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    numbers(rows, guarded)
}

fn times(
    first: &[&statistic::Took],
    fix: &[&statistic::Took],
    name: impl Fn(&statistic::Took) -> String,
) -> Vec<Times> {
    let mut all: BTreeMap<String, [Spread; 2]> = BTreeMap::new();
    for (n, rows) in [first, fix].into_iter().enumerate() {
        for row in rows {
            all.entry(name(row)).or_default()[n].add(row.hours, row.count);
        }
    }
    let took = |spread: &Spread| Took { count: spread.total(), median: spread.median(), most: spread.within(90) };
    all.into_iter().map(|(name, [first, fix])| Times { name, first: took(&first), fix: took(&fix) }).collect()
}

/// Street cells put together to neighbourhoods: about three quarters of a square kilometre each.
fn heat(setting: &Setting, cells: Vec<(i64, i64)>, guarded: bool) -> Vec<Heat> {
    let mut all: BTreeMap<i64, i64> = BTreeMap::new();
    for (street, count) in cells {
        if let Some(within) = cell::parent(street, Resolution::NEIGHBOURHOOD) {
            *all.entry(within).or_default() += count;
        }
    }
    all.retain(|_, count| !guarded || *count >= FEWEST);
    let geography = setting.geography();
    let mut heat: Vec<Heat> = all
        .into_iter()
        .filter_map(|(within, count)| {
            let words = geography.words(cell::middle(within)?).unwrap_or_default();
            Some(Heat { corners: cell::corners(within), words, count })
        })
        .collect();
    heat.sort_by(|a, b| (b.count, &a.words).cmp(&(a.count, &b.words)));
    heat
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_number_is_not_told_and_cannot_be_worked_out_from_the_others() {
        let rows = |all: &[i64]| all.iter().map(|n| (n.to_string(), *n)).collect::<Vec<_>>();
        let told = |all: &[i64], guarded| {
            let shown = numbers(rows(all), guarded).into_iter();
            shown.map(|(_, n)| if let Number::Told(n) = n { n } else { -1 }).collect::<Vec<_>>()
        };
        assert_eq!(told(&[20, 6, 2, 0], true), [20, -1, -1, 0]);
        assert_eq!(told(&[20, 6, 2, 1], true), [20, 6, -1, -1]);
        assert_eq!(told(&[3], true), [-1]);
        assert_eq!(told(&[20, 6, 2, 0], false), [20, 6, 2, 0]);
    }
}
