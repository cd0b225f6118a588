//! What a delivery says about itself, as `casework::report` wrote it, and what may be said of it in a mail.

use casework::Setting;
use serde::Deserialize;
use serde_json::Value as Json;
use uuid::Uuid;

/// The facts of a delivery.
#[derive(Clone, Debug, Deserialize)]
pub struct Facts {
    pub reference: String,
    pub service: String,
    pub definition: String,
    pub agency: String,
    /// Missing counts as sensitive: a mail that says too much cannot be called back.
    #[serde(default = "yes")]
    pub sensitive: bool,
    /// The id of the private link; the token is made from it with a key outside the database.
    pub link: Option<Uuid>,
    #[serde(default)]
    pub pin: bool,
    /// The id of the link by which the report is shown to others (C-9).
    pub confirm: Option<Uuid>,
    /// What the agency says beside the link, by a template: the same for every report (C-67).
    #[serde(default)]
    pub words: String,
    /// Where the person may answer. Never kept: it is asked for as the mail goes out.
    #[serde(default)]
    pub reply: Option<String>,
}

fn yes() -> bool {
    true
}

/// What a mail that is not sensitive names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub title: String,
    pub agency: String,
    pub reference: String,
    /// What happens next, in the words of the agency for this service; empty where it has none.
    pub next: String,
    /// What the agency says beside the link; empty where it says nothing of its own.
    pub words: String,
}

impl Facts {
    pub fn read(facts: &Json) -> Option<Facts> {
        Facts::deserialize(facts).ok()
    }

    /// What may be named, or nothing: the report or its service is sensitive (P-51), or its definition is not known.
    pub fn about(&self, setting: &Setting) -> Option<About> {
        let service = setting.service_named(&self.service, &self.definition).filter(|_| !self.sensitive)?;
        Some(About {
            title: crate::lines::one_line(service.title()),
            agency: crate::lines::one_line(&setting.agency_name(&self.agency)),
            reference: casework::codes::show_reference(&self.reference),
            next: crate::lines::one_line(&setting.what_next(&self.agency, &self.service)),
            words: self.words.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn facts_that_do_not_say_so_are_sensitive() {
        let read = Facts::read(&json!({
            "reference": "123456782", "service": "a", "definition": "b", "agency": "c", "link": null
        }));
        let facts = read.expect("these facts are whole");
        assert!(facts.sensitive);
        assert!(!facts.pin);
    }

    #[test]
    fn facts_with_a_part_missing_are_not_read() {
        assert!(Facts::read(&json!({"reference": "123456782"})).is_none());
        assert!(Facts::read(&json!([])).is_none());
    }
}
