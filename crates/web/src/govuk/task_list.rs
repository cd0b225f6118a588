use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::form_group::either;
use super::{Attributes, Html, Items, Tag};

/// Things to do, each with where it stands.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/task-list.html" as govuk -%}{%- call govuk::task_list(self) -%}{%- endcall -%}"#
)]
pub struct TaskList {
    pub items: Items<Task>,
    /// In front of the ids of hints and states: `task-list` unless given.
    pub id_prefix: String,
    pub classes: String,
    pub attributes: Attributes,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Task {
    pub title: TaskTitle,
    pub hint: Option<TaskHint>,
    pub status: TaskStatus,
    /// Without it the task cannot be opened yet.
    pub href: String,
    pub classes: String,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct TaskTitle {
    pub text: String,
    pub html: Html,
    pub classes: String,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct TaskHint {
    pub text: String,
    pub html: Html,
}

/// A tag, or plain words for what is done.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct TaskStatus {
    pub tag: Option<Tag>,
    pub text: String,
    pub html: Html,
    pub classes: String,
}

impl HtmlSafe for TaskList {}

impl Task {
    pub fn new(title: impl Into<String>, href: impl Into<String>) -> Self {
        Self { title: TaskTitle { text: title.into(), ..TaskTitle::default() }, href: href.into(), ..Self::default() }
    }

    pub fn done(mut self) -> Self {
        self.status = TaskStatus { text: "Completed".to_owned(), ..TaskStatus::default() };
        self
    }

    pub fn tagged(mut self, tag: Tag) -> Self {
        self.status = TaskStatus { tag: Some(tag), ..TaskStatus::default() };
        self
    }
}

impl TaskList {
    pub fn new(items: impl IntoIterator<Item = Task>) -> Self {
        Self { items: items.into_iter().collect(), ..Self::default() }
    }

    pub(super) fn prefix(&self) -> &str {
        either(&self.id_prefix, "task-list")
    }
}
