//! From the fields of this protocol to what the JSON API takes, so that both go the same way from there.

use super::{
    definition::BY_SOFTWARE,
    params::Asked,
    services::{attributes, described},
    stamp,
};
use catalogue::{Kind, PersonPart, Question, Service};
use serde_json::{Map, Value as Json, json};

/// Most characters of a description.
const MOST: usize = 5_000;
/// Most characters of what is kept beside the answers.
const MOST_ASIDE: usize = 4_900;

/// What was said.
#[derive(Debug, Default)]
pub struct Gathered {
    /// As the JSON API takes it.
    pub body: Map<String, Json>,
    /// What no question asks for, a line each: the agency's staff read it.
    pub aside: Vec<String>,
    pub errors: Vec<String>,
}

pub fn gather(service: &Service, asked: &Asked) -> Gathered {
    let mut all = Gathered::default();
    let mut answers = Map::new();
    for (code, values) in given(asked) {
        match attributes(service).find(|(question, _)| question.id == code) {
            Some((question, _)) => match value(question, &values) {
                Ok(value) => drop(answers.insert(code, value)),
                Err(words) => all.errors.push(format!("attribute[{code}] {words}")),
            },
            // A stop that was read, and after which the person goes on.
            None if code == "carried_on" => drop(all.body.insert(code, json!(values))),
            // The point says the same.
            None if BY_SOFTWARE[..2].iter().any(|(known, ..)| *known == code) => {}
            None => all.aside.push(format!("{code}: {}", values.join(", "))),
        }
    }
    if let Some(question) = service.deciding_place() {
        answers.extend(place(asked, &mut all).map(|place| (question.id.clone(), place)));
    }
    describe(service, asked, &mut answers, &mut all);
    contact(service, asked, &mut all);
    all.body.insert("service".to_owned(), json!(service.id));
    all.body.insert("answers".to_owned(), Json::Object(answers));
    all
}

impl Gathered {
    /// Answers that are not asked for after the others go beside them.
    pub fn set_aside(&mut self, questions: &[String]) {
        let Some(answers) = self.body.get_mut("answers").and_then(Json::as_object_mut) else { return };
        for id in questions {
            if let Some(answer) = answers.remove(id) {
                self.aside.push(format!("{id}: {answer}"));
            }
        }
    }

    pub fn words_aside(&self) -> Option<String> {
        let plain = |c: &char| !c.is_control() || *c == '\n';
        let words: String = self.aside.join("\n").chars().filter(plain).take(MOST_ASIDE).collect();
        Some(words).filter(|words| !words.trim().is_empty())
    }
}

/// Codes with their values in the order they came; what is empty was not given.
fn given(asked: &Asked) -> Vec<(String, Vec<String>)> {
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for (name, value) in &asked.said.0 {
        let code = name
            .strip_prefix("attribute[")
            .and_then(|rest| rest.strip_suffix(']').map(|rest| rest.trim_end_matches("][")));
        let (Some(code), false) = (code, value.trim().is_empty()) else { continue };
        match all.iter_mut().find(|(known, _)| known == code) {
            Some((_, values)) => values.push(value.trim().to_owned()),
            None => all.push((code.to_owned(), vec![value.trim().to_owned()])),
        }
    }
    all
}

fn value(question: &Question, values: &[String]) -> Result<Json, &'static str> {
    let first = values.first().map(String::as_str).unwrap_or_default();
    Ok(match question.kind {
        Kind::Choices { .. } => json!(values),
        Kind::YesNo => match first.to_ascii_lowercase().as_str() {
            "yes" | "true" | "1" => json!(true),
            "no" | "false" | "0" => json!(false),
            _ => return Err("is not an option: yes or no"),
        },
        Kind::Number { .. } => json!(first.parse::<i64>().map_err(|_| "is not a whole number")?),
        Kind::Date { .. } => json!(day(first).ok_or("is not a date")?),
        Kind::Moment { .. } if first.len() == 10 => json!({ "date": day(first).ok_or("is not a date")? }),
        Kind::Moment { .. } => {
            let (at, _) = stamp::read(first).ok_or("is not a time in W3CDTF with its zone")?;
            json!({ "at": stamp::written(at) })
        }
        _ => json!(first),
    })
}

fn day(text: &str) -> Option<String> {
    stamp::read(text).map(|(at, _)| crate::page::when::local(at).date().to_string())
}

fn place(asked: &Asked, all: &mut Gathered) -> Option<Json> {
    let degrees = |name: &str| asked.get(name).map(|text| text.parse::<f64>().ok().filter(|n| n.is_finite()));
    match (degrees("lat"), degrees("long"), asked.get("address_string")) {
        (Some(Some(lat)), Some(Some(lon)), address) => {
            all.aside.extend(address.map(|address| format!("Address: {address}")));
            return Some(json!({ "lat": lat, "lon": lon }));
        }
        (None, None, Some(address)) => return Some(json!({ "typed": address })),
        (None, None, None) if asked.get("address_id").is_some() => {
            all.errors.push("address_id is not known here: send lat and long, or address_string".to_owned());
        }
        (None, None, None) => {
            all.errors.push("lat and long, address_string or address_id was not provided".to_owned());
        }
        _ => all.errors.push("lat and long are two numbers that go together".to_owned()),
    }
    None
}

/// The description answers the question for the reporter's own words; one that is too long for it goes beside it as a whole.
fn describe(service: &Service, asked: &Asked, answers: &mut Map<String, Json>, all: &mut Gathered) {
    let Some(text) = asked.get("description") else { return };
    if text.chars().count() > MOST {
        return all.errors.push(format!("description has more than {MOST} characters"));
    }
    let Split { words, url } = split(text);
    all.aside.extend(url.map(|url| format!("url: {url}")));
    match described(service) {
        Some(question) => {
            let Kind::LongText { max, .. } = question.kind else { return };
            let fits = words.chars().count() <= max;
            let answer = if fits {
                words
            } else {
                let begins: String = words.chars().take(max - 1).collect();
                all.aside.insert(0, words);
                format!("{begins}…")
            };
            answers.insert(question.id.clone(), json!(answer));
        }
        None => all.aside.insert(0, words),
    }
}

/// What the parts of a description say.
#[derive(Debug, PartialEq, Eq)]
struct Split {
    words: String,
    url: Option<String>,
}

/// `title: … detail: … url: …`, as FixMyStreet sends it (C-81). Anything else is words.
fn split(text: &str) -> Split {
    let whole = || Split { words: text.to_owned(), url: None };
    let Some(rest) = text.strip_prefix("title:") else { return whole() };
    let Some((title, rest)) = rest.split_once("detail:") else { return whole() };
    let (detail, url) = match rest.rsplit_once("url:") {
        Some((detail, rest)) => (detail, rest.split_whitespace().next().map(str::to_owned)),
        None => (rest, None),
    };
    let (title, detail) = (title.trim(), detail.trim());
    let words = match (title, detail) {
        ("", _) => detail.to_owned(),
        (_, "") => title.to_owned(),
        _ if title == detail => title.to_owned(),
        _ => format!("{title}\n\n{detail}"),
    };
    Split { words, url }
}

/// Who reported. Somebody who cannot be reached is only named to staff.
fn contact(service: &Service, asked: &Asked, all: &mut Gathered) {
    let name = ["first_name", "last_name"].into_iter().filter_map(|part| asked.get(part)).filter(|part| *part != "-");
    let name = name.collect::<Vec<_>>().join(" ");
    let parts = service.questions.iter().find_map(|question| match &question.kind {
        Kind::Person { parts, .. } => Some(parts.as_slice()),
        _ => None,
    });
    let part = |part: PersonPart, value: Option<&str>| {
        value.filter(|value| !value.is_empty() && parts.is_some_and(|parts| parts.contains(&part))).map(str::to_owned)
    };
    let (email, phone) = (part(PersonPart::Email, asked.get("email")), part(PersonPart::Phone, asked.get("phone")));
    if email.is_none() && phone.is_none() {
        all.aside.extend(Some(name).filter(|name| !name.is_empty()).map(|name| format!("Name: {name}")));
        return;
    }
    let given = [("name", part(PersonPart::Name, Some(&name))), ("email", email), ("phone", phone)];
    let contact = given.into_iter().filter_map(|(part, value)| Some((part.to_owned(), json!(value?))));
    all.body.insert("contact".to_owned(), Json::Object(contact.collect()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_in_parts_is_split_and_any_other_is_words() {
        let split = |text: &str| {
            let Split { words, url } = split(text);
            (words, url)
        };
        let three =
            "title: A hole\n\ndetail: It is deep: mind it\n\nurl: https://fms.example/report/7\n\nSubmitted via X\n";
        assert_eq!(split(three), ("A hole\n\nIt is deep: mind it".into(), Some("https://fms.example/report/7".into())));
        assert_eq!(split("title: A hole\ndetail: A hole"), ("A hole".into(), None));
        for whole in ["A hole", "title: only", "detail: x url: y", ""] {
            assert_eq!(split(whole), (whole.into(), None));
        }
    }
}
