//! `/staff/bulk`: one act on many reports (C-69). The first page asks what, the second says what will happen, the third what
//! came of it.

use super::{acts::said, acts::to, session::SignedIn};
use crate::{
    App,
    govuk::{Button, CheckboxItem, Checkboxes, ErrorSummary, Html, Select, SelectItem, Textarea},
    page::{Caching, Failure, Frame, Posted, gone_to, html, html_with},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Error, Refusal, codes,
    report::bulk::{self, Foreseen, Shown, Ticked, WHYS, What},
};
use rights::Right;
use store::bulk::{Act, State as Stands};
use uuid::Uuid;

/// The acts, by the names forms give them.
pub const ACTS: [(Act, Right, &str); 5] = [
    (Act::Assign, Right::Assign, "Give to others"),
    (Act::Stage, Right::SetStage, "Change the state"),
    (Act::Priority, Right::SetPriority, "Change the priority"),
    (Act::Note, Right::Note, "Write a note"),
    (Act::Shortlist, Right::KeepShortlist, "Put on my list to go and see"),
];

/// What the actor may do to many, as a form offers it.
pub fn offered(app: &App, who: &SignedIn) -> Vec<(String, String)> {
    let has = |act: Act| act != Act::Priority || !app.setting.priorities(&who.staff.agency).is_empty();
    let may = ACTS.iter().filter(|(act, right, _)| who.may(*right) && has(*act));
    may.map(|(act, _, words)| (act.name().to_owned(), (*words).to_owned())).collect()
}

#[derive(Template)]
#[template(path = "staff/bulk.html")]
pub struct BulkPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub act: Act,
    pub title: &'static str,
    pub references: Vec<String>,
    pub fields: Vec<Html>,
    /// What would happen, once that was asked.
    pub foreseen: Option<Vec<Foreseen>>,
    /// The key of the form that does it.
    pub token: Uuid,
    pub typed: Posted,
}

impl BulkPage {
    fn doing(&self) -> Vec<&Foreseen> {
        self.foreseen.iter().flatten().filter(|one| one.why.is_none()).collect()
    }

    fn left(&self) -> Vec<&Foreseen> {
        self.foreseen.iter().flatten().filter(|one| one.why.is_some()).collect()
    }

    fn why(&self, one: &Foreseen) -> &'static str {
        why_words(one.why.unwrap_or_default())
    }

    fn button(&self, words: &str) -> Button {
        Button::text(words)
    }

    /// The fields of the act, to be sent again.
    fn kept(&self) -> Vec<(&'static str, &str)> {
        ["to", "stage", "priority", "words", "everybody"].into_iter().map(|name| (name, self.typed.get(name))).collect()
    }
}

#[derive(Template)]
#[template(path = "staff/bulk-done.html")]
pub struct DonePage {
    pub frame: Frame,
    pub shown: Shown,
}

impl DonePage {
    fn done(&self) -> usize {
        self.shown.count(Stands::Done)
    }

    fn waiting(&self) -> usize {
        self.shown.count(Stands::Waiting)
    }

    fn state(&self, (_, state, why): &(String, Stands, String)) -> &'static str {
        match state {
            Stands::Waiting => "Not done yet",
            Stands::Done => "Done",
            Stands::Left => why_words(why),
            Stands::Undone => "Put back as it was",
        }
    }
}

fn why_words(why: &str) -> &'static str {
    WHYS.iter().find(|(id, _)| *id == why).map_or("It could not be done", |(_, words)| words)
}

/// The act of a form; one that the actor may not do is not there.
fn act(who: &SignedIn, posted: &Posted) -> Result<(Act, &'static str), Failure> {
    let act = Act::from_name(posted.get("act")).ok_or(Failure::NotFound)?;
    let (_, right, words) = ACTS.iter().find(|(known, _, _)| *known == act).ok_or(Failure::NotFound)?;
    rights::hold(&who.actor, Right::SeeQueue)?;
    rights::hold(&who.actor, *right)?;
    Ok((act, words))
}

fn what(act: Act, posted: &Posted) -> Result<What, Refusal> {
    let text = |name: &str| posted.get(name).to_owned();
    Ok(match act {
        Act::Assign => What::Assign(to(posted.get("to")).ok_or(Refusal::NoSuchColleague)?),
        Act::Stage => {
            let everybody = posted.get("everybody") == "yes";
            What::Stage { stage: text("stage"), words: text("words"), everybody }
        }
        Act::Priority => What::Priority(text("priority")),
        Act::Note => What::Note(text("words")),
        Act::Shortlist => What::Shortlist,
    })
}

/// The reports that were ticked, each once.
fn ticked(posted: &Posted) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for reference in posted.all("report").into_iter().filter_map(codes::read_reference) {
        if !all.contains(&reference) && all.len() < bulk::MOST {
            all.push(reference);
        }
    }
    all
}

/// Asks what, then says what will happen.
pub async fn ask(State(app): State<App>, who: SignedIn, posted: Posted) -> Result<Response, Failure> {
    let (act, _) = act(&who, &posted)?;
    let references = ticked(&posted);
    if references.is_empty() {
        let none = Some(("report", "Tick at least one report in the list first"));
        let page = page(&app, &who, act, posted, none).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never);
    }
    if posted.get("step") != "foresee" {
        return html(&page(&app, &who, act, posted, None).await?, Caching::Never);
    }
    let checked = match what(act, &posted) {
        Ok(what) => {
            let (actor, setting, asked) = (who.actor.clone(), app.setting.clone(), what.clone());
            app.db.read(move |tx| bulk::check(&actor, tx, &setting, &asked)).await.map(|()| what)
        }
        Err(refusal) => Err(refusal.into()),
    };
    let what = match checked {
        Ok(what) => what,
        Err(Error::Refused(refusal)) => {
            let page = page(&app, &who, act, posted, Some((field(act), said(refusal)))).await?;
            return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never);
        }
        Err(other) => return Err(other.into()),
    };
    let (actor, setting) = (who.actor.clone(), app.setting.clone());
    let job = move |look: &mut store::Look| bulk::foresee(&actor, look, &setting, &references, &what);
    let foreseen = app.db.look(&who.actor, app.draw().glance("work"), job).await?;
    html(&BulkPage { foreseen: Some(foreseen), ..page(&app, &who, act, posted, None).await? }, Caching::Never)
}

const fn field(act: Act) -> &'static str {
    match act {
        Act::Assign => "to",
        Act::Stage => "stage",
        Act::Priority => "priority",
        Act::Note | Act::Shortlist => "words",
    }
}

async fn page(
    app: &App,
    who: &SignedIn,
    act: Act,
    typed: Posted,
    problem: Option<(&'static str, &'static str)>,
) -> Result<BulkPage, Failure> {
    let title = ACTS.iter().find(|(known, _, _)| *known == act).map_or("", |(_, _, words)| words);
    Ok(BulkPage {
        frame: Frame::staff(app, title, Some(who.desk(app, "queue"))).wrong(problem.is_some()),
        errors: ErrorSummary::new(problem),
        act,
        title,
        references: ticked(&typed),
        fields: fields(app, who, act, &typed, problem).await?,
        foreseen: None,
        token: app.draw().id(),
        typed,
    })
}

async fn fields(
    app: &App,
    who: &SignedIn,
    act: Act,
    typed: &Posted,
    problem: Option<(&'static str, &'static str)>,
) -> Result<Vec<Html>, Failure> {
    let (setting, agency) = (&app.setting, &who.staff.agency);
    let wrong = |name: &str| problem.filter(|(field, _)| *field == name).map(|(_, words)| words);
    let select = |name: &str, label: &str, items: Vec<(String, String)>| {
        let items = items.into_iter().map(|(value, words)| SelectItem::new(value, words));
        Html::of(&Select::new(name, name, label, items).value(typed.get(name)).error(wrong(name)))
    };
    let words = |label: &str, hint: &str| {
        let area = Textarea::new("words", "words", label).hint(hint).rows(5).value(typed.get("words"));
        Html::of(&area.error(wrong("words")))
    };
    Ok(match act {
        Act::Assign => {
            let actor = who.actor.clone();
            let colleagues = app.db.read(move |tx| store::staff::colleagues(&actor, tx)).await?;
            let people = colleagues.into_iter().map(|one| (format!("person:{}", one.id), one.name));
            let teams =
                setting.teams_of(agency).into_iter().map(|(id, name)| (format!("team:{id}"), format!("Team: {name}")));
            let nobody = [(String::new(), "Nobody (back to the team’s list)".to_owned())];
            vec![select("to", "Give to", nobody.into_iter().chain(people).chain(teams).collect())]
        }
        Act::Stage => vec![
            select("stage", "New state", setting.open_stages(agency)),
            words(
                "What to tell the residents",
                "Each of them reads this. Say nothing of any one of them. Leave it empty to use your agency’s template.",
            ),
            Html::of(&everybody(typed.get("everybody") == "yes")),
        ],
        Act::Priority => {
            let all = setting.priorities(agency).iter().map(|one| (one.id.clone(), one.name.clone()));
            vec![select("priority", "How soon they are worked", all.collect())]
        }
        Act::Shortlist => Vec::new(),
        Act::Note => vec![words("Note for colleagues", "It stands in each report. Only your agency sees it.")],
    })
}

/// Words for everybody, on the pages of those reports that have one.
fn everybody(checked: bool) -> Checkboxes {
    let item = CheckboxItem::new("yes", "Everybody may read this too, on the public pages").checked(checked);
    Checkboxes {
        id_prefix: "everybody".into(),
        name: "everybody".into(),
        items: [item].into_iter().collect(),
        ..Checkboxes::default()
    }
}

/// Does it, report by report; sent again it goes on where it stopped.
pub async fn run(
    State(app): State<App>,
    who: SignedIn,
    Path(token): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = Uuid::parse_str(&token).map_err(|_| Failure::NotFound)?;
    let (act, _) = act(&who, &posted)?;
    let what = what(act, &posted).map_err(Error::from)?;
    let all: Vec<Ticked> = posted.all("report").into_iter().filter_map(read_ticked).collect();
    let (actor, draw, asked) = (who.actor.clone(), app.draw(), what.clone());
    app.db.write(move |tx| bulk::begin(&actor, tx, &draw, id, &all, &asked)).await?;
    let actor = who.actor.clone();
    for item in app.db.read(move |tx| bulk::waiting(&actor, tx, id)).await? {
        let (actor, setting, draw) = (who.actor.clone(), app.setting.clone(), app.draw());
        let (this, what) = (item.clone(), what.clone());
        let done = app.db.write(move |tx| bulk::one(&actor, tx, &setting, &mut draw.clone(), &this, &what)).await;
        if let Err(error) = done {
            let why = bulk::why_left(&error).ok_or(error)?;
            let actor = who.actor.clone();
            app.db.write(move |tx| bulk::leave(&actor, tx, &item, why)).await?;
        }
    }
    app.bell.notify_one();
    Ok(gone_to(&format!("/staff/bulk/{id}")))
}

/// A reference with the version that was foreseen: `123456782:4`.
fn read_ticked(text: &str) -> Option<Ticked> {
    let (reference, version) = text.split_once(':')?;
    Some(Ticked { reference: codes::read_reference(reference)?, version: version.parse().ok()? })
}

pub async fn get(State(app): State<App>, who: SignedIn, Path(token): Path<String>) -> Result<Response, Failure> {
    let id = Uuid::parse_str(&token).map_err(|_| Failure::NotFound)?;
    let actor = who.actor.clone();
    let draw = app.draw().glance("work");
    let shown = app.db.look(&who.actor, draw, move |look| bulk::shown(&actor, look, id)).await?;
    let frame = Frame::staff(&app, "What was done", Some(who.desk(&app, "queue")));
    html(&DonePage { frame, shown }, Caching::Never)
}

/// Puts back what can be put back.
pub async fn undo(State(app): State<App>, who: SignedIn, Path(token): Path<String>) -> Result<Response, Failure> {
    let id = Uuid::parse_str(&token).map_err(|_| Failure::NotFound)?;
    let actor = who.actor.clone();
    let (row, items) = app.db.read(move |tx| bulk::done(&actor, tx, id)).await?;
    for item in items {
        let (actor, setting, draw) = (who.actor.clone(), app.setting.clone(), app.draw());
        let back = app.db.write(move |tx| bulk::undo(&actor, tx, &setting, &mut draw.clone(), row.act, &item)).await;
        match back {
            // One that somebody has changed since, or that has ended, stays as it is.
            Ok(()) | Err(Error::Stale | Error::Refused(_)) => {}
            Err(other) => return Err(other.into()),
        }
    }
    let (actor, draw) = (who.actor.clone(), app.draw());
    app.db.write(move |tx| bulk::undone(&actor, tx, &draw, id)).await?;
    Ok(gone_to(&format!("/staff/bulk/{id}")))
}
