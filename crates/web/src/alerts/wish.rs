//! What somebody wants to hear of, as a form: about what, how far around, which kind, how often, and to which address.

use super::{USUAL, WITHIN};
use crate::{
    App,
    govuk::{Button, ErrorSummary, Input, RadioItem, Radios, Select, SelectItem},
    page::{
        Frame, Posted,
        offers::{agencies, services},
        posted::NO_EMAIL,
    },
};
use askama::Template;
use casework::{
    alerts::subscribe::{About, Wanted},
    codes,
};
use catalogue::Found;
use store::subscription::{Cadence, Hears};

/// From where the form was reached: these stand in it, hidden.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct From {
    pub place: String,
    pub agency: String,
    pub report: String,
}

#[derive(Template)]
#[template(path = "alerts/wish.html")]
pub struct WishPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub from: From,
    /// What the report is that is to be followed, or what the place is called.
    pub named: String,
    /// Other places of that name.
    pub others: Vec<(String, String)>,
    pub about: Option<Radios>,
    pub within: Option<Select>,
    pub service: Option<Select>,
    pub hears: Option<Radios>,
    pub cadence: Radios,
    pub email: Input,
    pub button: Button,
}

/// What is wrong with a form, by the id of its field.
pub type Wrong = Vec<(&'static str, &'static str)>;

const NO_ABOUT: (&str, &str) = ("about", "Choose where from");

fn wrong_with(wrong: &Wrong, id: &str) -> Option<&'static str> {
    wrong.iter().find(|(field, _)| *field == id).map(|(_, words)| *words)
}

/// The places a form may be about: around the place, each boundary that it lies in, each agency that answers there.
fn abouts(app: &App, from: &From, found: Option<&Found>) -> Vec<RadioItem> {
    let known = agencies(app);
    let agency = |id: &str, name: &str| RadioItem::new(format!("agency:{id}"), format!("All that {name} deals with"));
    let Some(found) = found else {
        return known.iter().filter(|(id, _)| *id == from.agency).map(|(id, name)| agency(id, name)).collect();
    };
    let geography = app.setting.geography();
    let mut items = vec![
        RadioItem::new("near", format!("Around {}", found.full_label())).hint("Choose how far around further down"),
    ];
    for area in geography.areas(found.lat, found.lon) {
        items.push(RadioItem::new(format!("area:{}/{}", area.kind, area.code), format!("All of {}", area.name)));
    }
    let here = geography.agencies_at(found.lat, found.lon);
    items.extend(known.iter().filter(|(id, _)| here.contains(id)).map(|(id, name)| agency(id, name)));
    items
}

/// The form with what was chosen so far.
pub fn page(app: &App, from: From, (named, found): (String, &[Found]), chosen: &Posted, wrong: Wrong) -> WishPage {
    let is_report = !from.report.is_empty();
    let or = |name: &str, usual: &str| match chosen.get(name) {
        "" => usual.to_owned(),
        value => value.to_owned(),
    };
    let items = abouts(app, &from, found.first());
    let usual = if !from.agency.is_empty() { format!("agency:{}", from.agency) } else { "near".to_owned() };
    let radio = |(value, words): (&str, &str)| RadioItem::new(value, words);
    let cadences = [("at_once", "At once"), ("daily", "Once a day"), ("weekly", "Once a week")];
    let any = [SelectItem::new("", "Any kind")].into_iter();
    let kinds = any.chain(services(app).into_iter().map(|(id, title)| SelectItem::new(id, title)));
    let within = WITHIN.iter().map(|(value, words)| SelectItem::new(*value, *words));
    WishPage {
        frame: Frame::citizen(app, if is_report { "Follow this report" } else { "Get alerts by e-mail" })
            .wrong(!wrong.is_empty()),
        errors: ErrorSummary::new(wrong.iter().copied()),
        named,
        others: found.iter().skip(1).map(|one| (one.full_label(), format!("{:.5},{:.5}", one.lat, one.lon))).collect(),
        about: (!is_report).then(|| {
            Radios::new("about", "Where from?", items).value(or("about", &usual)).error(wrong_with(&wrong, "about"))
        }),
        within: (!is_report && !found.is_empty())
            .then(|| Select::new("metres", "metres", "How far around the place?", within).value(or("metres", USUAL))),
        service: (!is_report)
            .then(|| Select::new("service", "service", "Which kind of report?", kinds).value(chosen.get("service"))),
        hears: (!is_report).then(|| {
            let items = [("new", "New reports"), ("all", "New reports, and what happens with them")].map(radio);
            Radios::new("hears", "What do you want to hear of?", items).value(or("hears", "new"))
        }),
        cadence: Radios::new("cadence", "How often may we write?", cadences.map(radio))
            .value(or("cadence", if is_report { "at_once" } else { "daily" })),
        email: Input::new("email", "email", "Your e-mail address")
            .hint("We use it for these alerts alone. You can stop them with one press.")
            .kind("email")
            .autocomplete("email")
            .value(chosen.get("email"))
            .error(wrong_with(&wrong, "email")),
        button: Button::text("Send me a link to confirm"),
        from,
    }
}

/// The wish that was posted, or what is wrong with it.
pub fn read(posted: &Posted) -> Result<Wanted, Wrong> {
    let about = match (posted.get("report"), posted.get("about").split_once(':')) {
        ("", Some(("area", area))) => {
            area.split_once('/').map(|(kind, code)| About::Area { kind: kind.to_owned(), code: code.to_owned() })
        }
        ("", Some(("agency", agency))) => Some(About::Agency(agency.to_owned())),
        ("", _) if posted.get("about") == "near" => Some(About::Near {
            place: posted.get("place").chars().take(100).collect(),
            metres: posted.get("metres").parse().unwrap_or_default(),
        }),
        ("", _) => None,
        (report, _) => codes::read_reference(report).map(About::Report),
    };
    let mut wrong = Wrong::new();
    if about.is_none() {
        wrong.push(NO_ABOUT);
    }
    if !catalogue::is_email(posted.get("email").trim()) {
        wrong.push(NO_EMAIL);
    }
    match about {
        Some(about) if wrong.is_empty() => Ok(Wanted {
            about,
            service: Some(posted.get("service").to_owned()).filter(|service| !service.is_empty()),
            hears: Hears::from_name(posted.get("hears")).unwrap_or(Hears::New),
            cadence: Cadence::from_name(posted.get("cadence"))
                .filter(|cadence| *cadence != Cadence::Off)
                .unwrap_or(Cadence::Daily),
        }),
        _ => Err(wrong),
    }
}
