//! `/report/{service}/done`: the receipt (P-58, C-11). It never repeats the story.

use super::{filed::FiledPage, journey::Journey, way};
use crate::{
    App,
    page::{Caching, Failure, Frame, gone_to, html, when},
};
use askama::Template;
use axum::{extract::State, response::Response};
use casework::{
    codes,
    report::{
        booking::InReceipt,
        submit::{AgencyTold, Receipt},
    },
};
use store::report::Tracking;

#[derive(Template)]
#[template(path = "report/done.html")]
pub struct DonePage {
    pub frame: Frame,
    pub reference: String,
    pub code: String,
    pub received: String,
    pub agencies: Vec<AgencyTold>,
    /// Why the first of them leads; empty in a sensitive flow, whose receipt tells nothing.
    pub reason: String,
    /// The private link, as a path of ours.
    pub link: Option<String>,
    pub is_anonymous: bool,
    /// There is no way back to it (P-59).
    pub is_lost_from_sight: bool,
    pub has_pin: bool,
    /// Following it online waits until an officer has talked to the victim (P-92).
    pub waits: bool,
    pub emailed: bool,
    pub held: bool,
    pub is_sensitive: bool,
    /// What is to be paid: opened by the private link.
    pub to_pay: Option<String>,
    /// The day that is booked, row by row.
    pub booked: Vec<(&'static str, String)>,
    pub another: String,
}

impl DonePage {
    pub fn new(app: &App, service: &str, receipt: Receipt) -> DonePage {
        let frame = Frame::citizen(app, "").offers(app, Some(service));
        let speaks = app.setting.catalogue.service_in(service, frame.tongue.tag());
        let mut frame = match speaks {
            Some(told) => frame.clone().speaks(&frame.tongue).reviewed(told.reviewed),
            None => frame,
        };
        frame.title = frame.say(if receipt.sensitive { "done.neutral" } else { "done.title" }).to_owned();
        let said = frame.said.clone();
        let exits = receipt.sensitive || app.setting.catalogue.service(service).is_some_and(|service| service.exit);
        DonePage {
            frame: if exits { frame.exit(way::page(service, "leave"), receipt.sensitive) } else { frame },
            reference: codes::show_reference(&receipt.reference),
            code: codes::show_receipt_code(&receipt.code),
            received: if said.is_english() {
                when::moment(receipt.received)
            } else {
                when::by_in(&said, receipt.received)
            },
            link: receipt.link.map(|token| format!("/track/link/{token}")),
            is_anonymous: receipt.tracking == Tracking::Code.name(),
            is_lost_from_sight: receipt.tracking == catalogue::Tracking::Nothing.name(),
            has_pin: receipt.tracking == Tracking::LinkAndPin.name(),
            waits: receipt.sensitive && receipt.tracking == Tracking::LinkAndPin.name(),
            emailed: receipt.emailed,
            held: receipt.held,
            is_sensitive: receipt.sensitive,
            to_pay: receipt.to_pay.map(when::pounds),
            booked: receipt.booked.as_ref().map(booked).unwrap_or_default(),
            reason: if receipt.sensitive { String::new() } else { receipt.reason },
            agencies: receipt.agencies,
            another: way::begin(service),
        }
    }

    fn by(&self, told: &AgencyTold) -> String {
        when::by_in(&self.frame.said, told.first_by.unwrap_or(told.by))
    }

    fn done_by(&self, told: &AgencyTold) -> Option<String> {
        told.first_by.filter(|first| *first != told.by).map(|_| when::by_in(&self.frame.said, told.by))
    }
}

/// When, where to, by what hour, and until when it can be changed.
fn booked(booked: &InReceipt) -> Vec<(&'static str, String)> {
    let day = booked.day.parse().map_or_else(|_| booked.day.clone(), when::weekday);
    let by = booked.by.parse().map_or_else(|_| booked.by.clone(), when::clock);
    let until = [("Pay", booked.held_until), ("Change the day", booked.change_until), ("Cancel", booked.cancel_until)];
    let until = until.into_iter().filter_map(|(key, at)| Some((key, format!("until {}", when::by(at?)))));
    let first = [("Your day", day), ("Put your things", format!("{}, by {by}", booked.put_out))];
    first.into_iter().chain(until).collect()
}

pub async fn get(State(app): State<App>, journey: Journey) -> Result<Response, Failure> {
    let found = journey.live()?;
    let Some(receipt) = found.draft.receipt.clone() else { return Ok(gone_to(&journey.stands())) };
    let receipt: Receipt = serde_json::from_value(receipt).map_err(|_| Failure::Broken)?;
    if let Some(staff) = &journey.staff {
        return html(&FiledPage::new(&app, &journey, staff, receipt), Caching::Never);
    }
    html(&DonePage::new(&app, &journey.service.id, receipt), Caching::Never)
}
