mod clock;

use super::at::At;
use super::object::Object;
use super::{Filled, Line, date};
use crate::answer::Moment;
use crate::{Answer, Context, Face, Form, InstantFields, Kind, MomentFace, MomentMode, OptionFace, Problem, Words};
use clock::instant;
pub use clock::time_of;
pub(super) use clock::{Local, in_words, local};
use jiff::civil::Time;
use serde_json::{Value, json};

pub(super) fn read(at: &At, form: &Form) -> Result<Option<Answer>, Vec<Problem>> {
    let Kind::Moment { modes } = &at.question.kind else { return Ok(None) };
    let mode = match form.trimmed(&at.field("mode")) {
        // One mode alone is not asked for; of several, the fields that were filled tell.
        "" => touched(at, form, modes),
        chosen => match MomentMode::from_name(chosen).filter(|mode| modes.contains(mode)) {
            Some(mode) => Some(mode),
            None => return Err(vec![at.problem("mode", "choice.unknown", &[])]),
        },
    };
    let moment = match mode {
        None => None,
        Some(MomentMode::Exact) => read_instant(at, form, "")?.map(Moment::Exact),
        Some(MomentMode::Day) => read_day(at, form, modes)?.map(Moment::Day),
        Some(MomentMode::Between) => {
            let from = read_instant(at, form, "from.");
            let to = read_instant(at, form, "to.");
            match (from, to) {
                (Ok(None), Ok(None)) => None,
                (Ok(Some(from)), Ok(Some(to))) => Some(Moment::Between { from, to }),
                (Ok(None), Ok(Some(_))) => return Err(vec![at.problem("from.date.day", "moment.no_from", &[])]),
                (Ok(Some(_)), Ok(None)) => return Err(vec![at.problem("to.date.day", "moment.no_to", &[])]),
                (from, to) => return Err([from.err(), to.err()].into_iter().flatten().flatten().collect()),
            }
        }
    };
    let chosen = !form.trimmed(&at.field("mode")).is_empty();
    match moment {
        Some(moment) => Ok(Some(Answer::Moment(moment))),
        None if chosen => Err(vec![at.problem(first_field(mode, modes), "moment.no_date", &[])]),
        None => Ok(None),
    }
}

fn first_field(mode: Option<MomentMode>, modes: &[MomentMode]) -> &'static str {
    match mode {
        Some(MomentMode::Between) => "from.date.day",
        Some(MomentMode::Day) if modes.len() > 1 => "on.day",
        _ => "date.day",
    }
}

fn touched(at: &At, form: &Form, modes: &[MomentMode]) -> Option<MomentMode> {
    let has = |part: &str| form.touches(&at.field(part));
    let filled = |mode: &MomentMode| match mode {
        MomentMode::Exact => has("date") || has("time"),
        MomentMode::Between => has("from") || has("to"),
        MomentMode::Day => has("on") || (modes.len() == 1 && has("date")),
    };
    modes.iter().copied().find(filled)
}

/// The day alone stands under `on`, or under `date` where it is the only mode.
fn read_day(at: &At, form: &Form, modes: &[MomentMode]) -> Result<Option<jiff::civil::Date>, Vec<Problem>> {
    date::read_part(at, form, if modes.len() == 1 { "date" } else { "on" })
}

/// Day, time and, where that local time came twice, which of the two. `under` ends with a dot or is empty.
fn read_instant(at: &At, form: &Form, under: &str) -> Result<Option<jiff::ZonedDateTime>, Vec<Problem>> {
    let time_field = format!("{under}time");
    let date = date::read_part(at, form, &format!("{under}date"));
    let typed = form.trimmed(&at.field(&time_field));
    let time = (!typed.is_empty()).then(|| time_of(typed));
    let (date, time) = match (date, time) {
        (Ok(None), None) => return Ok(None),
        (Ok(None), Some(_)) => return Err(vec![at.problem(&format!("{under}date.day"), "moment.no_date", &[])]),
        (Ok(Some(_)), None) => return Err(vec![at.problem(&time_field, "moment.no_time", &[])]),
        (Ok(Some(date)), Some(Some(time))) => (date, time),
        (date, time) => {
            let mut problems = date.err().unwrap_or_default();
            if time == Some(None) {
                problems.push(at.problem(&time_field, "moment.time", &[]));
            }
            return Err(problems);
        }
    };
    settle(at, under, date, time, form.trimmed(&at.field(&format!("{under}fold")))).map(Some)
}

/// The instant of a local day and time (P-4): refused in the skipped hour, asked about in the repeated one.
fn settle(
    at: &At,
    under: &str,
    date: jiff::civil::Date,
    time: Time,
    fold: &str,
) -> Result<jiff::ZonedDateTime, Vec<Problem>> {
    let field = |part: &str| format!("{under}{part}");
    match (local(date, time), fold) {
        (Local::Once(at), _) | (Local::Twice(at, _), "first") | (Local::Twice(_, at), "second") => Ok(at),
        (Local::Twice(..), _) => Err(vec![at.problem(&field("fold"), "moment.twice", &[])]),
        (Local::Never, _) => Err(vec![at.problem(&field("time"), "moment.never", &[])]),
        (Local::Beyond, _) => Err(vec![at.problem(&field("date.day"), "date.form", &[])]),
    }
}

pub(super) fn take(at: &At, value: &Value) -> Result<Answer, Vec<Problem>> {
    take_part(at, "", value).map(Answer::Moment)
}

pub(super) fn take_part(at: &At, part: &str, value: &Value) -> Result<Moment, Vec<Problem>> {
    let mut object = Object::of(at, part, value)?;
    let [exact, from, to, date] = ["at", "from", "to", "date"].map(|key| object.value(key));
    let zoned = |value: Option<&Value>| value.and_then(Value::as_str).and_then(instant);
    let moment = match (exact, from, to, date) {
        (Some(_), None, None, None) => zoned(exact).map(Moment::Exact),
        (None, Some(_), Some(_), None) => zoned(from).zip(zoned(to)).map(|(from, to)| Moment::Between { from, to }),
        (None, None, None, Some(date)) => date.as_str().and_then(|text| text.parse().ok()).map(Moment::Day),
        _ => None,
    };
    let allowed = match (&at.question.kind, &moment) {
        (Kind::Moment { modes }, Some(moment)) => modes.contains(&mode_of(moment)),
        _ => true,
    };
    match moment {
        Some(moment) if allowed => object.done(moment),
        _ => Err(vec![at.problem(part, "moment.json", &[])]),
    }
}

fn mode_of(moment: &Moment) -> MomentMode {
    match moment {
        Moment::Exact(_) => MomentMode::Exact,
        Moment::Between { .. } => MomentMode::Between,
        Moment::Day(_) => MomentMode::Day,
    }
}

/// Never in the future, and no end before its beginning (P-22).
pub(super) fn stands(at: &At, moment: &Moment, ctx: &Context) -> Vec<Problem> {
    let later = |at: &jiff::ZonedDateTime| at.timestamp() > ctx.now.timestamp();
    match moment {
        Moment::Exact(time) if later(time) => vec![at.problem("date.day", "moment.future", &[])],
        Moment::Between { to, .. } if later(to) => vec![at.problem("to.date.day", "moment.future", &[])],
        Moment::Between { from, to } if from.timestamp() > to.timestamp() => {
            vec![at.problem("to.date.day", "moment.order", &[])]
        }
        Moment::Day(date) if *date > ctx.now.date() => {
            let Kind::Moment { modes } = &at.question.kind else { return Vec::new() };
            vec![at.problem(first_field(Some(MomentMode::Day), modes), "moment.future", &[])]
        }
        _ => Vec::new(),
    }
}

pub(super) fn face(at: &At, words: &Words, filled: Filled) -> Face {
    let Kind::Moment { modes } = &at.question.kind else {
        return Face::Moment(MomentFace {
            frame: at.frame(words),
            modes: vec![],
            exact: None,
            between: None,
            day: None,
        });
    };
    let answered = match filled.answer() {
        Some(Answer::Moment(moment)) => Some(moment),
        _ => None,
    };
    let chosen: Vec<&str> = answered.map(|moment| mode_of(moment).name()).into_iter().collect();
    let labelled = modes.iter().map(|mode| (mode.name(), words.part(&at.question.id, "moment", mode.name())));
    let has = |mode| modes.contains(&mode);
    let [exact, from, to] = match answered {
        Some(Moment::Exact(at)) => [Some(at), None, None],
        Some(Moment::Between { from, to }) => [None, Some(from), Some(to)],
        Some(Moment::Day(_)) | None => [None; 3],
    };
    let on = if let Some(Moment::Day(date)) = answered { Some(*date) } else { None };
    let instant = |under: &str, known: Option<&jiff::ZonedDateTime>| instant_fields(at, words, filled, under, known);
    Face::Moment(MomentFace {
        frame: at.frame(words),
        modes: if modes.len() > 1 { at.choices(filled, "mode", labelled, &chosen) } else { Vec::new() },
        exact: has(MomentMode::Exact).then(|| instant("", exact)),
        between: has(MomentMode::Between).then(|| (instant("from.", from), instant("to.", to))),
        day: has(MomentMode::Day)
            .then(|| at.date_fields(words, filled, if modes.len() == 1 { "date" } else { "on" }, on)),
    })
}

fn instant_fields(
    at: &At,
    words: &Words,
    filled: Filled,
    under: &str,
    known: Option<&jiff::ZonedDateTime>,
) -> InstantFields {
    let mut time = at.input(words, filled, &format!("{under}time"), known.map(clock::typed).as_deref());
    time.width = Some(10);
    time.hint = words.get("moment.hints.time").map(str::to_owned);
    InstantFields {
        date: at.date_fields(words, filled, &format!("{under}date"), known.map(jiff::ZonedDateTime::date)),
        fold: fold(at, words, filled, under, known),
        time,
    }
}

/// Whether a moment lies in the first or the second of a repeated hour; nothing for every other hour.
pub(super) fn which_of_two(at: &jiff::ZonedDateTime) -> Option<&'static str> {
    match local(at.date(), at.time()) {
        Local::Twice(first, _) => Some(if at.timestamp() == first.timestamp() { "first" } else { "second" }),
        _ => None,
    }
}

/// "First or second?" is asked only where it matters.
fn fold(at: &At, words: &Words, filled: Filled, under: &str, known: Option<&jiff::ZonedDateTime>) -> Vec<OptionFace> {
    let posted = filled.form().and_then(|form| {
        let date = date::read_part(at, form, &format!("{under}date")).ok()??;
        Some((date, time_of(form.trimmed(&at.field(&format!("{under}time"))))?))
    });
    let day_and_time = posted.or_else(|| known.map(|at| (at.date(), at.time())));
    let Some(Local::Twice(..)) = day_and_time.map(|(date, time)| local(date, time)) else { return Vec::new() };
    let chosen = known.and_then(which_of_two);
    let options = ["first", "second"].map(|option| (option, words.say(&format!("moment.fold.{option}"))));
    at.choices(filled, &format!("{under}fold"), options, &chosen.into_iter().collect::<Vec<_>>())
}

pub(super) fn show(words: &Words, moment: &Moment) -> Vec<Line> {
    match moment {
        Moment::Exact(at) => vec![Line::plain(in_words(words, at))],
        Moment::Between { from, to } => vec![
            Line::named(words.say("moment.show.from"), in_words(words, from)),
            Line::named(words.say("moment.show.to"), in_words(words, to)),
        ],
        Moment::Day(date) => {
            vec![Line::plain(format!("{}, {}", date::in_words(words, *date), words.say("moment.show.day")))]
        }
    }
}

pub(super) fn schema(modes: &[MomentMode]) -> Value {
    let instant = json!({ "type": "string", "format": "date-time" });
    let one = |mode: &MomentMode| {
        let (properties, required) = match mode {
            MomentMode::Exact => (json!({ "at": instant }), json!(["at"])),
            MomentMode::Between => (json!({ "from": instant, "to": instant }), json!(["from", "to"])),
            MomentMode::Day => (json!({ "date": { "type": "string", "format": "date" } }), json!(["date"])),
        };
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
    };
    json!({ "oneOf": modes.iter().map(one).collect::<Vec<_>>() })
}
