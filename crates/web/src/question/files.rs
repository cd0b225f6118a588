//! Photos and other files: what there is, with buttons to remove and order it, and an input for more.

use super::{Look, look::Head};
use crate::{
    govuk::{Button, FileUpload, Html},
    page::files::{Shown, accept},
};
use askama::Template;
use catalogue::FilesFace;

struct Row {
    file: Shown,
    /// "Photo 2".
    label: String,
    up: Option<Html>,
    remove: Html,
}

#[derive(Template)]
#[template(path = "question/files.html")]
struct Files {
    head: Head,
    rows: Vec<Row>,
    input: Option<Html>,
    add: Html,
    photos: bool,
}

pub(super) fn files(face: &FilesFace, look: Look) -> askama::Result<Html> {
    let (head, rows) = (Head::of(&face.frame, look), rows(face, look));
    let room = face.most > rows.len();
    let input = room.then(|| input(face, look, rows.len()));
    let add = Html::of(&Button::text("Upload").secondary().sends(format!("{}.add", face.frame.id), "yes"));
    Html::rendered(&Files { head, rows, input, add, photos: face.photos })
}

fn input(face: &FilesFace, look: Look, known: usize) -> Html {
    let name = format!("{}.new", face.frame.id);
    let (one, many) = if face.photos { ("a photo", "photos") } else { ("a file", "files") };
    let (most, megabytes) = (face.most, face.megabytes);
    let (label, counted) = match (most, known) {
        (1, _) => (format!("Add {one}"), format!("Up to {megabytes} MB")),
        (_, 0) => (format!("Add {many}"), format!("Up to {most} {many}, {megabytes} MB each")),
        _ => (format!("Add more {many}"), format!("You can add {} more, up to {megabytes} MB each", most - known)),
    };
    let mut input = FileUpload::new(&name, &name, label).hint(counted).error(look.wrong_under(&face.frame.id));
    input.multiple = face.most > 1;
    input.label.classes = "govuk-label--s".to_owned();
    Html::of(&input.accept(&accept(&face.accept)))
}

fn rows(face: &FilesFace, look: Look) -> Vec<Row> {
    let id = &face.frame.id;
    let known = face.given.iter().filter_map(|file| look.files.iter().find(|shown| shown.id == *file));
    let row = |(at, shown): (usize, &Shown)| {
        let label = format!("{} {}", if face.photos { "Photo" } else { "File" }, at + 1);
        let button = |words: &str, part: &str| {
            // Which one is plain to those who see it; the rest is for those who hear it.
            let html = Html::text(words).then(&Html::fixed("<span class=\"govuk-visually-hidden\"> "));
            let html = html.then(&Html::text(&label.to_lowercase())).then(&Html::fixed("</span>"));
            let button = Button { html, ..Button::text("") };
            Html::of(&button.secondary().sends(format!("{id}.{part}"), &shown.id))
        };
        Row {
            up: (at > 0).then(|| button("Move up", "up")),
            remove: button("Remove", "remove"),
            file: shown.clone(),
            label,
        }
    };
    known.enumerate().map(row).collect()
}
