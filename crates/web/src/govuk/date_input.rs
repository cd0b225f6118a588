use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use serde::Deserializer;
use serde_json::{Map, Value};

use super::form_group::{field_words, ids, legend_words};
use super::{Attributes, ErrorMessage, Fieldset, FormGroup, Hint, Input, Items, Label, loose};

/// A date people know: day, month and year in fields of their own.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/date-input.html" as govuk -%}{%- call govuk::date_input(self) -%}{%- endcall -%}"#
)]
pub struct DateInput {
    pub id: String,
    /// In front of the fields' names: `PREFIX-day` and so on.
    pub name_prefix: String,
    /// Instead of day, month and year.
    pub items: Items<DateItem>,
    pub day: DatePart,
    pub month: DatePart,
    pub year: DatePart,
    /// By `day`, `month` and `year`, or by the fields' full names.
    pub values: Map<String, Value>,
    pub hint: Option<Hint>,
    pub error_message: Option<ErrorMessage>,
    pub form_group: FormGroup,
    pub fieldset: Option<Fieldset>,
    pub classes: String,
    pub attributes: Attributes,
}

/// One of the three fields of a date.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum DatePart {
    /// With its plain name and label.
    #[default]
    Plain,
    LeftOut,
    Given(Box<DateItem>),
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct DateItem {
    pub id: String,
    pub name: Option<String>,
    pub label: String,
    #[serde(deserialize_with = "loose::maybe_text")]
    pub value: Option<String>,
    pub autocomplete: String,
    pub inputmode: String,
    pub pattern: String,
    /// Wrong, or right although something else is wrong.
    pub error: Option<bool>,
    pub classes: String,
    pub attributes: Attributes,
}

impl HtmlSafe for DateInput {}
field_words!(DateInput);
legend_words!(DateInput);

impl<'de> Deserialize<'de> for DatePart {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match Value::deserialize(from)? {
            Value::Bool(false) | Value::Null => Ok(Self::LeftOut),
            item => {
                DateItem::deserialize(item).map(|item| Self::Given(Box::new(item))).map_err(serde::de::Error::custom)
            }
        }
    }
}

impl DateInput {
    /// Fields `PREFIX-day`, `PREFIX-month`, `PREFIX-year`, whose ids are the same as their names.
    pub fn new(prefix: impl Into<String>, legend: impl Into<String>) -> Self {
        let prefix = prefix.into();
        Self { id: prefix.clone(), name_prefix: prefix, fieldset: Some(Fieldset::legend(legend)), ..Self::default() }
    }

    /// What was typed, as it was typed.
    pub fn values(mut self, day: &str, month: &str, year: &str) -> Self {
        for (name, value) in [("day", day), ("month", month), ("year", year)] {
            if !value.is_empty() {
                self.values.insert(format!("{}{name}", self.before_name()), value.into());
            }
        }
        self
    }

    fn before_name(&self) -> String {
        match self.name_prefix.as_str() {
            "" => String::new(),
            prefix => format!("{prefix}-"),
        }
    }

    pub(super) fn own_hint(&self) -> Option<Hint> {
        let id = format!("{}-hint", self.id);
        self.hint.as_ref().map(|hint| hint.with_id(id))
    }

    pub(super) fn own_error(&self) -> Option<ErrorMessage> {
        let id = format!("{}-error", self.id);
        self.error_message.as_ref().map(|error| error.with_id(id))
    }

    pub(super) fn group(&self, block: &str) -> Option<Fieldset> {
        let fieldset = self.fieldset.as_ref()?;
        let hint = self.own_hint().map_or(String::new(), |hint| hint.id);
        let error = self.own_error().map_or(String::new(), |error| error.id);
        let descriptions = ids(&[&fieldset.described_by, &hint, &error]);
        Some(Fieldset {
            // JAWS reads the description of a group of text fields only with this role.
            role: "group".to_owned(),
            ..fieldset.around(block, descriptions)
        })
    }

    /// The value of `day`, `month` or `year` when it is kept under that short name.
    fn plain_value(&self, name: &str) -> Option<String> {
        match self.values.get(name)? {
            Value::String(words) => Some(words.clone()),
            other => Some(other.to_string()),
        }
    }

    fn standard(&self, part: &DatePart, name: &str) -> Option<DateItem> {
        match part {
            DatePart::LeftOut => None,
            DatePart::Given(item) => Some(DateItem::clone(item)),
            DatePart::Plain => Some(DateItem {
                name: Some(name.to_owned()),
                value: self.plain_value(name),
                classes: format!("govuk-input--width-{}", if name == "year" { 4 } else { 2 }),
                ..DateItem::default()
            }),
        }
    }

    /// The inputs in their order.
    pub(super) fn inputs(&self) -> Vec<Input> {
        let standard = [
            ("day", self.standard(&self.day, "day")),
            ("month", self.standard(&self.month, "month")),
            ("year", self.standard(&self.year, "year")),
        ];
        // Each with the part of the date it stands for, if any.
        let items: Vec<(Option<&str>, DateItem)> = if self.items.is_empty() {
            let parts = standard.iter().filter_map(|(part, item)| Some((Some(*part), item.clone()?)));
            parts.collect()
        } else {
            let part_of = |item: &DateItem| {
                let called = |part: &str, own: &Option<DateItem>| {
                    let own_name = own.as_ref().and_then(|own| own.name.as_deref());
                    item.name.as_deref().is_some_and(|name| name == part || Some(name) == own_name)
                };
                let found = standard.iter().find(|(part, own)| called(part, own));
                found.map(|(part, _)| *part)
            };
            self.items.iter().map(|item| (part_of(item), item.clone())).collect()
        };
        let any_wrong = items.iter().any(|(_, item)| item.is_wrong());
        let own_value = |part: Option<&str>| {
            let (_, own) = standard.iter().find(|(name, _)| Some(*name) == part)?;
            own.as_ref()?.value.clone()
        };
        let input = |(part, item): &(Option<&str>, DateItem)| {
            let value = item.value.clone().or_else(|| own_value(*part));
            self.input(*part, item, value, any_wrong)
        };
        items.iter().map(input).collect()
    }

    fn input(&self, part: Option<&str>, item: &DateItem, value: Option<String>, any_wrong: bool) -> Input {
        let short = item.name.as_deref().or(part).unwrap_or_default();
        let name = format!("{}{short}", self.before_name());
        let marked = item.classes.contains("govuk-input--error");
        let all_wrong = item.error != Some(false) && self.error_message.is_some() && !any_wrong;
        let mut classes = vec!["govuk-date-input__input".to_owned()];
        if !marked && (item.is_wrong() || all_wrong) {
            classes.push("govuk-input--error".to_owned());
        }
        if !item.classes.contains("govuk-input--width-") {
            classes.push(format!("govuk-input--width-{}", if part == Some("year") { 4 } else { 2 }));
        }
        if !item.classes.is_empty() {
            classes.push(item.classes.clone());
        }
        let or = |given: &str, plain: String| if given.is_empty() { plain } else { given.to_owned() };
        Input {
            label: Label {
                text: or(&item.label, capitalised(short)),
                classes: "govuk-date-input__label".to_owned(),
                ..Label::default()
            },
            id: or(&item.id, format!("{}-{short}", self.id)),
            classes: classes.join(" "),
            value: value.or_else(|| self.plain_value(&name)),
            name,
            kind: "text".to_owned(),
            inputmode: or(&item.inputmode, "numeric".to_owned()),
            autocomplete: item.autocomplete.clone(),
            pattern: item.pattern.clone(),
            attributes: item.attributes.clone(),
            ..Input::default()
        }
    }
}

impl DateItem {
    fn is_wrong(&self) -> bool {
        self.error == Some(true) || self.classes.contains("govuk-input--error")
    }
}

/// `day` → `Day`.
fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect(),
        None => String::new(),
    }
}
