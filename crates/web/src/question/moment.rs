use super::{
    Look,
    field::{date, field, hinted, small},
    look::Head,
    options::{items, part_radios, radios},
};
use crate::govuk::{Fieldset, Html, Radios};
use askama::Template;
use catalogue::{InstantFields, MomentFace};

#[derive(Template)]
#[template(path = "question/moment.html")]
struct Moment {
    /// Left out where the legend of the radios is the heading.
    head: Option<Head>,
    parts: Vec<Html>,
}

/// Several ways to say when are radios, each with its fields under it; one way is the fields alone.
pub(super) fn moment(face: &MomentFace, look: Look) -> askama::Result<Html> {
    let head = Head::of(&face.frame, look);
    if face.modes.is_empty() {
        let mut ways = Vec::new();
        if let Some(exact) = &face.exact {
            ways.push(instant(exact, look));
        }
        if let Some((from, to)) = &face.between {
            ways.push(instant(from, look).then(&instant(to, look)));
        }
        if let Some(day) = &face.day {
            ways.push(date(day, look));
        }
        return Html::rendered(&Moment { head: Some(head), parts: ways });
    }
    let legend = if look.is_page { Fieldset::legend(&head.label).heading() } else { small(&head.label) };
    let name = face.modes.first().map_or("", |mode| mode.name.as_str());
    let mut shown = items(&face.modes, look);
    for (item, mode) in shown.iter_mut().zip(&face.modes) {
        let way = match mode.value.as_str() {
            "exact" => face.exact.as_ref().map(|at| instant(at, look)),
            "between" => face.between.as_ref().map(|(from, to)| instant(from, look).then(&instant(to, look))),
            _ => face.day.as_ref().map(|day| date(day, look)),
        };
        if let Some(way) = way {
            *item = std::mem::take(item).reveals(way);
        }
    }
    let all = hinted(radios(name, legend, shown, look), face.frame.hint.as_deref(), Radios::hint);
    Html::rendered(&Moment { head: None, parts: vec![Html::of(&all)] })
}

fn instant(at: &InstantFields, look: Look) -> Html {
    let day_and_time = date(&at.date, look).then(&field(&at.time, look));
    if at.fold.is_empty() {
        return day_and_time;
    }
    day_and_time.then(&part_radios(look.tongue.say("ask.which_time"), &at.fold, look))
}
