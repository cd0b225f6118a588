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
    taken: String,
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
    /// No more can be taken.
    full: &'static str,
}

pub(super) fn files(face: &FilesFace, look: Look) -> askama::Result<Html> {
    let (head, rows) = (Head::of(&face.frame, look), rows(face, look));
    let room = face.most > rows.len();
    let input = room.then(|| input(face, look, rows.len()));
    let add = Html::of(
        &Button::text(look.tongue.say("files.upload")).secondary().sends(format!("{}.add", face.frame.id), "yes"),
    );
    Html::rendered(&Files { head, rows, input, add, full: look.tongue.say("files.full") })
}

fn input(face: &FilesFace, look: Look, known: usize) -> Html {
    let name = format!("{}.new", face.frame.id);
    let label = look.tongue.say(match (face.photos, face.most) {
        (true, 1) => "files.add_photo",
        (true, _) => "files.add_photos",
        (false, 1) => "files.add_file",
        (false, _) => "files.add_files",
    });
    let (room, megabytes) = ((face.most - known).to_string(), face.megabytes.to_string());
    let counted = look.tongue.fill("files.limit", &[("most", &room), ("megabytes", &megabytes)]);
    let mut input = FileUpload::new(&name, &name, label).hint(counted).error(look.wrong_under(&face.frame.id));
    input.multiple = face.most > 1;
    input.label.classes = "govuk-label--s".to_owned();
    Html::of(&input.accept(&accept(&face.accept)))
}

fn rows(face: &FilesFace, look: Look) -> Vec<Row> {
    let id = &face.frame.id;
    let known = face.given.iter().filter_map(|file| look.files.iter().find(|shown| shown.id == *file));
    let row = |(at, shown): (usize, &Shown)| {
        let named = if face.photos { "files.photo" } else { "files.file" };
        let label = look.tongue.fill(named, &[("n", &(at + 1).to_string())]);
        let button = |words: &str, part: &str| {
            // Which one is plain to those who see it; the rest is for those who hear it.
            let html = Html::text(words).then(&Html::fixed("<span class=\"govuk-visually-hidden\"> "));
            let html = html.then(&Html::text(&label.to_lowercase())).then(&Html::fixed("</span>"));
            let button = Button { html, ..Button::text("") };
            Html::of(&button.secondary().sends(format!("{id}.{part}"), &shown.id))
        };
        Row {
            up: (at > 0).then(|| button(look.tongue.say("files.up"), "up")),
            remove: button(look.tongue.say("files.remove"), "remove"),
            taken: look.tongue.fill("files.taken", &[("when", &shown.taken)]),
            file: shown.clone(),
            label,
        }
    };
    known.enumerate().map(row).collect()
}
