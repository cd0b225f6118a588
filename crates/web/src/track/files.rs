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
use store::{held::Held, rendition};

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
    pub input: FileUpload,
    pub button: Button,
}

/// Where the picture of a file is.
pub fn picture(reference: &str, held: &Held) -> String {
    format!("{}/file/{}/small", visit::path(reference), held.id)
}

async fn page(app: &App, visiting: &Visiting, done: bool, problems: &[String]) -> Result<FilesPage, Failure> {
    let reference = &visiting.head.reference;
    let actor = visiting.actor.clone();
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
        action: format!("{}/files", visit::path(reference)),
        files: found.iter().map(|held| files::shown(held, |held| picture(reference, held))).collect(),
        input: files::any_input(problems),
        button: Button::text("Add to my report"),
    })
}

pub async fn get(
    State(app): State<App>,
    visiting: Visiting,
    Query(asked): Query<super::own::Asked>,
) -> Result<Response, Failure> {
    html(&page(&app, &visiting, asked.done == "added", &[]).await?, Caching::Never)
}

/// Each file is part of the report as soon as it is kept.
pub async fn post(
    State(app): State<App>,
    visiting: Visiting,
    headers: HeaderMap,
    mut parts: Parts,
) -> Result<Response, Failure> {
    let actor = visiting.actor.clone();
    // Nobody uploads to a report that they may not see.
    app.db.read(move |tx| held::own(&actor, tx)).await?;
    let wish = files::any();
    let mut problems = Vec::new();
    let mut added = 0;
    while let Some(part) = parts.next(wish.most_bytes).await? {
        let Part::File { name, arrived, .. } = part else { continue };
        let file = match files::receive(&app, &name, arrived, &wish).await? {
            Ok(file) => file,
            Err((_, words)) => {
                problems.push(words);
                continue;
            }
        };
        let (actor, setting, draw) = (visiting.actor.clone(), app.setting.clone(), app.draw());
        match app.db.write(move |tx| held::add_own(&actor, tx, &setting, &mut draw.clone(), &file)).await {
            Ok(()) => added += 1,
            Err(Error::Refused(Refusal::TooManyFiles)) => {
                problems.push(format!("This report has as many files as it can have. “{name}” was left out"));
            }
            Err(Error::Refused(Refusal::Ended)) => {
                problems.push("You withdrew this report. Nothing can be added to it".to_owned());
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
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &page(&app, &visiting, false, &problems).await?, Caching::Never)
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
