use crate::condition::plain_words;
use crate::source::Faults;
use crate::{Ask, Condition, Kind, Question, Service, Test, When};
use std::collections::BTreeSet;

pub(super) fn check(service: &Service, faults: &mut Faults) {
    for (place, question) in service.questions.iter().enumerate() {
        let earlier = &service.questions[..place];
        for condition in [&question.show_when, &question.required_when].into_iter().flatten() {
            rests_on(question.line, &format!("`{}`", question.id), condition, earlier, service, faults);
        }
        if let Some(condition) = &question.show_when
            && never(condition, earlier)
        {
            faults.add(question.line, format_args!("question `{}` can never be reached", question.id));
        }
        if question.required_when.is_some() && question.ask == Ask::Required {
            faults.add(question.line, format_args!("question `{}` is required already", question.id));
        }
        if let Kind::Choice { among: Some(other), options } = &question.kind {
            among(question, other, options, earlier, faults);
        }
        for when in &question.when {
            effects(service, question, when, earlier, faults);
        }
    }
    stops(service, faults);
    leads(service, faults);
}

/// Every question a condition names exists, comes earlier, and can pass the test.
fn rests_on(
    line: usize,
    what: &str,
    condition: &Condition,
    earlier: &[Question],
    service: &Service,
    faults: &mut Faults,
) {
    for (id, test) in condition.questions() {
        match earlier.iter().find(|question| question.id == id) {
            Some(question) if question.gate => {
                faults.add(line, format_args!("{what} rests on `{id}`, whose answer is never kept"));
            }
            Some(question) => fits(line, what, question, test, faults),
            None if service.question(id).is_some() => {
                faults.add(line, format_args!("{what} rests on `{id}`, which does not come before it"));
            }
            None => faults.add(line, format_args!("{what} rests on `{id}`, which is no question")),
        }
    }
}

/// Whether a test makes sense for that question's kind and options.
fn fits(line: usize, what: &str, question: &Question, test: &Test, faults: &mut Faults) {
    let id = &question.id;
    let wrong = |named: &str, faults: &mut Faults| {
        let kind = question.kind.name();
        faults
            .add(line, format_args!("{what} asks `{named}` of `{id}`, a {kind} question, which cannot be asked that"));
    };
    let one = matches!(question.kind, Kind::YesNo | Kind::Choice { .. });
    let several = matches!(question.kind, Kind::Choices { .. } | Kind::Items { .. });
    let dated = matches!(question.kind, Kind::Date { .. } | Kind::Moment { .. });
    let (named, options): (&str, Vec<&String>) = match test {
        Test::Is(option) => ("is", vec![option]),
        Test::In(options) => ("in", options.iter().collect()),
        Test::Includes(option) => ("includes", vec![option]),
        Test::Ticked(_) => ("ticked", vec![]),
        Test::AtLeast(_) => ("at_least", vec![]),
        Test::WithinDays(_) => ("within_days", vec![]),
        Test::OlderThanDays(_) => ("older_than_days", vec![]),
        Test::AgeUnder(_) => ("age_under", vec![]),
        Test::Before(_) => ("before", vec![]),
        Test::Mentions(_) => ("mentions", vec![]),
        Test::Answered | Test::Empty => return,
    };
    let allowed = match named {
        "is" | "in" => one,
        "includes" | "ticked" => several,
        "at_least" => matches!(question.kind, Kind::Number { .. }),
        "age_under" => matches!(question.kind, Kind::Person { .. }),
        "mentions" => matches!(question.kind, Kind::Text { .. } | Kind::LongText { .. }),
        _ => dated,
    };
    if !allowed {
        wrong(named, faults);
        return;
    }
    if let Test::Mentions(phrases) = test {
        mentions(line, what, phrases, faults);
    }
    if named == "in" && options.is_empty() {
        faults.add(line, format_args!("{what} asks `in` of `{id}` with no option"));
    }
    let known = question.kind.options().unwrap_or_default();
    for option in options.into_iter().filter(|option| !known.contains(&option.as_str())) {
        faults.add(line, format_args!("{what} names option `{option}`, which `{id}` does not have"));
    }
}

/// Each phrase has a word in it, and none is found already by another.
fn mentions(line: usize, what: &str, phrases: &[String], faults: &mut Faults) {
    if phrases.is_empty() {
        faults.add(line, format_args!("{what} asks `mentions` with no word"));
    }
    let plain: Vec<String> = phrases.iter().map(|phrase| plain_words(phrase)).collect();
    for (place, (phrase, words)) in phrases.iter().zip(&plain).enumerate() {
        if words.trim().is_empty() {
            faults.add(line, format_args!("{what} asks `mentions` of “{phrase}”, which has no word"));
            continue;
        }
        let wider = plain.iter().enumerate().find(|(other, found)| {
            // Of two that are the same the later is one too many.
            !found.trim().is_empty()
                && words.contains(found.as_str())
                && (*found != words || *other < place)
                && *other != place
        });
        if let Some((other, _)) = wider {
            faults.add(line, format_args!("{what} finds “{phrase}” by “{}” already", phrases[other]));
        }
    }
}

/// A condition no answer can meet: two different options of one choice at once.
fn never(condition: &Condition, earlier: &[Question]) -> bool {
    match condition {
        Condition::All(all) => {
            let mut chosen: Vec<(&str, &str)> = Vec::new();
            for one in all {
                if let Condition::Of { question, test: Test::Is(option) } = one {
                    if chosen.iter().any(|(other, known)| other == question && known != option) {
                        return true;
                    }
                    chosen.push((question, option));
                }
            }
            all.iter().any(|one| never(one, earlier))
        }
        Condition::Any(any) => !any.is_empty() && any.iter().all(|one| never(one, earlier)),
        Condition::Not(one) => always(one, earlier),
        Condition::Of { question, test } => {
            // What is said only where a question is shown can be said only where that question is reached.
            let Some(question) = earlier.iter().find(|earlier| earlier.id == *question) else { return false };
            let absent_will_do = *test == Test::Empty;
            !absent_will_do && question.show_when.as_ref().is_some_and(|condition| never(condition, earlier))
        }
    }
}

/// A condition every answer meets: a required question that is always shown is answered.
fn always(condition: &Condition, earlier: &[Question]) -> bool {
    match condition {
        Condition::Of { question, test: Test::Answered } => earlier
            .iter()
            .any(|earlier| earlier.id == *question && earlier.ask == Ask::Required && earlier.show_when.is_none()),
        _ => false,
    }
}

fn among(question: &Question, other: &str, options: &[String], earlier: &[Question], faults: &mut Faults) {
    let (id, line) = (&question.id, question.line);
    match earlier.iter().find(|earlier| earlier.id == other).map(|earlier| &earlier.kind) {
        Some(Kind::Choices { options: known, .. }) => {
            for option in options.iter().filter(|option| !known.contains(option)) {
                faults.add(line, format_args!("question `{id}` has option `{option}`, which `{other}` does not have"));
            }
        }
        _ => faults.add(
            line,
            format_args!("question `{id}` takes its options from `{other}`, which is no earlier choices question"),
        ),
    }
}

fn effects(service: &Service, question: &Question, when: &When, earlier: &[Question], faults: &mut Faults) {
    let what = format!("a `when` of `{}`", question.id);
    fits(when.line, &what, question, &when.test, faults);
    if let Some(and) = &when.and {
        rests_on(when.line, &what, and, earlier, service, faults);
    }
    if let Some(stop) = &when.stop
        && service.stop(stop).is_none()
    {
        faults.add(when.line, format_args!("{what} leads to stop `{stop}`, which is not defined"));
    }
    let named = when.flags.iter().chain(&when.notice).chain(&when.timer).chain(&when.recipient);
    for name in named.filter(|name| !super::is_word(name)) {
        faults.add(when.line, format_args!("`{name}` in {what} is not a name: small letters, figures and `_`"));
    }
    if let Some(type_code) = when.type_code.as_ref().filter(|code| !super::is_service_id(code)) {
        faults.add(when.line, format_args!("`{type_code}` in {what} is not a report type"));
    }
    if question.gate && (when.stop.is_none() || when.priority.is_some() || !when.flags.is_empty()) {
        faults.add(when.line, format_args!("{what} is of the gate, which only stops"));
    }
    for (id, option) in &when.preset {
        preset(service, question, when, id, option, faults);
    }
}

fn preset(service: &Service, question: &Question, when: &When, id: &str, option: &str, faults: &mut Faults) {
    let later =
        service.questions.iter().skip_while(|other| other.id != question.id).skip(1).find(|other| other.id == id);
    match later.map(|later| &later.kind) {
        Some(Kind::Choice { options, .. }) if options.iter().any(|known| known == option) => {}
        Some(Kind::Choice { .. }) => {
            faults.add(when.line, format_args!("the preset `{option}` is no option of `{id}`"));
        }
        _ => faults.add(when.line, format_args!("a preset is for a later choice question, which `{id}` is not")),
    }
}

/// The table of leads gives every set of answers one row: the last holds always, and no other does (J-2).
fn leads(service: &Service, faults: &mut Faults) {
    let mut ids = BTreeSet::new();
    for (place, lead) in service.leads.iter().enumerate() {
        let (line, what) = (lead.line, format!("lead `{}`", lead.id));
        if !ids.insert(lead.id.as_str()) {
            faults.add(line, format_args!("{what} stands twice"));
        }
        if lead.assist.contains(&lead.lead) {
            faults.add(line, format_args!("{what} helps itself"));
        }
        let is_last = place + 1 == service.leads.len();
        match &lead.when {
            Some(_) if is_last => faults.add(line, format_args!("{what} is the last and can have no `when`")),
            None if !is_last => faults.add(line, format_args!("{what} holds always: no row after it is reached")),
            None => {}
            Some(when) => {
                rests_on(line, &what, when, &service.questions, service, faults);
                if never(when, &service.questions) {
                    faults.add(line, format_args!("{what} can never be reached"));
                }
            }
        }
    }
}

fn stops(service: &Service, faults: &mut Faults) {
    let whens = service.questions.iter().flat_map(|question| &question.when);
    let mut reached: BTreeSet<&str> = whens.filter_map(|when| when.stop.as_deref()).collect();
    if let Some(opening) = &service.opening {
        reached.insert(opening);
        // Of a signpost it is the end; anybody else must come to the first question.
        let leads_on = |stop: &crate::Stop| stop.carry_on || service.questions.is_empty();
        if !service.stop(opening).is_some_and(leads_on) {
            faults.add(0, format_args!("the opening stop `{opening}` must be defined and let people carry on"));
        }
    }
    for stop in service.stops.iter().filter(|stop| !reached.contains(stop.id.as_str())) {
        faults.add(stop.line, format_args!("stop `{}` is never reached", stop.id));
    }
    let mut keys = BTreeSet::new();
    for stop in &service.stops {
        for link in stop.links.iter().filter(|link| !keys.insert((&stop.id, link.key.clone()))) {
            faults.add(stop.line, format_args!("link `{}` stands twice in stop `{}`", link.key, stop.id));
        }
    }
}
