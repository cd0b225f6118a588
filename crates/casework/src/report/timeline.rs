//! The journal of one report as people read it.

use super::agreement::rhythm;
use crate::{Setting, codes::show_reference};
use serde_json::Value as Json;
use store::{
    Time,
    journal::{Audience, Entry},
};
use uuid::Uuid;

/// One line of a thread.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub entry: Uuid,
    pub at: Time,
    /// What happened, in a plain sentence.
    pub title: String,
    /// Words a person wrote.
    pub words: Option<String>,
    /// Who did it: "You", an agency, or for colleagues a name.
    pub by: String,
    pub audience: Audience,
    /// Words of the resident, which a colleague may translate.
    pub of_resident: bool,
}

fn text<'j>(facts: &'j Json, name: &str) -> &'j str {
    facts.get(name).and_then(Json::as_str).unwrap_or_default()
}

/// The sentence of a kind of entry. A kind without one is not part of a thread.
fn sentence(setting: &Setting, entry: &Entry, to_resident: bool) -> Option<String> {
    let facts = &entry.facts;
    let agency = entry.agency.as_deref().map(|id| setting.agency_name(id)).unwrap_or_default();
    let name = |key: &str| setting.agency_name(text(facts, key));
    let you = |you: &str, they: &str| if to_resident { you.to_owned() } else { they.to_owned() };
    Some(match entry.kind.as_str() {
        "report.received" if !to_resident && facts["filed"].is_object() => {
            let agency = setting.agency_name(text(&facts["filed"], "agency"));
            match text(&facts["filed"], "as") {
                "agency" => format!("Filed for {agency} itself"),
                "anonymous" => "Filed for somebody who gave no name".to_owned(),
                _ => "Filed for a resident".to_owned(),
            }
        }
        "report.received" => match show_reference(text(facts, "after")).as_str() {
            "" => you("We got your report", "Report received"),
            before => you(
                &format!("We got your report, which you had sent as {before} before"),
                &format!("Report received, sent as {before} before"),
            ),
        },
        "report.sent_again" => {
            let again = show_reference(text(facts, "as"));
            you(&format!("You sent this again, as {again}"), &format!("The resident sent this again, as {again}"))
        }
        "report.acknowledged" => format!("{agency} has read the report"),
        "report.assigned" => match (text(facts, "person"), text(facts, "team")) {
            ("", "") => "Put back in the team’s list".to_owned(),
            ("", team) => format!("Given to the team {team}"),
            (person, _) => format!("Given to {person}"),
        },
        "inspection.made" => {
            let found = [text(facts, "defect_name"), text(facts, "traffic_name")];
            let found = found.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ");
            if found.is_empty() { "Inspected".to_owned() } else { format!("Inspected: {found}") }
        }
        "codes.corrected" => format!("Codes put right: {}", text(facts, "name")),
        "shortlist.put" => "Put on the list of what to go and see".to_owned(),
        "shortlist.removed" => "Taken off the list of what to go and see".to_owned(),
        "priority.set" => format!("Priority: {}", text(facts, "name")),
        "stage.set" => text(facts, "name").to_owned(),
        "question.asked" => you(&format!("{agency} asked you a question"), "Asked the resident"),
        "question.answered" | "words.added" if facts["by_mail"] == true => by_mail(entry, to_resident),
        "question.answered" => you("You answered", "The resident answered"),
        "words.added" => you("You added something", "The resident added something"),
        "file.added" if entry.actor == "staff" => format!("{agency} added a photo or file"),
        "file.added" => you("You added a photo or file", "The resident added a photo or file"),
        "file.hidden" => "Hid a photo or file".to_owned(),
        "file.shown" => "Shows a photo or file again".to_owned(),
        "file.redacted" => "Blacked out parts of a photo".to_owned(),
        "note.added" => "Note".to_owned(),
        "report.closed" => format!("Closed: {}", text(facts, "name")),
        "report.reopened" => format!("{agency} opened the report again"),
        "report.withdrawn" => you("You withdrew the report", "The resident withdrew the report"),
        "withdrawal.asked" => you("You asked to withdraw the report", "The resident asks to withdraw the report"),
        "transfer.proposed" => format!("{agency} asked {} to take the report", name("to")),
        "transfer.summary" => format!("What {agency} wrote to {}", name("to")),
        "transfer.accepted" => format!("{} has the report now. {} handed it over.", name("to"), name("from")),
        "transfer.handed_back" => format!("{agency} handed it back: {}", text(facts, "reason_name")),
        "transfer.taken_back" => format!("{agency} no longer asks {} to take it", name("to")),
        "clock.soon" => match text(facts, "tell") {
            "" => format!("Due soon: {}", text(facts, "words")),
            role => format!("Due soon: {}. For the {}", text(facts, "words"), role.to_lowercase()),
        },
        "clock.broken" if to_resident => format!("{agency} is late: {}", text(facts, "words")),
        "clock.broken" | "clock.raised" => {
            let late = if entry.kind == "clock.broken" { "Late" } else { "Still late" };
            match text(facts, "tell") {
                "" => format!("{late}: {}", text(facts, "words")),
                role => format!("{late}: {}. For the {}", text(facts, "words"), role.to_lowercase()),
            }
        }
        "agreement.set" => {
            let every = facts["every"].as_i64().zip(store::agreement::Unit::from_name(text(facts, "unit")));
            format!("{} {}", you("We agreed to write to you", "Agreed to write to the victim"), rhythm(every))
        }
        "agreement.asked" => {
            format!("{} {}", you("You asked to hear from us", "The resident asks to hear"), text(facts, "name"))
        }
        "clock.promised" => format!("{agency} gave a new date: {}", text(facts, "words")),
        "assessment.made" => format!("THRIVE: grade {}, {}", facts["grade"], text(facts, "name")),
        "crime.recorded" => match text(facts, "number") {
            "" => format!("{agency} recorded a crime: {}", text(facts, "name")),
            number => format!("{agency} recorded a crime: {}. Crime number {number}", text(facts, "name")),
        },
        "crime.numbered" => format!("{agency} gave the crime a number: {}", text(facts, "number")),
        "crime.changed" => format!("Changed the record of the crime: {}", text(facts, "name")),
        "crime.cancelled" => format!("{agency} took back the record of the crime: {}", text(facts, "name")),
        "enhanced.given" => "Gave enhanced rights".to_owned(),
        "enhanced.taken" => "Took enhanced rights away".to_owned(),
        "incident.held" => match text(facts, "closing_name") {
            "" => format!("Incident: {}", text(facts, "name")),
            closed => format!("Incident: {}; over, as {closed}", text(facts, "name")),
        },
        "address.confirmed" => {
            you("You showed us that your address is yours", "The resident showed that the address is theirs")
        }
        "questionnaire.sent" => "Asked the resident whether it is fixed".to_owned(),
        "questionnaire.answered" => match text(facts, "answer") {
            "still" => you("You told us that it is still a problem", "The resident says that it is still a problem"),
            "gone" => {
                you("You told us that it is no problem any more", "The resident says that it is no problem any more")
            }
            _ => you("You told us that it is fixed", "The resident says that it is fixed"),
        },
        "publication.shown" => you("Everybody can read parts of your report", "Shown to everybody"),
        "publication.private" => {
            you(&format!("{agency} keeps your report private: others cannot read it now"), "Marked private")
        }
        "publication.private_ended" if facts["public"] == true => {
            you("Others can read parts of your report again", "Not private any more: others can read it again")
        }
        "publication.private_ended" => you(
            &format!("{agency} no longer keeps your report private. Others cannot read it yet"),
            "Not private any more. It waits to be read",
        ),
        "hold.placed" => format!("Held for the law, to be looked at on {}", text(facts, "review_on")),
        "hold.released" => "Not held for the law any more".to_owned(),
        "retention.review" => "Its time is over: is it still needed?".to_owned(),
        "retention.decided" if facts["decision"] == "delete" => "Not needed any more: it goes".to_owned(),
        "retention.decided" => format!("Still needed until {}", text(facts, "until")),
        "report.anonymised" => "Its time is over: who reported it was taken out".to_owned(),
        "publication.private_why" if facts["private"] == true => "Why it is private".to_owned(),
        "publication.private_why" => "Why it is not private any more".to_owned(),
        "place.moved" => you(&format!("{agency} moved the pin of your report"), "Moved the pin"),
        "service.changed" => {
            let to = text(facts, "to_name");
            let from = text(facts, "from_name");
            match to_resident {
                true => format!("{agency} changed what your report is about: from {from} to {to}"),
                false => format!("Changed the service: from {from} to {to}"),
            }
        }
        "duplicate.joined" => "Another report is the same as this one".to_owned(),
        "duplicate.news" => format!("The report that is the same: {}", text(facts, "name")),
        "publication.corrected" => you("You changed what others read", "The resident changed the public words"),
        "publication.edited" => {
            you(&format!("{agency} changed what others read of your report"), "Changed the public words")
        }
        "publication.why" => "Why the public words were changed".to_owned(),
        "removal.asked" => {
            you("You asked us to take out what says who you are", "The resident asks to take personal data out")
        }
        "reopening.asked" => you("You opened the report again", "The resident opened the report again"),
        "objection.raised" => "Somebody says that it should not be public".to_owned(),
        "objection.decided" if facts["hidden"] == true => "Hid it after somebody objected".to_owned(),
        "objection.decided" => "It stays public after somebody objected".to_owned(),
        "publication.hidden" => you("Your report is not shown to others any more", "Hidden from everybody"),
        "remark.made" => match text(facts, "says") {
            "still" => "Somebody says that it is still there".to_owned(),
            "fixed" => "Somebody says that it is fixed".to_owned(),
            _ => "Somebody said something of the public report".to_owned(),
        },
        "remark.shown" => "Showed to everybody what somebody said".to_owned(),
        "remark.hidden" => "Hid what somebody said".to_owned(),
        "name.hidden" if facts["remark"].is_null() => {
            you("Your name is not shown any more", "The name of the resident is hidden")
        }
        "name.hidden" => "The name of somebody who said something is hidden".to_owned(),
        "name.why" => "Why the name is hidden".to_owned(),
        "publication.reason" if facts["shown"] == true => "Why it is shown".to_owned(),
        "publication.reason" => "Why it is hidden".to_owned(),
        "court.said" => match text(facts, "day").parse::<jiff::civil::Date>() {
            Ok(day) => format!("At court: {}, {}", text(facts, "name"), day.strftime("%-d %B %Y")),
            Err(_) => format!("At court: {}", text(facts, "name")),
        },
        "suspect.event" => text(facts, "name").to_owned(),
        "property.added" if facts["instead"].is_null() => you("You added a thing", "The resident added a thing"),
        "property.added" => you("You corrected a thing", "The resident corrected a thing"),
        "property.matched" if facts["side"] == "lost" => "A thing in it may have been found".to_owned(),
        "property.matched" => "A thing in it may be one that somebody lost".to_owned(),
        "missed.whole_round" => {
            let day = text(facts, "planned").parse::<jiff::civil::Date>();
            let day = day.map_or_else(|_| String::new(), |day| day.strftime(", %-d %B %Y").to_string());
            format!("Look at the whole round {}{day}: reported by {}", text(facts, "round"), homes(facts))
        }
        "waiting.raised" if facts["of"] == "ordered" => "What was ordered has not come in time".to_owned(),
        "waiting.raised" => "Nobody has come back in time".to_owned(),
        "booking.moved" => {
            format!("{} {}", you("You changed the day to", "The resident changed the day to"), day_of(facts))
        }
        "booking.cancelled" if facts["comes_back"].is_null() => {
            format!(
                "{} {}",
                you("You cancelled your booking for", "The resident cancelled the booking for"),
                day_of(facts)
            )
        }
        "booking.cancelled" => format!(
            "{} {}. {}",
            you("You cancelled your booking for", "The resident cancelled the booking for"),
            day_of(facts),
            you("You get your money back", "What was paid is to be given back")
        ),
        "booking.lapsed" => {
            format!("{} {} ended: nobody paid in time", you("Your booking for", "The booking for"), day_of(facts))
        }
        "booking.reminded" => "Reminded the resident of the day".to_owned(),
        "payment.begun" => you("You began to pay", "The resident began to pay by card"),
        "payment.taken" => format!("{} {}", you("You paid", "Paid by card:"), pounds(facts)),
        "payment.ended" => "Paying by card came to nothing".to_owned(),
        "payment.recorded" => match text(facts, "method") {
            "cheque" => format!("Paid {} by cheque", pounds(facts)),
            "cash" => format!("Paid {} in cash", pounds(facts)),
            _ => format!("Paid {}", pounds(facts)),
        },
        "payment.waived" => format!("There is nothing to pay: {} is waived", pounds(facts)),
        "payment.refunded" => format!("{} is given back", pounds(facts)),
        "payment.given_back" => format!("{} {}", you("You get back", "Given back:"), pounds(facts)),
        "property.answered" if facts["answer"] == "same" => "It is the same thing as in the other report".to_owned(),
        "property.answered" => "It is not the same thing as in the other report".to_owned(),
        "diary.begun" => you("You told us that it was happening", "The resident says that it is happening now"),
        "diary.stopped" => you("You told us that it had stopped", "The resident says that it has stopped"),
        "diary.undone" => you("You took a tap back", "The resident took a tap back: it was not happening"),
        "diary.signed" => you("You added to your diary", "The resident added to the diary"),
        "case.closing" => you("We will close this soon", "Told the resident that it will close soon"),
        "support.passed_on" => {
            you("Your details went to those who support victims", "Details passed to victim support")
        }
        "follow.opened" => "Following online is opened: the victim says that it is safe".to_owned(),
        "review.asked" => {
            you("You asked for a review of the decision", "The resident asks for a review of the decision")
        }
        "review.answered" if facts["stands"] == true => format!("{agency} reviewed the decision, and it stands"),
        "review.answered" => format!("{agency} reviewed the decision and opened the report again"),
        "feedback.given" => you("You told us how we did", "The resident said how it went; nobody sees what"),
        "news.asked" => you("You asked how it goes", "The resident asks how it goes"),
        "pin.closed" => "The PIN was wrong five times. Following is closed for 24 hours.".to_owned(),
        "delivery.retried" => "Sent a message again".to_owned(),
        "update.first" => you(&format!("{agency} wrote to you"), "First update, by a template"),
        "update.told" if facts["unknown"] == true && !to_resident => {
            format!("{agency}’s system says “{}”, a word that we do not know", text(facts, "status"))
        }
        "update.told" => format!("{agency} told us more"),
        "office.told" => match text(facts, "outside_id") {
            "" => format!("Told {agency}’s back office"),
            id => format!("Sent to {agency}’s back office. Its number there is {id}"),
        },
        "office.retried" => "Sent to the back office again".to_owned(),
        "hook.retried" => "Told the records system again".to_owned(),
        _ => return None,
    })
}

/// Words that came as an answer to one of our mails, with what is to be said of it (C-61).
fn by_mail(entry: &Entry, to_resident: bool) -> String {
    let facts = &entry.facts;
    let mut all = vec![match (entry.kind.as_str(), to_resident) {
        ("question.answered", true) => "You answered by email".to_owned(),
        ("question.answered", false) => "The resident answered by email".to_owned(),
        (_, true) => "You added something by email".to_owned(),
        (_, false) => "The resident added something by email".to_owned(),
    }];
    if facts["other_address"] == true && !to_resident {
        all.push("It came from another address than the one we wrote to".to_owned());
    }
    if facts["cut"] == true {
        all.push("It was too long, so the end is left out".to_owned());
    }
    let more = if to_resident { ": add what we need on this page" } else { "" };
    match facts["left_out"].as_u64() {
        None | Some(0) => {}
        Some(1) => all.push(format!("1 file was left out{more}")),
        Some(n) => all.push(format!("{n} files were left out{more}")),
    }
    all.join(". ")
}

fn words(entry: &Entry) -> Option<String> {
    let written = entry.content.as_ref().map(|content| text(content, "words")).unwrap_or_default();
    let now = entry.facts.get("now").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    // Why it closed, what was written, what would open it again, what one can do now (P-82).
    let mut all = vec![text(&entry.facts, "sentence"), written, text(&entry.facts, "reopen")];
    all.extend(now.iter().filter_map(Json::as_str));
    let all = all.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("\n\n");
    (!all.is_empty()).then_some(all)
}

/// What the reporter reads, newest first: agencies by name, never a member of staff (C-52).
pub fn for_resident(setting: &Setting, entries: &[Entry]) -> Vec<Event> {
    let by = |entry: &Entry| match (&entry.agency, entry.actor.as_str()) {
        // "We got your report" and "You added something" say who did it already.
        (_, "resident" | "anonymous") => String::new(),
        (Some(agency), _) => setting.agency_name(agency),
        _ => String::new(),
    };
    thread(setting, entries, true, by)
}

/// What staff read, newest first, with colleagues' names.
pub fn for_staff(setting: &Setting, entries: &[Entry]) -> Vec<Event> {
    let by = |entry: &Entry| {
        let agency = entry.agency.as_deref().or_else(|| entry.facts["filed"]["agency"].as_str());
        let agency = agency.map(|id| setting.agency_name(id)).unwrap_or_default();
        match (entry.actor.as_str(), entry.actor_name.as_str()) {
            ("resident" | "anonymous", _) => "Resident".to_owned(),
            ("staff", name) => format!("{name}, {agency}"),
            ("house", "records") => format!("Records system, {agency}"),
            ("house", "open311") => format!("Open311, {agency}"),
            _ => "Moothall".to_owned(),
        }
    };
    thread(setting, entries, false, by)
}

fn thread(setting: &Setting, entries: &[Entry], to_resident: bool, by: impl Fn(&Entry) -> String) -> Vec<Event> {
    let mut events: Vec<Event> = entries
        .iter()
        .filter_map(|entry| {
            Some(Event {
                entry: entry.id,
                at: said_at(&entry.facts).unwrap_or(entry.at),
                title: sentence(setting, entry, to_resident)?,
                words: words(entry),
                by: by(entry),
                audience: entry.audience,
                of_resident: super::translation::is_of_resident(entry),
            })
        })
        .collect();
    // What a program tells late stands where it happened (C-82).
    events.sort_by_key(|event| event.at);
    events.reverse();
    events
}

/// When it happened, where a program told of it later.
pub(super) fn said_at(facts: &Json) -> Option<Time> {
    facts["said_at"].as_i64().map(Time)
}

fn pounds(facts: &Json) -> String {
    let pence = facts["amount"].as_i64().unwrap_or(0);
    format!("£{}.{:02}", pence / 100, pence % 100)
}

fn day_of(facts: &Json) -> String {
    let day = text(facts, "day").parse::<jiff::civil::Date>();
    day.map_or_else(|_| String::new(), |day| day.strftime("%A %-d %B %Y").to_string())
}

fn homes(facts: &Json) -> String {
    match facts["homes"].as_i64() {
        Some(1) | None => "one home, for the street".to_owned(),
        Some(n) => format!("{n} homes"),
    }
}
