//! The table of a service's questions.

use catalogue::{Ask, Kind, Publish, Question, Service};

use super::{effect, said, table};

pub const HEAD: [&str; 8] =
    ["id", "kind", "label", "options", "must it be answered", "asked when", "sets off", "held as"];

/// A row for each question in order; those of a group stand under it.
pub fn rows(service: &Service) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for question in &service.questions {
        rows.push(row(service, &question.id, question));
        if let Kind::Group { questions, .. } = &question.kind {
            rows.extend(questions.iter().map(|one| row(service, &format!("{}.{}", question.id, one.id), one)));
        }
    }
    rows
}

/// `path` is where its words stand: `people.suspect.name` inside a group.
fn row(service: &Service, path: &str, question: &Question) -> Vec<String> {
    let effects: Vec<_> = question.when.iter().map(|when| effect::line(service, when)).collect();
    vec![
        format!("`{path}`"),
        kind(&question.kind),
        table::words(&question.label),
        table::lines(&options(service, path, &question.kind)),
        asked(question),
        question.show_when.as_ref().map_or_else(|| "always".into(), said::condition),
        table::lines(&effects),
        held(question),
    ]
}

fn kind(kind: &Kind) -> String {
    let more = match kind {
        Kind::Text { max, .. } | Kind::LongText { max, .. } => format!("up to {max} characters"),
        Kind::Number { least, most } => format!("{least} to {most}"),
        Kind::Photo { most, .. } | Kind::File { most, .. } => format!("up to {most}"),
        Kind::Items { most, .. } | Kind::Diary { most } | Kind::Group { most, .. } => format!("up to {most}"),
        Kind::Date { past: true, .. } => "not after today".into(),
        Kind::Place { decides: true, .. } => "decides who answers".into(),
        Kind::Moment { modes } => names(modes, |mode| mode.name()),
        Kind::Person { parts, .. } => names(parts, |part| part.name()),
        Kind::Declaration { signed: true } => "signed".into(),
        _ => return kind.name().into(),
    };
    format!("{}: {more}", kind.name())
}

fn names<T>(all: &[T], name: impl Fn(&T) -> &'static str) -> String {
    all.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn options(service: &Service, path: &str, kind: &Kind) -> Vec<String> {
    let said = |option: &String| format!("`{option}` {}", table::words(service.words.option(path, option)));
    match kind {
        Kind::Choice { among: Some(other), .. } => vec![format!("those ticked in `{other}`")],
        Kind::Choice { options, .. } => options.iter().map(said).collect(),
        Kind::Choices { options, alone, .. } => {
            let alone = |option: &String| if alone.as_ref() == Some(option) { " (alone)" } else { "" };
            options.iter().map(|option| said(option) + alone(option)).collect()
        }
        Kind::Items { kinds, states, .. } => kinds.iter().chain(states).map(said).collect(),
        Kind::YesNo => vec!["yes, no".into()],
        _ => Vec::new(),
    }
}

fn asked(question: &Question) -> String {
    let always = match question.ask {
        _ if question.gate => "yes (gate)",
        Ask::Required => "yes",
        Ask::Optional => "no",
        Ask::Later => "no, offered at the end",
    };
    match &question.required_when {
        Some(when) => format!("{always}; yes when {}", said::condition(when)),
        None => always.into(),
    }
}

fn held(question: &Question) -> String {
    let mut held = vec![question.regime.name(), question.sensitivity.name(), question.retention.name()];
    if question.publish != Publish::None {
        held.push("public as");
        held.push(question.publish.name());
    }
    let mut held = held.join(", ").replace("public as, ", "public as ");
    if question.evidence {
        held += ", evidence";
    }
    held
}

#[cfg(test)]
mod tests {
    use super::super::planted;
    use super::*;

    fn told(id: &str) -> String {
        let catalogue = planted::catalogue();
        let rows = rows(catalogue.service("lamp").unwrap());
        rows.iter().find(|row| row[0] == format!("`{id}`")).unwrap()[1..].join(" / ")
    }

    #[test]
    fn a_question_is_told_whole() {
        assert_eq!(
            told("seen"),
            "choice / Did you see it? / `yes` Yes<br>`no` No / no, offered at the end; yes when `where` is not answered / \
             `fault` includes leaning or `fault` has 2 or more ticked / – / both, restricted, council_report, evidence"
        );
        assert_eq!(
            told("where"),
            "place: decides who answers / Where is the lamp? / – / yes / always / – / \
             p2, personal, council_report, public as coarse_place"
        );
        assert_eq!(
            told("danger"),
            "yes_no / Is anyone in danger? / yes, no / yes (gate) / always / is yes: stop `call` / p2, plain, nothing"
        );
    }

    #[test]
    fn the_questions_of_a_group_stand_under_it() {
        assert!(told("people").starts_with("group: up to 3 / Who knows more?"));
        assert!(told("people.note").starts_with("text: up to 50 characters / Note / – / no / always"));
    }
}
