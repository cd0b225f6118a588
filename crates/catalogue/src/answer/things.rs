use super::{Moment, put};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// Pounds and pence, perhaps "about" (P-28).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    pub pence: i64,
    pub about: bool,
}

impl Money {
    /// `{"pence": 1250, "about": false}`
    pub fn to_json(&self) -> Value {
        json!({ "pence": self.pence, "about": self.about })
    }

    /// `£12.50`, `about £1,200`.
    pub fn in_words(&self) -> String {
        let pounds = (self.pence / 100).to_string();
        let mut grouped = String::new();
        for (place, digit) in pounds.chars().enumerate() {
            if place > 0 && (pounds.len() - place).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let pence = self.pence % 100;
        let pence = if pence == 0 { String::new() } else { format!(".{pence:02}") };
        let about = if self.about { "about " } else { "" };
        format!("{about}£{grouped}{pence}")
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vehicle {
    /// Upper case, no spaces (P-23).
    pub registration: Option<String>,
    /// The registration is not of a form the UK gives out: staff look at it.
    pub foreign: bool,
    pub make: Option<String>,
    pub colour: Option<String>,
    /// Anything that tells it from others.
    pub marks: Option<String>,
}

impl Vehicle {
    pub fn to_json(&self) -> Value {
        let mut map = Map::new();
        put(&mut map, "registration", &self.registration);
        if self.foreign {
            map.insert("foreign".into(), json!(true));
        }
        put(&mut map, "make", &self.make);
        put(&mut map, "colour", &self.colour);
        put(&mut map, "marks", &self.marks);
        Value::Object(map)
    }

    pub fn is_empty(&self) -> bool {
        *self == Vehicle::default()
    }
}

/// A thing that was stolen, damaged or found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Option id of what it is.
    pub kind: Option<String>,
    pub make: Option<String>,
    pub model: Option<String>,
    pub colour: Option<String>,
    pub serial: Option<String>,
    /// As typed without spaces; a wrong check digit is kept as text (P-24).
    pub imei: Option<String>,
    pub frame: Option<String>,
    pub registration: Option<String>,
    pub value: Option<Money>,
    /// Option id of what became of it.
    pub state: Option<String>,
}

impl Item {
    pub fn to_json(&self) -> Value {
        let mut map = Map::new();
        for (key, value) in self.texts() {
            put(&mut map, key, value);
        }
        if let Some(value) = self.value {
            map.insert("value".into(), value.to_json());
        }
        put(&mut map, "state", &self.state);
        Value::Object(map)
    }

    /// The text parts with their JSON keys and field names, in the order they are asked.
    pub fn texts(&self) -> [(&'static str, &Option<String>); 8] {
        [
            ("kind", &self.kind),
            ("make", &self.make),
            ("model", &self.model),
            ("colour", &self.colour),
            ("serial", &self.serial),
            ("imei", &self.imei),
            ("frame", &self.frame),
            ("registration", &self.registration),
        ]
    }

    pub fn is_empty(&self) -> bool {
        *self == Item::default()
    }
}

/// One time that something went on.
#[derive(Clone, Debug, PartialEq)]
pub struct DiaryEntry {
    /// [`Moment::Between`]; [`Moment::Exact`], when it began, where the end is not known; [`Moment::Day`] where neither is.
    pub when: Moment,
    pub rooms: Option<String>,
    pub description: String,
    pub effect: Option<String>,
}

impl DiaryEntry {
    pub fn to_json(&self) -> Value {
        let mut map = Map::new();
        map.insert("when".into(), self.when.to_json());
        put(&mut map, "rooms", &self.rooms);
        map.insert("description".into(), json!(self.description));
        put(&mut map, "effect", &self.effect);
        Value::Object(map)
    }
}

/// What a person declared: their name, when, and the exact words they agreed to.
#[derive(Clone, Debug, PartialEq)]
pub struct Declaration {
    pub text: String,
    pub name: Option<String>,
    pub at: Timestamp,
}

impl Declaration {
    /// `{"text": …, "name": …, "at": "2026-05-22T20:00:00Z"}`
    pub fn to_json(&self) -> Value {
        let mut map = Map::new();
        map.insert("text".into(), json!(self.text));
        put(&mut map, "name", &self.name);
        map.insert("at".into(), json!(self.at.to_string()));
        Value::Object(map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_said_in_pounds_and_pence() {
        let say = |pence, about| Money { pence, about }.in_words();
        assert_eq!(say(1250, false), "£12.50");
        assert_eq!(say(120_000, true), "about £1,200");
        assert_eq!(say(5, false), "£0.05");
        assert_eq!(say(123_456_789, false), "£1,234,567.89");
    }
}
