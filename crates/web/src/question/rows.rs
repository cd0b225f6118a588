//! Kinds with rows: items, diary, group. Rows come and go by buttons that post the form.

use super::{
    Look,
    field::{date, field},
    html,
    look::Head,
    options::{part_radios, tick},
};
use crate::govuk::{Button, Html, Select, SelectItem};
use askama::Template;
use catalogue::{DiaryEntryFace, DiaryFace, GroupFace, ItemFace, ItemsFace, OptionFace, RowButtons};

/// More options than this are a list to open: a page of rows would grow too long for a phone.
const MOST_RADIOS: usize = 6;

struct Row {
    id: String,
    legend: String,
    /// What is wrong with the row as a whole.
    wrong: Option<String>,
    parts: Vec<Html>,
    remove: Option<Html>,
}

#[derive(Template)]
#[template(path = "question/items.html")]
struct Items {
    head: Head,
    rows: Vec<Row>,
    add: Option<Html>,
}

#[derive(Template)]
#[template(path = "question/diary.html")]
struct Diary {
    head: Head,
    rows: Vec<Row>,
    add: Option<Html>,
}

#[derive(Template)]
#[template(path = "question/group.html")]
struct Group {
    head: Head,
    rows: Vec<Row>,
    add: Option<Html>,
    single: bool,
}

pub(super) fn items(face: &ItemsFace, look: Look) -> askama::Result<Html> {
    let parts = face.rows.iter().map(|row| Ok((row.legend.clone(), item(row, look))));
    let rows = rows(&face.frame.id, &face.buttons, look, parts)?;
    Html::rendered(&Items { head: Head::of(&face.frame, look), rows, add: add(&face.buttons) })
}

pub(super) fn diary(face: &DiaryFace, look: Look) -> askama::Result<Html> {
    let parts = face.rows.iter().map(|row| Ok((row.legend.clone(), entry(row, look))));
    let rows = rows(&face.frame.id, &face.buttons, look, parts)?;
    Html::rendered(&Diary { head: Head::of(&face.frame, look), rows, add: add(&face.buttons) })
}

pub(super) fn group(face: &GroupFace, look: Look) -> askama::Result<Html> {
    let parts = face.rows.iter().map(|row| {
        let inner: askama::Result<Vec<Html>> = row.faces.iter().map(|face| html(face, look.inside())).collect();
        Ok((row.legend.clone(), inner?))
    });
    let rows = rows(&face.frame.id, &face.buttons, look, parts)?;
    Html::rendered(&Group { head: Head::of(&face.frame, look), rows, add: add(&face.buttons), single: face.single })
}

fn rows(
    id: &str,
    buttons: &RowButtons,
    look: Look,
    parts: impl Iterator<Item = askama::Result<(String, Vec<Html>)>>,
) -> askama::Result<Vec<Row>> {
    let row = |(n, row): (usize, askama::Result<(String, Vec<Html>)>)| {
        let (legend, parts) = row?;
        let id = format!("{id}.{n}");
        let wrong = look.wrong(&id).map(str::to_owned);
        Ok(Row { id, legend, wrong, parts, remove: buttons.remove.get(n).map(button) })
    };
    parts.enumerate().map(row).collect()
}

fn add(buttons: &RowButtons) -> Option<Html> {
    buttons.add.as_ref().map(button)
}

fn button(option: &OptionFace) -> Html {
    Html::of(&Button::text(&option.label).secondary().sends(&option.name, &option.value))
}

fn item(row: &ItemFace, look: Look) -> Vec<Html> {
    let mut parts = vec![either(&row.kind_legend, &row.kind, look)];
    parts.extend(row.fields.iter().map(|part| field(part, look)));
    parts.push(field(&row.value, look));
    parts.push(tick(&row.about, look));
    parts.push(either(&row.state_legend, &row.state, look));
    parts
}

fn either(legend: &str, options: &[OptionFace], look: Look) -> Html {
    let Some(first) = options.first() else { return Html::default() };
    if options.len() <= MOST_RADIOS {
        return part_radios(legend, options, look);
    }
    let chosen = options.iter().find(|option| option.checked).map_or("", |option| option.value.as_str());
    let listed = options.iter().map(|option| SelectItem::new(&option.value, &option.label));
    let all = [SelectItem::new("", look.tongue.say("ask.choose_one"))].into_iter().chain(listed);
    Html::of(&Select::new(&first.name, &first.name, legend, all).value(chosen).error(look.wrong(&first.name)))
}

fn entry(row: &DiaryEntryFace, look: Look) -> Vec<Html> {
    let mut parts = vec![date(&row.date, look)];
    for (time, fold, which) in
        [(&row.start, &row.start_fold, "ask.which_start"), (&row.end, &row.end_fold, "ask.which_end")]
    {
        parts.push(field(time, look));
        if !fold.is_empty() {
            parts.push(part_radios(look.tongue.say(which), fold, look));
        }
    }
    parts.extend(words(row, look));
    parts
}

fn words(row: &DiaryEntryFace, look: Look) -> [Html; 3] {
    [&row.description, &row.rooms, &row.effect].map(|part| field(part, look))
}

pub(super) fn words_of_a_time(face: &DiaryFace, look: Look) -> Html {
    let parts = face.rows.first().map(|row| words(row, look));
    parts.into_iter().flatten().fold(Html::default(), |all, part| all.then(&part))
}
