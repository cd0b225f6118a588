//! The safe-contact block (P-54). Where it is given, a channel not marked safe is not safe.

use super::at::At;
use super::clean::{clean, length};
use super::moment::time_of;
use super::object::{Object, SHORT};
use super::{Filled, Line};
use crate::answer::{Channel, Day, SafeContact, Window, hour_and_minute};
use crate::{Form, OptionFace, Problem, SafeFace, WindowFace, Words};
use serde_json::{Value, json};

/// Spans of time a person may give.
const WINDOWS: usize = 3;

/// `any`: no block. `none`: no channel is safe. `only`: what is ticked.
pub(super) fn read(at: &At, form: &Form) -> Result<Option<SafeContact>, Vec<Problem>> {
    match form.trimmed(&at.field("safe_mode")) {
        "" if !filled_in(at, form) => return Ok(None),
        "any" => return Ok(None),
        "none" => {
            return Ok(Some(SafeContact { never_via: Channel::ALL.to_vec(), ..SafeContact::default() }));
        }
        "" | "only" => {}
        _ => return Err(vec![at.problem("safe_mode", "choice.unknown", &[])]),
    }
    let mut problems = Vec::new();
    let mut channels = |part: &str| -> Vec<Channel> {
        let ticked: Vec<Option<Channel>> = form.all(&at.field(part)).map(Channel::from_name).collect();
        if ticked.contains(&None) {
            problems.push(at.problem(part, "choice.unknown", &[]));
        }
        let mut ticked: Vec<Channel> = ticked.into_iter().flatten().collect();
        ticked.sort();
        ticked.dedup();
        ticked
    };
    let (safe, never_via) = (channels("safe"), channels("never_via"));
    if safe.is_empty() && never_via.is_empty() && problems.is_empty() {
        problems.push(at.problem("safe", "safe.none", &[]));
    }
    if safe.iter().any(|channel| never_via.contains(channel)) {
        problems.push(at.problem("never_via", "safe.both", &[]));
    }
    let mut text = |part: &str| match clean(form.get(&at.field(part)).unwrap_or(""), false) {
        Ok(text) if length(&text) <= SHORT => Some(text).filter(|text| !text.is_empty()),
        Ok(_) => {
            problems.push(at.problem(part, "text.long", &[("max", &SHORT.to_string())]));
            None
        }
        Err(key) => {
            problems.push(at.problem(part, key, &[]));
            None
        }
    };
    let (who_may_answer, codeword) = (text("who_may_answer"), text("codeword"));
    let mut windows = Vec::new();
    for row in 0..WINDOWS {
        match window(at, form, row) {
            Ok(window) => windows.extend(window),
            Err(problem) => problems.push(problem),
        }
    }
    let ticked = |part: &str| form.get(&at.field(part)) == Some("yes");
    let block = SafeContact {
        safe,
        windows,
        voicemail_ok: ticked("voicemail_ok"),
        sms_ok: ticked("sms_ok"),
        letter_ok: ticked("letter_ok"),
        who_may_answer,
        codeword,
        never_via,
    };
    if problems.is_empty() { Ok(Some(block)) } else { Err(problems) }
}

fn filled_in(at: &At, form: &Form) -> bool {
    let parts = ["safe", "never_via", "windows", "voicemail_ok", "sms_ok", "letter_ok", "who_may_answer", "codeword"];
    parts.iter().any(|part| form.touches(&at.field(part)))
}

fn window(at: &At, form: &Form, row: usize) -> Result<Option<Window>, Problem> {
    let part = |piece: &str| format!("windows.{row}.{piece}");
    let typed = |piece: &str| form.trimmed(&at.field(&part(piece)));
    let field = at.field(&part("days"));
    let days: Option<Vec<Day>> = form.all(&field).map(Day::from_name).collect();
    let days = days.ok_or_else(|| at.problem(&part("days"), "choice.unknown", &[]))?;
    if days.is_empty() && typed("from").is_empty() && typed("to").is_empty() {
        return Ok(None);
    }
    let time = |piece: &str| time_of(typed(piece)).ok_or_else(|| at.problem(&part(piece), "moment.time", &[]));
    let (from, to) = (time("from")?, time("to")?);
    if to <= from {
        return Err(at.problem(&part("to"), "safe.order", &[]));
    }
    // No day ticked: every day.
    Ok(Some(Window { days: if days.is_empty() { Day::ALL.to_vec() } else { days }, from, to }))
}

pub(super) fn take(at: &At, value: &Value) -> Result<SafeContact, Vec<Problem>> {
    let mut object = Object::of(at, "safe", value)?;
    let mut windows = Vec::new();
    for (row, value) in object.list("windows").iter().enumerate() {
        match take_window(at, row, value) {
            Ok(window) if windows.len() < WINDOWS => windows.push(window),
            Ok(_) => object.wrong("windows", "a list of at most three"),
            Err(mut problems) => object.problems.append(&mut problems),
        }
    }
    let block = SafeContact {
        safe: object.words("safe", Channel::from_name),
        windows,
        voicemail_ok: object.flag("voicemail_ok"),
        sms_ok: object.flag("sms_ok"),
        letter_ok: object.flag("letter_ok"),
        who_may_answer: object.text("who_may_answer"),
        codeword: object.text("codeword"),
        never_via: object.words("never_via", Channel::from_name),
    };
    if block.safe.iter().any(|channel| block.never_via.contains(channel)) {
        object.wrong("never_via", "channels that are not marked safe");
    }
    object.done(block)
}

fn take_window(at: &At, row: usize, value: &Value) -> Result<Window, Vec<Problem>> {
    let mut object = Object::of(at, &format!("safe.windows.{row}"), value)?;
    let days = object.words("days", Day::from_name);
    let from = object.word("from", time_of);
    let to = object.word("to", time_of);
    match (from, to) {
        (Some(from), Some(to)) if from < to && !days.is_empty() => object.done(Window { days, from, to }),
        _ => Err(vec![at.problem(&format!("safe.windows.{row}"), "safe.order", &[])]),
    }
}

pub(super) fn face(at: &At, words: &Words, filled: Filled, known: Option<&SafeContact>) -> SafeFace {
    let part = |name: &str| words.say(&format!("person.safe.{name}")).to_owned();
    let block = known.cloned().unwrap_or_default();
    let answered = filled.answer().is_some();
    let mode = match known {
        None if answered => vec!["any"],
        None => vec![],
        Some(block) if block.safe.is_empty() && block.never_via.len() == Channel::ALL.len() => vec!["none"],
        Some(_) => vec!["only"],
    };
    let modes = ["any", "only", "none"].map(|mode| (mode, words.say(&format!("person.safe.modes.{mode}"))));
    let channels = |field: &str, ticked: &[Channel]| -> Vec<OptionFace> {
        let offered = Channel::ALL.iter().map(|channel| (channel.name(), channel_word(words, *channel)));
        at.choices(filled, field, offered, &ticked.iter().map(|channel| channel.name()).collect::<Vec<_>>())
    };
    let tick = |field: &str, set: bool| {
        let mut tick = at.tick(words, filled, field, set);
        tick.label = part(field);
        tick
    };
    let text = |field: &str, known: &Option<String>| {
        let mut input = at.input(words, filled, field, known.as_deref());
        input.label = part(field);
        input
    };
    SafeFace {
        legend: part("legend"),
        hint: part("hint"),
        modes: at.choices(filled, "safe_mode", modes, &mode),
        safe_legend: part("safe"),
        safe: channels("safe", &block.safe),
        never_legend: part("never_via"),
        never_via: channels("never_via", &block.never_via),
        windows_legend: part("windows"),
        windows: (0..WINDOWS).map(|row| window_face(at, words, filled, row, block.windows.get(row))).collect(),
        voicemail_ok: tick("voicemail_ok", block.voicemail_ok),
        sms_ok: tick("sms_ok", block.sms_ok),
        letter_ok: tick("letter_ok", block.letter_ok),
        who_may_answer: text("who_may_answer", &block.who_may_answer),
        codeword: text("codeword", &block.codeword),
    }
}

fn window_face(at: &At, words: &Words, filled: Filled, row: usize, known: Option<&Window>) -> WindowFace {
    let ticked: Vec<&str> = known.iter().flat_map(|window| &window.days).map(|day| day.name()).collect();
    let days = Day::ALL.iter().map(|day| (day.name(), words.say(day_key(*day))));
    let time = |piece: &str, time: Option<jiff::civil::Time>| {
        let mut field =
            at.input(words, filled, &format!("windows.{row}.{piece}"), time.map(hour_and_minute).as_deref());
        field.label = words.say(&format!("person.safe.{piece}")).to_owned();
        field.width = Some(5);
        field
    };
    WindowFace {
        days_legend: words.say("person.safe.days").to_owned(),
        days: at.choices(filled, &format!("windows.{row}.days"), days, &ticked),
        from: time("from", known.map(|window| window.from)),
        to: time("to", known.map(|window| window.to)),
    }
}

fn channel_word(words: &Words, channel: Channel) -> &str {
    words.say(match channel {
        Channel::Email => "person.channels.email",
        Channel::Sms => "person.channels.sms",
        Channel::Phone => "person.channels.phone",
        Channel::Letter => "person.channels.letter",
    })
}

fn day_key(day: Day) -> &'static str {
    match day {
        Day::Mon => "person.days.mon",
        Day::Tue => "person.days.tue",
        Day::Wed => "person.days.wed",
        Day::Thu => "person.days.thu",
        Day::Fri => "person.days.fri",
        Day::Sat => "person.days.sat",
        Day::Sun => "person.days.sun",
    }
}

pub(super) fn show(words: &Words, safe: &SafeContact) -> Vec<Line> {
    let part = |name: &str| words.say(&format!("person.safe.{name}")).to_owned();
    let list = |channels: &[Channel]| {
        let names: Vec<&str> = channels.iter().map(|channel| channel_word(words, *channel)).collect();
        if names.is_empty() { part("nothing") } else { names.join(", ") }
    };
    let mut lines = vec![Line::named(&part("safe"), list(&safe.safe))];
    if !safe.never_via.is_empty() {
        lines.push(Line::named(&part("never_via"), list(&safe.never_via)));
    }
    for window in &safe.windows {
        let days: Vec<&str> = window.days.iter().map(|day| words.say(day_key(*day))).collect();
        let (from, to) = (hour_and_minute(window.from), hour_and_minute(window.to));
        lines.push(Line::named(&part("windows"), format!("{}, {from} to {to}", days.join(", "))));
    }
    for (name, ok) in [("voicemail_ok", safe.voicemail_ok), ("sms_ok", safe.sms_ok), ("letter_ok", safe.letter_ok)] {
        let word = words.say(if ok { "yes_no.options.yes" } else { "yes_no.options.no" });
        lines.push(Line::named(&part(name), word));
    }
    for (name, text) in [("who_may_answer", &safe.who_may_answer), ("codeword", &safe.codeword)] {
        lines.extend(text.as_ref().map(|text| Line::named(&part(name), text.clone())));
    }
    lines
}

pub(super) fn schema() -> Value {
    let channels = json!({ "type": "array", "items": { "enum": Channel::NAMES }, "uniqueItems": true });
    let time = json!({ "type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$" });
    json!({
        "type": "object",
        "properties": {
            "safe": channels,
            "never_via": channels,
            "windows": { "type": "array", "maxItems": WINDOWS, "items": {
                "type": "object",
                "properties": { "days": { "type": "array", "items": { "enum": Day::NAMES }, "minItems": 1 }, "from": time, "to": time },
                "required": ["days", "from", "to"],
                "additionalProperties": false,
            } },
            "voicemail_ok": { "type": "boolean" },
            "sms_ok": { "type": "boolean" },
            "letter_ok": { "type": "boolean" },
            "who_may_answer": { "type": "string", "maxLength": SHORT },
            "codeword": { "type": "string", "maxLength": SHORT },
        },
        "additionalProperties": false,
    })
}
