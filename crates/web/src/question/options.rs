use super::{
    Look,
    field::{hinted, small},
};
use crate::govuk::{CheckboxItem, Checkboxes, Fieldset, Html, RadioItem, Radios};
use askama::Template;
use catalogue::{ChoiceFace, ChoicesFace, Frame, OptionFace, YesNoFace};

/// Two answers stand beside each other only when both are as short as this, in letters.
const SHORT: usize = 5;

#[derive(Template)]
#[template(path = "question/yes_no.html")]
struct YesNo {
    radios: Html,
}

#[derive(Template)]
#[template(path = "question/choice.html")]
struct Choice {
    radios: Html,
}

#[derive(Template)]
#[template(path = "question/choices.html")]
struct Choices {
    checkboxes: Html,
}

pub(super) fn yes_no(face: &YesNoFace, look: Look) -> askama::Result<Html> {
    Html::rendered(&YesNo { radios: whole_radios(&face.frame, &face.options, look) })
}

pub(super) fn choice(face: &ChoiceFace, look: Look) -> askama::Result<Html> {
    Html::rendered(&Choice { radios: whole_radios(&face.frame, &face.options, look) })
}

pub(super) fn choices(face: &ChoicesFace, look: Look) -> askama::Result<Html> {
    let boxes = checkboxes(&face.frame.id, legend(&face.frame, look), &face.options, look);
    Html::rendered(&Choices { checkboxes: Html::of(&hinted(boxes, face.frame.hint.as_deref(), Checkboxes::hint)) })
}

fn legend(frame: &Frame, look: Look) -> Fieldset {
    if look.is_page { Fieldset::legend(&frame.label).heading() } else { small(&frame.label) }
}

fn whole_radios(frame: &Frame, options: &[OptionFace], look: Look) -> Html {
    let radios = radios(&frame.id, legend(frame, look), items(options, look), look);
    let short = options.len() == 2 && options.iter().all(|o| o.hint.is_none() && o.label.chars().count() <= SHORT);
    let radios = if short { radios.inline() } else { radios };
    Html::of(&hinted(radios, frame.hint.as_deref(), Radios::hint))
}

/// Radios that are the question, where its field stands beside them.
pub(super) fn picked(frame: &Frame, options: &[OptionFace], look: Look) -> Html {
    let name = options.first().map_or("", |option| option.name.as_str());
    let radios = radios(name, legend(frame, look), items(options, look), look);
    Html::of(&hinted(radios, frame.hint.as_deref(), Radios::hint))
}

/// Radios under a small legend, as a part of a question.
pub(super) fn part_radios(legend: &str, options: &[OptionFace], look: Look) -> Html {
    let name = options.first().map_or("", |option| option.name.as_str());
    Html::of(&radios(name, small(legend), items(options, look), look))
}

/// Checkboxes under a small legend, as a part of a question.
pub(super) fn part_checkboxes(legend: &str, options: &[OptionFace], look: Look) -> Html {
    let name = options.first().map_or("", |option| option.name.as_str());
    Html::of(&checkboxes(name, small(legend), options, look))
}

/// One box to tick. Its label says all.
pub(super) fn tick(option: &OptionFace, look: Look) -> Html {
    let mut one = checkboxes(&option.name, Fieldset::default(), std::slice::from_ref(option), look);
    one.fieldset = None;
    Html::of(&one)
}

pub(super) fn radios(name: &str, fieldset: Fieldset, items: Vec<RadioItem>, look: Look) -> Radios {
    let radios = Radios { name: name.to_owned(), fieldset: Some(fieldset), items: items.into(), ..Radios::default() };
    radios.error(look.wrong(name))
}

pub(super) fn items(options: &[OptionFace], look: Look) -> Vec<RadioItem> {
    let mut items = Vec::with_capacity(options.len() + 1);
    for option in options {
        if option.alone {
            items.push(RadioItem::divider(look.tongue.say("ask.or")));
        }
        let item = RadioItem::new(&option.value, &option.label).checked(option.checked);
        items.push(hinted(item, option.hint.as_deref(), RadioItem::hint));
    }
    items
}

fn checkboxes(name: &str, fieldset: Fieldset, options: &[OptionFace], look: Look) -> Checkboxes {
    let mut items = Vec::with_capacity(options.len() + 1);
    for option in options {
        let item = CheckboxItem::new(&option.value, &option.label).checked(option.checked);
        let mut item = hinted(item, option.hint.as_deref(), CheckboxItem::hint);
        item.disabled = option.closed;
        if option.alone {
            items.push(CheckboxItem::divider(look.tongue.say("ask.or")));
            items.push(item.exclusive());
        } else {
            items.push(item);
        }
    }
    let boxes =
        Checkboxes { name: name.to_owned(), fieldset: Some(fieldset), items: items.into(), ..Checkboxes::default() };
    boxes.error(look.wrong(name))
}
