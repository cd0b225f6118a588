//! What the page of a team says. All of it is plain text, paragraphs with an empty line between them; nothing of it is
//! ever read as HTML.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// The most of each list.
pub const MOST: usize = 30;
/// The most characters of a long text, and of a short one.
pub const LONG: usize = 4_000;
pub const SHORT: usize = 200;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Body {
    pub about: String,
    pub officers: Vec<Officer>,
    pub priorities: Vec<Priority>,
    pub events: Vec<Event>,
    pub ways: Vec<Way>,
    /// Outer rings, each corner latitude then longitude.
    pub boundary: Vec<Vec<(f64, f64)>>,
}

/// In their public role; the names are published so that people know whom to ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Officer {
    pub name: String,
    pub rank: String,
    pub bio: String,
    /// Where a photo lies. It is kept and not loaded: no page loads anything from elsewhere.
    pub photo: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Priority {
    pub issue: String,
    pub issued: Option<Date>,
    /// What was done.
    pub action: String,
    pub acted: Option<Date>,
}

/// A meeting. Times are those on the clock of the place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    pub title: String,
    #[serde(default)]
    pub about: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default, rename = "where")]
    pub place: String,
    pub starts: DateTime,
    #[serde(default)]
    pub ends: Option<DateTime>,
    /// People may ask for a time of so many minutes; none where they just come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
}

/// A way to reach the team besides a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Way {
    pub name: String,
    pub about: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// Begins with `https://`.
    pub web: Option<String>,
}

impl Event {
    /// Names it in addresses: when it starts and what it is called.
    pub fn key(&self) -> String {
        let mut slug = String::new();
        for c in self.title.to_lowercase().chars().take(60) {
            match c {
                'a'..='z' | '0'..='9' => slug.push(c),
                _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
                _ => {}
            }
        }
        format!("{}-{}", self.starts.strftime("%Y%m%d-%H%M"), slug.trim_end_matches('-'))
    }

    /// When it is over at the latest: two hours after it began where nobody said.
    pub fn over(&self) -> DateTime {
        let usual = || self.starts.checked_add(jiff::ToSpan::hours(2)).unwrap_or(self.starts);
        self.ends.filter(|ends| *ends > self.starts).unwrap_or_else(usual)
    }
}

impl Body {
    /// Meetings that are not over, the next first.
    pub fn coming(&self, now: DateTime) -> Vec<&Event> {
        let mut coming: Vec<&Event> = self.events.iter().filter(|event| event.over() > now).collect();
        coming.sort_by(|a, b| (a.starts, &a.title).cmp(&(b.starts, &b.title)));
        coming
    }

    /// The outline as GeoJSON text; none where there is none.
    pub fn geometry(&self) -> Option<String> {
        let ring = |ring: &Vec<(f64, f64)>| {
            let mut corners: Vec<[f64; 2]> = ring.iter().map(|(lat, lon)| [*lon, *lat]).collect();
            if corners.first() != corners.last() {
                corners.extend(corners.first().copied());
            }
            vec![corners]
        };
        let polygons: Vec<_> = self.boundary.iter().filter(|ring| !ring.is_empty()).map(ring).collect();
        let json = serde_json::json!({ "type": "MultiPolygon", "coordinates": polygons });
        (!polygons.is_empty()).then(|| json.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(title: &str, starts: &str, ends: Option<&str>) -> Event {
        Event {
            title: title.into(),
            about: String::new(),
            kind: String::new(),
            place: String::new(),
            starts: starts.parse().unwrap(),
            ends: ends.map(|ends| ends.parse().unwrap()),
            minutes: None,
        }
    }

    #[test]
    fn a_meeting_is_coming_until_it_is_over() {
        let body = Body {
            events: vec![
                event("Late", "2026-12-03T18:00", None),
                event("Early", "2026-12-01T10:00", Some("2026-12-01T11:00")),
            ],
            ..Body::default()
        };
        let titles = |now: &str| -> Vec<&str> {
            body.coming(now.parse().unwrap()).into_iter().map(|event| event.title.as_str()).collect()
        };
        assert_eq!(titles("2026-12-01T10:59"), ["Early", "Late"]);
        assert_eq!(titles("2026-12-01T11:00"), ["Late"]);
        assert_eq!(titles("2026-12-03T19:59"), ["Late"]);
        assert!(titles("2026-12-03T20:00").is_empty());
    }

    #[test]
    fn the_key_of_a_meeting_is_fit_for_an_address() {
        assert_eq!(event("Café & beat surgery!", "2026-12-03T18:00", None).key(), "20261203-1800-caf-beat-surgery");
        assert_eq!(event("…", "2026-12-03T18:00", None).key(), "20261203-1800-");
    }

    #[test]
    fn a_field_nobody_knows_is_refused() {
        assert!(serde_json::from_str::<Body>(r#"{"abuot":"x"}"#).is_err());
        assert!(serde_json::from_str::<Body>(r#"{"officers":[{"nmae":"x"}]}"#).is_err());
        assert_eq!(serde_json::from_str::<Body>("{}").unwrap(), Body::default());
    }
}
