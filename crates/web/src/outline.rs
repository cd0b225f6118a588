//! `/places/outline`: the house's own geography as GeoJSON, for the pin picker where no base map was imported.

use crate::{App, page::Failure};
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use casework::{Geography, geography::outline::Outline};
use data_encoding::HEXLOWER;
use places::Area;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// Boundaries change a few times a year; whoever has the file asks again after an hour, by its tag.
const FOR_AN_HOUR: &str = "public, max-age=3600";

/// The outline of the places in force as it was written last. Simplifying takes some ten milliseconds: once is enough.
#[derive(Default)]
pub struct Drawn(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    of: Weak<Geography>,
    written: Option<Arc<Written>>,
}

struct Written {
    body: Bytes,
    tag: HeaderValue,
}

pub async fn get(State(app): State<App>, headers: HeaderMap) -> Result<Response, Failure> {
    let written = app.outline.of(&app.setting.geography()).ok_or(Failure::NotFound)?;
    let known = headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).unwrap_or_default();
    let is_known = known.split(',').any(|tag| tag.trim().trim_start_matches("W/").as_bytes() == written.tag.as_bytes());
    let mut response = match is_known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => ([(header::CONTENT_TYPE, HeaderValue::from_static("application/geo+json"))], written.body.clone())
            .into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(FOR_AN_HOUR));
    headers.insert(header::ETAG, written.tag.clone());
    Ok(response)
}

impl Drawn {
    fn of(&self, geography: &Arc<Geography>) -> Option<Arc<Written>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The weak pointer keeps its address from being given to other places.
        if !std::ptr::eq(kept.of.as_ptr(), Arc::as_ptr(geography)) {
            let written = geography.outline().and_then(|outline| write(&outline)).map(Arc::new);
            *kept = Kept { of: Arc::downgrade(geography), written };
        }
        kept.written.clone()
    }
}

fn write(outline: &Outline) -> Option<Written> {
    let mut features = Vec::new();
    for (areas, part) in [(&outline.land, "land"), (&outline.areas, "area")] {
        for area in areas {
            features.push(shape(area, part)?);
        }
    }
    features.extend(outline.names.iter().map(|one| {
        let degrees = |figure: f64| (figure * 1e4).round() / 1e4;
        json!({
            "type": "Feature",
            "properties": { "part": "name", "name": one.name, "kind": one.kind },
            "geometry": { "type": "Point", "coordinates": [degrees(one.point.lon), degrees(one.point.lat)] },
        })
    }));
    let sets = outline.sets.iter();
    let sets: Vec<Json> =
        sets.map(|set| json!({ "name": set.name, "dated": set.dated, "attribution": set.attribution })).collect();
    let body = json!({
        "type": "FeatureCollection",
        "metres": outline.metres.ceil(),
        "rough": outline.sets.iter().any(|set| set.demonstration),
        "sets": sets,
        "features": features,
    });
    let body = serde_json::to_vec(&body).ok()?;
    let tag = format!("\"{}\"", HEXLOWER.encode(&Sha256::digest(&body)[..10]));
    Some(Written { body: body.into(), tag: HeaderValue::from_str(&tag).ok()? })
}

fn shape(area: &Area, part: &str) -> Option<Json> {
    let geometry: Json = serde_json::from_str(&area.geometry()).ok()?;
    Some(json!({ "type": "Feature", "properties": { "part": part, "name": area.name }, "geometry": geometry }))
}
