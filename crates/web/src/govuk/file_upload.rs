use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::form_group::{field_words, label_words, own_words};
use super::{Attributes, ErrorMessage, FormGroup, Hint, Label};

/// An input for files. With `javascript` it becomes a zone to drop them on.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/file-upload.html" as govuk -%}{%- call govuk::file_upload(self) -%}{%- endcall -%}"#
)]
pub struct FileUpload {
    pub id: String,
    pub name: String,
    /// A browser does not show it.
    pub value: String,
    pub disabled: bool,
    pub multiple: bool,
    pub described_by: String,
    pub label: Label,
    pub hint: Option<Hint>,
    pub error_message: Option<ErrorMessage>,
    pub form_group: FormGroup,
    pub javascript: bool,
    pub choose_files_button_text: String,
    pub no_file_chosen_text: String,
    /// By plural rule, such as `one` and `other`, with `%{count}`.
    pub multiple_files_chosen_text: Map<String, Value>,
    pub drop_instruction_text: String,
    pub entered_drop_zone_text: String,
    pub left_drop_zone_text: String,
    pub wrapper_classes: String,
    pub wrapper_attributes: Attributes,
    pub classes: String,
    pub attributes: Attributes,
}

impl HtmlSafe for FileUpload {}
field_words!(FileUpload);
label_words!(FileUpload);
own_words!(FileUpload);

impl FileUpload {
    pub fn new(id: impl Into<String>, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), label: Label::text(label), ..Self::default() }
    }

    /// What the browser offers to choose from, such as `image/*`. The server looks at the content.
    pub fn accept(mut self, types: &str) -> Self {
        self.attributes = self.attributes.with("accept", types);
        self
    }

    /// The words of the drop zone, in the order of GOV.UK Frontend.
    pub(super) fn zone_attributes(&self) -> Attributes {
        Attributes::default()
            .words("choose-files-button", &self.choose_files_button_text)
            .words("no-file-chosen", &self.no_file_chosen_text)
            .plural("multiple-files-chosen", &self.multiple_files_chosen_text)
            .words("drop-instruction", &self.drop_instruction_text)
            .words("entered-drop-zone", &self.entered_drop_zone_text)
            .words("left-drop-zone", &self.left_drop_zone_text)
    }
}
