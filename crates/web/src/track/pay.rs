//! `/track/{reference}/pay`: what is to be paid, and how it goes. The gateway is asked by the courier, outside of any request; until
//! it has answered the page looks again by itself, with and without scripts.

use super::visit::{self, Visiting};
use crate::{
    App,
    govuk::Button,
    page::{Caching, Failure, Frame, gone_to, html, when, when::pounds},
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use casework::{
    codes,
    report::{
        booking::{self, Shown},
        payment,
    },
};
use store::payment::{Payment, State as Stands};

/// Seconds after which the page looks again.
const AGAIN: HeaderValue = HeaderValue::from_static("3");

/// How it stands, as the page says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now {
    ToPay,
    /// Our systems are asking the gateway.
    Asking,
    /// The gateway does not answer.
    Down,
    /// At the gateway, or on the way there.
    Away,
    Paid,
    Waived,
    GivenBack,
    /// What it was for has ended before it was paid.
    Over,
}

#[derive(Template)]
#[template(path = "track/pay.html")]
pub struct PayPage {
    pub frame: Frame,
    pub reference: String,
    /// The same, as people read it.
    pub spaced: String,
    pub what: String,
    pub amount: String,
    pub now: Now,
    /// By card, here.
    pub by_card: bool,
    /// Whom to ask where it cannot be paid here.
    pub agency: String,
    pub phone: Option<String>,
    pub paid: String,
    /// Until when the day is kept that it is for.
    pub kept_until: Option<String>,
    /// The gateway's page.
    pub away: Option<String>,
    pub pay: Button,
    pub look: Button,
}

pub async fn get(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    let actor = visiting.actor.clone();
    let (setting, now) = (app.setting.clone(), app.now());
    let (row, booked) = app
        .db
        .read(move |tx| Ok::<_, casework::Error>((payment::own(&actor, tx)?, booking::own(&actor, tx, &setting, now)?)))
        .await?;
    let row = row.ok_or(Failure::NotFound)?;
    let page = page(&app, &visiting, &row, booked.as_ref());
    let waits = matches!(page.now, Now::Asking | Now::Away | Now::Down);
    let mut response = html(&page, Caching::Never)?;
    if waits {
        response.headers_mut().insert(header::REFRESH, AGAIN);
    }
    Ok(response)
}

fn page(app: &App, visiting: &Visiting, row: &Payment, booked: Option<&Shown>) -> PayPage {
    let path = visit::path(&visiting.head.reference);
    let now = match row.state {
        Stands::Due if booked.is_some_and(|booked| !booked.state.is_live()) => Now::Over,
        Stands::Due => Now::ToPay,
        Stands::Asking if row.problem.is_some() => Now::Down,
        Stands::Asking => Now::Asking,
        Stands::Away => Now::Away,
        Stands::Paid => Now::Paid,
        Stands::Waived => Now::Waived,
        Stands::Refunding | Stands::Refunded => Now::GivenBack,
    };
    PayPage {
        frame: super::own::frame(app, visiting, "Pay for your request"),
        reference: visiting.head.reference.clone(),
        spaced: codes::show_reference(&visiting.head.reference),
        what: row.what.clone(),
        amount: pounds(row.amount),
        now,
        by_card: app.setting.gateways.contains(&row.agency),
        agency: app.setting.agency_name(&row.agency),
        phone: app.setting.catalogue.agency(&row.agency).and_then(|agency| agency.phone.clone()),
        paid: row.paid_at.map(when::moment).unwrap_or_default(),
        kept_until: booked.and_then(|booked| booked.held_until).map(when::by),
        away: row.gateway_url.clone().filter(|_| now == Now::Away),
        pay: Button::text("Pay by card"),
        look: Button::link("Look again", format!("{path}/pay")).secondary(),
    }
}

pub async fn post(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    let (actor, setting, draw) = (visiting.actor.clone(), app.setting.clone(), app.draw());
    // A second press finds the first one's try.
    match app.db.write(move |tx| payment::begin(&actor, tx, &setting, &mut draw.clone())).await {
        Ok(()) | Err(casework::Error::Stale) => {}
        Err(other) => return Err(other.into()),
    }
    app.bell.notify_one();
    Ok(gone_to(&format!("{}/pay", visit::path(&visiting.head.reference))))
}
