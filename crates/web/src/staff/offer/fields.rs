//! The fields of a service that staff change, and back.

use crate::{
    App,
    govuk::{DateInput, Html, Input, RadioItem, Radios, Select, SelectItem, Textarea},
    page::Posted,
};
use casework::offer::{Fault, Form, Open, Unit};

/// The id of the field that a fault is about.
pub fn stands(field: &str) -> &str {
    if field == "from" { "from-day" } else { field }
}

pub fn read(posted: &Posted) -> Form {
    let text = |name: &str| posted.get(name).to_owned();
    let unit = |name: &str| Unit::ALL.into_iter().find(|unit| unit.name() == posted.get(name)).unwrap_or_default();
    Form {
        open: Open::ALL.into_iter().find(|open| open.name() == posted.get("open")).unwrap_or_default(),
        title: text("title"),
        words: text("words"),
        go: text("go"),
        link: text("link"),
        link_words: text("link_words"),
        hint: text("hint"),
        first_answer: text("first_answer"),
        first_answer_unit: unit("first_answer_unit"),
        target: text("target"),
        target_unit: unit("target_unit"),
        updates_closed: text("updates_closed"),
        updates_days: text("updates_days"),
        reopen_off: posted.get("reopen") == "off",
        reopen_days: text("reopen_days"),
        from: (text("from-day"), text("from-month"), text("from-year")),
        reason: text("reason"),
    }
}

/// All of it, to be sent again as it was looked at.
pub fn hidden(form: &Form) -> Vec<(&'static str, String)> {
    let (day, month, year) = form.from.clone();
    vec![
        ("open", form.open.name().to_owned()),
        ("title", form.title.clone()),
        ("words", form.words.clone()),
        ("go", form.go.clone()),
        ("link", form.link.clone()),
        ("link_words", form.link_words.clone()),
        ("hint", form.hint.clone()),
        ("first_answer", form.first_answer.clone()),
        ("first_answer_unit", form.first_answer_unit.name().to_owned()),
        ("target", form.target.clone()),
        ("target_unit", form.target_unit.name().to_owned()),
        ("updates_closed", form.updates_closed.clone()),
        ("updates_days", form.updates_days.clone()),
        ("reopen", if form.reopen_off { "off" } else { "" }.to_owned()),
        ("reopen_days", form.reopen_days.clone()),
        ("from-day", day),
        ("from-month", month),
        ("from-year", year),
        ("reason", form.reason.clone()),
    ]
}

pub fn all(app: &App, agency: &str, service: &str, form: &Form, faults: &[Fault]) -> Vec<Html> {
    let wrong = |name: &str| faults.iter().find(|(field, _)| *field == name).map(|(_, words)| words.as_str());
    let line = |name: &str, label: &str, value: &str| Input::new(name, name, label).value(value).error(wrong(name));
    let count = |name: &str, label: &str, value: &str| line(name, label, value).digits().width(3);
    let filed = app.setting.filed_targets(agency, service);
    let span = |name: &str, label: &str, value: &str, filed: &str| {
        Html::of(&count(name, label, value).hint(format!("The file says {filed}. Leave it empty to keep that.")))
    };
    let unit = |name: &str, label: &str, value: Unit| {
        let units = Unit::ALL.map(|unit| SelectItem::new(unit.name(), unit.words()));
        Html::of(&Select::new(name, name, label, units).value(value.name()))
    };
    let opens = Open::ALL.map(|open| RadioItem::new(open.name(), open.words()));
    let others = app.setting.services_of(agency).into_iter().filter(|(id, _)| id != service);
    let others = others.map(|(id, name)| SelectItem::new(id, name));
    let closed =
        [("", "As the file says"), ("others", "Nothing: only the reporter and staff"), ("all", "Nothing: only staff")];
    let reopen = [("", "Yes, as the file says or for the days below"), ("off", "No")];
    let items = |all: &[(&str, &str)]| all.iter().map(|(id, words)| SelectItem::new(*id, *words)).collect::<Vec<_>>();
    let (day, month, year) = &form.from;
    vec![
        Html::of(&Radios::new("open", "Who can send it?", opens).value(form.open.name()).error(wrong("open"))),
        Html::of(
            &line("title", "If not everybody: heading that people read", &form.title)
                .hint("For example, We take no new orders at the moment"),
        ),
        Html::of(
            &Textarea::new("words", "words", "If not everybody: what people read in place of the form")
                .hint("Say why, until when, and what they can do now. Leave an empty line between paragraphs.")
                .value(&form.words)
                .rows(4)
                .error(wrong("words")),
        ),
        Html::of(
            &Select::new(
                "go",
                "go",
                "A kind of report to use instead, if there is one",
                [SelectItem::new("", "None")].into_iter().chain(others),
            )
            .value(&form.go)
            .error(wrong("go")),
        ),
        Html::of(&line("link", "A page to go to instead, if there is one", &form.link).hint("It begins with https://")),
        Html::of(&line("link_words", "What the link to that page says", &form.link_words)),
        Html::of(&line("hint", "Hint under its name in the list, if it needs one", &form.hint)),
        span("first_answer", "First answer within", &form.first_answer, &filed[0]),
        unit("first_answer_unit", "First answer: hours or days", form.first_answer_unit),
        span("target", "Work done within", &form.target, &filed[1]),
        unit("target_unit", "Work done: hours or days", form.target_unit),
        Html::of(
            &Select::new("updates_closed", "updates_closed", "What other people may say", items(&closed))
                .value(&form.updates_closed)
                .error(wrong("updates_closed")),
        ),
        Html::of(
            &count(
                "updates_days",
                "Days after it is closed in which people may still say something",
                &form.updates_days,
            )
            .hint("Leave it empty to keep what the file says."),
        ),
        Html::of(
            &Select::new("reopen", "reopen", "May the reporter open a closed report again?", items(&reopen))
                .value(if form.reopen_off { "off" } else { "" }),
        ),
        Html::of(
            &count("reopen_days", "Days after it is closed in which the reporter may open it again", &form.reopen_days)
                .hint("Leave it empty to keep what the file says."),
        ),
        Html::of(
            &DateInput::new("from", "From which day?")
                .hint("Today or later. What you save now takes the place of changes that wait for their day.")
                .values(day, month, year)
                .error(wrong("from")),
        ),
        Html::of(
            &Textarea::new("reason", "reason", "Why?")
                .hint("Only your colleagues read this.")
                .value(&form.reason)
                .rows(2)
                .error(wrong("reason")),
        ),
    ]
}
