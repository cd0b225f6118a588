//! `/account`: one's reports, and what one's account keeps.

use super::{DOOR, Owner, close};
use crate::{
    App,
    govuk::{Button, CheckboxItem, Checkboxes, ErrorSummary, Input, NotificationBanner},
    page::{Caching, Failure, Frame, Posted, cookie, gone_to, html, html_with, when},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    access::Entry,
    account::{self, Heard, Unfit},
    codes,
};
use store::Tx;

/// Reports of the list.
const MOST: i64 = 100;

/// One report of the list.
pub struct Row {
    pub reference: String,
    pub shown: String,
    pub title: String,
    pub sent: String,
    pub parts: Vec<(String, String)>,
    pub has_ended: bool,
}

#[derive(Template)]
#[template(path = "account/home.html")]
pub struct HomePage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub kept: Option<NotificationBanner>,
    pub email: String,
    /// Those that are open first.
    pub reports: Vec<Row>,
    /// How many there are, and how many are open still.
    pub counted: String,
    pub heard: Vec<Heard>,
    pub copy: Button,
    pub name: Input,
    pub phone: Input,
    pub one_page: Checkboxes,
    pub keep: Button,
    pub sign_out: Button,
    pub everywhere: Button,
}

/// What stands in the fields: what is kept, or what was typed.
struct Typed {
    name: String,
    phone: String,
    one_page: bool,
}

async fn page(
    app: &App,
    owner: &Owner,
    typed: Typed,
    problem: Option<Unfit>,
    done: Option<&'static str>,
) -> Result<HomePage, Failure> {
    let (setting, actor) = (app.setting.clone(), owner.actor.clone());
    let read = move |tx: &mut Tx| {
        Ok((account::reports(&actor, tx, &setting, MOST + 1)?, account::heard(&actor, tx, &setting)?))
    };
    let (mut mine, heard) = app.db.read::<_, casework::Error, _>(read).await?;
    let has_more = mine.len() > MOST as usize;
    mine.truncate(MOST as usize);
    mine.sort_by_key(|one| one.has_ended);
    let count = |is: fn(&account::Mine) -> bool| mine.iter().filter(|one| is(one)).count();
    let (open, fixed) = (count(|one| !one.has_ended), count(|one| one.is_fixed));
    let counted = match (mine.len(), open, fixed) {
        _ if has_more => format!("Your newest {MOST} reports. {open} open, {fixed} fixed. The copy below has all."),
        (1, 1, _) => "1 report. It is open.".to_owned(),
        (1, _, 1) => "1 report. It is fixed.".to_owned(),
        (1, ..) => "1 report. It has ended.".to_owned(),
        (all, ..) => format!("{all} reports. {open} open, {fixed} fixed, {} ended in another way.", all - open - fixed),
    };
    let row = |one: account::Mine| Row {
        shown: codes::show_reference(&one.reference),
        reference: one.reference,
        title: one.title,
        sent: when::day(one.received_at),
        parts: one.parts,
        has_ended: one.has_ended,
    };
    let wrong = |unfit: Unfit, words: &'static str| problem.filter(|found| *found == unfit).map(|_| words);
    let name = wrong(Unfit::Name, "Use a name of 100 letters or fewer, without line breaks");
    let phone = wrong(Unfit::Phone, "Enter a telephone number, like 07700 900 982 or +44 20 7946 0982");
    let found = name.map(|words| ("name", words)).or(phone.map(|words| ("phone", words)));
    let one_page = CheckboxItem::new("yes", "Show all questions on one page")
        .hint("For most council matters. Quicker if you know what we ask.")
        .checked(typed.one_page);
    let boxes = Checkboxes { name: "one_page".to_owned(), items: vec![one_page].into(), ..Checkboxes::default() };
    Ok(HomePage {
        frame: Frame::citizen(app, "Your account").wrong(problem.is_some()),
        errors: ErrorSummary::new(found),
        kept: done.map(NotificationBanner::success),
        email: owner.account.email.clone(),
        reports: mine.into_iter().map(row).collect(),
        counted,
        heard,
        copy: Button::text("Get a copy").secondary(),
        name: Input::new("name", "name", "Name").autocomplete("name").value(typed.name).error(name),
        phone: Input::new("phone", "phone", "Telephone number")
            .kind("tel")
            .autocomplete("tel")
            .width(20)
            .value(typed.phone)
            .error(phone),
        one_page: boxes,
        keep: Button::text("Keep these details"),
        sign_out: Button::text("Sign out").secondary(),
        everywhere: Button::text("Sign out everywhere").secondary().sends("everywhere", "yes"),
    })
}

pub async fn get(
    State(app): State<App>,
    owner: Owner,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let kept = &owner.account;
    let typed = Typed {
        name: kept.name.clone().unwrap_or_default(),
        phone: kept.phone.as_deref().map(catalogue::kind::phone_in_words).unwrap_or_default(),
        one_page: kept.one_page,
    };
    let done = pairs.iter().find_map(|(name, _)| match name.as_str() {
        "kept" => Some("We have kept your details."),
        "stopped" => Some("You get no more e-mails about that."),
        _ => None,
    });
    html(&page(&app, &owner, typed, None, done).await?, Caching::Never)
}

pub async fn post(State(app): State<App>, owner: Owner, posted: Posted) -> Result<Response, Failure> {
    let typed = Typed {
        name: posted.get("name").to_owned(),
        phone: posted.get("phone").to_owned(),
        one_page: posted.get("one_page") == "yes",
    };
    let (name, phone) = match account::read_details(&typed.name, &typed.phone) {
        Ok(details) => details,
        Err(unfit) => {
            let page = page(&app, &owner, typed, Some(unfit), None).await?;
            return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never);
        }
    };
    let (actor, draw, one_page) = (owner.actor, app.draw(), typed.one_page);
    app.db
        .write(move |tx| account::change(&actor, tx, &mut draw.clone(), (name.as_deref(), phone.as_deref()), one_page))
        .await?;
    Ok(gone_to("/account?kept=1"))
}

/// Opens one of the reports, as the link in its mail would.
pub async fn open(State(app): State<App>, owner: Owner, Path(reference): Path<String>) -> Result<Response, Failure> {
    let (setting, draw, actor) = (app.setting.clone(), app.draw(), owner.actor);
    let entry =
        app.db.write(move |tx| account::open_report(&actor, tx, &setting, &mut draw.clone(), &reference)).await?;
    let Entry::Open { token, reference, .. } = entry else { return Err(Failure::NotFound) };
    let path = format!("/track/{reference}");
    let mut response = gone_to(&path);
    cookie::set(&app, response.headers_mut(), crate::page::VISIT, &token, &path);
    Ok(response)
}

/// This browser, or all of them.
pub async fn sign_out(State(app): State<App>, owner: Owner, posted: Posted) -> Result<Response, Failure> {
    let everywhere = posted.get("everywhere") == "yes";
    let token = (!everywhere).then_some(owner.token);
    app.db.write(move |tx| account::sign_out(&owner.actor, tx, token.as_deref())).await?;
    let mut response = gone_to(DOOR);
    close(&app, response.headers_mut());
    Ok(response)
}
