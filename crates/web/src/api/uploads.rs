//! `POST /api/v1/uploads`: a photo or other file, to be named in a report. Its id is its only key; unused, it is forgotten
//! after a day.

use super::{
    body::{Body, short},
    reply,
};
use crate::{
    App,
    page::{Caching, Failure, Problem, files, origin::Origin, problem::Wrong},
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use casework::{
    codes,
    report::{
        files::{self as held, Holder},
        room::Room,
    },
};
use catalogue::{Question, Service};
use http_body_util::BodyExt;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use store::held::Held;
use uuid::Uuid;

/// Letters of a name.
const MOST_NAME: usize = 200;
/// Uploads that one report may name.
const MOST_NAMED: usize = 60;

pub async fn post(
    State(app): State<App>,
    origin: Origin,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    let wish = files::any();
    let name = name(&headers)?;
    // Before any of it is read.
    match files::room(&app, &origin).await? {
        Room::Left => {}
        Room::NotForOrigin => return Err(Failure::TooMany.into()),
        Room::NotInTheHouse => return Err(Failure::CannotKeep.into()),
    }
    let mut arriving = app.files.arriving(wish.most_bytes);
    let mut body = request.into_body();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Failure::TooLarge)?;
        arriving.write(frame.data_ref().map_or(&[][..], |piece| piece)).map_err(|error| files::lost(&error))?;
        if !arriving.fits() {
            return Err(Failure::TooLarge.into());
        }
    }
    let file = files::receive_from(&app, &origin, name, arriving, &wish).await?;
    let file = file.map_err(|(code, words)| Problem::wrong(vec![Wrong::field("", code, words)]))?;
    let mut draw = app.draw();
    let token = codes::show_token(&draw.bytes());
    let given = json!({
        "id": token,
        "media": file.0.media,
        "size": file.0.size,
        "sha256": data_encoding::HEXLOWER.encode(&file.0.sha256),
        "expires": reply::instant(draw.now().plus_seconds(held::WAITS_SECONDS)),
    });
    app.db.write(move |tx| held::hold_alone(tx, &draw, &token, &file)).await?;
    Ok(reply::json(StatusCode::CREATED, &given, Caching::Never))
}

/// What the file is called: as headers are written, in visible ASCII.
fn name(headers: &HeaderMap) -> Result<&str, Problem> {
    let Some(name) = headers.get("file-name") else { return Ok("file") };
    let plain = |name: &&str| name.len() <= MOST_NAME && name.bytes().all(|b| b == b' ' || b.is_ascii_graphic());
    name.to_str().ok().filter(plain).ok_or_else(|| {
        let words = format!("Name the file in at most {MOST_NAME} visible letters of ASCII, or leave the header out");
        Problem::wrong(vec![Wrong::field("File-Name", "file.name", words)])
    })
}

/// The uploads that a report names, put in the place of their ids: `files` to the first question that takes each, and
/// those in the answers where they stand.
pub async fn named(app: &App, body: Body) -> Result<(Body, Holder, Vec<Wrong>), Problem> {
    let service =
        body.0.get("service").and_then(Json::as_str).and_then(|id| app.setting.catalogue.service(id)).cloned();
    let Some(service) = service else { return Ok((body, Holder::Nobody, Vec::new())) };
    let mut naming = Naming { app, service: &service, tokens: BTreeMap::new(), errors: Vec::new() };
    let mut map = body.0;
    let mut answers = match map.remove("answers") {
        Some(Json::Object(answers)) => answers,
        other => {
            map.extend(other.map(|other| ("answers".to_owned(), other)));
            return Ok((Body(map), Holder::Nobody, Vec::new()));
        }
    };
    for question in service.questions.iter().filter(|question| files::wish(question).is_some()) {
        if let Some(Json::Array(ids)) = answers.get_mut(&question.id) {
            for id in ids {
                naming.put(question, id).await?;
            }
        }
    }
    match map.remove("files") {
        None => {}
        Some(Json::Array(ids)) => naming.spread(&mut answers, ids).await?,
        Some(_) => naming.errors.push(Wrong::field("files", "json.shape", "This must be a list of texts")),
    }
    let (tokens, errors) = (naming.tokens, naming.errors);
    map.insert("answers".to_owned(), Json::Object(answers));
    Ok((Body(map), Holder::Each(tokens), errors))
}

struct Naming<'a> {
    app: &'a App,
    service: &'a Service,
    tokens: BTreeMap<Uuid, String>,
    errors: Vec<Wrong>,
}

impl Naming<'_> {
    async fn find(&mut self, id: &Json) -> Result<Option<Held>, Problem> {
        let Some(token) = id.as_str().filter(|_| self.tokens.len() < MOST_NAMED) else { return Ok(None) };
        let token = token.to_owned();
        let look_up = token.clone();
        let found = self.app.db.read(move |tx| held::waiting(tx, &look_up)).await?.pop();
        if let Some(found) = &found {
            self.tokens.insert(found.id, token);
        }
        Ok(found)
    }

    /// One that is not there, or is not what the question takes, is named.
    async fn put(&mut self, question: &Question, id: &mut Json) -> Result<(), Problem> {
        match self.find(id).await? {
            Some(found) if takes(question, &found) => *id = json!(found.id),
            Some(_) => {
                self.wrong(&question.id, "file.sort", "This question does not take a file of this type or size");
            }
            None => self.gone(&question.id, id),
        }
        Ok(())
    }

    fn gone(&mut self, field: &str, id: &Json) {
        let words = format!("There is no upload “{}” any more. Send it again", short(id.as_str().unwrap_or_default()));
        self.wrong(field, "file.gone", &words);
    }

    async fn spread(&mut self, answers: &mut Map<String, Json>, ids: Vec<Json>) -> Result<(), Problem> {
        for id in ids {
            let Some(found) = self.find(&id).await? else {
                self.gone("files", &id);
                continue;
            };
            let Some(question) = self.service.questions.iter().find(|question| takes(question, &found)) else {
                self.wrong("files", "file.sort", "No question of this service takes a file of this type or size");
                continue;
            };
            match answers.entry(question.id.clone()).or_insert(Json::Null) {
                Json::Array(list) => list.push(json!(found.id)),
                // Passed over, or not spoken of.
                empty => *empty = json!([found.id]),
            }
        }
        Ok(())
    }

    fn wrong(&mut self, field: &str, code: &str, words: &str) {
        self.errors.push(Wrong::field(field, code, words.to_owned()));
    }
}

fn takes(question: &Question, found: &Held) -> bool {
    files::wish(question).is_some_and(|wish| wish.takes(&found.media, found.size))
}
