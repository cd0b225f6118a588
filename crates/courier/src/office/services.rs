//! The services it offers, hourly: a vanished one is flagged, a changed definition is a new version (C-93).

use super::{
    BackOffice, Offices,
    talk::{Failed, ending},
};
use crate::courier::HOUSE;
use catalogue::Office;
use serde_json::Value as Json;
use store::outside::{self, Service};

const EVERY_SECONDS: i64 = 60 * 60;

impl Offices {
    pub(super) async fn ask_services(&self, agency: &str) -> Result<(), casework::Error> {
        let setting = self.setting.clone();
        let Some((line, said)) = self.lines.get(agency).zip(setting.office(agency)) else { return Ok(()) };
        self.turn(agency, "services", EVERY_SECONDS, |_| self.services(agency, line, said)).await.map(drop)
    }

    async fn services(&self, agency: &str, line: &BackOffice, said: &Office) -> Result<(), Failed> {
        let ending = ending(said.format);
        let jurisdiction: Vec<_> =
            said.jurisdiction.iter().map(|id| ("jurisdiction_id".to_owned(), id.clone())).collect();
        let (node, _) = self.get(line, &[&format!("services.{ending}")], &jurisdiction).await?;
        let no_list = |_| Failed::Down("its answer is no list".to_owned());
        let mut found: Vec<(String, String, Json)> = Vec::new();
        for one in node.list(&["services"], "service_code").map_err(no_list)? {
            let Some(code) = one.field("service_code") else { continue };
            // What goes there is of use to staff, and no more.
            if !said.codes.iter().any(|row| row.code == code) {
                continue;
            }
            let mut definition = Json::Null;
            if one.field("metadata").is_some_and(|metadata| matches!(metadata, "true" | "1")) {
                let path = format!("{code}.{ending}");
                definition = self.get(line, &["services", &path], &jurisdiction).await?.0.json();
            }
            found.push((code.to_owned(), one.field("service_name").unwrap_or(code).to_owned(), definition));
        }
        let (whose, now) = (agency.to_owned(), self.clock.now());
        let write = move |tx: &mut store::Tx| {
            let known = outside::services(tx, &whose)?;
            for (code, name, definition) in &found {
                // Bound as an object: a bare value has no place in a column of JSON.
                let definition = serde_json::json!({ "definition": definition });
                let before = known.iter().find(|service| service.code == *code);
                let version = match before {
                    Some(service) if service.definition == definition => service.version,
                    Some(service) => service.version + 1,
                    None => 1,
                };
                let (code, name) = (code.clone(), name.clone());
                let service = Service { code, version, name, definition, seen_at: now, gone_at: None };
                outside::keep_service(&HOUSE, tx, &whose, &service)?;
            }
            for service in known {
                if service.gone_at.is_none() && !found.iter().any(|(code, _, _)| *code == service.code) {
                    outside::keep_service(&HOUSE, tx, &whose, &Service { gone_at: Some(now), ..service })?;
                }
            }
            Ok::<_, store::Error>(())
        };
        self.db.write(write).await.map_err(|_| Failed::Down("what it said could not be kept".to_owned()))
    }
}
