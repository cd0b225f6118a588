//! What a service costs (council C-38): data of the agency, with its source. Prices are pence; nothing here is of a card.

use super::Agency;
use crate::counted::counted;
use crate::definition::condition;
use crate::source::Faults;
use crate::tree::{Node, Reader};
use crate::{Answer, Answers, Catalogue, Condition, Kind};
use jiff::ZonedDateTime;

/// The most that is asked for at once: what GOV.UK Pay takes, £100,000.
const MOST: i64 = 10_000_000;

/// `[[charge]]`: each row of a group costs the price of its choice, as often as its number says.
#[derive(Clone, Debug, PartialEq)]
pub struct Charge {
    pub service: String,
    /// What the card page says it is for; nothing of the person.
    pub what: String,
    /// The group …
    pub rows: String,
    /// … the choice in it that has the price …
    pub kind: String,
    /// … and the number in it, if there is one.
    pub times: Option<String>,
    /// Pence for each; a choice that is not named costs nothing.
    pub prices: Vec<(String, i64)>,
    /// In place of a price for each: pence for all of it, by its points, the fewest first.
    pub bands: Vec<Band>,
    /// Points of a choice; one that is not named has one.
    pub points: Vec<(String, i64)>,
    /// Only then.
    pub when: Option<Condition>,
    /// Minutes after which a payment that was begun and not ended is given up.
    pub unpaid_minutes: u32,
    /// Days after the payment in which staff may give it back; None: they may not.
    pub refund_days: Option<u32>,
    pub source: String,
}

/// So many points or fewer cost this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    pub up_to: i64,
    pub pence: i64,
}

impl Charge {
    /// Pence; nothing where there is nothing to pay.
    pub fn amount(&self, answers: &Answers, now: &ZonedDateTime) -> Option<i64> {
        if self.when.as_ref().is_some_and(|when| !when.holds(answers, now)) {
            return None;
        }
        let Some(Answer::Group(rows)) = answers.get(&self.rows) else { return None };
        let counted = || rows.iter().filter_map(|row| counted(row, &self.kind, self.times.as_deref()));
        let sum = match self.bands.is_empty() {
            true => self.weigh(counted(), &self.prices, 0)?,
            false => self.banded(self.weigh(counted(), &self.points, 1)?),
        };
        (sum > 0 && sum <= MOST).then_some(sum)
    }

    /// The least and the most it can cost, in pence, before anybody says how much there is; no most where each costs its price.
    pub fn range(&self, answers: &Answers, now: &ZonedDateTime) -> Option<(i64, Option<i64>)> {
        if self.when.as_ref().is_some_and(|when| !when.holds(answers, now)) {
            return None;
        }
        let bands = || self.bands.iter().map(|band| band.pence);
        let least = self.prices.iter().map(|(_, pence)| *pence).chain(bands()).min()?;
        Some((least, bands().max()))
    }

    fn weigh<'r>(
        &self,
        mut counted: impl Iterator<Item = (&'r str, i64)>,
        weights: &[(String, i64)],
        without: i64,
    ) -> Option<i64> {
        counted.try_fold(0_i64, |sum, (kind, times)| {
            let weight = weights.iter().find(|(known, _)| known == kind).map_or(without, |(_, weight)| *weight);
            sum.checked_add(weight.checked_mul(times)?)
        })
    }

    /// More than the last band holds costs what the last one costs: how much may be asked for is the rule of the booking.
    fn banded(&self, points: i64) -> i64 {
        let band = self.bands.iter().find(|band| points <= band.up_to).or(self.bands.last());
        band.filter(|_| points > 0).map_or(0, |band| band.pence)
    }
}

pub(super) fn charge(node: &Node, faults: &mut Faults) -> Option<Charge> {
    let mut reader = Reader::of(node, "a charge", faults)?;
    let prices = reader.numbers("prices", faults);
    let bands: Vec<Band> = reader.tables("bands", faults).into_iter().filter_map(|node| band(node, faults)).collect();
    let points = reader.numbers("points", faults);
    if prices.is_empty() == bands.is_empty() {
        faults.add(node.line, "a charge needs prices or bands, and not both");
    }
    if bands.is_empty() && !points.is_empty() {
        faults.add(node.line, "points of a charge need its bands");
    }
    if !bands.is_sorted_by(|a, b| a.up_to < b.up_to) {
        faults.add(node.line, "the bands of a charge stand in order, the fewest points first");
    }
    for (line, kind, _) in prices.iter().filter(|(_, _, pence)| !(1..=MOST).contains(pence)) {
        faults.add(*line, format_args!("the price of `{kind}` is pence, 1 to {MOST}"));
    }
    let unpaid_minutes = reader.number("unpaid_minutes", faults);
    if unpaid_minutes.is_none_or(|minutes: u32| minutes == 0) {
        faults.add(node.line, "a charge needs unpaid_minutes, at least 1");
    }
    let charge = Charge {
        service: reader.need_text("service", faults),
        what: reader.need_text("what", faults),
        rows: reader.need_text("rows", faults),
        kind: reader.need_text("kind", faults),
        times: reader.text("times", faults),
        prices: prices.into_iter().map(|(_, kind, pence)| (kind, pence)).collect(),
        bands,
        points: points.into_iter().map(|(_, kind, points)| (kind, points)).collect(),
        when: reader.take("when").and_then(|node| condition::read(node, faults)),
        unpaid_minutes: unpaid_minutes.unwrap_or(1),
        refund_days: reader.number("refund_days", faults),
        source: reader.need_text("source", faults),
    };
    reader.close(faults);
    Some(charge)
}

fn band(node: &Node, faults: &mut Faults) -> Option<Band> {
    let mut reader = Reader::of(node, "a band of a charge", faults)?;
    let (up_to, pence) = (reader.number("up_to", faults), reader.number("pence", faults));
    reader.close(faults);
    match (up_to, pence) {
        (Some(up_to), Some(pence)) if up_to > 0 && (1..=MOST).contains(&pence) => Some(Band { up_to, pence }),
        _ => {
            faults.add(node.line, format_args!("a band of a charge has up_to, and pence from 1 to {MOST}"));
            None
        }
    }
}

pub(super) fn check(agency: &Agency, catalogue: &Catalogue, faults: &mut Faults) {
    for (n, charge) in agency.charges.iter().enumerate() {
        let what = &charge.service;
        if agency.charges[..n].iter().any(|before| before.service == *what) {
            faults.add(0, format_args!("`{what}` has two charges"));
        }
        if agency.offer(what).is_none() {
            faults.add(0, format_args!("a charge names service `{what}`, which it does not offer"));
        }
        let Some(service) = catalogue.service(what) else { continue };
        let Some(Kind::Group { questions, .. }) = service.question(&charge.rows).map(|question| &question.kind) else {
            faults.add(0, format_args!("the charge of `{what}`: `{}` is no group", charge.rows));
            continue;
        };
        let inner = |id: &str| questions.iter().find(|question| question.id == id).map(|question| &question.kind);
        match inner(&charge.kind) {
            Some(Kind::Choice { options, .. }) => {
                for (kind, _) in charge.prices.iter().chain(&charge.points).filter(|(kind, _)| !options.contains(kind))
                {
                    faults.add(0, format_args!("the charge of `{what}` has a price for `{kind}`, which is no option"));
                }
            }
            _ => faults.add(0, format_args!("the charge of `{what}`: `{}` is no choice of its group", charge.kind)),
        }
        if let Some(times) = &charge.times
            && !matches!(inner(times), Some(Kind::Number { .. }))
        {
            faults.add(0, format_args!("the charge of `{what}`: `{times}` is no number of its group"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Test;

    fn charge() -> Charge {
        Charge {
            service: "bins".into(),
            what: "Bins".into(),
            rows: "bins".into(),
            kind: "kind".into(),
            times: Some("quantity".into()),
            prices: vec![("bin".into(), 4250), ("box".into(), 500)],
            bands: Vec::new(),
            points: Vec::new(),
            when: None,
            unpaid_minutes: 30,
            refund_days: None,
            source: "made up".into(),
        }
    }

    fn row(kind: &str, quantity: i64) -> Answers {
        Answers::new().with("kind", Answer::Choice(kind.into())).with("quantity", Answer::Number(quantity))
    }

    fn asked(rows: Vec<Answers>) -> Answers {
        Answers::new().with("bins", Answer::Group(rows)).with("why", Answer::Choice("stolen".into()))
    }

    #[test]
    fn each_row_costs_its_price_as_often_as_it_says_and_what_has_no_price_costs_nothing() {
        let now = jiff::civil::date(2026, 11, 27).at(10, 0, 0, 0).in_tz("Europe/London").unwrap();
        let amount = |rows| charge().amount(&asked(rows), &now);
        assert_eq!(amount(vec![row("bin", 2), row("box", 1)]), Some(9000));
        assert_eq!(amount(vec![row("lid", 3)]), None);
        assert_eq!(amount(vec![row("bin", i64::MAX)]), None, "no sum overflows");
        assert_eq!(amount(vec![row("bin", 30_000)]), None, "more than a gateway takes");
        assert_eq!(amount(vec![row("bin", -1)]), None);
        let each = Charge { times: None, ..charge() };
        assert_eq!(each.amount(&asked(vec![row("bin", 2)]), &now), Some(4250));
    }

    #[test]
    fn where_bands_have_the_price_all_points_together_choose_it() {
        let now = jiff::civil::date(2026, 11, 27).at(10, 0, 0, 0).in_tz("Europe/London").unwrap();
        let bands = vec![Band { up_to: 4, pence: 2000 }, Band { up_to: 8, pence: 3500 }];
        let charge = Charge { prices: Vec::new(), bands, points: vec![("bin".into(), 3)], ..charge() };
        let amount = |rows| charge.amount(&asked(rows), &now);
        assert_eq!(amount(vec![row("bin", 1), row("box", 1)]), Some(2000));
        assert_eq!(amount(vec![row("bin", 1), row("box", 2)]), Some(3500), "five points");
        assert_eq!(amount(vec![row("bin", 9)]), Some(3500), "more than the last band");
        assert_eq!(amount(vec![]), None);
        assert_eq!(amount(vec![row("box", 0)]), None);
        assert_eq!(charge.range(&Answers::new(), &now), Some((2000, Some(3500))), "said before it is asked");
    }

    #[test]
    fn a_charge_holds_only_where_its_condition_does() {
        let now = jiff::civil::date(2026, 11, 27).at(10, 0, 0, 0).in_tz("Europe/London").unwrap();
        let of = |option: &str| Charge {
            when: Some(Condition::Of { question: "why".into(), test: Test::Is(option.into()) }),
            ..charge()
        };
        assert_eq!(of("stolen").amount(&asked(vec![row("bin", 1)]), &now), Some(4250));
        assert_eq!(of("missing").amount(&asked(vec![row("bin", 1)]), &now), None);
        assert_eq!(of("stolen").range(&asked(vec![]), &now), Some((500, None)));
        assert_eq!(of("missing").range(&asked(vec![]), &now), None);
    }
}
