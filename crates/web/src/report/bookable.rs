//! What can be ordered for a home, and the days that can be booked now, on the page that asks for one, and how much a crew
//! takes, on the page that asks what (council 1.7). That there is a place is asked again in the transaction that writes the
//! report.

use super::journey::Journey;
use crate::{
    App,
    page::{Failure, when},
};
use casework::report::booking;
use catalogue::{
    Answer, Answers, Booked, Booking, ChoiceFace, Face, Field, OptionFace, Order, Ordered, Problem, Question, Service,
};
use collection::booking::{TooMany, too_many};
use jiff::civil::Date;
use std::sync::Arc;

pub enum Bookable {
    Day { question: String, free: Vec<Date>, phone: Option<String> },
    Items { ties: Booked, rules: Box<Booking> },
    Order { ties: Ordered, rules: Order, open: Vec<String>, service: Arc<Service> },
}

/// Nothing for every other question, and where whoever answers has no days: then a day is no more than a wish.
pub async fn bookable(app: &App, journey: &Journey, question: &Question) -> Result<Option<Bookable>, Failure> {
    if let Some(ties) = journey.service.order.clone().filter(|ties| ties.things.rows == question.id) {
        return order(app, journey, ties).await;
    }
    let Some(ties) = journey.service.booking.clone() else { return Ok(None) };
    if ties.date != question.id && ties.things.rows != question.id {
        return Ok(None);
    }
    let receivers = app.setting.receivers(&journey.walk());
    let Some(agency) = receivers.agencies.first().cloned() else { return Ok(None) };
    let service = journey.service.id.clone();
    let known = app.setting.catalogue.agency(&agency);
    let Some(rules) = known.and_then(|agency| agency.booking(&service)) else { return Ok(None) };
    if ties.things.rows == question.id {
        return Ok(Some(Bookable::Items { ties, rules: Box::new(rules.clone()) }));
    }
    let phone = known.and_then(|agency| agency.phone.clone());
    let (setting, now) = (app.setting.clone(), app.now());
    let free = app.db.read(move |tx| booking::free(tx, &setting, &agency, &service, now)).await?;
    Ok(free.map(|free| Bookable::Day { question: ties.date, free, phone }))
}

/// What is on order for the home that was picked, and how much the agency brings at once.
async fn order(app: &App, journey: &Journey, ties: Ordered) -> Result<Option<Bookable>, Failure> {
    let service = journey.service.clone();
    let Some(agency) = app.setting.receivers(&journey.walk()).agencies.first().cloned() else { return Ok(None) };
    let known = app.setting.catalogue.agency(&agency);
    let Some(rules) = known.and_then(|agency| agency.order(&service.id)).cloned() else { return Ok(None) };
    let open = match ties.home(&service, &journey.answers) {
        Some(uprn) => {
            let home = app.setting.keys.home(uprn);
            app.db.read(move |tx| store::ordered::open(tx, &agency, &home)).await?
        }
        None => Vec::new(),
    };
    let open = open.into_iter().map(|row| row.kind).collect();
    Ok(Some(Bookable::Order { ties, rules, open, service }))
}

impl Bookable {
    /// A day is one of a list, and not typed.
    pub fn mark(&self, face: &mut Face) {
        let Bookable::Day { question, free, phone } = self else { return };
        let Face::Date(date) = face else { return };
        let part = |field: &Field| field.value.trim().parse().unwrap_or_default();
        let year = date.date.year.value.trim().parse().unwrap_or_default();
        let given = Date::new(year, part(&date.date.month), part(&date.date.day));
        let mut frame = date.frame.clone();
        if free.is_empty() {
            let call = phone.as_ref().map(|phone| format!(" You can call us on {phone}.")).unwrap_or_default();
            frame.hint = Some(format!("No day is free just now. Please come back tomorrow.{call}"));
        }
        let options = free.iter().map(|day| OptionFace {
            name: question.clone(),
            value: day.to_string(),
            label: when::weekday(*day),
            hint: None,
            checked: given.as_ref().is_ok_and(|given| given == day),
            alone: false,
            closed: false,
        });
        *face = Face::Choice(ChoiceFace { frame, options: options.collect() });
    }

    /// A day that is not free, or more than a crew takes.
    pub fn problems(&self, answer: Option<&Answer>) -> Vec<Problem> {
        match (self, answer) {
            (Bookable::Day { question, free, .. }, Some(Answer::Date(day))) if !free.contains(day) => {
                let text = format!("{} is not free any more. Choose another day", when::weekday(*day));
                vec![problem(question, "date.not_free", text)]
            }
            (Bookable::Items { ties, rules }, Some(answer)) => {
                let text = match too_many(rules, &ties.things.items_of(answer)) {
                    None => return Vec::new(),
                    Some(TooMany::Items { most }) => format!("We can take {most} at one time. Make the list shorter"),
                    Some(TooMany::Kind { most, .. }) => {
                        format!("We can take {most} of one kind. Make the list shorter")
                    }
                };
                vec![problem(&ties.things.rows, "group.too_many", text)]
            }
            (Bookable::Order { ties, rules, open, service }, Some(answer)) => {
                let items = ties.things.items(&Answers::new().with(&ties.things.rows, answer.clone()));
                let name = |kind: &str| {
                    service.words.option(&format!("{}.{}", ties.things.rows, ties.things.kind), kind).to_owned()
                };
                let text = items.iter().find_map(|(kind, n)| match rules.most_of(kind) {
                    _ if open.contains(kind) => {
                        Some(format!("{}: one is on its way to this home already. Take it off the list", name(kind)))
                    }
                    Some(most) if *n > most => Some(format!("{}: we can bring {most} at one time", name(kind))),
                    _ => None,
                });
                text.map(|text| problem(&ties.things.rows, "group.on_order", text)).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }
}

fn problem(id: &str, key: &str, text: String) -> Problem {
    Problem { question: id.to_owned(), field: id.to_owned(), key: key.to_owned(), text }
}
