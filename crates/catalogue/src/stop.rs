use crate::answer::named;
use crate::words::fill;
use crate::{Body, LandLink, LandStop, LandWords, Question, Service};

named! {
    /// Why a journey stops (C-2). A notice is no stop: it is an effect.
    StopKind {
        /// 999; nothing is stored.
        Emergency = "emergency",
        /// 999, ask for the fire service; nothing is stored.
        EmergencyFire = "emergency_fire",
        /// 101, with 999 named first.
        Urgent101 = "urgent_101",
        /// Another body, with ways to reach it.
        Signpost = "signpost",
        /// We cannot take it; reason and alternatives.
        Refusal = "refusal",
        /// The place is outside the area; made by the journey, never written in a definition.
        Elsewhere = "elsewhere",
    }
}

/// A stop as defined.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    pub id: String,
    pub kind: StopKind,
    /// The person may read it and go on.
    pub carry_on: bool,
    pub links: Vec<Link>,
    /// Another service to go on with instead.
    pub go: Option<String>,
    pub(crate) line: usize,
}

/// A way on. Its words are `stop.<id>.links.<key>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub key: String,
    pub url: Option<String>,
    pub phone: Option<String>,
}

/// A stop as shown.
#[derive(Clone, Debug, PartialEq)]
pub struct StopView<'s> {
    /// `elsewhere` for a place outside the area.
    pub id: String,
    pub kind: StopKind,
    /// The question whose answer led here; none for a stop of the whole service.
    pub question: Option<&'s Question>,
    pub title: String,
    pub body: Vec<String>,
    /// What every stop of this kind says: 999 by text, BSL, the silent call (P-12).
    pub help: Vec<String>,
    pub links: Vec<LinkView>,
    pub go: Option<String>,
    /// Who answers there, for [`StopKind::Elsewhere`].
    pub elsewhere: Option<Body>,
    /// Call [`crate::Answers::carry_on`] with `id` to go on.
    pub carry_on: bool,
    /// Words of the button, where one may go on.
    pub carry_on_words: String,
    /// Its words are the agency's own, and only English.
    pub english: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkView {
    pub words: String,
    /// `https:…`, `tel:…`, or a page of this site: `/…`.
    pub href: String,
}

/// The stop with its words. What it does not say itself, its kind says.
pub(crate) fn view<'s>(service: &'s Service, stop: &Stop, question: Option<&'s Question>) -> StopView<'s> {
    let words = &service.words;
    let own = |part: &str| format!("stop.{}.{part}", stop.id);
    let general = |part: &str| format!("stops.{}.{part}", stop.kind.name());
    let text = |part: &str| words.get(&own(part)).unwrap_or_else(|| words.say(&general(part))).to_owned();
    let body = words.list(&own("body"));
    let links = stop.links.iter().map(|link| LinkView {
        words: words.say(&own(&format!("links.{}", link.key))).to_owned(),
        href: href(link.url.as_deref(), link.phone.as_deref()),
    });
    StopView {
        id: stop.id.clone(),
        kind: stop.kind,
        question,
        title: text("title"),
        body: if body.is_empty() { words.list(&general("body")) } else { body }.to_vec(),
        help: words.list(&general("help")).to_vec(),
        links: links.collect(),
        go: stop.go.clone(),
        elsewhere: None,
        carry_on: stop.carry_on,
        carry_on_words: text("carry_on"),
        english: false,
    }
}

/// What is said of the land at a place, in the words of the agency whose layers decided it.
pub(crate) fn of_land<'s>(service: &'s Service, land: &LandStop, question: Option<&'s Question>) -> StopView<'s> {
    let words = &land.words;
    let mut view = StopView {
        id: land.id(),
        kind: StopKind::Signpost,
        question,
        title: words.title.clone(),
        body: words.body.clone(),
        help: Vec::new(),
        links: links_of(words),
        go: None,
        elsewhere: None,
        carry_on: words.carry_on.is_some(),
        carry_on_words: words.carry_on.clone().unwrap_or_default(),
        english: true,
    };
    if let Some(body) = &land.body {
        // What everybody reads of another body, in their own language; why it is so is said in English alone.
        view.english = false;
        view.title = fill(service.words.say("stops.elsewhere.title"), &[("body", body.name.as_str())]);
        view.body.retain(|_| service.language == "en");
        view.body.extend(service.words.list("stops.elsewhere.body").last().cloned());
        view.links = ways_to(service, body);
        view.elsewhere = Some(body.clone());
    }
    view
}

/// The stop with the words of an agency there and then. What kind it is, and whether one may go on, stays what the service says.
pub(crate) fn instead(view: &mut StopView, own: &LandWords) {
    view.title.clone_from(&own.title);
    view.body.clone_from(&own.body);
    view.links = links_of(own);
    if let Some(words) = &own.carry_on {
        view.carry_on_words.clone_from(words);
    }
    view.english = true;
}

fn links_of(words: &LandWords) -> Vec<LinkView> {
    let link = |link: &LandLink| LinkView {
        words: link.words.clone(),
        href: href(link.url.as_deref(), link.phone.as_deref()),
    };
    words.links.iter().map(link).collect()
}

/// How to reach a body.
pub(crate) fn ways_to(service: &Service, body: &Body) -> Vec<LinkView> {
    let say = |key: &str, phone: &str| fill(service.words.say(key), &[("body", body.name.as_str()), ("phone", phone)]);
    let mut links = vec![LinkView { words: say("stops.elsewhere.site", ""), href: body.url.clone() }];
    if let Some(phone) = &body.phone {
        links.push(LinkView { words: say("stops.elsewhere.phone", phone), href: href(None, Some(phone)) });
    }
    links
}

/// A phone number loses its spaces: `tel:03001232040`.
fn href(url: Option<&str>, phone: Option<&str>) -> String {
    match (url, phone) {
        (Some(url), _) => url.to_owned(),
        (None, Some(phone)) => format!("tel:{}", phone.split_whitespace().collect::<String>()),
        (None, None) => String::new(),
    }
}
