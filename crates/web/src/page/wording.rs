//! The form that changes what others read of a report: its texts, and the photos that go.

use super::Posted;
use crate::govuk::{CheckboxItem, Checkboxes, Textarea};
use casework::report::wording::{Change, Words};
use uuid::Uuid;

/// Before the id of a question, in the names of its fields.
const TEXT: &str = "text-";

pub fn texts(words: &Words, typed: Option<&Posted>) -> Vec<Textarea> {
    let area = |text: &casework::report::wording::Text| {
        let name = format!("{TEXT}{}", text.question);
        let value = typed.map_or(text.text.as_str(), |typed| typed.get(&name)).to_owned();
        Textarea::new(name.replace('.', "-"), name, text.label.clone()).rows(5).value(value)
    };
    words.texts.iter().map(area).collect()
}

pub fn photos(words: &Words) -> Option<Checkboxes> {
    let item = |(n, id): (usize, &Uuid)| CheckboxItem::new(id.to_string(), format!("Photo {}", n + 1));
    let items = words.photos.iter().enumerate().map(item);
    (!words.photos.is_empty()).then(|| Checkboxes::new("without", "Photos to take out", items))
}

pub fn read(posted: &Posted) -> Change {
    let text = |(name, value): &(String, String)| Some((name.strip_prefix(TEXT)?.to_owned(), value.clone()));
    Change {
        version: posted.get("wording").parse().unwrap_or(-1),
        texts: posted.0.0.iter().filter_map(text).collect(),
        without: posted.all("without").iter().filter_map(|id| id.parse().ok()).collect(),
    }
}
