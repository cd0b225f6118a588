//! Things that stand near the place that was given, on the page that asks for the number of one (C-4, C-6): a list to choose from,
//! the nearest first. Its number may always be typed, and that it is not listed be said.

use super::journey::Journey;
use crate::{
    App,
    page::{Failure, Map},
};
use casework::asset::{self, Near};
use catalogue::{Face, OptionFace, Question};

pub struct Assets {
    question: String,
    near: Vec<Near>,
    /// Latitude and longitude of the place.
    here: (f64, f64),
}

/// A map of the list, for those whom it helps.
pub struct Chooser {
    pub(super) name: String,
    pub(super) here: String,
    pub(super) points: String,
    pub(super) map: Map,
}

/// Nothing for every other question, without a point, and where the agency has no map of them.
pub async fn assets(app: &App, journey: &Journey, question: &Question) -> Result<Option<Assets>, Failure> {
    let service = &journey.service;
    let Some(rule) = service.asset.clone().filter(|rule| rule.question == question.id) else { return Ok(None) };
    let Some(point) = rule.point(service, &journey.answers) else { return Ok(None) };
    let Some(agency) = app.setting.receivers(&journey.walk()).agencies.into_iter().next() else { return Ok(None) };
    let (setting, id) = (app.setting.clone(), question.id.clone());
    let most = usize::try_from(rule.most).unwrap_or_default();
    let near = app
        .db
        .read(move |tx| asset::near(tx, &setting, (&agency, &rule.layer), point, (rule.within as f64, most)))
        .await?;
    Ok((!near.is_empty()).then_some(Assets { question: id, near, here: point }))
}

impl Assets {
    fn name(&self) -> String {
        format!("{}.pick", self.question)
    }

    /// In the order of the list.
    pub fn chooser(&self, map: Map) -> Chooser {
        let pair = |(lat, lon): (f64, f64)| format!("{lat:.5},{lon:.5}");
        let points: Vec<String> = self.near.iter().map(|near| pair((near.asset.lat, near.asset.lon))).collect();
        Chooser { name: self.name(), here: pair(self.here), points: points.join(" "), map }
    }

    /// The list before the field; the field is for what is not listed.
    pub fn mark(&self, face: &mut Face) {
        let Face::Text(text) = face else { return };
        let given = text.field.value.trim().to_owned();
        let name = self.name();
        let option = |value: &str, label: String, hint: Option<String>, checked: bool| OptionFace {
            name: name.clone(),
            value: value.to_owned(),
            label,
            hint,
            checked,
            alone: value.is_empty(),
            closed: false,
        };
        let is_listed = self.near.iter().any(|near| near.asset.code == given);
        text.pick = self
            .near
            .iter()
            .map(|near| option(&near.asset.code, label(near), Some(away(near)), near.asset.code == given))
            .collect();
        text.pick.push(option("", "It is not listed".to_owned(), None, !is_listed && !given.is_empty()));
        text.field.label = "If it is not listed: the number on it, if you can see it".to_owned();
        if is_listed {
            text.field.value.clear();
        }
    }
}

/// `Lamp post NS 214`.
fn label(near: &Near) -> String {
    let mut letters = near.asset.kind.chars();
    let kind: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    format!("{kind} {}", near.asset.number).trim().to_owned()
}

/// As exactly as somebody put the place: to five metres.
fn away(near: &Near) -> String {
    let metres = ((near.metres / 5.0).round() as i64 * 5).max(5);
    format!("About {metres} metres away, to the {}", near.wind)
}
