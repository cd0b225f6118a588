use crate::page::{Map, Tongue, files::Shown, tongue::ENGLISH};
use catalogue::{Frame, Problem};

/// How a question is drawn, besides what is in it.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    problems: &'a [Problem],
    pub(super) discreet: bool,
    pub(super) map: Option<&'a Map>,
    /// Files that were given so far, by whatever question asks for them.
    pub(super) files: &'a [Shown],
    /// The label is the heading of the page; not so inside a group.
    pub(super) is_page: bool,
    /// A place that has no point is of no use here.
    pub(super) needs_point: bool,
    /// Of the heading of a question with several fields.
    level: u8,
    /// The language of what the catalogue does not say.
    pub(super) tongue: &'a Tongue,
}

impl<'a> Look<'a> {
    pub fn new(problems: &'a [Problem]) -> Look<'a> {
        Look {
            problems,
            discreet: false,
            map: None,
            files: &[],
            is_page: true,
            needs_point: false,
            level: 1,
            tongue: &ENGLISH,
        }
    }

    /// A sensitive flow: the browser is asked to remember nothing (P-51).
    pub fn discreet(self, discreet: bool) -> Look<'a> {
        Look { discreet, ..self }
    }

    pub fn on(self, map: Option<&'a Map>) -> Look<'a> {
        Look { map, ..self }
    }

    pub fn with_files(self, files: &'a [Shown]) -> Look<'a> {
        Look { files, ..self }
    }

    pub fn speaking(self, tongue: &'a Tongue) -> Look<'a> {
        Look { tongue, ..self }
    }

    /// A place is asked for with a point, not in plain words.
    pub fn with_a_point(self) -> Look<'a> {
        Look { needs_point: true, ..self }
    }

    /// One of several on a page that has a heading of its own.
    pub fn among_others(self) -> Look<'a> {
        Look { is_page: false, level: 2, ..self }
    }

    pub(super) fn inside(self) -> Look<'a> {
        Look { is_page: false, level: 3, ..self }
    }

    /// What is wrong with this field.
    pub(super) fn wrong(&self, field: &str) -> Option<&'a str> {
        self.problems.iter().find(|problem| problem.field == field).map(|problem| problem.text.as_str())
    }

    /// What is wrong with this field or a part of it.
    pub(super) fn wrong_under(&self, field: &str) -> Option<&'a str> {
        let is_part =
            |found: &str| found.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        self.problems.iter().find(|problem| is_part(&problem.field)).map(|problem| problem.text.as_str())
    }
}

/// The heading of a question with several fields.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub label: String,
    pub hint: Option<String>,
    pub level: u8,
    pub id: String,
}

impl Head {
    pub fn of(frame: &Frame, look: Look) -> Head {
        Head { label: frame.label.clone(), hint: frame.hint.clone(), level: look.level, id: frame.id.clone() }
    }
}
