//! `/staff/reports/{reference}/crime`: how urgent a report is held to be, the crimes recorded from it, and its clocks.

use super::{agreement, session::SignedIn};
use crate::{
    App,
    govuk::{Button, DateInput, Html, Input, RadioItem, Radios, Select, SelectItem, Textarea},
    page::{Caching, Failure, Frame, html, when},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use casework::{
    codes,
    report::{
        assess,
        crime::Event,
        record::{self, CrimeKept, Record},
    },
};
use rights::Right;
use std::fmt::Display;
use store::{Time, clock::Clock};

#[derive(Template)]
#[template(path = "staff/crime.html")]
pub struct CrimePage {
    pub frame: Frame,
    pub shown: Record,
    pub version: i64,
    pub offences: Vec<(String, String)>,
    pub incidents: Vec<(String, String)>,
    /// What the agency's list suggests.
    pub suggested: String,
    pub grades: Vec<(i64, String)>,
    pub may_assess: bool,
    pub may_record: bool,
    /// Steps at court, where they may be told.
    pub court: Vec<(String, String)>,
    pub may_say_court: bool,
    pub may_cancel: bool,
    pub may_promise: bool,
    pub may_open: bool,
    pub may_review: bool,
    /// What is agreed about updates, and the form to change it.
    pub agreed: Html,
    pub agree: Html,
    pub now: Time,
}

impl CrimePage {
    fn when(&self, at: &Time) -> String {
        when::moment(*at)
    }

    fn by(&self, at: &Time) -> String {
        when::by(*at)
    }

    fn button(&self, words: &str) -> Button {
        Button::text(words)
    }

    fn plain_button(&self, words: &str) -> Button {
        Button::text(words).secondary()
    }

    fn words(&self, id: impl Display, label: &str, hint: &str) -> Textarea {
        let area = Textarea::new(format!("{id}-words"), "words", label).rows(4);
        if hint.is_empty() { area } else { area.hint(hint) }
    }

    /// How a clock stands, in words, and the colour of its tag.
    fn stands(&self, clock: &Clock) -> (&'static str, &'static str) {
        match (clock.stopped_at, clock.due_at < self.now) {
            (Some(at), _) if at <= clock.due_at => ("In time", "govuk-tag--green"),
            (Some(_), _) => ("Late", "govuk-tag--grey"),
            (None, true) => ("Passed", "govuk-tag--red"),
            (None, false) => ("Runs", "govuk-tag--blue"),
        }
    }

    fn left(&self, clock: &Clock) -> String {
        match clock.stopped_at {
            Some(at) => when::moment(at),
            None if clock.due_at < self.now => format!("{} ago", when::age(clock.due_at, self.now)),
            None => format!("{} left", when::age(self.now, clock.due_at)),
        }
    }

    fn day_input(&self, id: impl Display) -> DateInput {
        DateInput { id: format!("by-{id}"), ..DateInput::new("by", "New date") }
    }

    fn score(&self, id: &str, label: &str) -> Radios {
        let words = ["0 none", "1 low", "2 medium", "3 high"];
        let items = words.iter().enumerate().map(|(n, words)| RadioItem::new(n.to_string(), *words));
        let last = self.shown.assessed.first().and_then(|last| last.scores.iter().find(|(name, _)| *name == label));
        let chosen = last.map(|(_, score)| score.to_string()).unwrap_or_default();
        Radios::new(id, label, items).value(chosen).classes("govuk-radios--inline govuk-radios--small")
    }

    fn scores(&self) -> Vec<Radios> {
        assess::SCORES.iter().map(|(id, label)| self.score(id, label)).collect()
    }

    fn grade(&self) -> Select {
        let chosen = self.shown.assessed.first().map(|last| last.grade.to_string()).unwrap_or_default();
        let named = |(n, name): &(i64, String)| SelectItem::new(n.to_string(), format!("{n} {name}"));
        let grades = self.grades.iter().map(named);
        Select::new("grade", "grade", "Grade", [SelectItem::new("", "Choose")].into_iter().chain(grades)).value(chosen)
    }

    fn offence(&self, id: impl Display, chosen: &str) -> Select {
        let first = [SelectItem::new("", "Choose")];
        let all = self.offences.iter().map(|(code, name)| SelectItem::new(code, format!("{name} ({code})")));
        Select::new(format!("offence-{id}"), "offence", "Offence", first.into_iter().chain(all)).value(chosen)
    }

    fn incident(&self, name: &str, label: &str, none: &str, chosen: Option<&str>) -> Select {
        let first = [SelectItem::new("", none)];
        let all = self.incidents.iter().map(|(id, name)| SelectItem::new(id, name));
        Select::new(format!("incident-{name}"), name, label, first.into_iter().chain(all))
            .value(chosen.unwrap_or_default())
    }

    /// What it was held to be when it opened, or what is suggested.
    fn opening(&self) -> Select {
        let held = self.shown.incident.as_ref().map_or(self.suggested.as_str(), |held| held.opening.as_str());
        self.incident("opening", "When it opened", "Choose", Some(held))
    }

    fn closing(&self) -> Select {
        let held = self.shown.incident.as_ref().and_then(|held| held.closing.as_deref());
        self.incident("closing", "When it was over", "It is not over", held)
    }

    fn incident_name(&self, id: &str) -> String {
        self.incidents.iter().find(|(known, _)| known == id).map_or_else(|| id.to_owned(), |(_, name)| name.clone())
    }

    fn officer(&self, id: impl Display, chosen: Option<&uuid::Uuid>) -> Select {
        let first = [SelectItem::new("", "Nobody yet")];
        let all = self.shown.colleagues.iter().map(|c| SelectItem::new(c.id.to_string(), &c.name));
        Select::new(format!("officer-{id}"), "officer", "Officer in the case", first.into_iter().chain(all))
            .value(chosen.map(ToString::to_string).unwrap_or_default())
    }

    fn number(&self, id: impl Display, value: &str) -> Input {
        Input::new(format!("number-{id}"), "number", "Crime number")
            .hint("Leave empty until the records system gives one")
            .width(20)
            .value(value)
    }

    fn number_to_join(&self) -> Input {
        Input::new("number-join", "number", "Crime number").width(20)
    }

    fn interviewed(&self, id: impl Display, chosen: &bool) -> Radios {
        let items = [RadioItem::new("yes", "Yes"), RadioItem::new("no", "No")];
        let mut radios = Radios::new("interviewed", "Was a suspect interviewed under caution?", items)
            .value(if *chosen { "yes" } else { "no" })
            .classes("govuk-radios--inline govuk-radios--small");
        radios.id_prefix = format!("interviewed-{id}");
        radios
    }

    fn events(&self) -> Select {
        let first = [SelectItem::new("", "Choose")];
        let all = Event::ALL.iter().map(|event| SelectItem::new(event.named().0, event.named().1));
        Select::new("event", "event", "What happened", first.into_iter().chain(all))
    }

    fn step(&self) -> Select {
        let first = [SelectItem::new("", "Choose")];
        let all = self.court.iter().map(|(id, name)| SelectItem::new(id, name));
        Select::new("step", "step", "Step", first.into_iter().chain(all))
    }

    fn court_day(&self) -> DateInput {
        DateInput::new("day", "On which day").hint("Leave it empty if the day is not known.")
    }

    fn stands_choice(&self) -> Radios {
        let items = [RadioItem::new("yes", "The decision stands"), RadioItem::new("no", "We open it again")];
        Radios::new("stands", "What did the review find?", items)
    }

    fn kept<'s>(&self, kept: &'s CrimeKept) -> &'s str {
        kept.crime.number.as_deref().unwrap_or("No number yet")
    }
}

pub async fn get(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let reference = codes::read_reference(&reference).ok_or(Failure::NotFound)?;
    let (actor, setting, now) = (signed_in.actor.clone(), app.setting.clone(), app.now());
    let record = app
        .db
        .look(&signed_in.actor, app.draw().glance("work"), move |look| {
            record::record(&actor, look, &setting, &reference, now)
        })
        .await?;
    let may = |right: Right| rights::allow(&signed_in.actor, right, record.relation).is_ok();
    let offences = app.setting.offences(&signed_in.staff.agency);
    let grades =
        app.setting.grades(&signed_in.staff.agency).iter().map(|g| (g.number, g.name.clone())).collect::<Vec<_>>();
    let (mut agreed, mut agree) = (Html::default(), Html::default());
    if let Some(kept) = &record.agreed {
        agreed = agreement::shown(kept)?;
        if may(Right::SetStage) && !record.case.core.ended() && !record.head.anonymous {
            agree = agreement::form(&record.head.reference, record.case.version, kept)?;
        }
    }
    let court = app.setting.court(&signed_in.staff.agency);
    let court: Vec<_> = court.iter().map(|step| (step.id.clone(), step.name.clone())).collect();
    let title = format!("Crimes and clocks of report {}", codes::show_reference(&record.head.reference));
    let page = CrimePage {
        frame: Frame::staff(&app, title, Some(signed_in.desk(&app, "queue"))),
        version: record.case.version,
        may_assess: may(Right::Assess) && !record.case.core.ended() && !grades.is_empty(),
        may_record: may(Right::RecordCrime) && !offences.is_empty(),
        may_say_court: may(Right::RecordCrime) && !court.is_empty() && !record.head.anonymous,
        court,
        may_cancel: may(Right::CancelCrime),
        may_promise: may(Right::SetStage),
        may_open: may(Right::SeeContact) && record.head.follow_waits(),
        may_review: may(Right::AnswerReview) && record.review_asked,
        agreed,
        agree,
        offences,
        incidents: app.setting.incidents(&signed_in.staff.agency),
        suggested: app.setting.suggested_incident(&signed_in.staff.agency, &record.head.service).unwrap_or_default(),
        grades,
        now,
        shown: record,
    };
    html(&page, Caching::Never)
}
