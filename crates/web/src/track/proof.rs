//! `/track/{reference}/proof`: what the reporter can keep and show to anybody, whatever becomes of us.

use super::visit::{self, Visiting};
use crate::{
    App,
    page::{Caching, Failure, Frame, html_with},
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// What the proof says and how to keep it; or, for a moment after the report came in, that there is none yet.
#[derive(Template)]
#[template(path = "track/proof.html")]
pub struct ProofPage {
    pub frame: Frame,
    pub reference: String,
    pub text: Option<String>,
    /// Others may use the device, and this report is nothing for them to find.
    pub sensitive: bool,
}

pub async fn get(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    let text = proof(&app, &visiting).await?;
    let leave = format!("{}/leave", visit::path(&visiting.head.reference));
    let title = if text.is_some() { "Proof that we have your report" } else { "Your proof is not ready yet" };
    let status = if text.is_some() { StatusCode::OK } else { StatusCode::ACCEPTED };
    let sensitive = visiting.head.sensitive;
    let frame = Frame::citizen(&app, title).exit(leave, sensitive);
    let page = ProofPage { frame, reference: visiting.head.reference, text, sensitive };
    let mut response = html_with(status, &page, Caching::Never)?;
    if status == StatusCode::ACCEPTED {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    Ok(response)
}

/// The proof as a file, whose name says nothing of the matter.
pub async fn file(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    let text = proof(&app, &visiting).await?.ok_or(Failure::NotFound)?;
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    let name = HeaderValue::from_static("attachment; filename=\"proof.tlog-proof\"");
    headers.insert(header::CONTENT_DISPOSITION, name);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn proof(app: &App, visiting: &Visiting) -> Result<Option<String>, Failure> {
    app.ledger.proof(&visiting.actor, visiting.head.id).await.map_err(|error| match error {
        custody::Error::Store(error) => error.into(),
        other => {
            tracing::error!(error = %other, "no proof can be given");
            Failure::Broken
        }
    })
}
