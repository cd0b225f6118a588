//! `/reports/{reference}`: one report as everybody reads it, and "me too" (C-39, C-47).

use super::stands;
use crate::{
    App,
    govuk::Button,
    page::{
        Caching, Failure, Frame,
        address::escaped,
        cookie,
        files::{self, Size},
        gone_to, html,
        origin::Origin,
        view::{around, written},
        when,
    },
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
};
use casework::{
    codes,
    report::{
        publication::{self, Counted, Shown},
        remark::Takes,
    },
};
use store::Time;

/// Tells browsers apart, for as long as they are open, so that each counts once.
const COOKIE: &str = "me";

#[derive(Template)]
#[template(path = "reports/one.html")]
pub struct OnePage {
    pub frame: Frame,
    pub shown: Shown,
    pub reference: String,
    pub url: String,
    /// Opens a mail that holds the address of this page.
    pub share: String,
    pub done: &'static str,
    /// They said that they see it too: they may add to that.
    pub counted: bool,
    pub now: Time,
    /// Who may say how it is now.
    pub takes: Takes,
    pub me_too: Button,
    pub another: Button,
    /// Where it stands on the map, with what lies around it.
    pub on_map: Option<String>,
}

impl OnePage {
    fn stands(&self) -> &'static str {
        stands(self.shown.listed.stand)
    }

    fn is_open(&self) -> bool {
        self.shown.listed.stand == store::publication::Stand::Open
    }

    fn when(&self, at: &Time) -> String {
        when::moment(*at)
    }

    /// Why there is no adding to it; empty where everybody may.
    fn closed(&self) -> &'static str {
        match self.takes {
            Takes::Everybody => "",
            Takes::Reporter => "Only the person who reported it can add an update.",
            Takes::Nobody => "We take no updates about this kind of report here.",
            Takes::Over => "It was closed some time ago, and updates are closed too. Is it back? Report it again.",
        }
    }

    fn takes_any(&self) -> bool {
        matches!(self.takes, Takes::Everybody | Takes::Reporter)
    }

    fn persons(&self, n: &i64) -> String {
        if *n == 1 { "One person says".to_owned() } else { format!("{n} people say") }
    }

    /// How long after it was reported.
    fn after(&self, at: &Time) -> String {
        match (at.micros() - self.shown.listed.received_at.micros()) / 60_000_000 {
            ..=0 => "less than a minute after".to_owned(),
            1 => "a minute after".to_owned(),
            n @ 2..=119 => format!("{n} minutes after"),
            n => format!("{} hours after", n / 60),
        }
    }

    /// What its agency aims at, as it was promised, also when it has passed.
    fn aim(&self, due: &Time) -> String {
        let day = when::by(*due);
        if *due < self.now {
            format!("The work was due by {day}. It is late.")
        } else {
            format!("The work is due by {day}.")
        }
    }

    fn people(&self) -> String {
        match self.shown.listed.me_too {
            0 => "Nobody else has said so yet.".to_owned(),
            1 => "One other person has said so.".to_owned(),
            n => format!("{n} other people have said so."),
        }
    }
}

fn has_photos(shown: &Shown) -> bool {
    let said = shown.voices.iter().flat_map(|voices| &voices.said);
    !shown.photos.is_empty() || said.into_iter().any(|one| !one.photos.is_empty())
}

fn read(typed: &str) -> Result<String, Failure> {
    codes::read_reference(typed).ok_or(Failure::NotFound)
}

pub async fn get(
    State(app): State<App>,
    Path(reference): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let reference = read(&reference)?;
    let setting = app.setting.clone();
    let shown = app.db.read(move |tx| publication::one(tx, &setting, &reference)).await?;
    let asked = pairs.iter().find(|(name, _)| name == "done").map(|(_, value)| value.as_str());
    let done = match asked {
        Some("counted") => "Thank you. We have counted you.",
        Some("before") => "You have told us before. We count each person once.",
        Some("said") => "Thank you. We have counted what you say.",
        Some("waits") => "Thank you. A person reads it before others can.",
        Some("closed") => "You cannot add an update to this report.",
        Some("objected") => "Thank you. A person looks at it.",
        Some("photos") => "Thank you. A person looks at what you sent before others can see it.",
        Some("often") => "That was too often from your network. Try again in an hour.",
        _ => "",
    };
    let reference = codes::show_reference(&shown.listed.reference);
    let url = format!("{}/reports/{}", app.setting.public_url, shown.listed.reference);
    html(
        &OnePage {
            frame: Frame::citizen(&app, format!("{}, {}", shown.listed.title, shown.listed.place))
                .with_files(&app, has_photos(&shown)),
            share: format!("mailto:?subject={}&body={}", escaped(&format!("Report {reference}")), escaped(&url)),
            url,
            me_too: Button::text("I have this problem too").secondary(),
            another: Button::link("Report something else", "/report").secondary(),
            on_map: shown.listed.point.and_then(|(lat, lon)| {
                let here = around(places::Point::new(lat, lon)?, "0.5");
                Some(format!("/reports?box={}", written(here)))
            }),
            takes: shown.voices.as_ref().map_or(Takes::Nobody, |voices| voices.door.takes(app.now())),
            counted: matches!(asked, Some("counted" | "before")),
            now: app.now(),
            done,
            reference,
            shown,
        },
        if done.is_empty() { Caching::Fresh } else { Caching::Never },
    )
}

/// A photo of it, small or large.
pub async fn photo(
    State(app): State<App>,
    Path((reference, file, size)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let (reference, file) = (read(&reference)?, files::id(&file)?);
    let size = Size::of(&size)?;
    if size == Size::Original {
        return Err(Failure::NotFound);
    }
    let (found, renditions) = app.db.read(move |tx| publication::photo(tx, &reference, file)).await?;
    files::serve(&app, &found, &renditions, size).await
}

pub async fn me_too(
    State(app): State<App>,
    Origin(origin): Origin,
    headers: HeaderMap,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let reference = read(&reference)?;
    let known = cookie::read(&headers, COOKIE);
    let token = known.clone().unwrap_or_else(|| codes::show_token(&app.draw().bytes()));
    let (setting, draw, at, who) = (app.setting.clone(), app.draw(), reference.clone(), token.clone());
    let job = move |tx: &mut store::Tx| publication::me_too(tx, &setting, &draw, &at, (&who, &origin));
    let done = match app.db.write(job).await? {
        Counted::Now => "counted",
        Counted::Before => "before",
        Counted::TooOften => "often",
    };
    let mut response = gone_to(&format!("/reports/{reference}?done={done}"));
    if known.is_none() {
        cookie::set(&app, response.headers_mut(), COOKIE, &token, "/reports");
    }
    Ok(response)
}
