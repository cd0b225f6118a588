//! `/staff/reports/{reference}`: one report, as far as the actor's agency may see it, and what may be done with it.

use super::{coded, earlier, files, inspection, session::SignedIn, translation};
use crate::{
    App,
    govuk::{
        Button, DateInput, Html, Input, NotificationBanner, RadioItem, Radios, Select, SelectItem, SummaryList,
        SummaryRow, Textarea,
    },
    page::{Caching, Failure, Frame, files::Shown as FileShown, html, when, when::pounds},
};
use askama::Template as Page;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use casework::{
    codes,
    report::{
        objection::Raised,
        payment::is_stuck,
        remark::Spoken,
        timeline::Event,
        translation::Of,
        work::{self, Working},
    },
};
use rights::{Group, Right};
use serde::Deserialize;
use std::collections::BTreeSet;
use store::{
    Time,
    booking::{Booking, State as Booked},
    delivery::{Delivery, State as DeliveryState},
    journal::Audience,
    objection::{State as Decision, Why},
    payment::{Method, Payment, State as Stands},
    publication::{Publication, Shown},
    remark::Says,
    report::{FiledAs, Tracking},
    sub_case::Core,
    template::{Moment, Template},
};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Which act was just done, for the banner: a word from a fixed list.
    pub done: String,
    /// A template that is to be used, and for which act.
    pub with: String,
    #[serde(rename = "for")]
    pub act: String,
}

#[derive(Page)]
#[template(path = "staff/report.html")]
pub struct ReportPage {
    pub frame: Frame,
    pub banner: Option<NotificationBanner>,
    pub working: Working,
    pub facts: SummaryList,
    pub answers: SummaryList,
    pub files: Vec<FileShown>,
    pub contact: Option<SummaryList>,
    pub version: i64,
    /// Acts the actor may do now, by the name of the right.
    pub acts: BTreeSet<&'static str>,
    pub stages: Select,
    pub planned: Option<DateInput>,
    pub outcomes: Select,
    /// One of them says that another body acts.
    pub ends_elsewhere: bool,
    pub people: Select,
    pub priorities: Select,
    pub partners: Select,
    pub reasons: Select,
    pub shares: Vec<(&'static str, &'static str)>,
    pub can_ask: bool,
    /// Its words can be shown to everybody.
    pub shows: bool,
    /// The actor may see who opened the report.
    pub history: bool,
    /// Why somebody needs to know of earlier reports, where the actor may ask.
    pub needs: Option<Select>,
    /// There is a page of its crimes and clocks.
    pub crime: bool,
    /// What may be translated.
    pub translates: Option<Select>,
    /// The act and the template that were just chosen.
    pub begun: Option<Begun>,
    pub now: Time,
}

/// An act begun with a template: its words are there to be changed.
pub struct Begun {
    pub act: String,
    pub template: Template,
    pub words: String,
}

impl ReportPage {
    fn may(&self, act: &str) -> bool {
        self.acts.contains(act)
    }

    /// There is something to do beside deciding on a request.
    fn has_work(&self) -> bool {
        self.acts.iter().any(|act| *act != Right::DecideTransfer.name())
    }

    /// The act's box stands open, since a template was chosen for it.
    fn begun(&self, act: &str) -> Option<&Begun> {
        self.begun.as_ref().filter(|begun| begun.act == act)
    }

    /// Templates that fit the act, to choose one.
    fn templates(&self, act: &str) -> Option<Select> {
        let fits = |one: &&(Template, String)| match one.0.moment {
            Moment::Any => true,
            Moment::Stage => act == "stage",
            Moment::Outcome => act == "close",
            Moment::Filed => false,
        };
        let all: Vec<_> = self.working.templates.iter().filter(fits).collect();
        let items = all.iter().map(|(one, _)| SelectItem::new(one.line.to_string(), &one.name));
        (!all.is_empty()).then(|| Select::new(format!("{act}-with"), "with", "Begin with a template", items))
    }

    /// What the resident reads, begun with the template that was chosen.
    fn words_of(&self, act: &str, label: &str, hint: &str) -> Textarea {
        let area = self.words(act, label, hint);
        match self.begun(act) {
            Some(begun) => area.value(&begun.words).rows(8),
            None => area,
        }
    }

    fn words(&self, id: impl std::fmt::Display, label: &str, hint: &str) -> Textarea {
        let area = Textarea::new(format!("{id}-words"), "words", label).rows(4);
        if hint.is_empty() { area } else { area.hint(hint) }
    }

    /// Ways in which something is paid elsewhere, or not at all.
    fn methods(&self) -> Radios {
        let items = [
            ("reference", "Paid elsewhere, under a reference"),
            ("cheque", "By cheque"),
            ("cash", "In cash"),
            ("waiver", "It need not be paid"),
        ];
        let items = items.map(|(name, words)| RadioItem::new(name, words));
        Radios::new("method", "How was it paid?", items).classes("govuk-radios--small")
    }

    fn same_as(&self, metres: &f64) -> Input {
        let hint = format!("An open report of your agency, at most {metres:.0} metres away");
        Input::new("same-as", "same_as", "Number of the other report").hint(hint)
    }

    fn body(&self) -> Input {
        Input::new("body", "body", "Who acts now, if another body does")
            .hint("If the report is public, everybody reads this name")
    }

    fn body_contact(&self) -> Input {
        Input::new("contact", "contact", "How the resident can reach them").hint("The resident reads this")
    }

    fn button(&self, words: &str) -> Button {
        Button::text(words)
    }

    fn is_public(&self, row: &Publication) -> bool {
        row.shown == Shown::Public
    }

    fn says(&self, one: &Spoken) -> &'static str {
        match one.says {
            Says::Still => "It is still there",
            Says::Fixed => "It is fixed",
            Says::More => "Something else",
        }
    }

    fn is_remark_public(&self, one: &Spoken) -> bool {
        one.shown == Shown::Public
    }

    fn remark_photos(&self, one: &Spoken) -> Vec<FileShown> {
        one.photos.iter().map(|held| files::listed(&self.working.head.reference, held)).collect()
    }

    fn remark_waits(&self, one: &Spoken) -> bool {
        one.shown == Shown::Waits
    }

    fn remark_stands(&self, one: &Spoken) -> &'static str {
        match one.shown {
            Shown::Public => "Everybody can read it.",
            Shown::Hidden => "Hidden.",
            Shown::Waits => "Not shown yet: read it, then decide.",
        }
    }

    /// Who can read it, in words (C-64).
    fn objects(&self, one: &Raised) -> String {
        let of = if one.of_remark { "Of what somebody said" } else { "Of the report" };
        let why = match one.why {
            Why::Private => "it says who somebody is",
            Why::Abusive => "it is rude, hateful or a threat",
            Why::Wrong => "it is not true",
            Why::Other => "another reason",
        };
        format!("{of}: {why}")
    }

    fn objection_waits(&self, one: &Raised) -> bool {
        one.state == Decision::Waits
    }

    fn objection_stands(&self, one: &Raised) -> &'static str {
        match one.state {
            Decision::Waits => "Decide whether others can still read it.",
            Decision::Hidden => "Hidden.",
            Decision::Stays => "It stays public.",
        }
    }

    fn privacy(&self, row: &Publication) -> &'static str {
        match (row.shown, row.doubtful) {
            (Shown::Hidden, _) if self.working.is_private => {
                "Private. Only staff and the person who reported it can read this report, until somebody ends that."
            }
            (Shown::Public, _) if self.working.pictures_wait => {
                "Everybody can read the public parts of this report. Its photos wait until a person has read it."
            }
            (Shown::Public, _) => "Everybody can read the public parts of this report.",
            (Shown::Hidden, _) => "Hidden. Only staff and the person who reported it can read this report.",
            (Shown::Waits, true) => {
                "Not public yet: the words may say who somebody is. Read them, then decide whether to show it."
            }
            (Shown::Waits, false) if self.may("acknowledge") => {
                "Not public yet. It is shown to everybody once you say that you have read it."
            }
            (Shown::Waits, false) => "Not public yet. Read it, then decide whether to show it.",
        }
    }

    fn when(&self, at: &Time) -> String {
        when::moment(*at)
    }

    fn written(&self, event: &Event, words: &str) -> Html {
        translation::sides(&self.working, &Of::Entry(event.entry), words)
    }

    fn seen_by(&self, audience: &Audience) -> &'static str {
        match audience {
            Audience::Resident => "The resident sees this",
            Audience::Agencies => "Both agencies see this",
            Audience::Agency => "Only your agency sees this",
            Audience::Audit => "Kept in the record of access",
        }
    }

    fn state(&self, delivery: &Delivery) -> &'static str {
        match delivery.state {
            DeliveryState::Waiting | DeliveryState::Sending => "On its way",
            DeliveryState::Sent => "Sent",
            DeliveryState::Dead => "Not sent",
            DeliveryState::Held => "Held: contact at a safe time",
        }
    }

    fn channel_words(&self, delivery: &Delivery) -> &'static str {
        match delivery.template.as_str() {
            "receipt" => "Receipt by e-mail",
            "question" => "Question by e-mail",
            "link" => "Link by e-mail",
            _ => "Update by e-mail",
        }
    }
}

pub async fn get(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(reference): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let reference = codes::read_reference(&reference).ok_or(Failure::NotFound)?;
    let (actor, setting, now) = (signed_in.actor.clone(), app.setting.clone(), app.now());
    let working = app
        .db
        .look(&signed_in.actor, app.draw().glance("work"), move |look| {
            work::working(&actor, look, &setting, (&reference, now))
        })
        .await?;
    html(&page(&app, &signed_in, working, &asked), Caching::Never)
}

fn stands(working: &Working) -> Option<Stands> {
    working.payment.as_ref().map(|payment| payment.state)
}

/// How a booking stands, for staff.
fn booked(booking: &Booking) -> String {
    let day = booking.day.parse().map_or_else(|_| booking.day.clone(), when::weekday);
    let stands = match booking.state {
        Booked::Held => "kept until it is paid for",
        Booked::Booked => "booked",
        Booked::Cancelled => "cancelled",
        Booked::Lapsed => "ended: nobody paid in time",
    };
    format!("{day}, number of things: {}; {stands}", booking.items)
}

/// How a payment stands, for staff.
fn paid(payment: &Payment) -> String {
    let method = match payment.method {
        Some(Method::Card) => " by card",
        Some(Method::Cheque) => " by cheque",
        Some(Method::Cash) => " in cash",
        _ => "",
    };
    let stands = match payment.state {
        Stands::Due => "to be paid".to_owned(),
        Stands::Away if is_stuck(payment) => {
            "the card gateway names another amount or reference. Look there, then record how it was paid".to_owned()
        }
        Stands::Asking | Stands::Away => "the resident is paying by card".to_owned(),
        Stands::Paid => format!("paid{method}"),
        Stands::Waived => "need not be paid".to_owned(),
        Stands::Refunding => "on its way back".to_owned(),
        Stands::Refunded => "given back".to_owned(),
    };
    let problem = payment.problem.as_ref().map(|problem| format!(". The card gateway: {problem}")).unwrap_or_default();
    format!("{}, {}: {stands}{problem}", payment.what, pounds(payment.amount))
}

/// What may be done now: by the policy, by how the agency stands to the report, and by the state it is in.
fn acts(signed_in: &SignedIn, working: &Working, has_priorities: bool) -> BTreeSet<&'static str> {
    let case = working.case.as_ref();
    let ended = case.is_none_or(|case| case.core.ended());
    let asked_out = working.transfer.as_ref().is_some_and(|t| t.from_agency == signed_in.staff.agency);
    let fits = |right: Right| match right {
        Right::Acknowledge => !ended && case.is_some_and(|case| case.acknowledged_at.is_none()),
        Right::Assign | Right::SetStage | Right::AskResident | Right::Close => !ended,
        Right::Inspect => !ended,
        Right::KeepShortlist => !ended || working.shortlisted,
        Right::SetPriority => !ended && has_priorities,
        Right::Transfer => !ended && !asked_out,
        Right::Reopen => case.is_some_and(|case| case.core == Core::Closed),
        Right::Moderate => working.publication.is_some(),
        Right::MarkPrivate => {
            let is_hidden = working.publication.as_ref().is_none_or(|row| row.shown == Shown::Hidden);
            working.is_private || !is_hidden
        }
        Right::EditReport => working.may_move,
        Right::Retain => case.is_some(),
        Right::ChangeService => working.may_change,
        Right::RecordPayment => stands(working) == Some(Stands::Due) || working.payment.as_ref().is_some_and(is_stuck),
        Right::RefundPayment => stands(working) == Some(Stands::Paid),
        Right::Note | Right::AddFile | Right::DecideTransfer => true,
        _ => false,
    };
    let mut acts: BTreeSet<_> = Right::ALL
        .iter()
        .filter(|right| fits(**right) && rights::allow(&signed_in.actor, **right, working.relation).is_ok())
        .map(|right| right.name())
        .collect();
    if asked_out && rights::allow(&signed_in.actor, Right::Transfer, working.relation).is_ok() {
        acts.insert("take_back");
    }
    acts
}

fn page(app: &App, signed_in: &SignedIn, working: Working, asked: &Asked) -> ReportPage {
    let agency = &signed_in.staff.agency;
    let setting = &app.setting;
    let now = app.now();
    let priorities = setting.priorities(agency);
    let acts = acts(signed_in, &working, !priorities.is_empty());
    let priority = working.case.as_ref().and_then(|case| priorities.iter().find(|one| one.priority == case.priority));
    let outcomes = working.case.as_ref().map(|case| setting.outcomes_for(agency, &case.service)).unwrap_or_default();
    let options = |list: Vec<(String, String)>, first: &str| {
        let empty = (!first.is_empty()).then(|| SelectItem::new("", first));
        empty
            .into_iter()
            .chain(list.into_iter().map(|(value, words)| SelectItem::new(value, words)))
            .collect::<Vec<_>>()
    };
    let mut people: Vec<(String, String)> =
        working.colleagues.iter().map(|c| (format!("person:{}", c.id), c.name.clone())).collect();
    people
        .extend(setting.teams_of(agency).into_iter().map(|(id, name)| (format!("team:{id}"), format!("Team: {name}"))));
    let begun = working
        .templates
        .iter()
        .find(|(one, _)| one.line.to_string() == asked.with)
        .map(|(one, words)| Begun { act: asked.act.clone(), template: one.clone(), words: words.clone() });
    let state = begun.as_ref().map(|begun| begun.template.state.clone()).unwrap_or_default();
    let held: Vec<_> = Group::ALL.into_iter().filter(|g| *g != Group::Summary && working.groups.contains(g)).collect();
    ReportPage {
        frame: Frame::staff(
            app,
            format!("Report {}", codes::show_reference(&working.head.reference)),
            Some(signed_in.desk(app, "queue")),
        )
        .with_files(app, !working.files.is_empty() || working.remarks.iter().any(|one| !one.photos.is_empty())),
        banner: banner(&asked.done),
        facts: facts(&working, now),
        answers: answers(&working),
        files: working.files.iter().map(|held| files::listed(&working.head.reference, held)).collect(),
        contact: contact(&working),
        version: working.case.as_ref().map_or(0, |case| case.version),
        planned: inspection::planned(app, agency),
        stages: Select::new("stage", "stage", "New state", options(setting.open_stages(agency), "Choose"))
            .value(&state),
        outcomes: Select::new("outcome", "outcome", "Outcome", options(outcomes, "Choose")).value(&state),
        ends_elsewhere: setting.ends_elsewhere(agency),
        people: Select::new("to", "to", "Give to", options(people, "Nobody (back to the team’s list)")),
        priorities: Select::new(
            "priority",
            "priority",
            "How soon it is worked",
            options(priorities.iter().map(|one| (one.id.clone(), one.name.clone())).collect(), ""),
        )
        .value(priority.map_or("", |one| &one.id)),
        partners: Select::new("agency", "agency", "Send to", options(setting.partners(agency), "")),
        reasons: Select::new(
            "reason",
            "reason",
            "Why it goes back",
            options(setting.decline_reasons(agency), "Choose"),
        ),
        shares: held.into_iter().map(|group| (group.name(), group_words(group))).collect(),
        needs: earlier::needs(signed_in, &working),
        history: rights::allow(&signed_in.actor, Right::SeeHistory, working.relation).is_ok(),
        crime: rights::allow(&signed_in.actor, Right::Note, working.relation).is_ok() && setting.has_clocks(agency),
        can_ask: working.head.tracking != Tracking::Code,
        shows: working.publication.is_some(),
        translates: translation::choose(&working),
        begun,
        acts,
        now,
        working,
    }
}

fn group_words(group: Group) -> &'static str {
    match group {
        Group::Summary => "What it is about",
        Group::Place => "The exact place",
        Group::Account => "What the resident told us",
        Group::Evidence => "Evidence: who and what was seen",
        Group::Restricted => "Sensitive answers",
        Group::Contact => "Name and contact details",
    }
}

fn facts(working: &Working, now: Time) -> SummaryList {
    let mut rows = vec![SummaryRow::new("Kind", &working.service_title)];
    let place = match &working.spot {
        Some(spot) => spot.place.clone(),
        None => working.head.area.clone(),
    };
    rows.push(SummaryRow::new("Where", place));
    if let Some(spot) = &working.spot
        && let (Some(lat), Some(lon)) = (spot.lat, spot.lon)
    {
        rows.push(SummaryRow::new("Point", format!("{lat:.5}, {lon:.5}")));
    }
    for now in &working.codes {
        rows.push(SummaryRow::new(format!("National return: {}", now.coded.label.to_lowercase()), coded::line(now)));
    }
    for (layer, map) in &working.layers {
        rows.push(SummaryRow::new("On the map", format!("{layer} ({map})")));
    }
    for moved in working.moved.iter().rev() {
        let until = format!("Where, until {}", when::moment(moved.until));
        rows.push(SummaryRow::new(until, &moved.place));
    }
    if let Some((filed, name)) = &working.filed {
        let whom = match filed.filed_as {
            FiledAs::Another => "for a resident",
            FiledAs::Anonymous => "for somebody without a name",
            FiledAs::Agency => "for the agency itself",
        };
        rows.push(SummaryRow::new("Filed by", format!("{name}, {whom}")));
    }
    if let Some((_, language)) = &working.language {
        rows.push(SummaryRow::new("Answered in", language));
    }
    rows.push(SummaryRow::new("Received", when::moment(working.head.first_received_at)));
    if let Some(case) = &working.case {
        rows.push(SummaryRow::new("State", &working.stage_name));
        rows.push(SummaryRow::new(
            "With",
            working.assignee.clone().unwrap_or_else(|| format!("Team: {}", working.team_name)),
        ));
        if !working.also_with.is_empty() {
            rows.push(SummaryRow::new("Also with", working.also_with.join(", ")));
        }
        if !case.core.ended() {
            let late = if case.due_at < now {
                format!(" – overdue by {}", when::age(case.due_at, now))
            } else {
                String::new()
            };
            rows.push(SummaryRow::new("Target", format!("by {}{late}", when::by(case.due_at))));
        }
    }
    if let Some(payment) = &working.payment {
        rows.push(SummaryRow::new("Payment", paid(payment)));
    }
    if let Some(booking) = &working.booking {
        rows.push(SummaryRow::new("Booked", booked(booking)));
    }
    for (name, due) in &working.limits {
        let left = super::queue::left(name, *due, now);
        rows.push(SummaryRow::new("Time limit", format!("{left}. It ends {}", when::by(*due))));
    }
    if working.head.anonymous {
        rows.push(SummaryRow::new("Reporter", "Anonymous. Nothing can be sent."));
    }
    for other in &working.others {
        rows.push(SummaryRow::new(
            &other.agency_name,
            format!("{}, since {}", other.stage_name, when::moment(other.since)),
        ));
    }
    SummaryList::new(rows)
}

fn answers(working: &Working) -> SummaryList {
    let told = working.answers.iter().map(|answer| {
        let label = if answer.evidence { format!("{} (evidence)", answer.label) } else { answer.label.clone() };
        SummaryRow::html(label, translation::answer(working, answer))
    });
    let added = working
        .added
        .iter()
        .map(|added| SummaryRow::new(format!("Added {}", when::moment(added.at)), added.words.replace('\n', "; ")));
    SummaryList::new(told.chain(added))
}

fn contact(working: &Working) -> Option<SummaryList> {
    let contact = working.contact.as_ref()?;
    let mut rows = Vec::new();
    for (key, value) in [("Name", &contact.name), ("E-mail", &contact.email), ("Phone", &contact.phone)] {
        if let Some(value) = value {
            rows.push(SummaryRow::new(key, value));
        }
    }
    for (key, value) in casework::contact::said(&contact.safe) {
        rows.push(SummaryRow::new(key, value));
    }
    Some(SummaryList::new(rows))
}

/// Words of the banner after an act.
fn banner(done: &str) -> Option<NotificationBanner> {
    let words = match done {
        "acknowledged" => "The resident is told that you have read it.",
        "acknowledged-held" => "Marked as read. No message went out: contact the resident at a safe time.",
        "assigned" => "Given on.",
        "told" => "Saved. The resident is told.",
        "held" => "Saved. No message went out: contact the resident at a safe time.",
        "saved" => "Saved.",
        "assessed" => "The assessment is saved.",
        "tell" => "Saved. Now tell the victim in your own words: the clock runs.",
        "opened" => "The victim can follow the report online now.",
        "asked" => "Sent. You see here when the other agency answers.",
        "accepted" => "Your agency has it now.",
        "returned" => "Handed back.",
        _ => return None,
    };
    Some(match done {
        "held" | "acknowledged-held" => NotificationBanner::important(words),
        _ => NotificationBanner::success(words),
    })
}
