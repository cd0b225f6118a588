//! `/staff/reports/{reference}/files/{file}`: one photo or other file, what is known of it, and what may be done with it.
//! `/staff/reports/{reference}/files`: adding one.

use super::{
    acts::{refused, run, said, version},
    session::SignedIn,
};
use crate::{
    App,
    govuk::{Button, ErrorSummary, FileUpload, Input, SummaryList, SummaryRow, Textarea},
    page::{
        Caching, Failure, Frame, Posted,
        files::{self, Shown, Size},
        gone_to, html, html_with,
        parts::{Part, Parts},
        when,
    },
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Error, codes,
    report::{
        acts::On,
        files::{self as held, Filed},
    },
};
use picture::Patch;
use serde_json::json;
use store::{
    held::{Giver, Held, Scan},
    rendition::Rendition,
};
use uuid::Uuid;

/// Parts of a picture that are blacked out at once.
const MOST_PATCHES: usize = 20;

#[derive(Template)]
#[template(path = "staff/file.html")]
pub struct FilePage {
    pub frame: Frame,
    pub reference: String,
    pub file: Shown,
    pub facts: SummaryList,
    /// The larger picture, with its width and height.
    pub large: Option<(String, i64, i64)>,
    pub original: Option<String>,
    pub version: i64,
    /// Which version of the picture the page shows.
    pub shown: i64,
    pub may_redact: bool,
}

impl FilePage {
    fn words(&self, id: &str, label: &str) -> Textarea {
        Textarea::new(format!("{id}-words"), "words", label).rows(2)
    }

    fn number(&self, name: &str, label: &str) -> Input {
        Input::new(format!("black-{name}"), name, label).width(3).digits()
    }

    fn button(&self, words: &str) -> Button {
        Button::text(words)
    }
}

fn address(reference: &str, held: &Held, size: &str) -> String {
    format!("/staff/reports/{reference}/file/{}/{size}", held.id)
}

/// A file as the report's page shows it.
pub fn listed(reference: &str, held: &Held) -> Shown {
    files::shown(held, |held| address(reference, held, "small"))
}

async fn look(app: &App, by: &SignedIn, reference: &str, file: Uuid) -> Result<(Filed, Held, Vec<Rendition>), Failure> {
    let reference = codes::read_reference(reference).ok_or(Failure::NotFound)?;
    let actor = by.actor.clone();
    let glance = app.draw().glance("work");
    Ok(app.db.look(&by.actor, glance, move |look| held::one(&actor, look, &reference, file)).await?)
}

pub async fn one(
    State(app): State<App>,
    by: SignedIn,
    Path((reference, file)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (filed, found, renditions) = look(&app, &by, &reference, files::id(&file)?).await?;
    html(&page(&app, &by, &filed, &found, &renditions), Caching::Never)
}

fn page(app: &App, by: &SignedIn, filed: &Filed, found: &Held, renditions: &[Rendition]) -> FilePage {
    let reference = &filed.reference;
    let shows = held::may_be_shown(found);
    let large = renditions.last().filter(|_| shows);
    let title = format!("File of report {}", codes::show_reference(reference));
    FilePage {
        frame: Frame::staff(app, title, Some(by.desk(app, "queue"))).with_files(app, true),
        file: listed(reference, found),
        facts: facts(app, found),
        large: large.map(|made| (address(reference, found, "large"), made.width, made.height)),
        original: shows.then(|| address(reference, found, "original")),
        version: filed.version,
        shown: found.version,
        may_redact: filed.may_redact,
        reference: reference.clone(),
    }
}

fn facts(app: &App, found: &Held) -> SummaryList {
    let mut rows = vec![
        SummaryRow::new("Name", &found.name),
        SummaryRow::new("Type", &found.media),
        SummaryRow::new("Size", format!("{} bytes", found.size)),
        SummaryRow::new("Received", when::moment(found.received_at)),
    ];
    let by = match (&found.giver, &found.agency) {
        (Giver::Reporter, _) => "The resident".to_owned(),
        (Giver::Staff, agency) => app.setting.agency_name(agency.as_deref().unwrap_or_default()),
    };
    rows.push(SummaryRow::new("From", by));
    let shown = listed("", found);
    if !shown.taken.is_empty() {
        rows.push(SummaryRow::new("Taken", format!("{} by the clock in the camera", shown.taken)));
    }
    if let Some((lat, lon)) = files::place(found) {
        rows.push(SummaryRow::new("Taken at", format!("{lat:.5}, {lon:.5} by the file itself")));
    }
    let scan = match found.scan {
        Scan::None => "Not searched: no search is set up here",
        Scan::Waiting => "Waiting to be searched",
        Scan::Clean => "Searched, nothing found",
        Scan::Infected => "A harmful program was found",
    };
    rows.push(SummaryRow::new("Harmful programs", scan));
    rows.push(SummaryRow::new("SHA-256", data_encoding::HEXLOWER.encode(&found.sha256)));
    SummaryList::new(rows)
}

/// `/staff/reports/{reference}/file/{file}/{size}`: its bytes. Each look is recorded.
pub async fn bytes(
    State(app): State<App>,
    by: SignedIn,
    Path((reference, file, size)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let (file, size) = (files::id(&file)?, Size::of(&size)?);
    let (_, found, renditions) = look(&app, &by, &reference, file).await?;
    if !held::may_be_shown(&found) {
        return Err(Failure::NotFound);
    }
    files::serve(&app, &found, &renditions, size).await
}

pub async fn hide(
    State(app): State<App>,
    by: SignedIn,
    Path((reference, file)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let file = files::id(&file)?;
    let (version, words, hide) = (version(&posted), posted.get("words").to_owned(), posted.get("hide") == "yes");
    run(app, by, reference, words.clone(), move |actor, tx, _, draw, reference| {
        held::hide(actor, tx, draw, On { reference, version }, file, hide, &words)?;
        Ok("saved")
    })
    .await
}

/// Blacks out parts of the picture that is shown.
pub async fn black(
    State(app): State<App>,
    by: SignedIn,
    Path((reference, file)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let file = files::id(&file)?;
    let (version, words) = (version(&posted), posted.get("words").to_owned());
    let back = format!("/staff/reports/{reference}/files/{file}");
    let (filed, found, renditions) = look(&app, &by, &reference, file).await?;
    if !filed.may_redact || !held::may_be_shown(&found) {
        return Err(Failure::NotFound);
    }
    let patches = match patches(&posted) {
        Ok(patches) => patches,
        Err(why) => return refused(&app, &by, why, words, back),
    };
    if words.trim().is_empty() {
        return refused(&app, &by, said(casework::Refusal::WordsNeeded), words, back);
    }
    let made = app.files.redact(&found, &renditions, &patches).await.map_err(|error| {
        tracing::error!(%error, "a picture cannot be blacked out");
        Failure::CannotKeep
    })?;
    let (from, patches) = (found.version, json!(patches));
    run(app, by, reference, words.clone(), move |actor, tx, _, draw, reference| {
        held::redact(actor, tx, draw, On { reference, version }, (file, from), (&patches, &made), &words)?;
        Ok("saved")
    })
    .await
}

/// Each is four numbers in thousandths of the picture's sides: `left,top,width,height`, one a field; or four fields in
/// per cent, for those without the script.
fn patches(posted: &Posted) -> Result<Vec<Patch>, &'static str> {
    const WHERE: &str = "Say which part to black out: how far from the left and the top it begins, and how wide and high it is, in per cent.";
    let mut patches = Vec::new();
    for drawn in posted.all("patch").into_iter().filter(|drawn| !drawn.trim().is_empty()) {
        let numbers: Option<Vec<u32>> = drawn.split(',').map(|number| number.trim().parse().ok()).collect();
        let Some([left, top, width, height]) = numbers.as_deref() else { return Err(WHERE) };
        patches.push(Patch { left: *left, top: *top, width: *width, height: *height });
    }
    let per_cent = |name: &str| posted.get(name).trim().parse::<u32>().ok().map(|number| number.saturating_mul(10));
    if patches.is_empty() {
        let (Some(left), Some(top), Some(width), Some(height)) =
            (per_cent("left"), per_cent("top"), per_cent("width"), per_cent("height"))
        else {
            return Err(WHERE);
        };
        patches.push(Patch { left, top, width, height });
    }
    let fits = |patch: &Patch| {
        patch.left < 1000 && patch.top < 1000 && (1..=1000).contains(&patch.width) && (1..=1000).contains(&patch.height)
    };
    if patches.len() <= MOST_PATCHES && patches.iter().all(fits) { Ok(patches) } else { Err(WHERE) }
}

#[derive(Template)]
#[template(path = "staff/add-file.html")]
pub struct AddPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub reference: String,
    pub version: i64,
    pub input: FileUpload,
    pub button: Button,
}

fn add_page(app: &App, by: &SignedIn, filed: &Filed, problems: &[String]) -> AddPage {
    let title = format!("Add a file to report {}", codes::show_reference(&filed.reference));
    AddPage {
        frame: Frame::staff(app, title, Some(by.desk(app, "queue"))).wrong(!problems.is_empty()).with_files(app, true),
        errors: ErrorSummary::new(problems.iter().map(|words| ("new", words.as_str()))),
        reference: filed.reference.clone(),
        version: filed.version,
        input: files::input(&files::any(), problems),
        button: Button::text("Add"),
    }
}

async fn filed(app: &App, by: &SignedIn, reference: &str) -> Result<Filed, Failure> {
    let reference = codes::read_reference(reference).ok_or(Failure::NotFound)?;
    let actor = by.actor.clone();
    let filed =
        app.db.look(&by.actor, app.draw().glance("work"), move |look| held::filed(&actor, look, &reference)).await?;
    if filed.may_add { Ok(filed) } else { Err(Failure::NotFound) }
}

pub async fn ask(State(app): State<App>, by: SignedIn, Path(reference): Path<String>) -> Result<Response, Failure> {
    let filed = filed(&app, &by, &reference).await?;
    html(&add_page(&app, &by, &filed, &[]), Caching::Never)
}

pub async fn add(
    State(app): State<App>,
    by: SignedIn,
    Path(reference): Path<String>,
    mut parts: Parts,
) -> Result<Response, Failure> {
    let filed = filed(&app, &by, &reference).await?;
    let wish = files::any();
    let (mut received, mut problems) = (Vec::new(), Vec::new());
    let (mut version, mut to_resident) = (-1, false);
    while let Some(part) = parts.next(wish.most_bytes).await? {
        let (name, arrived) = match part {
            Part::Text(name, value) => {
                match name.as_str() {
                    "version" => version = value.parse().unwrap_or(-1),
                    "to_resident" => to_resident = value == "yes",
                    _ => {}
                }
                continue;
            }
            Part::File { name, arrived, .. } => (name, arrived),
        };
        match files::receive(&app, &name, arrived, &wish).await? {
            Ok(file) => received.push(file),
            Err((_, words)) => problems.push(words),
        }
    }
    if received.is_empty() && problems.is_empty() {
        problems.push("Choose a photo or file first".to_owned());
    }
    let (actor, draw, on) = (by.actor.clone(), app.draw(), filed.reference.clone());
    let done = app
        .db
        .write(move |tx| {
            let mut draw = draw.clone();
            received.iter().try_for_each(|file| {
                held::add(&actor, tx, &mut draw, On { reference: &on, version }, file, to_resident)
            })
        })
        .await;
    let back = format!("/staff/reports/{}", filed.reference);
    match done {
        Ok(()) if problems.is_empty() => Ok(gone_to(&format!("{back}?done=saved"))),
        Ok(()) => html_with(StatusCode::UNPROCESSABLE_ENTITY, &add_page(&app, &by, &filed, &problems), Caching::Never),
        Err(Error::Refused(refusal)) => refused(&app, &by, said(refusal), String::new(), back),
        Err(other) => Err(other.into()),
    }
}
