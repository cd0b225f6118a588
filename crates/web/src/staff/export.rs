//! `/staff/export/…`: the list, and what was told of it, as tables to take away (C-73). They are written as they are read: a piece
//! at a time, each released once its entry in the journal is kept.

use super::{
    queue::{Asked, filter},
    session::SignedIn,
};
use crate::{
    App,
    page::{Failure, csv, when::stamp},
};
use axum::{
    body::{Body, Bytes},
    extract::{Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use casework::report::sheet::{self, Form, Piece};
use http_body_util::channel::Channel;
use rights::Actor;
use store::{queue::Filter, sheet::After};

/// Pieces that may be ready before somebody takes them.
const AHEAD: usize = 2;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Reports,
    Updates,
}

/// One table, as far as all its pieces have in common.
#[derive(Clone)]
struct Table {
    app: App,
    actor: Actor,
    of: Of,
    filter: Filter,
    questions: Vec<String>,
    form: Form,
}

impl Table {
    fn head(&self) -> String {
        match self.of {
            Of::Updates => csv::row(sheet::OF_UPDATES),
            Of::Reports => {
                let answers = self.questions.iter().map(String::as_str);
                csv::row(sheet::OF_REPORTS.into_iter().chain(answers).chain(["other_answers"]))
            }
        }
    }

    async fn piece(&self, after: Option<After>) -> Result<Piece, Failure> {
        let (table, setting) = (self.clone(), self.app.setting.clone());
        let job = move |look: &mut store::Look| match table.of {
            Of::Reports => {
                let asked = (&table.filter, table.questions.as_slice(), &table.form);
                sheet::reports(&table.actor, look, &setting, asked, after.as_ref())
            }
            Of::Updates => sheet::updates(&table.actor, look, &setting, (&table.filter, &table.form), after.as_ref()),
        };
        Ok(self.app.db.look(&self.actor, self.app.draw().glance("export"), job).await?)
    }
}

fn lines(piece: &Piece) -> String {
    piece.rows.iter().map(csv::row).collect()
}

pub async fn reports(
    State(app): State<App>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    table(app, &signed_in, &asked, Of::Reports, "attachment; filename=\"reports.csv\"").await
}

pub async fn updates(
    State(app): State<App>,
    signed_in: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    table(app, &signed_in, &asked, Of::Updates, "attachment; filename=\"updates.csv\"").await
}

async fn table(app: App, signed_in: &SignedIn, asked: &Asked, of: Of, name: &'static str) -> Result<Response, Failure> {
    sheet::may(&signed_in.actor)?;
    let filter = filter(&app, signed_in, asked, app.now());
    let table = Table {
        questions: sheet::questions(&signed_in.actor, &app.setting, &filter),
        actor: signed_in.actor.clone(),
        form: Form { house: app.setting.public_url.clone(), moment: stamp },
        filter,
        of,
        app,
    };
    // What fails before the first piece is a page that says so.
    let first = table.piece(None).await?;
    let begun = table.head() + &lines(&first);
    let (mut sender, body) = Channel::<Bytes, std::io::Error>::new(AHEAD);
    tokio::spawn(async move {
        let (mut text, mut next) = (begun, first.next);
        loop {
            // Nobody reads it any more: no more is looked at.
            if sender.send_data(Bytes::from(text)).await.is_err() {
                return;
            }
            let Some(after) = next else { return };
            match table.piece(Some(after)).await {
                Ok(piece) => (text, next) = (lines(&piece), piece.next),
                // The connection breaks off: half a table must not look like a whole one.
                Err(_) => return sender.abort(std::io::Error::other("the table could not be read to its end")),
            }
        }
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static(name)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, Body::new(body)).into_response())
}
