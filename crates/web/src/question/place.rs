use super::{
    Look,
    field::{field, small},
    look::Head,
    options::{items, radios},
};
use crate::{govuk::Html, page::Map};
use askama::Template;
use catalogue::{Field, PlaceFace};

#[derive(Template)]
#[template(path = "question/place.html")]
struct Place<'a> {
    head: Head,
    /// Words of the place as it stands.
    label: Option<&'a str>,
    /// Several places have that name.
    pick: Option<Html>,
    text: Html,
    typed: &'a str,
    hidden: [&'a Field; 3],
    map: Option<&'a Map>,
    /// Plain words, where they will do.
    words: Option<Html>,
    place_now: &'static str,
    several: &'static str,
}

/// The text field comes first; the map and "use my location" are added by script; plain words remain wherever they will do.
pub(super) fn place(face: &PlaceFace, look: Look) -> askama::Result<Html> {
    // What stands alone is one's own words.
    let offered: Vec<_> = face.pick.iter().filter(|option| !(look.needs_point && option.alone)).cloned().collect();
    let pick = (!offered.is_empty()).then(|| {
        let name = format!("{}.pick", face.frame.id);
        Html::of(&radios(&name, small(look.tongue.say("ask.which_place")), items(&offered, look), look))
    });
    Html::rendered(&Place {
        head: Head::of(&face.frame, look),
        label: face.label.as_deref(),
        pick,
        text: field(&face.text, look),
        typed: face.text.value.trim(),
        hidden: [&face.lat, &face.lon, &face.how],
        map: look.map,
        words: (!look.needs_point).then(|| field(&face.words, look)),
        place_now: look.tongue.say("ask.place_now"),
        several: look.tongue.say("ask.several"),
    })
}

impl Place<'_> {
    fn hidden(&self) -> impl Iterator<Item = &Field> {
        self.hidden.into_iter()
    }

    /// Centre and attribution of a base map.
    fn tiles(&self) -> Option<(String, &str)> {
        match self.map {
            Some(Map::Tiles { centre, attribution }) => Some((format!("{:.4},{:.4}", centre.0, centre.1), attribution)),
            _ => None,
        }
    }

    /// South, west, north, east of an outline.
    fn outline(&self) -> Option<String> {
        match self.map {
            Some(Map::Outline { low, high }) => Some(format!("{:.4},{:.4},{:.4},{:.4}", low.0, low.1, high.0, high.1)),
            _ => None,
        }
    }
}
