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
#[template(path = "question/photo.html")]
struct Photo {
    head: Head,
    rows: Vec<Row>,
    input: Option<Html>,
    add: Html,
    photos: bool,
    most: usize,
}

#[derive(Template)]
#[template(path = "question/file.html")]
struct File {
    head: Head,
    rows: Vec<Row>,
    input: Option<Html>,
    add: Html,
    photos: bool,
    most: usize,
}

pub(super) fn files(face: &FilesFace, look: Look) -> askama::Result<Html> {
    let (head, rows) = (Head::of(&face.frame, look), rows(face, look));
    let room = face.most > rows.len();
    let input = room.then(|| input(face, look, rows.is_empty()));
    let add = Html::of(&Button::text("Upload").secondary().sends(format!("{}.add", face.frame.id), "yes"));
    let (photos, most) = (face.photos, face.most);
    if photos {
        Html::rendered(&Photo { head, rows, input, add, photos, most })
    } else {
        Html::rendered(&File { head, rows, input, add, photos, most })
    }
}

fn input(face: &FilesFace, look: Look, first: bool) -> Html {
    let name = format!("{}.new", face.frame.id);
    let (one, many) = if face.photos { ("a photo", "photos") } else { ("a file", "files") };
    let (label, counted) = match (face.most, first) {
        (1, _) => (format!("Add {one}"), format!("Up to {} MB", face.megabytes)),
        (_, true) => (format!("Add {many}"), format!("Up to {} {many}, {} MB each", face.most, face.megabytes)),
        (_, false) => (format!("Add more {many}"), format!("Up to {} {many}, {} MB each", face.most, face.megabytes)),
    };
    let mut input = FileUpload::new(&name, &name, label).hint(counted).error(look.wrong_under(&face.frame.id));
    input.multiple = face.most > 1;
    Html::of(&input.accept(&accept(&face.accept)))
}

fn rows(face: &FilesFace, look: Look) -> Vec<Row> {
    let id = &face.frame.id;
    let known = face.given.iter().filter_map(|file| look.files.iter().find(|shown| shown.id == *file));
    let row = |(at, shown): (usize, &Shown)| {
        let label = format!("{} {}", if face.photos { "Photo" } else { "File" }, at + 1);
        let button = |words: &str, part: &str| {
            let whole = format!("{words} {}", label.to_lowercase());
            Html::of(&Button::text(whole).secondary().sends(format!("{id}.{part}"), &shown.id))
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
