//! "Contact my local officers" (P-97, P-103): the team of a place, its page, its meetings for a calendar. A message to it is
//! a report of the service that the agency names for it.

mod calendar;
pub mod find;
pub mod team;

use crate::page::{address::escaped, when};
use casework::neighbourhood::body::Event;
use catalogue::Agency;

/// Letters of a place that was typed.
const MOST: usize = 100;

/// The page of a team; with the place somebody came by, so that a message begins there.
fn page(agency: &str, code: &str, place: &str) -> String {
    format!("/officers/{agency}/{code}{}", after('?', place))
}

/// The service to write to a team by, beginning at that place.
fn message(agency: &Agency, place: &str) -> Option<String> {
    let service = &agency.neighbourhoods.as_ref()?.message;
    Some(format!("/report/{service}{}", after('?', place)))
}

/// The same with a meeting at which somebody asks for a time, where the service has a question for it.
fn book(agency: &Agency, place: &str, event: &Event) -> Option<String> {
    let question = agency.neighbourhoods.as_ref()?.meeting.as_ref()?;
    let mut words = format!("{}, {}", event.title, when::span(event.starts, event.ends));
    if !event.place.is_empty() {
        words.push_str(&format!(", {}", event.place));
    }
    let words: String = words.chars().take(2 * MOST).collect();
    let to = message(agency, place)?;
    let sign = if to.contains('?') { '&' } else { '?' };
    Some(format!("{to}{sign}{question}={}", escaped(&words)))
}

fn after(sign: char, place: &str) -> String {
    if place.is_empty() { String::new() } else { format!("{sign}place={}", escaped(place)) }
}

/// One line of at most [`MOST`] letters.
fn read(typed: &str) -> String {
    let plain: String = typed.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.trim().chars().take(MOST).collect()
}

/// The first value of a name in an address.
fn given<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_stands_in_an_address_as_it_was_typed() {
        assert_eq!(page("a", "b", ""), "/officers/a/b");
        assert_eq!(page("a", "b", "BS23 1AA & más"), "/officers/a/b?place=BS23%201AA%20%26%20m%C3%A1s");
        assert_eq!(read(" BS23\r\n1AA "), "BS23  1AA");
    }
}
