//! `/asked/{token}`: the link of the mail that asks whether it is fixed (C-51). Opening it changes nothing: a button answers, once.

use crate::{
    App,
    govuk::{Button, ErrorSummary, Fieldset, RadioItem, Radios, Textarea},
    page::{Caching, Failure, Frame, Posted, gone_to, html_with, token, when},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Error, Refusal,
    report::questionnaire::{self, Asked},
};
use store::questionnaire::Answer;

#[derive(Template)]
#[template(path = "reports/asked.html")]
pub struct AskedPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub token: String,
    /// None where the link no longer works.
    pub asked: Option<Asked>,
    pub says: Radios,
    pub words: Textarea,
    pub button: Button,
    pub prefer: Button,
}

const CHOICES: [(Answer, &str); 3] = [
    (Answer::Fixed, "Yes, it is fixed"),
    (Answer::Still, "No, it is still a problem"),
    (Answer::Gone, "No, but it is not a problem any more"),
];

impl AskedPage {
    fn about(&self, asked: &Asked) -> String {
        match asked.place.as_str() {
            "" => asked.title.clone(),
            place => format!("{}, {place}", asked.title),
        }
    }

    fn sent(&self, asked: &Asked) -> String {
        when::day(asked.sent_at)
    }

    fn is_fixed(&self, answer: &Answer) -> bool {
        *answer == Answer::Fixed
    }

    fn said(&self, answer: &Answer) -> &'static str {
        match answer {
            Answer::Fixed => "You told us that it is fixed.",
            Answer::Still => "You told us that it is not fixed and still a problem.",
            Answer::Gone => "You told us that it is not fixed, but not a problem any more.",
        }
    }
}

type Problem = Option<(&'static str, &'static str)>;

fn page(app: &App, typed: &str, asked: Option<Asked>, (says, words): (&str, &str), problem: Problem) -> AskedPage {
    let title = match &asked {
        None => "This link no longer works",
        Some(Asked { answer: None, .. }) => "Is it fixed?",
        Some(_) => "Thank you for telling us",
    };
    let wrong = |field: &str| problem.filter(|(at, _)| *at == field).map(|(_, words)| words);
    let item = |(one, label): (Answer, &str)| RadioItem::new(one.name(), label).checked(one.name() == says);
    let radios = Radios {
        name: "says".to_owned(),
        fieldset: Some(Fieldset::legend("How is it now?")),
        items: CHOICES.map(item).to_vec().into(),
        ..Radios::default()
    };
    let refuses = asked.as_ref().is_some_and(|asked| asked.refuses);
    AskedPage {
        frame: Frame::citizen(app, title).wrong(problem.is_some()),
        errors: ErrorSummary::new(problem),
        token: token::plain(typed),
        asked,
        says: radios.error(wrong("says")),
        words: Textarea::new("words", "words", "Anything to add?")
            .hint("You can leave this empty. Others do not see it.")
            .value(words)
            .error(wrong("words")),
        button: Button::text("Send my answer"),
        prefer: match refuses {
            true => Button::text("Ask me again").sends("asks", "yes").secondary(),
            false => Button::text("Do not ask me again").sends("asks", "no").secondary(),
        },
    }
}

async fn reply(app: &App, token: &str, typed: (&str, &str), problem: Problem) -> Result<Response, Failure> {
    let (setting, now, at) = (app.setting.clone(), app.now(), token.to_owned());
    let asked = app.db.read(move |tx| questionnaire::asked(tx, &setting, &at, now)).await?;
    let status = match (&asked, problem) {
        (None, _) => StatusCode::GONE,
        (Some(_), Some(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        (Some(_), None) => StatusCode::OK,
    };
    html_with(status, &page(app, token, asked, typed, problem), Caching::Never)
}

pub async fn get(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Failure> {
    reply(&app, &token, ("", ""), None).await
}

pub async fn post(State(app): State<App>, Path(token): Path<String>, posted: Posted) -> Result<Response, Failure> {
    let (typed, words) = (posted.get("says").to_owned(), posted.get("words").to_owned());
    let Some(says) = Answer::from_name(&typed) else {
        return reply(&app, &token, ("", &words), Some(("says", "Choose how it is now"))).await;
    };
    let (setting, draw, at, own) = (app.setting.clone(), app.draw(), token.clone(), words.clone());
    let job = move |tx: &mut store::Tx| questionnaire::answer(tx, &setting, &mut draw.clone(), &at, (says, &own));
    let problem = match app.db.write(job).await {
        Ok(()) => {
            app.bell.notify_one();
            return Ok(gone_to(&format!("/asked/{}", token::plain(&token))));
        }
        Err(Error::NotFound(_) | Error::Refused(Refusal::Ended)) => {
            return html_with(StatusCode::GONE, &page(&app, &token, None, ("", ""), None), Caching::Never);
        }
        Err(Error::Refused(Refusal::WordsTooLong)) => ("words", "Use fewer letters"),
        Err(Error::Refused(Refusal::WordsUnreadable)) => ("words", "Use letters, figures and plain signs only"),
        Err(other) => return Err(other.into()),
    };
    reply(&app, &token, (&typed, &words), Some(problem)).await
}

/// "Do not ask me again", by the button or by one press in a mail program (RFC 8058), which sends no field of ours.
pub async fn stop(State(app): State<App>, Path(token): Path<String>, posted: Posted) -> Result<Response, Failure> {
    let asks = posted.get("asks") == "yes";
    let (setting, draw, at) = (app.setting.clone(), app.draw(), token.clone());
    match app.db.write(move |tx| questionnaire::prefer(tx, &setting, &mut draw.clone(), &at, asks)).await {
        Ok(()) => Ok(gone_to(&format!("/asked/{}", token::plain(&token)))),
        Err(Error::NotFound(_)) => reply(&app, &token, ("", ""), None).await,
        Err(error) => Err(error.into()),
    }
}
