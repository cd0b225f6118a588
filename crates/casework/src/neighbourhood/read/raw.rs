//! The shapes in which data.police.uk gives teams.

use serde::Deserialize;

/// As data.police.uk names it. What we do not show is not read.
#[derive(Deserialize)]
pub(super) struct Raw {
    pub(super) id: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) description: Option<String>,
    #[serde(default)]
    pub(super) contact_details: Contact,
    #[serde(default)]
    pub(super) locations: Vec<Location>,
    #[serde(default)]
    pub(super) people: Vec<RawPerson>,
    #[serde(default)]
    pub(super) events: Vec<RawEvent>,
    #[serde(default)]
    pub(super) priorities: Vec<RawPriority>,
    #[serde(default)]
    pub(super) boundary: Vec<Corner>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Contact {
    pub(super) email: Option<String>,
    pub(super) telephone: Option<String>,
    pub(super) mobile: Option<String>,
    pub(super) web: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Location {
    pub(super) name: Option<String>,
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    pub(super) description: Option<String>,
    pub(super) address: Option<String>,
    pub(super) postcode: Option<String>,
    pub(super) telephone: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RawPerson {
    pub(super) name: String,
    #[serde(default)]
    pub(super) rank: Option<String>,
    #[serde(default)]
    pub(super) bio: Option<String>,
    #[serde(default)]
    pub(super) photo: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RawEvent {
    #[serde(default)]
    pub(super) title: Option<String>,
    #[serde(default)]
    pub(super) description: Option<String>,
    #[serde(default, rename = "type")]
    pub(super) kind: Option<String>,
    #[serde(default)]
    pub(super) address: Option<String>,
    pub(super) start_date: String,
    #[serde(default)]
    pub(super) end_date: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RawPriority {
    pub(super) issue: String,
    #[serde(default, rename = "issue-date")]
    pub(super) issue_date: Option<String>,
    #[serde(default)]
    pub(super) action: Option<String>,
    #[serde(default, rename = "action-date")]
    pub(super) action_date: Option<String>,
}

/// Degrees come as text from the site, and as numbers from others.
#[derive(Deserialize)]
pub(super) struct Corner {
    pub(super) latitude: Degrees,
    pub(super) longitude: Degrees,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Degrees {
    Number(f64),
    Text(String),
}

impl Degrees {
    pub(super) fn read(&self) -> Option<f64> {
        match self {
            Degrees::Number(number) => Some(*number),
            Degrees::Text(text) => text.trim().parse().ok(),
        }
    }
}
