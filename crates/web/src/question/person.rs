use super::{
    Look,
    field::{date, field, small},
    look::Head,
    options::{items, part_checkboxes, radios, tick},
};
use crate::govuk::{Html, Radios};
use askama::Template;
use catalogue::{PersonFace, SafeFace, WindowFace};

#[derive(Template)]
#[template(path = "question/person.html")]
struct Person {
    head: Head,
    fields: Vec<Html>,
}

/// The safe ways, shown where contact is safe in some ways only (P-54).
#[derive(Template)]
#[template(path = "question/safe.html")]
struct Safe<'a> {
    face: &'a SafeFace,
    look: Look<'a>,
}

pub(super) fn person(face: &PersonFace, look: Look) -> askama::Result<Html> {
    let mut fields = Vec::new();
    fields.extend(face.name.as_ref().map(|name| field(name, look)));
    fields.extend(face.email.as_ref().map(|email| field(email, look)));
    fields.extend(face.phone.as_ref().map(|phone| field(phone, look)));
    fields.extend(face.address.as_ref().map(|address| field(address, look)));
    fields.extend(face.born.as_ref().map(|born| date(born, look)));
    if let Some(safe) = &face.safe {
        fields.push(contact(safe, look)?);
    }
    Html::rendered(&Person { head: Head::of(&face.frame, look), fields })
}

fn contact(safe: &SafeFace, look: Look) -> askama::Result<Html> {
    let mut ways = Some(Html::rendered(&Safe { face: safe, look })?);
    let name = safe.modes.first().map_or("", |mode| mode.name.as_str());
    let shown = items(&safe.modes, look).into_iter().map(|item| match ways.take_if(|_| item.value == "only") {
        Some(ways) => item.reveals(ways),
        None => item,
    });
    let radios = radios(name, small(&safe.legend), shown.collect(), look);
    Ok(Html::of(&Radios::hint(radios, &safe.hint)))
}

impl Safe<'_> {
    fn safe(&self) -> Html {
        part_checkboxes(&self.face.safe_legend, &self.face.safe, self.look)
    }

    fn never(&self) -> Html {
        part_checkboxes(&self.face.never_legend, &self.face.never_via, self.look)
    }

    fn ticks(&self) -> Vec<Html> {
        [&self.face.voicemail_ok, &self.face.sms_ok, &self.face.letter_ok].map(|one| tick(one, self.look)).into()
    }

    fn texts(&self) -> Vec<Html> {
        [&self.face.who_may_answer, &self.face.codeword].map(|one| field(one, self.look)).into()
    }

    fn more(&self, n: &usize) -> String {
        self.look.tongue.fill("ask.more_times", &[("n", &n.to_string())])
    }

    fn days(&self, window: &WindowFace) -> Html {
        part_checkboxes(&window.days_legend, &window.days, self.look)
    }

    fn times(&self, window: &WindowFace) -> Html {
        field(&window.from, self.look).then(&field(&window.to, self.look))
    }

    /// Rows after the first are folded away while they are empty.
    fn is_used(&self, window: &WindowFace) -> bool {
        window.days.iter().any(|day| day.checked) || !window.from.value.is_empty() || !window.to.value.is_empty()
    }
}
