//! What a service costs (council C-38): data of the agency, with its source. Prices are pence; nothing here is of a card.

use super::Agency;
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
    /// Only then.
    pub when: Option<Condition>,
    /// Minutes after which a payment that was begun and not ended is given up.
    pub unpaid_minutes: u32,
    /// Days after the payment in which staff may give it back; None: they may not.
    pub refund_days: Option<u32>,
    pub source: String,
}

impl Charge {
    /// Pence; nothing where there is nothing to pay.
    pub fn amount(&self, answers: &Answers, now: &ZonedDateTime) -> Option<i64> {
        if self.when.as_ref().is_some_and(|when| !when.holds(answers, now)) {
            return None;
        }
        let Some(Answer::Group(rows)) = answers.get(&self.rows) else { return None };
        let mut sum: i64 = 0;
        for row in rows {
            let chosen = row.get(&self.kind).and_then(Answer::option);
            let price = self.prices.iter().find(|(kind, _)| chosen == Some(kind)).map_or(0, |(_, price)| *price);
            let times = match self.times.as_ref().map(|times| row.get(times)) {
                None => 1,
                Some(Some(Answer::Number(times))) => *times,
                Some(_) => 0,
            };
            sum = sum.checked_add(price.checked_mul(times)?)?;
        }
        (sum > 0 && sum <= MOST).then_some(sum)
    }
}

pub(super) fn charge(node: &Node, faults: &mut Faults) -> Option<Charge> {
    let mut reader = Reader::of(node, "a charge", faults)?;
    let prices = reader.numbers("prices", faults);
    if prices.is_empty() {
        faults.add(node.line, "a charge needs prices");
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
        when: reader.take("when").and_then(|node| condition::read(node, faults)),
        unpaid_minutes: unpaid_minutes.unwrap_or(1),
        refund_days: reader.number("refund_days", faults),
        source: reader.need_text("source", faults),
    };
    reader.close(faults);
    Some(charge)
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
                for (kind, _) in charge.prices.iter().filter(|(kind, _)| !options.contains(kind)) {
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
    fn a_charge_holds_only_where_its_condition_does() {
        let now = jiff::civil::date(2026, 11, 27).at(10, 0, 0, 0).in_tz("Europe/London").unwrap();
        let of = |option: &str| Charge {
            when: Some(Condition::Of { question: "why".into(), test: Test::Is(option.into()) }),
            ..charge()
        };
        assert_eq!(of("stolen").amount(&asked(vec![row("bin", 1)]), &now), Some(4250));
        assert_eq!(of("missing").amount(&asked(vec![row("bin", 1)]), &now), None);
    }
}
