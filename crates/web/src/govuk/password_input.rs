use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::form_group::{either, field_words, label_words};
use super::{Attributes, Button, ErrorMessage, FormGroup, Hint, Html, Input, Insert, Label, Wrapper};

/// A password, with a button that shows it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/password-input.html" as govuk -%}{%- call govuk::password_input(self) -%}{%- endcall -%}"#
)]
pub struct PasswordInput {
    pub id: String,
    pub name: String,
    pub value: Option<String>,
    pub disabled: bool,
    pub described_by: String,
    pub label: Label,
    pub hint: Option<Hint>,
    pub error_message: Option<ErrorMessage>,
    pub form_group: FormGroup,
    pub classes: String,
    /// `current-password` unless given.
    pub autocomplete: String,
    pub attributes: Attributes,
    pub show_password_text: Option<String>,
    pub hide_password_text: String,
    pub show_password_aria_label_text: Option<String>,
    pub hide_password_aria_label_text: String,
    pub password_shown_announcement_text: String,
    pub password_hidden_announcement_text: String,
    pub button: ShowButton,
}

/// How the button looks.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ShowButton {
    pub classes: String,
}

impl HtmlSafe for PasswordInput {}
field_words!(PasswordInput);
label_words!(PasswordInput);

impl PasswordInput {
    pub fn new(id: impl Into<String>, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), label: Label::text(label), ..Self::default() }
    }

    fn show_button(&self, id: &str) -> Button {
        let plain = "govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle";
        let label = self.show_password_aria_label_text.as_deref().unwrap_or("Show password");
        Button {
            kind: "button".to_owned(),
            classes: with(plain, &self.button.classes),
            text: self.show_password_text.clone().unwrap_or_else(|| "Show".to_owned()),
            attributes: Attributes::default().with("aria-controls", id).with("aria-label", label).flag("hidden"),
            ..Button::default()
        }
    }

    pub(super) fn own_input(&self) -> Input {
        let id = either(&self.id, &self.name);
        let given = |words: &Option<String>| words.clone().unwrap_or_default();
        let attributes = Attributes::default()
            .with("data-module", "govuk-password-input")
            .words("show-password", &given(&self.show_password_text))
            .words("hide-password", &self.hide_password_text)
            .words("show-password-aria-label", &given(&self.show_password_aria_label_text))
            .words("hide-password-aria-label", &self.hide_password_aria_label_text)
            .words("password-shown-announcement", &self.password_shown_announcement_text)
            .words("password-hidden-announcement", &self.password_hidden_announcement_text)
            .and(&self.form_group.attributes);
        let after = &self.form_group.after_input;
        let button = Html::of(&self.show_button(id)).then(&Html::of(&after.html.or(&after.text)));
        Input {
            form_group: FormGroup {
                classes: with("govuk-password-input", &self.form_group.classes),
                attributes,
                before_input: self.form_group.before_input.clone(),
                after_input: Insert { html: button, text: String::new() },
                ..FormGroup::default()
            },
            input_wrapper: Wrapper { classes: "govuk-password-input__wrapper".to_owned(), ..Wrapper::default() },
            label: self.label.clone(),
            hint: self.hint.clone(),
            classes: with("govuk-password-input__input govuk-js-password-input-input", &self.classes),
            error_message: self.error_message.clone(),
            id: id.to_owned(),
            name: self.name.clone(),
            kind: "password".to_owned(),
            spellcheck: Some(false),
            autocapitalize: "none".to_owned(),
            autocomplete: either(&self.autocomplete, "current-password").to_owned(),
            value: self.value.clone(),
            disabled: self.disabled,
            described_by: self.described_by.clone(),
            attributes: self.attributes.clone(),
            ..Input::default()
        }
    }
}

fn with(classes: &str, more: &str) -> String {
    match more {
        "" => classes.to_owned(),
        more => format!("{classes} {more}"),
    }
}
