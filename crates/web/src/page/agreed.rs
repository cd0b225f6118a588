//! What was agreed about updates, as staff and the victim read it.

use super::when;
use casework::report::{
    agreement::{self, CHANNELS},
    crime::Event,
};
use store::agreement::Agreement;

/// Each with its key.
pub fn rows(agreed: &Agreement) -> Vec<(&'static str, String)> {
    let channel = CHANNELS.iter().find(|(id, _)| agreed.channel.as_deref() == Some(id));
    let named: Vec<String> = serde_json::from_value(agreed.events.clone()).unwrap_or_default();
    let events = named.iter().filter_map(|name| Event::from_name(name)).map(|event| event.named().1);
    let mut rows = vec![("How often", capital(&agreement::rhythm(agreement::every(agreed))))];
    rows.extend(channel.map(|(_, words)| ("How", capital(words))));
    let events = events.collect::<Vec<_>>().join(", ");
    if !events.is_empty() {
        rows.push(("We also write at once about", events));
    }
    if let (Some(from), Some(to)) = (agreed.quiet_from, agreed.quiet_to) {
        rows.push(("We do not write", format!("From {} to {}", when::hour(from / 60), when::hour(to / 60))));
    }
    if let Ok(day) = agreed.review_on.parse() {
        rows.push(("We look at this again on", when::date(day)));
    }
    rows
}

/// With a capital letter.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
