//! `/places/near`: words for a point, read back to whoever sets a pin.

use crate::{App, page::Failure};
use axum::{
    Json,
    extract::{Query, State},
    response::IntoResponse,
};
use catalogue::Finder;
use serde_json::json;

pub async fn get(
    State(app): State<App>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<impl IntoResponse, Failure> {
    let degrees = |name: &str, most: f64| {
        let typed = asked.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())?;
        typed.parse::<f64>().ok().filter(|degrees| degrees.is_finite() && degrees.abs() <= most)
    };
    let (Some(lat), Some(lon)) = (degrees("lat", 90.0), degrees("lon", 180.0)) else { return Err(Failure::Unreadable) };
    let words = app.setting.geography().describe(lat, lon).unwrap_or_default();
    Ok(Json(json!({ "words": after_near(&words) })))
}

/// The picker says "near" itself: "near Milton Road" is "Milton Road", "about 3 miles from Yatton" "Yatton, about 3
/// miles away".
fn after_near(words: &str) -> String {
    if let Some(name) = words.strip_prefix("near ") {
        return name.to_owned();
    }
    match words.split_once(" from ") {
        Some((far, name)) => format!("{name}, {far} away"),
        None => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_follow_near() {
        assert_eq!(after_near("near Milton Road"), "Milton Road");
        assert_eq!(after_near("about 3 miles from Yatton"), "Yatton, about 3 miles away");
        assert_eq!(after_near(""), "");
    }
}
