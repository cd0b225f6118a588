//! `/staff/reports/{reference}/inspection`: what somebody found who went to see it (C-65). One column of large fields, for a tablet in
//! one hand.

use super::{
    acts::{run, told, version},
    session::SignedIn,
};
use crate::{
    App,
    govuk::{Button, CheckboxItem, Checkboxes, DateInput, Html, Select, SelectItem, Textarea},
    page::{Caching, Failure, Frame, Posted, html},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use casework::{
    codes,
    report::{
        acts::On,
        inspection::{self, Inspection},
        work::{self, Working},
    },
};
use rights::Right;

#[derive(Template)]
#[template(path = "staff/inspection.html")]
pub struct InspectionPage {
    pub frame: Frame,
    pub working: Working,
    pub version: i64,
    pub fields: Vec<Html>,
}

/// The report, for somebody who may say what they found; it is a look.
pub(super) async fn open(app: &App, who: &SignedIn, reference: &str) -> Result<Working, Failure> {
    rights::hold(&who.actor, Right::Inspect)?;
    let reference = codes::read_reference(reference).ok_or(Failure::NotFound)?;
    let (actor, setting, now) = (who.actor.clone(), app.setting.clone(), app.now());
    let job = move |look: &mut store::Look| work::working(&actor, look, &setting, (&reference, now));
    let working = app.db.look(&who.actor, app.draw().glance("work"), job).await?;
    rights::allow(&who.actor, Right::Inspect, working.relation)?;
    Ok(working)
}

pub async fn get(State(app): State<App>, who: SignedIn, Path(reference): Path<String>) -> Result<Response, Failure> {
    let working = open(&app, &who, &reference).await?;
    let frame = Frame::staff(&app, "Inspection", Some(who.desk(&app, "queue")));
    let version = working.case.as_ref().map_or(0, |case| case.version);
    let fields = fields(&app, &who, &working);
    html(&InspectionPage { frame, working, version, fields }, Caching::Never)
}

fn fields(app: &App, who: &SignedIn, working: &Working) -> Vec<Html> {
    let (setting, agency) = (&app.setting, &who.staff.agency);
    let select = |name: &str, label: &str, first: &str, all: Vec<(String, String)>| {
        // A list with nothing in it is not asked.
        let is_asked = !all.is_empty();
        let items = all.into_iter().map(|(value, words)| SelectItem::new(value, words));
        let items = [SelectItem::new("", first)].into_iter().chain(items);
        is_asked.then(|| Html::of(&Select::new(name, name, label, items)))
    };
    let priorities = setting.priorities(agency).iter().map(|one| (one.id.clone(), one.name.clone())).collect();
    let as_now = format!("As it is now: {}", working.stage_name);
    let off_list = working.shortlisted.then(|| {
        let item = CheckboxItem::new("yes", "Take it off my list to go and see").checked(true);
        Html::of(&Checkboxes {
            id_prefix: "off-list".into(),
            name: "off-list".into(),
            items: [item].into_iter().collect(),
            ..Checkboxes::default()
        })
    });
    let note = Textarea::new("note", "note", "Note for colleagues").hint("Only your agency sees this.").rows(4);
    let words = Textarea::new("words", "words", "What to tell the resident").hint("The resident reads this.").rows(4);
    [
        select("defect", "What did you find?", "Choose", setting.defect_types(agency, &working.head.service)),
        select("traffic", "What does traffic need?", "Choose", setting.traffic_management(agency)),
        Some(Html::of(&note)),
        select("priority", "How soon must it be worked?", "As it is now", priorities),
        select("stage", "State", &as_now, setting.open_stages(agency)),
        planned(app, agency).map(|day| Html::of(&day)),
        Some(Html::of(&words)),
        off_list,
        Some(Html::of(&Button::text("Save the inspection"))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Asks for the day of the work, where the agency has a state that can have one.
pub(super) fn planned(app: &App, agency: &str) -> Option<DateInput> {
    let hint = "Only where work is planned, and you know the day. Everybody who follows the report reads it.";
    app.setting.dates_work(agency).then(|| DateInput::new("planned", "On which day is the work planned?").hint(hint))
}

pub async fn post(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let text = |name: &str| posted.get(name).to_owned();
    let found = Inspection {
        stage: text("stage"),
        planned: posted.day("planned"),
        words: text("words"),
        priority: text("priority"),
        defect: text("defect"),
        traffic: text("traffic"),
        note: text("note"),
        off_list: posted.get("off-list") == "yes",
    };
    let version = version(&posted);
    let typed = [&found.note, &found.words].into_iter().filter(|text| !text.is_empty()).cloned();
    let typed = typed.collect::<Vec<_>>().join("\n");
    run(app, who, reference, typed, move |actor, tx, setting, draw, reference| {
        Ok(told(inspection::inspect(actor, tx, setting, draw, On { reference, version }, &found)?))
    })
    .await
}
