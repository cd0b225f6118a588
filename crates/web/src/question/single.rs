//! Kinds of one field, or of a few in a row.

use super::{
    Look,
    field::{field, whole, whole_date},
    look::Head,
    options::{picked, tick},
};
use crate::govuk::Html;
use askama::Template;
use catalogue::{DateFace, LongTextFace, MoneyFace, NumberFace, TextFace, VehicleFace};

#[derive(Template)]
#[template(path = "question/text.html")]
struct Text {
    pick: Option<Html>,
    field: Html,
}

#[derive(Template)]
#[template(path = "question/long_text.html")]
struct LongText {
    field: Html,
}

#[derive(Template)]
#[template(path = "question/number.html")]
struct Number {
    field: Html,
}

#[derive(Template)]
#[template(path = "question/money.html")]
struct Money {
    field: Html,
    about: Html,
}

#[derive(Template)]
#[template(path = "question/date.html")]
struct Date {
    date: Html,
}

#[derive(Template)]
#[template(path = "question/vehicle.html")]
struct Vehicle {
    head: Head,
    fields: Vec<Html>,
}

pub(super) fn text(face: &TextFace, look: Look) -> askama::Result<Html> {
    if face.pick.is_empty() {
        return Html::rendered(&Text { pick: None, field: whole(&face.field, &face.frame, look) });
    }
    let pick = Some(picked(&face.frame, &face.pick, look));
    Html::rendered(&Text { pick, field: field(&face.field, look) })
}

pub(super) fn long_text(face: &LongTextFace, look: Look) -> askama::Result<Html> {
    Html::rendered(&LongText { field: whole(&face.field, &face.frame, look) })
}

pub(super) fn number(face: &NumberFace, look: Look) -> askama::Result<Html> {
    Html::rendered(&Number { field: whole(&face.field, &face.frame, look) })
}

pub(super) fn money(face: &MoneyFace, look: Look) -> askama::Result<Html> {
    Html::rendered(&Money { field: whole(&face.field, &face.frame, look), about: tick(&face.about, look) })
}

pub(super) fn date(face: &DateFace, look: Look) -> askama::Result<Html> {
    Html::rendered(&Date { date: whole_date(&face.date, &face.frame, look) })
}

pub(super) fn vehicle(face: &VehicleFace, look: Look) -> askama::Result<Html> {
    let parts = [&face.registration, &face.make, &face.colour, &face.marks];
    let fields = parts.into_iter().map(|part| field(part, look)).collect();
    Html::rendered(&Vehicle { head: Head::of(&face.frame, look), fields })
}
