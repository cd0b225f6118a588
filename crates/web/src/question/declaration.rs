use super::{Look, field::field, options::tick};
use crate::govuk::Html;
use askama::Template;
use catalogue::DeclarationFace;

#[derive(Template)]
#[template(path = "question/declaration.html")]
struct Declaration {
    is_page: bool,
    title: &'static str,
    text: String,
    name: Option<Html>,
    agree: Html,
}

pub(super) fn declaration(face: &DeclarationFace, look: Look) -> askama::Result<Html> {
    Html::rendered(&Declaration {
        is_page: look.is_page,
        title: look.tongue.say("ask.agree"),
        text: face.text.clone(),
        name: face.name.as_ref().map(|name| field(name, look)),
        agree: tick(&face.agree, look),
    })
}
