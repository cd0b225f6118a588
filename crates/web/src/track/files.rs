//! `/track/{reference}/files`: photos and other files of a reporter's own report.

use super::visit::{self, Visiting};
use crate::{
    App,
    govuk::{BackLink, Button, ErrorSummary, FileUpload},
    page::{
        Caching, Failure, Frame,
        files::{self, ADDED_MEGABYTES, Shown, Size},
        gone_to, html, html_with,
        parts::{Part, Parts},
    },
};
use askama::Template;
use axum::{
    Json,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use casework::{Error, Refusal, codes, report::files as held};
use catalogue::Accept;
use serde_json::json;
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
    let hint = format!("Photos, PDFs, sound or video, up to {ADDED_MEGABYTES} MB each");
    let mut input =
        FileUpload::new("new", "new", "Choose photos or files").hint(hint).accept(&files::accept(Accept::ALL));
    input = input.error(problems.first().map(String::as_str));
    input.multiple = true;
    input.label.classes = "govuk-label--s".to_owned();
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
        input,
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
        let Part::File { name, bytes, .. } = part else { continue };
        if name.is_empty() && bytes.as_ref().is_some_and(Vec::is_empty) {
            continue;
        }
        let received = match bytes {
            Some(bytes) => app.files.receive(app.draw().id(), &name, &bytes, &wish).await,
            None => Err(custody::files::Unfit::TooLarge),
        };
        let file = match received {
            Ok(file) => file,
            Err(error) => {
                problems.push(files::unfit(&error, &name, &wish)?.1);
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
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    if headers.get(header::ACCEPT).is_some_and(|accept| accept == "application/json") {
        return Ok((status, Json(json!({ "errors": problems }))).into_response());
    }
    if problems.is_empty() {
        return Ok(gone_to(&format!("{}/files?done=added", visit::path(&visiting.head.reference))));
    }
    html_with(status, &page(&app, &visiting, false, &problems).await?, Caching::Never)
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
