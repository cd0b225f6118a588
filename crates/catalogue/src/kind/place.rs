use super::at::At;
use super::clean::{clean, length};
use super::object::Object;
use super::{Filled, Line, Read};
use crate::answer::{How, Place, six};
use crate::{Answer, Context, Face, Field, Form, Found, OptionFace, PlaceFace, Problem, Words};
use serde_json::{Value, json};

/// Longest look-up text.
const TEXT: usize = 200;
/// Longest description in plain words.
const WORDS: usize = 500;
/// At most so many matches are offered.
const OFFERED: usize = 10;
/// The value of the radio "none of these".
const NONE: &str = "words";

/// Text, where given, wins over a pin; a pin over plain words.
pub(super) fn read(at: &At, form: &Form, ctx: &Context) -> Result<Read, Vec<Problem>> {
    let said = |part: &'static str, most: usize| {
        let text = clean(form.get(&at.field(part)).unwrap_or(""), part == "words");
        match text {
            Ok(text) if length(&text) <= most => Ok(text),
            Ok(_) => Err(vec![at.problem(part, "text.long", &[("max", &most.to_string())])]),
            Err(key) => Err(vec![at.problem(part, key, &[])]),
        }
    };
    let (text, words) = (said("text", TEXT)?, said("words", WORDS)?);
    let pick = form.trimmed(&at.field("pick"));
    if !text.is_empty() {
        return looked_up(at, &text, &words, pick, ctx);
    }
    let (lat, lon) = (form.trimmed(&at.field("lat")), form.trimmed(&at.field("lon")));
    if !lat.is_empty() || !lon.is_empty() {
        let how = if form.trimmed(&at.field("how")) == How::Device.name() { How::Device } else { How::Pin };
        return pinned(at, lat, lon, how, ctx).map(given);
    }
    if words.is_empty() { Ok(Read::Answer(None)) } else { Ok(given(in_own_words(words))) }
}

fn given(place: Place) -> Read {
    Read::Answer(Some(Answer::Place(place)))
}

/// One match is taken, of several one is picked, and none is no dead end (C-6).
fn looked_up(at: &At, text: &str, words: &str, pick: &str, ctx: &Context) -> Result<Read, Vec<Problem>> {
    if pick == NONE {
        let words = if words.is_empty() { text } else { words };
        return Ok(given(in_own_words(words.to_owned())));
    }
    let mut found = ctx.finder.find(text);
    found.truncate(OFFERED);
    if let Some(picked) = found.iter().find(|found| found.key() == pick) {
        return Ok(given(taken(text, picked)));
    }
    match found.as_slice() {
        [] if !words.is_empty() => Ok(given(in_own_words(words.to_owned()))),
        [] => Err(vec![at.problem("text", "place.unknown", &[("text", text)])]),
        [one] => Ok(given(taken(text, one))),
        _ if pick.is_empty() => Ok(Read::Pick(found)),
        _ => Err(vec![at.problem("text", "place.changed", &[])]),
    }
}

fn taken(text: &str, found: &Found) -> Place {
    Place {
        typed: text.to_owned(),
        label: found.full_label(),
        point: Some((six(found.lat), six(found.lon))),
        postcode: found.postcode.clone(),
        how: found.how,
        uprn: None,
    }
}

fn in_own_words(words: String) -> Place {
    Place { typed: words.clone(), label: words, point: None, postcode: None, how: How::Words, uprn: None }
}

fn pinned(at: &At, lat: &str, lon: &str, how: How, ctx: &Context) -> Result<Place, Vec<Problem>> {
    let point = lat.parse().ok().zip(lon.parse().ok()).filter(|(lat, lon)| on_earth(*lat, *lon));
    let Some((lat, lon)) = point else { return Err(vec![at.problem("text", "place.point", &[])]) };
    let (lat, lon) = (six(lat), six(lon));
    let label = ctx.finder.describe(lat, lon).unwrap_or_else(|| format!("{lat:.5}, {lon:.5}"));
    Ok(Place { typed: String::new(), label, point: Some((lat, lon)), postcode: None, how, uprn: None })
}

fn on_earth(lat: f64, lon: f64) -> bool {
    lat.is_finite() && lon.is_finite() && lat.abs() <= 90.0 && lon.abs() <= 180.0
}

pub(super) fn take(at: &At, value: &Value) -> Result<Answer, Vec<Problem>> {
    let mut object = Object::of(at, "", value)?;
    let label = object.long("label", WORDS, true).unwrap_or_default();
    let typed = object.long("typed", WORDS, true).unwrap_or_default();
    let postcode = object.text("postcode");
    let uprn = object.text("uprn");
    let how = object.word("how", How::from_name);
    let (lat, lon) = (object.value("lat").map(Value::as_f64), object.value("lon").map(Value::as_f64));
    let point = match (lat, lon) {
        (None, None) => None,
        (Some(Some(lat)), Some(Some(lon))) if on_earth(lat, lon) => Some((six(lat), six(lon))),
        _ => {
            object.wrong("lat", "a latitude, with a longitude beside it");
            None
        }
    };
    if point.is_none() && label.is_empty() && typed.is_empty() {
        object.wrong("label", "words, or a latitude and longitude beside it");
    }
    let figures = |uprn: &String| (1..=12).contains(&uprn.len()) && uprn.bytes().all(|byte| byte.is_ascii_digit());
    if uprn.as_ref().is_some_and(|uprn| !figures(uprn)) {
        object.wrong("uprn", "one to twelve figures");
    }
    let how = how.unwrap_or(if point.is_some() { How::Pin } else { How::Words });
    if (how == How::Words) == point.is_some() {
        object.wrong("how", "`words` without a point, and any other word with one");
    }
    let label = match (label.is_empty(), point) {
        (false, _) => label,
        (true, Some((lat, lon))) if typed.is_empty() => format!("{lat:.5}, {lon:.5}"),
        (true, _) => typed.clone(),
    };
    object.done(Answer::Place(Place { typed, label, point, postcode, how, uprn }))
}

pub(super) fn face(at: &At, words: &Words, filled: Filled) -> Face {
    let place = match filled.answer() {
        Some(Answer::Place(place)) => Some(place),
        _ => None,
    };
    let typed = place.filter(|place| place.how != How::Words).map(|place| place.typed.as_str());
    let own = place.filter(|place| place.how == How::Words).map(|place| place.typed.as_str());
    let pin = place.filter(|place| matches!(place.how, How::Pin | How::Device));
    let degrees = |pick: fn((f64, f64)) -> f64| pin.and_then(|place| place.point).map(|at| format!("{:.6}", pick(at)));
    let hidden = |part: &str, value: Option<String>| Field {
        input: "hidden",
        ..at.input(words, filled, part, value.as_deref())
    };
    let mut text = at.input(words, filled, "text", typed);
    text.max = Some(TEXT);
    text.autocomplete = Some("postal-code");
    let mut plain = at.input(words, filled, "words", own);
    plain.max = Some(WORDS);
    plain.rows = 3;
    plain.spellcheck = true;
    Face::Place(PlaceFace {
        frame: at.frame(words),
        text,
        lat: hidden("lat", degrees(|at| at.0)),
        lon: hidden("lon", degrees(|at| at.1)),
        how: hidden("how", pin.map(|place| place.how.name().to_owned())),
        words: plain,
        pick: pick_list(at, words, filled),
        label: place.map(|place| place.label.clone()),
    })
}

fn pick_list(at: &At, words: &Words, filled: Filled) -> Vec<OptionFace> {
    let Filled::Pick(_, found) = filled else { return Vec::new() };
    let keys: Vec<(String, String)> = found.iter().map(|found| (found.key(), found.full_label())).collect();
    let offered = keys.iter().map(|(key, label)| (key.as_str(), label.as_str()));
    let none = (NONE, words.say("place.parts.none"));
    let mut list = at.choices(filled, "pick", offered.chain([none]), &[]);
    if let Some(none) = list.last_mut() {
        none.alone = true;
    }
    list
}

pub(super) fn show(words: &Words, place: &Place) -> Vec<Line> {
    let mut lines = vec![Line::plain(place.label.clone())];
    if !place.typed.is_empty() && !place.label.contains(&place.typed) {
        lines.push(Line::named(words.say("place.show.typed"), place.typed.clone()));
    }
    if let Some(postcode) = &place.postcode
        && !place.label.contains(postcode)
    {
        lines.push(Line::named(words.say("place.show.postcode"), postcode.clone()));
    }
    lines
}

pub(super) fn schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "label": { "type": "string", "maxLength": WORDS },
            "typed": { "type": "string", "maxLength": WORDS },
            "lat": { "type": "number", "minimum": -90, "maximum": 90 },
            "lon": { "type": "number", "minimum": -180, "maximum": 180 },
            "postcode": { "type": "string" },
            "uprn": { "type": "string", "pattern": "^[0-9]{1,12}$" },
            "how": { "enum": How::ALL.map(How::name) },
        },
        "anyOf": [{ "required": ["lat", "lon"] }, { "required": ["label"] }, { "required": ["typed"] }],
        "additionalProperties": false,
    })
}
