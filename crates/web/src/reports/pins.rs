//! `/reports/pins`: what the map of `/reports` draws, by the same filters. Kinds, places and references alone.

use super::Asked;
use crate::{
    App,
    page::{
        Failure, gone_to,
        view::{metre, read},
    },
};
use axum::{
    Json,
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use casework::report::publication::{self, Seen};
use serde::Serialize;
use store::publication::Stand;

#[derive(Serialize)]
struct Drawn {
    total: usize,
    kinds: Vec<String>,
    /// Latitude, longitude, reference, which of the kinds, look: 0 open, 1 fixed, 2 closed.
    pins: Vec<(f64, f64, String, usize, u8)>,
    /// Latitude, longitude, how many.
    clusters: Vec<(f64, f64, i64)>,
}

pub async fn get(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let bounds = read(&asked.bounds).ok_or(Failure::Unreadable)?;
    let filter = asked.filter(&app);
    let seen = app.db.read(move |tx| publication::seen(tx, &filter, bounds)).await?;
    let mut drawn = Drawn { total: seen.total(), kinds: Vec::new(), pins: Vec::new(), clusters: Vec::new() };
    match &seen {
        Seen::Groups(groups) => {
            drawn.clusters = groups.iter().map(|group| (metre(group.lat), metre(group.lon), group.count)).collect();
        }
        Seen::Spots(spots) => {
            let mut services: Vec<&str> = Vec::new();
            for spot in spots {
                let kind = services.iter().position(|service| *service == spot.service).unwrap_or_else(|| {
                    services.push(&spot.service);
                    services.len() - 1
                });
                let look = match spot.stand {
                    Stand::Open => 0,
                    Stand::Fixed => 1,
                    Stand::Closed => 2,
                };
                drawn.pins.push((metre(spot.lat), metre(spot.lon), spot.reference.clone(), kind, look));
            }
            drawn.kinds = services.iter().map(|service| app.setting.service_name(service)).collect();
        }
    }
    let never = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((never, Json(drawn)).into_response())
}

/// From a pin to its report.
pub async fn one(State(app): State<App>, Path(reference): Path<String>) -> Result<Response, Failure> {
    let setting = app.setting.clone();
    let shown = app.db.read(move |tx| publication::one(tx, &setting, &reference)).await?;
    Ok(gone_to(&format!("/reports/{}", shown.listed.reference)))
}
