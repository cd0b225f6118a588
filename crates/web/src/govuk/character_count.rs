use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use serde_json::{Map, Value};

use super::form_group::{either, field_words, label_words};
use super::{Attributes, ErrorMessage, FormGroup, Hint, Html, Insert, Label, Textarea};

/// Several lines of text with a limit; the count is shown while typing.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/character-count.html" as govuk -%}{%- call govuk::character_count(self) -%}{%- endcall -%}"#
)]
pub struct CharacterCount {
    pub id: String,
    pub name: String,
    pub rows: Option<u16>,
    pub value: String,
    /// The limit in letters. One of `maxlength` and `maxwords`.
    pub maxlength: Option<u32>,
    /// The limit in words.
    pub maxwords: Option<u32>,
    /// `words`, `characters` or `graphemes`; words when only `maxwords` is given.
    pub count_type: String,
    /// Per cent of the limit from which the count is shown.
    pub threshold: Option<u8>,
    pub label: Label,
    pub hint: Option<Hint>,
    pub error_message: Option<ErrorMessage>,
    pub form_group: FormGroup,
    pub classes: String,
    pub attributes: Attributes,
    pub spellcheck: Option<bool>,
    pub count_message: CountMessage,
    /// With `%{count}` for the limit.
    pub textarea_description_text: String,
    /// By plural rule, such as `one` and `other`; so too the others that are maps.
    pub characters_under_limit_text: Map<String, Value>,
    pub characters_at_limit_text: String,
    pub characters_over_limit_text: Map<String, Value>,
    pub words_under_limit_text: Map<String, Value>,
    pub words_at_limit_text: String,
    pub words_over_limit_text: Map<String, Value>,
}

/// How the line with the count looks.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CountMessage {
    pub classes: String,
}

impl HtmlSafe for CharacterCount {}
field_words!(CharacterCount);
label_words!(CharacterCount);

impl CharacterCount {
    /// `limit` is in letters. The server counts again.
    pub fn new(id: impl Into<String>, name: impl Into<String>, label: impl Into<String>, limit: u32) -> Self {
        Self { id: id.into(), name: name.into(), label: Label::text(label), maxlength: Some(limit), ..Self::default() }
    }

    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    pub fn rows(mut self, rows: u16) -> Self {
        self.rows = Some(rows);
        self
    }

    /// The line with the count in another language: the script has no other words for it than the limit.
    pub fn said_in(mut self, tongue: &crate::page::Tongue) -> Self {
        let left =
            |key| Map::from_iter([("other".to_owned(), Value::from(tongue.say(key).replace("{count}", "%{count}")))]);
        self.characters_under_limit_text = left("ask.left");
        tongue.say("ask.none_left").clone_into(&mut self.characters_at_limit_text);
        self.characters_over_limit_text = left("ask.over");
        self
    }

    fn counts(&self) -> &str {
        let plain = if self.maxwords.is_some() { "words" } else { "" };
        either(&self.count_type, plain)
    }

    fn limit(&self) -> Option<u32> {
        self.maxwords.or(self.maxlength)
    }

    /// Says the limit before the script runs, and to those without it.
    fn message(&self, id: &str) -> Hint {
        let what = if self.counts() == "words" { "words" } else { "characters" };
        let plain = format!("You can enter up to %{{count}} {what}");
        let words = either(&self.textarea_description_text, &plain);
        let mut classes = "govuk-character-count__message".to_owned();
        if !self.count_message.classes.is_empty() {
            classes = format!("{classes} {}", self.count_message.classes);
        }
        Hint {
            id: format!("{id}-info"),
            text: self.limit().map_or(String::new(), |limit| words.replace("%{count}", &limit.to_string())),
            classes,
            ..Hint::default()
        }
    }

    fn group_attributes(&self) -> Attributes {
        let counts = self.counts();
        let mut attributes = Attributes::default()
            .with("data-module", "govuk-character-count")
            .maybe("data-maxlength", self.maxlength)
            .maybe("data-maxwords", self.maxwords)
            .maybe("data-threshold", self.threshold)
            .maybe("data-count-type", (!counts.is_empty()).then_some(counts));
        if self.limit().is_none() {
            attributes = attributes.words("textarea-description.other", &self.textarea_description_text);
        }
        attributes
            .plural("characters-under-limit", &self.characters_under_limit_text)
            .words("characters-at-limit", &self.characters_at_limit_text)
            .plural("characters-over-limit", &self.characters_over_limit_text)
            .plural("words-under-limit", &self.words_under_limit_text)
            .words("words-at-limit", &self.words_at_limit_text)
            .plural("words-over-limit", &self.words_over_limit_text)
            .and(&self.form_group.attributes)
    }

    pub(super) fn own_textarea(&self) -> Textarea {
        let with = |class: &str, more: &str| match more {
            "" => class.to_owned(),
            more => format!("{class} {more}"),
        };
        let id = either(&self.id, &self.name);
        let after = &self.form_group.after_input;
        let message = Html::of(&self.message(id)).then(&Html::block(" ")).then(&Html::of(&after.html.or(&after.text)));
        Textarea {
            id: id.to_owned(),
            name: self.name.clone(),
            described_by: format!("{id}-info"),
            rows: self.rows,
            spellcheck: self.spellcheck,
            value: self.value.clone(),
            form_group: FormGroup {
                classes: with("govuk-character-count", &self.form_group.classes),
                attributes: self.group_attributes(),
                before_input: self.form_group.before_input.clone(),
                after_input: Insert { html: message, text: String::new() },
                ..FormGroup::default()
            },
            classes: with("govuk-js-character-count", &self.classes),
            label: self.label.clone(),
            hint: self.hint.clone(),
            error_message: self.error_message.clone(),
            attributes: self.attributes.clone(),
            ..Textarea::default()
        }
    }
}
