//! A question of any kind as GOV.UK markup: one template for each kind, drawn from the catalogue's [`Face`].
//!
//! ```text
//! let look = Look::new(&problems).discreet(sensitive).on(map);
//! let drawn = draw(&kind::face(question, words, filled, answers), look)?;
//! ErrorSummary::new(problems.iter().map(|p| (drawn.target(&p.field), &p.text)))
//! ```
//! The ids of inputs are their form names; of radios and checkboxes the first has the name as its id.

mod declaration;
mod field;
mod files;
mod look;
mod moment;
mod options;
mod person;
mod place;
mod rows;
mod single;

use crate::govuk::Html;
use catalogue::Face;
pub use look::Look;

/// A question as it stands on a page.
#[derive(Clone, Debug)]
pub struct Drawn {
    pub html: Html,
    /// It has buttons that add or remove rows; the page's own button must be the one that Enter presses.
    pub has_rows: bool,
}

/// Draws a question. Its label is the one heading of the page, unless it stands in a group.
pub fn draw(face: &Face, look: Look) -> askama::Result<Drawn> {
    let has_rows = matches!(face, Face::Items(_) | Face::Diary(_) | Face::Group(_) | Face::Files(_));
    Ok(Drawn { html: html(face, look)?, has_rows })
}

/// Of a diary the words of its first time alone: its clock is known.
pub fn draw_words_of_a_time(face: &Face, look: Look) -> askama::Result<Drawn> {
    let html = match face {
        Face::Diary(face) => rows::words_of_a_time(face, look),
        other => html(other, look)?,
    };
    Ok(Drawn { html, has_rows: false })
}

fn html(face: &Face, look: Look) -> askama::Result<Html> {
    match face {
        Face::Text(face) => single::text(face, look),
        Face::LongText(face) => single::long_text(face, look),
        Face::YesNo(face) => options::yes_no(face, look),
        Face::Choice(face) => options::choice(face, look),
        Face::Choices(face) => options::choices(face, look),
        Face::Number(face) => single::number(face, look),
        Face::Money(face) => single::money(face, look),
        Face::Date(face) => single::date(face, look),
        Face::Moment(face) => moment::moment(face, look),
        Face::Place(face) => place::place(face, look),
        Face::Person(face) => person::person(face, look),
        Face::Vehicle(face) => single::vehicle(face, look),
        Face::Files(face) => files::files(face, look),
        Face::Items(face) => rows::items(face, look),
        Face::Diary(face) => rows::diary(face, look),
        Face::Group(face) => rows::group(face, look),
        Face::Declaration(face) => declaration::declaration(face, look),
    }
}

impl Drawn {
    /// The id that a problem of this field leads to: its own, or the first one under it.
    pub fn target(&self, field: &str) -> String {
        let markup = self.html.as_str();
        let own = format!("id=\"{field}\"");
        if markup.contains(&own) {
            return field.to_owned();
        }
        let under = format!("{field}.");
        let mut ids = markup.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let is_input = |id: &&str| !["-hint", "-error", "-info", ".all"].iter().any(|end| id.ends_with(end));
        ids.find(|id| id.starts_with(&under) && is_input(id)).unwrap_or(field).to_owned()
    }

    /// Where the field with this id stands in the markup; one that is not there comes last.
    pub fn stands(&self, target: &str) -> usize {
        self.html.as_str().find(&format!("id=\"{target}\"")).unwrap_or(usize::MAX)
    }
}

#[cfg(test)]
mod tests;
