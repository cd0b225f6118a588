//! A small drawing of what a collection is put out in (C-35). The name beside it says the same, so it is silent for screen readers.

use askama::Template;
use catalogue::{ContainerLook, ContainerShape};

#[derive(Template)]
#[template(path = "bins/drawing.html")]
pub struct Drawing {
    shape: ContainerShape,
    colour: String,
    lid: String,
}

impl Drawing {
    pub fn of(look: &ContainerLook) -> Drawing {
        let lid = look.lid.clone().unwrap_or_else(|| look.colour.clone());
        Drawing { shape: look.shape, colour: look.colour.clone(), lid }
    }
}
