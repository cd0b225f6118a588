//! A meeting as a calendar takes it (RFC 5545). Times are told in UTC: the same instant in every calendar, summer and
//! winter, without a table of the clocks.

use crate::page::{
    ics::{escaped, folded},
    when,
};
use casework::neighbourhood::body::Event;
use jiff::{Timestamp, civil::DateTime};
use store::Time;

/// Where the page of the team stands, and when what it says came into force.
pub struct Of<'a> {
    pub team: &'a str,
    pub url: &'a str,
    pub stamp: Time,
}

/// The text of one `.ics` file.
pub fn ics(event: &Event, of: &Of) -> String {
    let summary = format!("{} ({})", event.title, of.team);
    let about = if event.about.is_empty() { of.url.to_owned() } else { format!("{}\n\n{}", event.about, of.url) };
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Moothall//Neighbourhood teams//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", escaped(&format!("{}#{}", of.url, event.key()))),
        format!("DTSTAMP:{}", written(when::local(of.stamp).timestamp())),
        format!("DTSTART:{}", utc(event.starts)),
        format!("DTEND:{}", utc(event.over())),
        format!("SUMMARY:{}", escaped(&summary)),
        format!("DESCRIPTION:{}", escaped(&about)),
        format!("URL:{}", of.url),
    ];
    if !event.place.is_empty() {
        lines.push(format!("LOCATION:{}", escaped(&event.place)));
    }
    lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
    lines.iter().map(|line| folded(line)).collect()
}

/// A time on the wall in London as UTC. One that the clocks leave out in spring is told as they show it afterwards.
fn utc(local: DateTime) -> String {
    written(when::instant(local))
}

fn written(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::ics::LINE;

    fn event(starts: &str, ends: Option<&str>) -> Event {
        Event {
            title: "Beat surgery; tea, cake".into(),
            about: "Come and talk.\n\nNo need to book \\ just come. Ask us about bikes, noise, or anything that worries you.".into(),
            kind: "surgery".into(),
            place: "The Library, 1 Example Road".into(),
            starts: starts.parse().unwrap(),
            ends: ends.map(|ends| ends.parse().unwrap()),
            minutes: None,
        }
    }

    fn file_of(event: &Event) -> String {
        let of =
            Of { team: "Pier", url: "https://moothall.example/officers/a/pier", stamp: Time(1_790_000_000_000_000) };
        ics(event, &of)
    }

    #[test]
    fn a_meeting_in_winter_as_it_is_written() {
        let text = file_of(&event("2026-12-03T18:00", Some("2026-12-03T19:30")));
        assert_eq!(
            text.replace("\r\n", "|\n"),
            "BEGIN:VCALENDAR|\nVERSION:2.0|\nPRODID:-//Moothall//Neighbourhood teams//EN|\nCALSCALE:GREGORIAN|\n\
             METHOD:PUBLISH|\nBEGIN:VEVENT|\n\
             UID:https://moothall.example/officers/a/pier#20261203-1800-beat-surgery-tea|\n -cake|\n\
             DTSTAMP:20260921T141320Z|\nDTSTART:20261203T180000Z|\nDTEND:20261203T193000Z|\n\
             SUMMARY:Beat surgery\\; tea\\, cake (Pier)|\n\
             DESCRIPTION:Come and talk.\\n\\nNo need to book \\\\ just come. Ask us about bi|\n \
             kes\\, noise\\, or anything that worries you.\\n\\nhttps://moothall.example/of|\n \
             ficers/a/pier|\n\
             URL:https://moothall.example/officers/a/pier|\n\
             LOCATION:The Library\\, 1 Example Road|\nEND:VEVENT|\nEND:VCALENDAR|\n"
        );
    }

    #[test]
    fn in_summer_the_clock_in_london_is_an_hour_ahead() {
        let text = file_of(&event("2026-07-03T18:00", None));
        assert!(text.contains("DTSTART:20260703T170000Z\r\n") && text.contains("DTEND:20260703T190000Z\r\n"), "{text}");
        // At 1:30 on 29 March the clocks have gone from 1 to 2.
        assert!(file_of(&event("2026-03-29T01:30", None)).contains("DTSTART:20260329T013000Z\r\n"));
    }

    #[test]
    fn no_line_is_longer_than_75_bytes_and_none_begins_another() {
        let mut long = event("2026-12-03T18:00", None);
        long.title = "é".repeat(100);
        long.place = "Hall\r\nATTENDEE:mailto:x@example.org".into();
        let text = file_of(&long);
        assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{text}");
        assert!(!text.contains("\nATTENDEE") && text.matches("BEGIN:").count() == 2);
    }
}
