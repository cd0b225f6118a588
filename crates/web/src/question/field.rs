use super::Look;
use crate::govuk::{Attributes, CharacterCount, DateInput, DateItem, Fieldset, Html, Input, Label, Legend, Textarea};
use catalogue::{DateFields, Field};

/// An input, or an area where it has lines; with a count where it has a limit.
pub(super) fn field(field: &Field, look: Look) -> Html {
    labelled(field, look, Label::text(&field.label), field.hint.as_deref())
}

/// The field whose label is the question itself.
pub(super) fn whole(of: &Field, frame: &catalogue::Frame, look: Look) -> Html {
    let label = Label::text(&frame.label);
    let label = if look.is_page { label.heading() } else { label };
    labelled(of, look, label, frame.hint.as_deref().or(of.hint.as_deref()))
}

fn labelled(field: &Field, look: Look, label: Label, hint: Option<&str>) -> Html {
    let (id, wrong) = (field.name.as_str(), look.wrong(&field.name));
    let complete = if look.discreet { Some("off") } else { field.autocomplete };
    match (field.rows, field.max) {
        (0, _) => {
            let mut input = Input::new(id, id, "").value(&field.value).kind(field.input).error(wrong);
            input.label = label;
            input.autocomplete = complete.unwrap_or_default().to_owned();
            input.inputmode = field.inputmode.unwrap_or_default().to_owned();
            input.spellcheck = (!field.spellcheck).then_some(false);
            if let Some(width) = field.width {
                input = input.width(width);
            }
            if let Some(prefix) = field.prefix {
                input = input.prefix(prefix);
            }
            Html::of(&hinted(input, hint, Input::hint))
        }
        (rows, Some(max)) => {
            let limit = u32::try_from(max).unwrap_or(u32::MAX);
            let mut area = CharacterCount::new(id, id, "", limit).value(&field.value).rows(rows.into()).error(wrong);
            area.label = label;
            if !look.tongue.is_english() {
                area.textarea_description_text = look.tongue.fill("ask.characters", &[("count", &limit.to_string())]);
                area = area.said_in(look.tongue);
            }
            area.attributes = Attributes::default().maybe("autocomplete", complete);
            Html::of(&hinted(area, hint, CharacterCount::hint))
        }
        (rows, None) => {
            let mut area = Textarea::new(id, id, "").value(&field.value).rows(rows.into()).error(wrong);
            area.label = label;
            area.autocomplete = complete.unwrap_or_default().to_owned();
            Html::of(&hinted(area, hint, Textarea::hint))
        }
    }
}

pub(super) fn hinted<C, H: Into<String>>(component: C, hint: Option<H>, add: impl FnOnce(C, H) -> C) -> C {
    match hint {
        Some(hint) => add(component, hint),
        None => component,
    }
}

/// Day, month and year. Without a legend of its own the date takes that of the question.
pub(super) fn date(date: &DateFields, look: Look) -> Html {
    dated(date, look, small(&date.legend), date.hint.as_deref())
}

/// The date that is the whole question.
pub(super) fn whole_date(date: &DateFields, frame: &catalogue::Frame, look: Look) -> Html {
    let legend = Fieldset::legend(&frame.label);
    let legend = if look.is_page { legend.heading() } else { small(&frame.label) };
    dated(date, look, legend, frame.hint.as_deref().or(date.hint.as_deref()))
}

fn dated(date: &DateFields, look: Look, fieldset: Fieldset, hint: Option<&str>) -> Html {
    let parts = [&date.day, &date.month, &date.year];
    let one_part_is_wrong = parts.iter().any(|part| look.wrong(&part.name).is_some());
    let item = |part: &&Field| DateItem {
        id: part.name.clone(),
        name: Some(part.name.clone()),
        label: part.label.clone(),
        value: Some(part.value.clone()).filter(|value| !value.is_empty()),
        autocomplete: if look.discreet { "off" } else { part.autocomplete.unwrap_or_default() }.to_owned(),
        error: one_part_is_wrong.then(|| look.wrong(&part.name).is_some()),
        classes: format!("govuk-input--width-{}", part.width.unwrap_or(2)),
        ..DateItem::default()
    };
    let input = DateInput {
        // The bare name is the id of the group; no field has it.
        id: format!("{}.all", date.name),
        items: parts.iter().map(item).collect(),
        fieldset: Some(fieldset),
        ..DateInput::default()
    };
    Html::of(&hinted(input.error(look.wrong_under(&date.name)), hint, DateInput::hint))
}

/// A legend inside a question.
pub(super) fn small(words: &str) -> Fieldset {
    let legend =
        Legend { text: words.to_owned(), classes: "govuk-fieldset__legend--s".to_owned(), ..Legend::default() };
    Fieldset { legend, ..Fieldset::default() }
}
