//! Renders a component from the options of its fixture: only for the parity test.

use std::cell::Cell;

use askama::filters::HtmlSafe;
use serde::de::DeserializeOwned;
use serde_json::Value;

thread_local! {
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// Whether markup may be read just now, on this thread.
pub(super) fn reading() -> bool {
    READING.get()
}

struct Reading;

impl Reading {
    fn begin() -> Self {
        READING.set(true);
        Self
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        READING.set(false);
    }
}

#[derive(Debug, thiserror::Error)]
pub enum FixtureError {
    #[error("there is no component `{0}` here")]
    UnknownComponent(String),
    #[error("its options do not fit: {0}")]
    Options(#[from] serde_json::Error),
}

fn shown<T: DeserializeOwned + HtmlSafe>(options: &Value) -> Result<String, FixtureError> {
    let _reading = Reading::begin();
    Ok(T::deserialize(options)?.to_string())
}

macro_rules! components {
    ($($name:literal => $component:ident,)*) => {
        /// The components that have a macro, by GOV.UK Frontend's names.
        pub const COMPONENTS: &[&str] = &[$($name),*];

        /// The markup of a component for the options object of a fixture.
        pub fn render(name: &str, options: &Value) -> Result<String, FixtureError> {
            match name {
                $($name => shown::<super::$component>(options),)*
                unknown => Err(FixtureError::UnknownComponent(unknown.to_owned())),
            }
        }
    };
}

components! {
    "back-link" => BackLink,
    "button" => Button,
    "character-count" => CharacterCount,
    "checkboxes" => Checkboxes,
    "date-input" => DateInput,
    "details" => Details,
    "error-message" => ErrorMessage,
    "error-summary" => ErrorSummary,
    "exit-this-page" => ExitThisPage,
    "fieldset" => Fieldset,
    "file-upload" => FileUpload,
    "generic-header" => GenericHeader,
    "hint" => Hint,
    "input" => Input,
    "inset-text" => InsetText,
    "label" => Label,
    "notification-banner" => NotificationBanner,
    "pagination" => Pagination,
    "panel" => Panel,
    "password-input" => PasswordInput,
    "phase-banner" => PhaseBanner,
    "radios" => Radios,
    "select" => Select,
    "service-navigation" => ServiceNavigation,
    "skip-link" => SkipLink,
    "summary-list" => SummaryList,
    "table" => Table,
    "tag" => Tag,
    "task-list" => TaskList,
    "textarea" => Textarea,
    "warning-text" => WarningText,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reading_markup_ends_with_the_fixture() {
        let markup = render("hint", &json!({"html": "<b>x</b>"})).unwrap();
        assert!(markup.contains("<b>x</b>"));
        assert!(!reading());
    }

    #[test]
    fn an_unknown_option_is_refused() {
        let refused = render("hint", &json!({"sparkle": true})).unwrap_err();
        assert!(refused.to_string().contains("sparkle"));
        assert!(!reading());
    }
}
