//! The receipt of a report that staff filed for somebody: what to read out to them, who gets it and by when (C-70).

use super::{journey::Journey, page, way};
use crate::{
    App,
    govuk::Button,
    page::{Frame, session::SignedIn, when},
};
use askama::Template;
use casework::{
    codes,
    report::submit::{AgencyTold, Receipt},
};
use catalogue::FiledAs;
use rights::Right;
use store::report::Tracking;

#[derive(Template)]
#[template(path = "report/filed.html")]
pub struct FiledPage {
    pub frame: Frame,
    pub reference: String,
    /// Opens the report with the reference; for somebody without a name, only how it stands.
    pub code: Option<String>,
    pub received: String,
    pub agencies: Vec<AgencyTold>,
    pub reason: String,
    pub is_named: bool,
    pub has_pin: bool,
    pub emailed: bool,
    pub to_pay: Option<String>,
    /// The report itself, where their own agency works it.
    pub open: Option<String>,
    pub next: Button,
    pub again: String,
}

impl FiledPage {
    pub fn new(app: &App, journey: &Journey, staff: &SignedIn, receipt: Receipt) -> FiledPage {
        let service = &journey.service;
        let filed = service.filed.unwrap_or(FiledAs::Another);
        let frame = page::frame(app, journey, false, "Report filed");
        let is_ours = receipt.agencies.iter().any(|told| told.agency == staff.staff.agency);
        // What lies outside of what they are limited to they cannot open (C-75).
        let remit = &staff.staff.remit;
        let is_theirs = remit.holds_service(&service.id) && remit.wards.is_none();
        let can_open = is_ours && is_theirs && staff.may(Right::SeeReport);
        FiledPage {
            frame: Frame { filing: None, ..frame },
            reference: codes::show_reference(&receipt.reference),
            code: Some(codes::show_receipt_code(&receipt.code)).filter(|_| !receipt.code.is_empty()),
            received: when::moment(receipt.received),
            reason: receipt.reason,
            is_named: filed == FiledAs::Another,
            has_pin: receipt.tracking == Tracking::LinkAndPin.name(),
            emailed: receipt.emailed,
            to_pay: receipt.to_pay.map(when::pounds),
            open: can_open.then(|| format!("/staff/reports/{}", receipt.reference)),
            agencies: receipt.agencies,
            next: Button::link("File another report", way::list()),
            again: way::begin(&service.id),
        }
    }

    fn by(&self, told: &AgencyTold) -> String {
        when::by(told.first_by.unwrap_or(told.by))
    }

    fn done_by(&self, told: &AgencyTold) -> Option<String> {
        told.first_by.filter(|first| *first != told.by).map(|_| when::by(told.by))
    }
}
