//! `/track/{reference}/files`: photos and other files of a reporter's own report.

use super::visit::{self, Visiting};
use crate::{
    App,
    govuk::{BackLink, Button, ErrorSummary, FileUpload},
    page::{
        Caching, Failure, Frame,
        files::{self, Shown, Size},
        gone_to, html, html_with,
        parts::{Part, Parts},
    },
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use casework::{Error, Refusal, codes, report::files as held};
use catalogue::{Question, Words};
use custody::files::Wish;
use serde::Deserialize;
use store::{Tx, held::Held, rendition};

#[derive(Template)]
#[template(path = "track/files.html")]
pub struct FilesPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub done: bool,
    pub reference: String,
    pub action: String,
    pub files: Vec<Shown>,
    /// What a file can be, to be chosen first: where it leads, its words and its hint.
    pub choices: Vec<(String, String, String)>,
    /// What was chosen.
    pub chosen: String,
    pub input: FileUpload,
    pub button: Button,
}

/// What was asked for: an id of a question, or [`OTHER`].
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub done: String,
    #[serde(rename = "for")]
    pub of: String,
}

/// A file that answers none of the questions.
const OTHER: &str = "other";

/// What may be added: which questions there are to choose from, and the one that was chosen.
struct Adding {
    asked: Vec<Question>,
    chosen: Option<Question>,
    /// What was chosen, as the address says it.
    of: String,
}

impl Adding {
    fn of(app: &App, visiting: &Visiting, of: &str) -> Adding {
        // The page of a report that tells little names no questions.
        let asked = if visiting.head.short_view { Vec::new() } else { held::asked(&app.setting, &visiting.head) };
        let chosen = asked.iter().find(|question| question.id == of).cloned();
        let is_known = asked.is_empty() || chosen.is_some() || of == OTHER;
        Adding { asked, chosen, of: if is_known { of.to_owned() } else { String::new() } }
    }

    /// Nothing can be added until it was said what it is.
    fn is_open(&self) -> bool {
        self.asked.is_empty() || !self.of.is_empty()
    }

    fn wish(&self) -> Wish {
        self.chosen.as_ref().and_then(files::wish).unwrap_or_else(files::any)
    }

    fn action(&self, reference: &str) -> String {
        let path = format!("{}/files", visit::path(reference));
        if self.of.is_empty() { path } else { format!("{path}?for={}", self.of) }
    }
}

/// Where the picture of a file is.
pub fn picture(reference: &str, held: &Held) -> String {
    format!("{}/file/{}/small", visit::path(reference), held.id)
}

async fn page(
    app: &App,
    visiting: &Visiting,
    adding: &Adding,
    done: bool,
    problems: &[String],
) -> Result<FilesPage, Failure> {
    let reference = &visiting.head.reference;
    let actor = visiting.actor.clone();
    let service = app.setting.definition(&visiting.head.definition);
    let words = |question: &Question| {
        let words = service.as_ref().map(|service| &service.words);
        let of = |say: fn(&Words, &str) -> Option<String>| words.and_then(|words| say(words, &question.id));
        let name = of(|words, id| Some(words.short(id).to_owned())).unwrap_or_default();
        (name, of(|words, id| words.hint(id).map(str::to_owned)).unwrap_or_default())
    };
    let path = format!("{}/files", visit::path(reference));
    let mut choices = Vec::new();
    if !adding.is_open() {
        for question in &adding.asked {
            let (name, hint) = words(question);
            choices.push((format!("{path}?for={}", question.id), name, hint));
        }
        choices.push((format!("{path}?for={OTHER}"), "Something else".to_owned(), String::new()));
    }
    let found = app.db.read(move |tx| held::own(&actor, tx)).await?;
    let leave = format!("{}/leave", visit::path(reference));
    Ok(FilesPage {
        frame: Frame::citizen(app, "Photos and files")
            .exit(leave, visiting.head.sensitive)
            .wrong(!problems.is_empty())
            .with_files(app, true),
        back: BackLink::to(visit::path(reference)),
        errors: ErrorSummary::new(problems.iter().map(|words| ("new", words.as_str()))),
        done,
        reference: codes::show_reference(reference),
        action: adding.action(reference),
        files: found.iter().map(|held| files::shown(held, |held| picture(reference, held))).collect(),
        choices,
        chosen: adding.chosen.as_ref().map(|question| words(question).0).unwrap_or_default(),
        input: files::input(&adding.wish(), problems),
        button: Button::text("Add to my report"),
    })
}

pub async fn get(State(app): State<App>, visiting: Visiting, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let adding = Adding::of(&app, &visiting, &asked.of);
    html(&page(&app, &visiting, &adding, asked.done == "added", &[]).await?, Caching::Never)
}

/// Each file is part of the report as soon as it is kept.
pub async fn post(
    State(app): State<App>,
    visiting: Visiting,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    mut parts: Parts,
) -> Result<Response, Failure> {
    let actor = visiting.actor.clone();
    // Nobody uploads to a report that they may not see.
    app.db.read(move |tx| held::own(&actor, tx)).await?;
    let adding = Adding::of(&app, &visiting, &asked.of);
    if !adding.is_open() {
        let first = "Choose what you want to add first".to_owned();
        let page = page(&app, &visiting, &adding, false, &[first]).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never);
    }
    let wish = adding.wish();
    let question = adding.chosen.as_ref().map(|question| question.id.clone());
    let mut problems = Vec::new();
    let mut added = 0;
    while let Some(part) = parts.next(wish.most_bytes).await? {
        let Part::File { name, arrived, .. } = part else { continue };
        let file = match files::receive_from(&app, &parts.origin, &name, arrived, &wish).await? {
            Ok(file) => file,
            Err((_, words)) => {
                problems.push(words);
                continue;
            }
        };
        let (actor, setting, draw) = (visiting.actor.clone(), app.setting.clone(), app.draw());
        let question = question.clone();
        let add = move |tx: &mut Tx| held::add_own(&actor, tx, &setting, &mut draw.clone(), question.as_deref(), &file);
        match app.db.write(add).await {
            Ok(()) => added += 1,
            Err(Error::Refused(Refusal::TooManyFiles)) => {
                problems.push(format!("This report has as many files as it can have. “{name}” was left out"));
            }
            Err(Error::Refused(Refusal::Ended)) => {
                problems.push(
                    "This report is over. Nothing can be added to it. Tell us anew if it is still there".to_owned(),
                );
            }
            Err(other) => return Err(other.into()),
        }
    }
    if added == 0 && problems.is_empty() {
        problems.push("Choose a photo or file first".to_owned());
    }
    let words: Vec<&str> = problems.iter().map(String::as_str).collect();
    if let Some(told) = files::told(&headers, &words) {
        return Ok(told);
    }
    if problems.is_empty() {
        return Ok(gone_to(&format!("{}/files?done=added", visit::path(&visiting.head.reference))));
    }
    html_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &page(&app, &visiting, &adding, false, &problems).await?,
        Caching::Never,
    )
}

/// `/track/{reference}/file/{file}/{size}`
pub async fn one(
    State(app): State<App>,
    visiting: Visiting,
    Path((_, file, size)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let (actor, file, size) = (visiting.actor.clone(), files::id(&file)?, Size::of(&size)?);
    let (found, renditions) = app
        .db
        .read(move |tx| {
            let found = held::one_own(&actor, tx, file)?;
            let renditions = rendition::of(tx, found.id, found.version)?;
            Ok::<_, Error>((found, renditions))
        })
        .await?;
    files::serve(&app, &found, &renditions, size).await
}
