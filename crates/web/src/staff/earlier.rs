//! `/staff/reports/{reference}/earlier`: how many reports the same person made before (P-63). It is opened with a reason, and
//! the look is in the record of access.

use super::{
    acts::{refused, said},
    session::SignedIn,
};
use crate::{
    App,
    govuk::{Select, SelectItem},
    page::{Caching, Failure, Frame, Posted, html},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use casework::{
    Refusal, codes,
    report::work::{self, NEEDS, Working},
};
use rights::Right;

#[derive(Template)]
#[template(path = "staff/earlier.html")]
pub struct EarlierPage {
    pub frame: Frame,
    pub reference: String,
    pub count: String,
}

/// The choice of reasons, for those who may see who reported, where somebody gave a name.
pub(super) fn needs(signed_in: &SignedIn, working: &Working) -> Option<Select> {
    let may = rights::allow(&signed_in.actor, Right::SeeContact, working.relation).is_ok();
    (may && working.contact.is_some()).then(|| {
        let all = NEEDS.iter().map(|(id, words)| SelectItem::new(*id, *words));
        Select::new("need", "need", "Why you need to know", [SelectItem::new("", "Choose")].into_iter().chain(all))
    })
}

pub async fn post(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    rights::hold(&who.actor, Right::SeeContact)?;
    let reference = codes::read_reference(&reference).ok_or(Failure::NotFound)?;
    let need = NEEDS.iter().map(|(id, _)| *id).find(|id| *id == posted.get("need"));
    let Some(need) = need else {
        // What one may not see is not there, whatever is left out.
        let (actor, setting, sought, now) = (who.actor.clone(), app.setting.clone(), reference.clone(), app.now());
        let draw = app.draw().glance("work");
        app.db.look(&who.actor, draw, move |look| work::working(&actor, look, &setting, (&sought, now))).await?;
        return refused(&app, &who, said(Refusal::ReasonNeeded), String::new(), format!("/staff/reports/{reference}"));
    };
    let actor = who.actor.clone();
    let (head, count) =
        app.db.look(&who.actor, app.draw().glance(need), move |look| work::earlier(&actor, look, &reference)).await?;
    let page = EarlierPage {
        frame: Frame::staff(&app, "Earlier reports", Some(who.desk(&app, "queue"))),
        reference: head.reference,
        count: match count {
            0 => "None before this one.".to_owned(),
            1 => "1 report before this one.".to_owned(),
            store::contact::MOST_EARLIER.. => format!("{count} reports or more before this one."),
            _ => format!("{count} reports before this one."),
        },
    };
    html(&page, Caching::Never)
}
