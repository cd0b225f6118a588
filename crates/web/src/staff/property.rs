//! Another report may speak of the same thing (P-68): what staff see of it, and what they say.

use super::{
    acts::{run, version},
    report::ReportPage,
    session::SignedIn,
};
use crate::{
    App,
    govuk::{RadioItem, Radios},
    page::{Failure, Posted},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use casework::report::{acts::On, property};
use store::property::Answer;
use uuid::Uuid;

impl ReportPage {
    /// Which report it is: its reference stands beside this where the actor may open it.
    pub(super) fn met_in(&self, met: &property::Met) -> String {
        let whose = met.agencies.join(" and ");
        match (&met.reference, met.lost_here) {
            (Some(_), true) => format!("The same mark stands in a report of something found. {whose} has it:"),
            (Some(_), false) => {
                format!("The same mark stands in a report of something lost or stolen. {whose} has it:")
            }
            (None, true) => format!("The same mark stands in another report, of something found. {whose} has it."),
            (None, false) => {
                format!("The same mark stands in another report, of something lost or stolen. {whose} has it.")
            }
        }
    }

    pub(super) fn met_answer(&self, met: &property::Met) -> &'static str {
        match met.answer {
            Some(Answer::Same) => "It is the same thing.",
            Some(Answer::NotSame) => "It is not the same thing.",
            None => "",
        }
    }

    pub(super) fn same(&self, met: &property::Met) -> Radios {
        let items = [RadioItem::new(Answer::Same.name(), "Yes"), RadioItem::new(Answer::NotSame.name(), "No")];
        let radios = Radios::new("answer", "Is it the same thing?", items).classes("govuk-radios--small");
        Radios { id_prefix: format!("same-{}", met.id), ..radios }
    }
}

pub async fn post(
    State(app): State<App>,
    who: SignedIn,
    Path((reference, met)): Path<(String, Uuid)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (version, words) = (version(&posted), posted.get("words").to_owned());
    let answer = Answer::from_name(posted.get("answer"));
    run(app, who, reference, words.clone(), move |actor, tx, _, draw, reference| {
        property::answer(actor, tx, draw, On { reference, version }, (met, answer), &words)?;
        Ok("saved")
    })
    .await
}
