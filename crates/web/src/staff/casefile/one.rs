//! `/staff/cases/{reference}`: one case, with complaints and actions on one timeline.

use super::fields;
use crate::{
    App,
    govuk::{
        Button, CheckboxItem, Checkboxes, DateInput, Html, Input, NotificationBanner, Select, SelectItem, SummaryList,
        SummaryRow, Textarea,
    },
    page::{Caching, Failure, Frame, html, when},
    staff::session::SignedIn,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use casework::{
    casefile::{
        acts,
        read::{self, Working},
    },
    codes,
};
use rights::Right;
use serde::Deserialize;
use store::{Time, site_visit::SiteVisit};
use uuid::Uuid;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub done: String,
}

#[derive(Template)]
#[template(path = "staff/case.html")]
pub struct CasePage {
    pub frame: Frame,
    pub banner: Option<NotificationBanner>,
    pub working: Working,
    pub facts: SummaryList,
    pub path: String,
    pub version: i64,
    pub actions: Select,
    pub outcomes: Select,
    pub wards: Select,
    pub people: Select,
    pub notes: bool,
    pub edits: bool,
    pub closes: bool,
    pub reopens: bool,
}

impl CasePage {
    fn when(&self, at: &Time) -> String {
        when::moment(*at)
    }

    fn button(&self, words: &str) -> Button {
        Button::text(words)
    }

    fn plain_button(&self, words: &str) -> Button {
        Button::text(words).secondary()
    }

    fn words(&self, id: impl std::fmt::Display, label: &str, hint: &str) -> Textarea {
        let area = Textarea::new(format!("{id}-words"), "words", label).rows(3);
        if hint.is_empty() { area } else { area.hint(hint) }
    }

    fn back_dated(&self) -> Html {
        fields("when", "When it was, if not now", None)
    }

    fn urgent(&self) -> Checkboxes {
        let chosen: &[&str] = if self.working.case.urgent { &["yes"] } else { &[] };
        Checkboxes::new("urgent", "How urgent", [CheckboxItem::new("yes", "It comes first")])
            .values(chosen.iter().copied())
    }

    fn review(&self) -> DateInput {
        let day: Option<jiff::civil::Date> = self.working.case.review_on.as_ref().and_then(|day| day.parse().ok());
        let part = |part: fn(jiff::civil::Date) -> String| day.map(part).unwrap_or_default();
        DateInput::new("review", "Look at it again on").values(
            &part(|day| day.day().to_string()),
            &part(|day| day.month().to_string()),
            &part(|day| day.year().to_string()),
        )
    }

    fn other(&self) -> Input {
        Input::new("into", "into", "Reference of the case it is merged into").width(20)
    }

    fn clock(&self, visit: &SiteVisit) -> SummaryList {
        let yes_no = |value: bool| if value { "Yes" } else { "No" }.to_owned();
        let at = |at: Option<Time>| at.map(when::moment);
        let rows = [
            ("Parked", at(visit.parked_at)),
            ("At the property", at(visit.at_property_at)),
            ("Went inside", Some(yes_no(visit.inside))),
            ("Distance", visit.distance_metres.map(|metres| format!("{metres} metres"))),
            ("Room furnished", visit.furnished.map(yes_no)),
            ("Doors open", visit.doors_open.map(yes_no)),
            ("Windows open", visit.windows_open.map(yes_no)),
            ("Doors and windows can be closed", visit.can_close.map(yes_no)),
            ("Went on without a break", visit.continuous.map(yes_no)),
            ("Words or a tune known", visit.recognised.map(yes_no)),
            ("Listened", Some(format!("{} minutes", visit.minutes))),
            ("Statutory nuisance", Some(nuisance(visit).to_owned())),
            ("Left", at(visit.left_at)),
        ];
        SummaryList::new(rows.into_iter().filter_map(|(key, value)| Some(SummaryRow::new(key, value?))))
    }

    /// `File 2 of the visit: video`
    fn file(&self, n: &usize, media: &str) -> String {
        let sort = match media.split('/').next() {
            Some("image") => "photo",
            Some("audio") => "sound",
            Some("video") => "video",
            _ => "document",
        };
        format!("File {n} of the visit: {sort}")
    }

    fn shown(&self, reference: &str) -> String {
        codes::show_reference(reference)
    }
}

fn nuisance(visit: &SiteVisit) -> &'static str {
    match visit.nuisance {
        store::site_visit::Nuisance::Yes => "Yes",
        store::site_visit::Nuisance::No => "No",
        store::site_visit::Nuisance::Undecided => "Not decided",
    }
}

fn facts(working: &Working) -> SummaryList {
    let case = &working.case;
    let again = working.counts.recurrences();
    let mut rows = vec![
        SummaryRow::new(
            "State",
            match (&working.worked_in, case.closed_at) {
                (Some(into), _) => format!("Merged into case {}", codes::show_reference(into)),
                (None, Some(at)) => format!("Closed on {}", when::day(at)),
                (None, None) => "Open".to_owned(),
            },
        ),
        SummaryRow::new("Complaints", working.counts.complaints.to_string()),
        SummaryRow::new("Complainants", working.counts.complainants.to_string()),
        SummaryRow::new("Happened again", again.to_string()),
        SummaryRow::new("Begun", when::moment(case.opened_at)),
        SummaryRow::new("With", working.assignee.as_deref().unwrap_or("Nobody yet")),
        SummaryRow::new("Ward", working.ward.as_deref().unwrap_or("Not chosen")),
    ];
    if let Some(day) = case.review_on.as_ref().and_then(|day| day.parse().ok()) {
        rows.push(SummaryRow::new("Look at it again", when::date(day)));
    }
    if let Some(at) = case.notice_at {
        rows.push(SummaryRow::new("Notice served", when::day(at)));
    }
    if let Some(at) = case.warned_at {
        rows.push(SummaryRow::new("Told that it closes", when::day(at)));
    }
    for merged in &working.merged {
        rows.push(SummaryRow::new("Merged into it", codes::show_reference(merged)));
    }
    SummaryList::new(rows)
}

fn done(word: &str) -> Option<&'static str> {
    Some(match word {
        "saved" => "Saved.",
        "merged" => "Merged. The other case holds both now.",
        "unmerged" => "Taken apart again.",
        "closed" => "Closed. Its complainants are told.",
        "short" => "Saved. You listened for less than most visits need. Think of another visit.",
        _ => return None,
    })
}

pub async fn get(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let reference = codes::read_reference(&reference).ok_or(Failure::NotFound)?;
    let (actor, setting, now) = (who.actor.clone(), app.setting.clone(), app.now());
    let glance = app.draw().glance("work");
    let working =
        app.db.look(&who.actor, glance, move |look| read::one(&actor, look, &setting, &reference, now)).await?;
    if working.follows {
        let (actor, id) = (who.actor.clone(), working.case.id);
        app.db.write(move |tx| acts::seen(&actor, tx, id)).await?;
    }
    html(&page(&app, &who, working, &asked.done), Caching::Never)
}

fn page(app: &App, who: &SignedIn, working: Working, word: &str) -> CasePage {
    let case = &working.case;
    let known = app.setting.actions(&case.agency);
    let items = |common: bool| {
        let own = known.iter().filter(move |action| action.effect.is_none() && action.common == common);
        own.map(|action| SelectItem::new(&action.id, action_words(action)))
    };
    let choose = || SelectItem::new("", "Choose");
    let outcomes = app
        .setting
        .outcomes_for(&case.agency, &case.service)
        .into_iter()
        .filter(|(id, _)| app.setting.outcome(&case.agency, id).is_some_and(|outcome| !outcome.needs_agency));
    let wards = app.setting.wards(&case.agency).iter().map(|ward| SelectItem::new(&ward.id, &ward.name));
    let people = working.colleagues.iter().map(|one| SelectItem::new(one.id.to_string(), &one.name));
    let nobody = [SelectItem::new("", "Nobody")];
    CasePage {
        frame: Frame::staff(
            app,
            format!("Case {}", codes::show_reference(&case.reference)),
            Some(who.desk(app, "cases")),
        ),
        banner: done(word).map(NotificationBanner::success),
        facts: facts(&working),
        path: format!("/staff/cases/{}", case.reference),
        version: case.version,
        actions: Select::new(
            "type",
            "type",
            "What was done",
            [choose()].into_iter().chain(items(true)).chain(items(false)),
        ),
        outcomes: Select::new(
            "outcome",
            "outcome",
            "Outcome",
            [choose()].into_iter().chain(outcomes.map(|(id, name)| SelectItem::new(id, name))),
        ),
        wards: Select::new("ward", "ward", "Ward", [SelectItem::new("", "Not chosen")].into_iter().chain(wards))
            .value(case.ward.clone().unwrap_or_default()),
        people: Select::new("to", "to", "Give to", nobody.into_iter().chain(people))
            .value(case.assignee.map(|id: Uuid| id.to_string()).unwrap_or_default()),
        notes: who.may(Right::Note),
        edits: who.may(Right::Assign),
        closes: who.may(Right::Close),
        reopens: who.may(Right::Reopen),
        working,
    }
}

fn action_words(action: &catalogue::ActionType) -> String {
    match action.visibility {
        catalogue::Visibility::Public => format!("{} (complainants see this)", action.name),
        _ => action.name.clone(),
    }
}
