//! `/reports/{reference}/say`: whoever is signed in says that it is still there, that it is fixed, or more, with photos (C-48).

use crate::{
    App,
    govuk::{
        BackLink, Button, CheckboxItem, Checkboxes, ErrorSummary, Fieldset, FileUpload, RadioItem, Radios, Textarea,
    },
    page::{
        Caching, Failure, Frame,
        account::Owner,
        files, gone_to, html_with,
        parts::{Part, Parts},
    },
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Error, Refusal,
    account::Account,
    codes,
    report::{
        files as held, publication,
        remark::{self, Heard, Saying, Takes},
        shown_name,
    },
};
use rights::Actor;
use store::{Tx, remark::Says};

#[derive(Template)]
#[template(path = "reports/say.html")]
pub struct SayPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub about: String,
    pub path: String,
    pub says: Radios,
    pub words: Textarea,
    /// None where its agency takes no photos.
    pub photos: Option<FileUpload>,
    /// Under which token photos wait that came with a form that has to be put right, and what they are called.
    pub token: String,
    pub kept: Vec<String>,
    /// Where the account has a name that can be shown.
    pub name: Option<Checkboxes>,
    pub button: Button,
}

const CHOICES: [(Says, &str); 3] =
    [(Says::Still, "It is still there"), (Says::Fixed, "It is fixed"), (Says::More, "Something else")];

/// The form as it came.
#[derive(Default)]
struct Form {
    says: String,
    words: String,
    /// Of the photos; empty: there are none yet.
    token: String,
    /// Their name is to be shown with it.
    named: bool,
    /// Why some of them were not taken.
    problems: Vec<String>,
}

async fn page(
    app: &App,
    account: &Account,
    reference: &str,
    form: &Form,
    problem: Option<(&'static str, &'static str)>,
) -> Result<Response, Failure> {
    let (setting, at, token) = (app.setting.clone(), reference.to_owned(), form.token.clone());
    let read = move |tx: &mut Tx| Ok::<_, Error>((publication::one(tx, &setting, &at)?, waiting(tx, &token)?));
    let (shown, kept) = app.db.read(read).await?;
    let voices = shown.voices.as_ref().ok_or(Failure::NotFound)?;
    if matches!(voices.door.takes(app.now()), Takes::Nobody | Takes::Over) {
        return Ok(gone_to(&format!("/reports/{reference}?done=closed")));
    }
    let wrong = |field: &str| problem.filter(|(at, _)| *at == field).map(|(_, words)| words);
    let item = |(one, label): (Says, &str)| RadioItem::new(one.name(), label).checked(one.name() == form.says);
    let path = format!("/reports/{reference}");
    let radios = Radios {
        name: "says".to_owned(),
        fieldset: Some(Fieldset::legend("How is it now?")),
        items: CHOICES.map(item).to_vec().into(),
        ..Radios::default()
    };
    let photos = form.problems.iter().map(|words| ("new", words.as_str()));
    let is_wrong = problem.is_some() || !form.problems.is_empty();
    let page = SayPage {
        frame: Frame::citizen(app, "Say how it is now").wrong(is_wrong).with_file_styles(app),
        back: BackLink::to(&path),
        errors: ErrorSummary::new(problem.into_iter().chain(photos)),
        about: match shown.listed.place.as_str() {
            "" => shown.listed.title.clone(),
            place => format!("{}, {place}", shown.listed.title),
        },
        says: radios.error(wrong("says")),
        words: Textarea::new("words", "words", "Anything to add?")
            .hint("You can leave this empty. No names, numbers or plates. A person reads it before others can.")
            .value(&form.words)
            .error(wrong("words")),
        photos: (voices.most_photos > kept.len()).then(|| input(voices.most_photos - kept.len(), &form.problems)),
        token: form.token.clone(),
        kept: kept.into_iter().map(|held| held.name).collect(),
        name: shown_name::of_account(account).map(|name| named(&name, form.named)),
        button: Button::text("Send"),
        path,
    };
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    html_with(status, &page, Caching::Never)
}

fn named(name: &str, chosen: bool) -> Checkboxes {
    let item = CheckboxItem::new("yes", "Show my name with it").hint(format!("Others can then read “{name}”."));
    Checkboxes { name: "show_name".to_owned(), items: vec![item.checked(chosen)].into(), ..Checkboxes::default() }
}

fn input(most: usize, problems: &[String]) -> FileUpload {
    let mut input = files::input(&files::pictures(), problems);
    let photos = if most == 1 { "One photo".to_owned() } else { format!("{most} photos") };
    input.label.text = "Add photos".to_owned();
    input.hint(format!("{photos} at most, up to 20 MB each. Leave out faces and plates. A person looks at them first."))
}

/// Photos of a form that came before.
fn waiting(tx: &mut Tx, token: &str) -> Result<Vec<store::held::Held>, Error> {
    if token.is_empty() { Ok(Vec::new()) } else { held::waiting(tx, token) }
}

fn read(typed: &str) -> Result<String, Failure> {
    codes::read_reference(typed).ok_or(Failure::NotFound)
}

pub async fn get(State(app): State<App>, owner: Owner, Path(reference): Path<String>) -> Result<Response, Failure> {
    page(&app, &owner.account, &read(&reference)?, &Form::default(), None).await
}

/// Reads the form; each photo is kept as it comes, until what is said claims it.
async fn form(app: &App, actor: &Actor, reference: &str, mut parts: Parts) -> Result<Form, Failure> {
    let (mut form, wish) = (Form::default(), files::pictures());
    let mut room = None;
    while let Some(part) = parts.next(wish.most_bytes).await? {
        let (name, arrived) = match part {
            Part::Text(name, value) => {
                match name.as_str() {
                    "says" => form.says = value,
                    "words" => form.words = value,
                    "photos" => form.token = value,
                    "show_name" => form.named = value == "yes",
                    _ => {}
                }
                continue;
            }
            Part::File { name, arrived, .. } => (name, arrived),
        };
        let left = match room {
            Some(left) => left,
            None => most(app, actor, reference, &form.token).await?,
        };
        room = Some(left.saturating_sub(1));
        if left == 0 {
            form.problems.push(format!("We cannot take so many photos. “{name}” was left out"));
            continue;
        }
        match files::receive_from(app, &parts.origin, &name, arrived, &wish).await? {
            Ok(file) => {
                let draw = app.draw();
                if form.token.is_empty() {
                    form.token = codes::show_token(&app.draw().bytes());
                }
                let token = form.token.clone();
                app.db.write(move |tx| held::hold_alone(tx, &draw, &token, &file)).await?;
            }
            Err((_, words)) => form.problems.push(words),
        }
    }
    Ok(form)
}

/// How many more photos this form may bring.
async fn most(app: &App, actor: &Actor, reference: &str, token: &str) -> Result<usize, Failure> {
    let (setting, now, actor) = (app.setting.clone(), app.now(), actor.clone());
    let (reference, token) = (reference.to_owned(), token.to_owned());
    let most = app.db.write(move |tx| {
        let most = remark::photos_taken(&actor, tx, &setting, now, &reference)?;
        Ok::<_, Error>(most.saturating_sub(waiting(tx, &token)?.len()))
    });
    Ok(most.await?)
}

pub async fn post(
    State(app): State<App>,
    owner: Owner,
    Path(reference): Path<String>,
    parts: Parts,
) -> Result<Response, Failure> {
    let reference = read(&reference)?;
    let account = &owner.account;
    let form = form(&app, &owner.actor, &reference, parts).await?;
    let Some(says) = Says::from_name(&form.says) else {
        return page(&app, account, &reference, &form, Some(("says", "Choose how it is now"))).await;
    };
    if !form.problems.is_empty() {
        return page(&app, account, &reference, &form, None).await;
    }
    let (setting, draw, at) = (app.setting.clone(), app.draw(), reference.clone());
    let (words, token, named, actor) = (form.words.clone(), form.token.clone(), form.named, owner.actor.clone());
    let say = move |tx: &mut Tx| {
        let saying = Saying { says, words: &words, photos: &token, named };
        remark::say(&actor, tx, &setting, &mut draw.clone(), &at, saying)
    };
    let done = match app.db.write(say).await {
        Ok(Heard::Counted) => "said",
        Ok(Heard::Waits) if !form.token.is_empty() => "photos",
        Ok(Heard::Waits) => "waits",
        Ok(Heard::Closed) => "closed",
        Ok(Heard::TooOften) => "often",
        Err(Error::Refused(why)) => {
            let problem = match why {
                Refusal::WordsNeeded => ("words", "Say what it is"),
                Refusal::WordsTooLong => ("words", "Use 1,000 letters or fewer"),
                Refusal::WordsUnreadable => ("words", "Use letters, figures and plain signs only"),
                Refusal::FileGone => ("new", "Your photos have run out. Add them again"),
                other => return Err(Error::Refused(other).into()),
            };
            return page(&app, account, &reference, &form, Some(problem)).await;
        }
        Err(other) => return Err(other.into()),
    };
    Ok(gone_to(&format!("/reports/{reference}?done={done}")))
}
