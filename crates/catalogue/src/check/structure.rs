use crate::answer::JOURNEY;
use crate::definition::MOST_MEGABYTES;
use crate::source::Faults;
use crate::{Ask, Kind, PersonPart, Publish, Question, Retention, Sensitivity, Service, Side};
use std::collections::BTreeSet;

/// Last parts of ids that would be taken for words of another question.
const RESERVED: [&str; 10] =
    ["label", "hint", "short", "missing", "row", "options", "hints", "parts", "errors", "links"];

pub(super) fn check(service: &Service, faults: &mut Faults) {
    // A signpost asks nothing: it opens with a stop, and that is the end of it.
    let is_signpost = service.opening.as_ref().and_then(|id| service.stop(id)).is_some_and(|stop| !stop.carry_on);
    if service.questions.is_empty() && !is_signpost {
        faults.add(0, "a service asks at least one question, or opens with a stop that is its end");
    }
    ids(service, faults);
    for question in service.questions.iter().filter(|question| !question.apart_from.is_empty()) {
        apart(service, question, faults);
    }
    for question in &service.questions {
        one(question, faults);
        if let Kind::Group { questions, .. } = &question.kind {
            group(question, questions, faults);
        }
        if let Kind::Photo { proposes: named, .. } = &question.kind {
            named.iter().for_each(|other| proposes(service, question, other, faults));
        }
        if question.gate {
            gate(service, question, faults);
        }
    }
    let deciding =
        service.questions.iter().filter(|question| matches!(question.kind, Kind::Place { decides: true, .. }));
    for second in deciding.skip(1) {
        faults.add(second.line, format_args!("`{}` is a second place that decides who answers", second.id));
    }
    if service.public && service.questions.iter().all(|question| question.publish == Publish::None) {
        faults.add(0, "the service is public and publishes no answer");
    }
}

fn ids(service: &Service, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for question in &service.questions {
        if !seen.insert(question.id.as_str()) {
            faults.add(question.line, format_args!("question `{}` stands twice", question.id));
        }
        if question.id == JOURNEY {
            faults.add(question.line, "`journey` is no id for a question: the answers' JSON uses it");
        }
        if question.id.split('.').skip(1).any(|part| RESERVED.contains(&part)) {
            faults.add(
                question.line,
                format_args!("`{}` has a part that the words use: {}", question.id, RESERVED.join(", ")),
            );
        }
    }
    for question in &service.questions {
        let under = format!("{}.", question.id);
        let fields = fields(&question.kind);
        for other in &service.questions {
            let part = other.id.strip_prefix(&under).and_then(|rest| rest.split('.').next());
            if part.is_some_and(|part| fields.contains(&part)) {
                faults.add(other.line, format_args!("`{}` is also a field of `{}`", other.id, question.id));
            }
        }
    }
    let mut stops = BTreeSet::new();
    for stop in &service.stops {
        if !stops.insert(stop.id.as_str()) {
            faults.add(stop.line, format_args!("stop `{}` stands twice", stop.id));
        }
    }
}

/// Names of form fields a kind posts under its question.
fn fields(kind: &Kind) -> &'static [&'static str] {
    match kind {
        Kind::Money { .. } => &["about"],
        Kind::Date { .. } => &["day", "month", "year"],
        Kind::Moment { .. } => &["mode", "date", "time", "fold", "from", "to", "on"],
        Kind::Place { .. } => &["text", "lat", "lon", "how", "words", "pick"],
        Kind::Person { .. } => &[
            "name",
            "born",
            "address",
            "phone",
            "email",
            "safe",
            "safe_mode",
            "never_via",
            "windows",
            "voicemail_ok",
            "sms_ok",
            "letter_ok",
            "who_may_answer",
            "codeword",
        ],
        Kind::Vehicle => &["registration", "make", "colour", "marks"],
        Kind::Items { .. } | Kind::Diary { .. } | Kind::Group { .. } => &["add", "remove"],
        Kind::Photo { .. } | Kind::File { .. } => &["add", "remove", "up", "new"],
        Kind::Declaration { .. } => &["agree", "name"],
        _ => &[],
    }
}

fn one(question: &Question, faults: &mut Faults) {
    let (id, line) = (&question.id, question.line);
    let mut fault = |reason: String| faults.add(line, format_args!("question `{id}` {reason}"));
    match &question.kind {
        Kind::Text { min, max, .. } | Kind::LongText { min, max } if min > max || *max == 0 => {
            fault(format!("has room for {max} characters and wants {min}"));
        }
        Kind::LongText { max, .. } if *max > 10_000 => fault("takes more than 10,000 characters".into()),
        Kind::Number { least, most } if least > most => fault(format!("takes numbers from {least} to {most}")),
        Kind::Money { most } if *most <= 0 => fault("takes no money".into()),
        Kind::Choice { options, .. } | Kind::Choices { options, .. } if options.len() < 2 => {
            fault("has fewer than two options".into());
        }
        Kind::Choices { options, most, .. } if *most == 0 || *most > options.len() => {
            fault(format!("allows {most} of {} options", options.len()));
        }
        Kind::Choices { options, alone: Some(alone), .. } if !options.contains(alone) => {
            fault(format!("has no option `{alone}` to stand alone"));
        }
        Kind::Moment { modes } if modes.is_empty() => fault("has no modes".into()),
        Kind::Person { parts, .. } if parts.is_empty() => fault("asks for no part of a person".into()),
        Kind::Person { parts, needs, needs_all } if needs.iter().chain(needs_all).any(|need| !parts.contains(need)) => {
            fault("needs a part that it does not ask for".into());
        }
        Kind::Photo { most, .. } | Kind::File { most, .. } if !(1..=20).contains(most) => {
            fault(format!("takes {most} files; it can be 1 to 20"));
        }
        Kind::Photo { megabytes, .. } | Kind::File { megabytes, .. }
            if !i64::try_from(*megabytes).is_ok_and(|n| (1..=MOST_MEGABYTES).contains(&n)) =>
        {
            fault(format!("takes files of {megabytes} megabytes; it can be 1 to {MOST_MEGABYTES}"));
        }
        Kind::File { accept, .. } if accept.is_empty() => fault("accepts no files".into()),
        Kind::Group { questions, .. } if questions.is_empty() => fault("is a group without questions".into()),
        Kind::Items { most, .. } | Kind::Diary { most } | Kind::Group { most, .. } if !(1..=20).contains(most) => {
            fault(format!("allows {most} rows; it can be 1 to 20"));
        }
        _ => {}
    }
    let marked = matches!(question.kind, Kind::Text { .. } | Kind::Vehicle | Kind::Items { .. });
    if question.matches.is_some() && !marked {
        fault("is compared with other things, and is no text, no vehicle and no items".into());
    }
    let states: &[String] = match &question.kind {
        Kind::Items { states, .. } => states,
        _ => &[],
    };
    for state in &question.found_states {
        if !states.contains(state) {
            fault(format!("has no state `{state}` in which a thing is there again"));
        }
    }
    if !question.found_states.is_empty() && question.matches != Some(Side::Lost) {
        fault("says when a thing is there again, and not that it is lost".into());
    }
    tags(question, faults);
}

fn tags(question: &Question, faults: &mut Faults) {
    let (id, line) = (&question.id, question.line);
    let mut fault = |reason: &str| faults.add(line, format_args!("question `{id}` {reason}"));
    let public = question.publish != Publish::None;
    if public && question.evidence {
        fault("is evidence and would be published (C-17)");
    }
    if public && matches!(question.sensitivity, Sensitivity::Special | Sensitivity::Restricted) {
        fault("is special or restricted and would be published (J-26)");
    }
    let fits = match question.publish {
        Publish::None => true,
        Publish::Text => matches!(question.kind, Kind::Text { .. } | Kind::LongText { .. }),
        Publish::Choice => question.kind.options().is_some(),
        Publish::Picture => matches!(question.kind, Kind::Photo { .. }),
        Publish::CoarsePlace => matches!(question.kind, Kind::Place { .. }),
    };
    if !fits {
        fault("cannot be published in that form");
    }
    match &question.kind {
        Kind::Person { .. } | Kind::Vehicle if public => {
            fault("is about a person or a vehicle and would be published (C-55)")
        }
        Kind::Person { parts, .. } if question.sensitivity == Sensitivity::Plain && !parts.is_empty() => {
            fault("asks for a person and is tagged `plain`");
        }
        Kind::Person { parts, .. }
            if parts.contains(&PersonPart::Safe) && question.sensitivity != Sensitivity::Restricted =>
        {
            fault("asks for safe contact and must be `restricted` (J-26)");
        }
        _ => {}
    }
    let nothing = question.retention == Retention::Nothing;
    if nothing != question.gate {
        fault("keeps nothing if and only if it is part of the gate (P-12)");
    }
}

fn group(group: &Question, questions: &[Question], faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for question in questions {
        let (id, line) = (format!("{}.{}", group.id, question.id), question.line);
        let mut fault = |reason: &str| faults.add(line, format_args!("question `{id}` {reason}"));
        if !seen.insert(question.id.as_str()) {
            fault("stands twice");
        }
        if question.id.contains('.') || RESERVED.contains(&question.id.as_str()) {
            fault("stands in a group: its id is one word that the words do not use");
        }
        match question.kind {
            Kind::Group { .. } | Kind::Items { .. } | Kind::Diary { .. } | Kind::Photo { .. } | Kind::File { .. } => {
                fault("is a list inside a group");
            }
            Kind::Place { .. } => fault("is a place inside a group: its matches could not be picked"),
            Kind::Choice { among: Some(_), .. } => fault("takes its options from outside its group"),
            _ => {}
        }
        let conditional = question.show_when.is_some() || question.required_when.is_some() || !question.when.is_empty();
        if conditional || question.gate || question.ask == Ask::Later {
            fault("stands in a group and can have no conditions, effects or gate");
        }
        one(question, faults);
    }
}

/// Only a person keeps apart from somebody, and only from one whom words tell of.
fn apart(service: &Service, question: &Question, faults: &mut Faults) {
    if !matches!(question.kind, Kind::Person { .. }) {
        faults.add(question.line, format_args!("question `{}` is no person and keeps apart from one", question.id));
    }
    let told = |id: &str| {
        let words = |kind: &Kind| matches!(kind, Kind::Text { .. } | Kind::LongText { .. } | Kind::Group { .. });
        service.questions.iter().any(|other| other.id == id && words(&other.kind))
    };
    for id in question.apart_from.iter().filter(|id| !told(id)) {
        faults.add(
            question.line,
            format_args!("question `{}` keeps apart from `{id}`, which tells of nobody", question.id),
        );
    }
}

/// A photo may propose answers to questions of place and moment that come after it.
fn proposes(service: &Service, photo: &Question, named: &str, faults: &mut Faults) {
    let after = service.questions.iter().skip_while(|other| other.id != photo.id);
    if !after
        .into_iter()
        .any(|other| other.id == named && matches!(other.kind, Kind::Place { .. } | Kind::Moment { .. }))
    {
        faults.add(
            photo.line,
            format_args!("question `{}` proposes `{named}`, which is no place or moment asked after it", photo.id),
        );
    }
}

/// Gate questions come first, are yes/no or choices that must be answered, and lead to a stop (P-12).
fn gate(service: &Service, question: &Question, faults: &mut Faults) {
    let mut fault = |reason: &str| faults.add(question.line, format_args!("gate question `{}` {reason}", question.id));
    let before = service.questions.iter().take_while(|other| other.id != question.id);
    if before.into_iter().any(|other| !other.gate) {
        fault("must come before every other question");
    }
    if !matches!(question.kind, Kind::YesNo | Kind::Choice { .. }) || question.ask != Ask::Required {
        fault("must be a required yes/no or choice");
    }
    if question.when.iter().all(|when| when.stop.is_none()) {
        fault("leads to no stop");
    }
    if question.show_when.is_some() {
        fault("cannot be skipped");
    }
}
