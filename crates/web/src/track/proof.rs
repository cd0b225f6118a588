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

/// The report is not sealed yet.
#[derive(Template)]
#[template(path = "track/proof.html")]
pub struct ProofPage {
    pub frame: Frame,
    pub reference: String,
}

pub async fn get(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    let proof = app.ledger.proof(&visiting.actor, visiting.head.id).await.map_err(|error| match error {
        custody::Error::Store(error) => error.into(),
        other => {
            tracing::error!(error = %other, "no proof can be given");
            Failure::Broken
        }
    })?;
    let Some(proof) = proof else {
        let leave = format!("{}/leave", visit::path(&visiting.head.reference));
        let frame = Frame::citizen(&app, "Your proof is not ready yet").exit(leave, visiting.head.sensitive);
        let page = ProofPage { frame, reference: visiting.head.reference };
        let mut response = html_with(StatusCode::ACCEPTED, &page, Caching::Never)?;
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
        return Ok(response);
    };
    let mut response = proof.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    // Shown, not saved: a file that stays on the device is for the reporter to decide. Its name says nothing of the matter.
    let name = HeaderValue::from_static("inline; filename=\"proof.tlog-proof\"");
    headers.insert(header::CONTENT_DISPOSITION, name);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
