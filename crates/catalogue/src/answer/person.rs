use super::put;
use jiff::civil::{Date, Time, Weekday};
use serde_json::{Map, Value, json};

/// A person and how they may be reached. Every part may be left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    pub name: Option<String>,
    pub born: Option<Date>,
    pub address: Option<String>,
    /// E.164: `+447700900123`.
    pub phone: Option<String>,
    pub email: Option<String>,
    pub safe: Option<SafeContact>,
}

/// The safe-contact block (P-54). Absent means: no wish was stated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SafeContact {
    /// The channels the person marked safe; all others are not.
    pub safe: Vec<Channel>,
    /// When contact is safe; empty means at any time.
    pub windows: Vec<Window>,
    pub voicemail_ok: bool,
    pub sms_ok: bool,
    pub letter_ok: bool,
    pub who_may_answer: Option<String>,
    pub codeword: Option<String>,
    /// Channels that must never be used, whatever else is said.
    pub never_via: Vec<Channel>,
}

/// Days of the week and a span of local time in which contact is safe. `from` is in it, `to` is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    pub days: Vec<Day>,
    pub from: Time,
    pub to: Time,
}

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $one:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$of])* $one),* }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$one),*];
            pub const NAMES: &'static [&'static str] = &[$($text),*];

            pub const fn name(self) -> &'static str {
                match self { $($name::$one => $text),* }
            }

            pub fn from_name(name: &str) -> Option<$name> {
                match name { $($text => Some($name::$one),)* _ => None }
            }
        }
    };
}
pub(crate) use named;

named! {
    /// A way to reach a person.
    Channel { Email = "email", Sms = "sms", Phone = "phone", Letter = "letter" }
}

named! {
    Day { Mon = "mon", Tue = "tue", Wed = "wed", Thu = "thu", Fri = "fri", Sat = "sat", Sun = "sun" }
}

impl Day {
    pub fn of(weekday: Weekday) -> Day {
        Day::ALL[weekday.to_monday_zero_offset() as usize]
    }
}

impl Person {
    /// Keys `name born address phone email safe`; what is absent has no key.
    pub fn to_json(&self) -> Value {
        let mut map = Map::new();
        put(&mut map, "name", &self.name);
        put(&mut map, "born", &self.born.map(|date| date.to_string()));
        put(&mut map, "address", &self.address);
        put(&mut map, "phone", &self.phone);
        put(&mut map, "email", &self.email);
        if let Some(safe) = &self.safe {
            map.insert("safe".into(), safe.to_json());
        }
        Value::Object(map)
    }

    pub fn is_empty(&self) -> bool {
        *self == Person::default()
    }
}

impl SafeContact {
    /// `{"safe": ["email"], "windows": [{"days": ["mon"], "from": "09:00", "to": "17:00"}], "voicemail_ok": false, …}`
    pub fn to_json(&self) -> Value {
        let names = |channels: &[Channel]| channels.iter().map(|channel| json!(channel.name())).collect::<Value>();
        let mut map = Map::new();
        map.insert("safe".into(), names(&self.safe));
        map.insert("windows".into(), self.windows.iter().map(Window::to_json).collect());
        map.insert("voicemail_ok".into(), json!(self.voicemail_ok));
        map.insert("sms_ok".into(), json!(self.sms_ok));
        map.insert("letter_ok".into(), json!(self.letter_ok));
        put(&mut map, "who_may_answer", &self.who_may_answer);
        put(&mut map, "codeword", &self.codeword);
        map.insert("never_via".into(), names(&self.never_via));
        Value::Object(map)
    }
}

impl Window {
    fn to_json(&self) -> Value {
        let days: Vec<&str> = self.days.iter().map(|day| day.name()).collect();
        json!({ "days": days, "from": hour_and_minute(self.from), "to": hour_and_minute(self.to) })
    }
}

/// `09:00`
pub(crate) fn hour_and_minute(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}
