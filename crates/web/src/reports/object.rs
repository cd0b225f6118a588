//! `/reports/{reference}/object`: "Report this": somebody says that a public report, or what was said of it, should not be public
//! (C-54). No account is asked for.

use crate::{
    App,
    govuk::{BackLink, Button, ErrorSummary, Fieldset, Input, RadioItem, Radios, Textarea},
    page::{Caching, Failure, Frame, Posted, gone_to, html_with, origin::Origin, posted},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Error, Refusal, codes,
    report::{
        objection::{self, Heard, Said},
        publication,
    },
};
use serde::Deserialize;
use store::objection::Why;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "reports/object.html")]
pub struct ObjectPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub about: String,
    /// What was said of the report, where it is about that.
    pub said: Option<(Uuid, String)>,
    pub path: String,
    pub agency_name: String,
    pub why: Radios,
    pub words: Textarea,
    pub email: Input,
    pub button: Button,
}

const CHOICES: [(Why, &str); 4] = [
    (Why::Private, "It says who somebody is, or how to reach them"),
    (Why::Abusive, "It is rude, hateful or a threat"),
    (Why::Wrong, "It is not true, or no real report"),
    (Why::Other, "Something else"),
];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    remark: Option<Uuid>,
}

#[derive(Default)]
struct Typed {
    why: String,
    words: String,
    email: String,
}

type Problem = Option<(&'static str, &'static str)>;

async fn page(
    app: &App,
    reference: &str,
    remark: Option<Uuid>,
    typed: &Typed,
    problem: Problem,
) -> Result<Response, Failure> {
    let (setting, at) = (app.setting.clone(), reference.to_owned());
    let shown = app.db.read(move |tx| publication::one(tx, &setting, &at)).await?;
    if !shown.takes_objections {
        return Err(Failure::NotFound);
    }
    let said = remark.map(|id| {
        let voices = shown.voices.as_ref().map(|voices| voices.said.as_slice()).unwrap_or_default();
        let one = voices.iter().find(|one| one.id == id).ok_or(Failure::NotFound)?;
        Ok::<_, Failure>((id, one.words.clone()))
    });
    let wrong = |field: &str| problem.filter(|(at, _)| *at == field).map(|(_, words)| words);
    let item = |(one, label): (Why, &str)| RadioItem::new(one.name(), label).checked(one.name() == typed.why);
    let path = format!("/reports/{reference}");
    let radios = Radios {
        name: "why".to_owned(),
        fieldset: Some(Fieldset::legend("What is wrong with it?")),
        items: CHOICES.map(item).to_vec().into(),
        ..Radios::default()
    };
    let page = ObjectPage {
        frame: Frame::citizen(app, "Tell us what should not be public").wrong(problem.is_some()),
        back: BackLink::to(&path),
        errors: ErrorSummary::new(problem),
        about: match shown.listed.place.as_str() {
            "" => shown.listed.title.clone(),
            place => format!("{}, {place}", shown.listed.title),
        },
        said: said.transpose()?,
        agency_name: shown.listed.agency_name,
        why: radios.error(wrong("why")),
        words: Textarea::new("words", "words", "Anything to add?")
            .hint("You can leave this empty. Only the people who decide read it.")
            .value(&typed.words)
            .error(wrong("words")),
        email: Input::new("email", "email", "Your e-mail address")
            .hint("You can leave this empty. We use it once, to tell you what we decided.")
            .kind("email")
            .autocomplete("email")
            .value(&typed.email)
            .error(wrong("email")),
        button: Button::text("Send"),
        path,
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    html_with(status, &page, Caching::Never)
}

fn read(typed: &str) -> Result<String, Failure> {
    codes::read_reference(typed).ok_or(Failure::NotFound)
}

pub async fn get(
    State(app): State<App>,
    Path(reference): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    page(&app, &read(&reference)?, asked.remark, &Typed::default(), None).await
}

pub async fn post(
    State(app): State<App>,
    Origin(origin): Origin,
    Path(reference): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let reference = read(&reference)?;
    let remark = Uuid::parse_str(posted.get("remark")).ok();
    let field = |name: &str| posted.get(name).to_owned();
    let typed = Typed { why: field("why"), words: field("words"), email: field("email") };
    let Some(why) = Why::from_name(&typed.why) else {
        return page(&app, &reference, remark, &typed, Some(("why", "Choose what is wrong with it"))).await;
    };
    let (setting, draw, at) = (app.setting.clone(), app.draw(), reference.clone());
    let (words, address) = (typed.words.clone(), typed.email.clone());
    let job = move |tx: &mut store::Tx| {
        let said = Said { reference: &at, remark, why, words: &words, address: &address };
        objection::raise(tx, &setting, &mut draw.clone(), &said, &origin)
    };
    let problem = match app.db.write(job).await {
        Ok(Heard::Taken) => return Ok(gone_to(&format!("/reports/{reference}?done=objected"))),
        Ok(Heard::TooOften) => return Ok(gone_to(&format!("/reports/{reference}?done=often"))),
        Err(Error::Refused(Refusal::NoSuchAddress)) => posted::NO_EMAIL,
        Err(Error::Refused(Refusal::WordsTooLong)) => ("words", "Use 1,000 letters or fewer"),
        Err(Error::Refused(Refusal::WordsUnreadable)) => ("words", "Use letters, figures and plain signs only"),
        Err(other) => return Err(other.into()),
    };
    page(&app, &reference, remark, &typed, Some(problem)).await
}
