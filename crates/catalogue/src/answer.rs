mod moment;
mod person;
mod place;
mod set;
mod things;

pub use moment::Moment;
pub use person::{Channel, Day, Person, SafeContact, Window};
pub(crate) use person::{hour_and_minute, named};
pub(crate) use place::six;
pub use place::{How, Place};
pub use set::Answers;
pub(crate) use set::{JOURNEY, read as read_row};
pub use things::{Declaration, DiaryEntry, Item, Money, Vehicle};

use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// One answer, checked. Its JSON is natural: no tag, the question tells the kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Text(String),
    YesNo(bool),
    /// The id of the option.
    Choice(String),
    /// The ids of the options, in the order of the definition.
    Choices(Vec<String>),
    Number(i64),
    Money(Money),
    Date(Date),
    Moment(Moment),
    Place(Place),
    Person(Person),
    Vehicle(Vehicle),
    /// The ids of files that custody holds, in the order they were given.
    Files(Vec<String>),
    Items(Vec<Item>),
    Diary(Vec<DiaryEntry>),
    /// One set of answers for each row.
    Group(Vec<Answers>),
    Declaration(Declaration),
}

impl Answer {
    pub fn to_json(&self) -> Value {
        match self {
            Answer::Text(text) | Answer::Choice(text) => json!(text),
            Answer::YesNo(yes) => json!(yes),
            Answer::Choices(options) | Answer::Files(options) => json!(options),
            Answer::Number(number) => json!(number),
            Answer::Money(money) => money.to_json(),
            Answer::Date(date) => json!(date.to_string()),
            Answer::Moment(moment) => moment.to_json(),
            Answer::Place(place) => place.to_json(),
            Answer::Person(person) => person.to_json(),
            Answer::Vehicle(vehicle) => vehicle.to_json(),
            Answer::Items(items) => items.iter().map(Item::to_json).collect(),
            Answer::Diary(entries) => entries.iter().map(DiaryEntry::to_json).collect(),
            Answer::Group(rows) => rows.iter().map(Answers::to_json).collect(),
            Answer::Declaration(declaration) => declaration.to_json(),
        }
    }

    /// Nothing in it: an empty list. A text or a place is never empty once it is an answer.
    pub fn is_empty(&self) -> bool {
        match self {
            Answer::Choices(list) | Answer::Files(list) => list.is_empty(),
            Answer::Items(list) => list.is_empty(),
            Answer::Diary(list) => list.is_empty(),
            Answer::Group(list) => list.is_empty(),
            _ => false,
        }
    }

    /// The option chosen: of a choice, or `yes`/`no` of a yes/no question.
    pub fn option(&self) -> Option<&str> {
        match self {
            Answer::Choice(option) => Some(option),
            Answer::YesNo(yes) => Some(if *yes { "yes" } else { "no" }),
            _ => None,
        }
    }

    /// Every option in it: one of a choice, those ticked of choices, the kinds of items.
    pub fn options(&self) -> Vec<&str> {
        match self {
            Answer::Choices(options) => options.iter().map(String::as_str).collect(),
            Answer::Items(items) => items.iter().filter_map(|item| item.kind.as_deref()).collect(),
            other => other.option().into_iter().collect(),
        }
    }

    /// The local day it speaks of: of a moment its beginning.
    pub fn day(&self) -> Option<Date> {
        match self {
            Answer::Date(date) => Some(*date),
            Answer::Moment(moment) => Some(moment.first_day()),
            _ => None,
        }
    }
}

/// Adds only what is there: absent parts have no key.
pub(crate) fn put(map: &mut Map<String, Value>, key: &str, value: &Option<String>) {
    if let Some(value) = value {
        map.insert(key.to_owned(), json!(value));
    }
}
