//! A person who has the answers of a sample at hand and types them, page by page.

use casework::Clock;
use catalogue::{Answer, Answers, Context, Filled, Service, kind};
use rights::Actor;
use serde_json::Value as Json;
use std::{collections::BTreeSet, sync::Arc};
use store::{data_set, place};
use testkit::{Client, House, PIN, Page, PageForm, files, sample, samples};
use web::question::{Look, draw};

/// Pages of one journey, at most; a journey that is longer goes round in a circle.
const MOST_PAGES: usize = 200;

pub struct Person {
    pub service: Arc<Service>,
    pub answers: Answers,
    carries_on: Vec<String>,
    pub client: Client,
    asked: BTreeSet<String>,
}

/// A house whose gazetteer holds the places of every sample, so that what is typed is found where the sample says.
pub async fn house() -> House {
    let house = House::embedded().await;
    let (mut codes, mut named) = (BTreeSet::new(), BTreeSet::new());
    for service in house.setting.catalogue.services() {
        for name in samples(&service.id) {
            let sample = sample(&service.id, &name);
            for answer in sample["answers"].as_object().unwrap().values() {
                let text = |key: &str| answer[key].as_str().unwrap_or_default().to_owned();
                let at = format!("{} {}", answer["lat"], answer["lon"]);
                match answer["how"].as_str() {
                    Some("postcode") => drop(codes.insert((text("postcode"), at))),
                    Some("named") => drop(named.insert((text("typed"), text("label"), at))),
                    _ => {}
                }
            }
        }
    }
    let point = |at: &str| {
        let (lat, lon) = at.split_once(' ').unwrap();
        (lat.parse::<f64>().unwrap(), lon.parse::<f64>().unwrap())
    };
    let written = house.db.write(move |tx| {
        let load = data_set::next_load(tx)?;
        for (code, at) in &codes {
            let (lat, lon) = point(at);
            place::insert_postcode(tx, load, &place::Postcode { postcode: code.replace(' ', ""), lat, lon })?;
        }
        data_set::put_in_force(tx, &set("postcodes", load, codes.len()))?;
        let load = data_set::next_load(tx)?;
        for (n, (name, label, at)) in named.iter().enumerate() {
            let (lat, lon) = point(at);
            let within = label.split_once(", ").map_or(String::new(), |(_, town)| town.to_owned());
            let row = place::Place { name: name.clone(), kind: "place".into(), within, lat, lon };
            place::insert(tx, load, n as i64, &row)?;
        }
        data_set::put_in_force(tx, &set("places", load, named.len()))
    });
    written.await.unwrap();
    house.setting.set_geography(house.db.read(casework::Geography::load).await.unwrap());
    house
}

fn set(kind: &str, load: i64, rows: usize) -> data_set::DataSet {
    data_set::DataSet {
        kind: kind.into(),
        load,
        name: kind.into(),
        dated: "of the samples".into(),
        attribution: String::new(),
        rows_kept: rows as i64,
        rows_refused: 0,
        demonstration: true,
        imported_at: store::Time(0),
    }
}

impl Person {
    pub fn with(house: &House, service: &str, answers: &Json) -> Person {
        let service = house.setting.catalogue.service(service).unwrap().clone();
        let carried = answers["journey"]["carried_on"].as_array().cloned().unwrap_or_default();
        Person {
            answers: Answers::from_json(&service, answers).unwrap(),
            service,
            carries_on: carried.iter().map(|stop| stop.as_str().unwrap().to_owned()).collect(),
            client: house.visitor(),
            asked: BTreeSet::new(),
        }
    }

    /// Types what there is to say until there is no form to answer, and comes back with the page that stands there:
    /// check-answers, or a stop.
    pub async fn walk(&mut self, house: &House) -> Page {
        let mut page = self.client.get(&format!("/report/{}", self.service.id)).await;
        for _ in 0..MOST_PAGES {
            assert!(page.status == 200, "{} {}", page.status, page.text);
            // Where a stop leads to another service too, this person goes on with the one they began.
            let mut forms = page.forms().into_iter().filter(|form| !form.action.contains("/go/"));
            let Some(form) = forms.find(|form| form.method == "post") else { return page };
            let at = form.action.split('?').next().unwrap().to_owned();
            let rest = at.strip_prefix(&format!("/report/{}/", self.service.id)).unwrap_or("").to_owned();
            page = match rest.split_once('/') {
                Some(("q", id)) => self.answer(house, &form, id).await,
                Some(("files", id)) => self.add(&form, id).await,
                Some(("stop", stop)) if self.carries_on.iter().any(|known| known == stop) => {
                    self.client.submit(&form, &[]).await
                }
                Some(("stop", _)) => return page,
                _ if rest == "pin" => self.client.submit(&form, &[("pin", PIN)]).await,
                _ if rest == "send" => match self.left() {
                    Some(id) => self.client.get(&format!("/report/{}/q/{id}?from=check", self.service.id)).await,
                    None => return page,
                },
                _ => panic!("a form that leads to {at}"),
            };
            page = self.client.follow(page).await;
        }
        panic!("{} has no end", self.service.id)
    }

    /// A question of check-answers that the sample answers and that was not asked in turn.
    fn left(&self) -> Option<String> {
        let has = |id: &str| self.answers.get(id).is_some() && !self.asked.contains(id);
        self.service.questions.iter().map(|question| question.id.clone()).find(|id| has(id))
    }

    /// Fills in the form on the page as it would stand there with the sample's answer, and presses the button.
    async fn answer(&mut self, house: &House, form: &PageForm, id: &str) -> Page {
        assert!(self.asked.insert(id.to_owned()), "{id} is asked twice");
        let mut fields = self.typed(house, id);
        // A day that is booked is one of a list.
        if let Some(catalogue::Answer::Date(day)) = self.answers.get(id)
            && form.takes(id, &day.to_string())
        {
            fields = vec![(id.to_owned(), day.to_string())];
        }
        for (name, value) in &fields {
            // Rows beyond the first stand there after "Add another".
            let is_row = name.split('.').any(|part| part.parse::<usize>().is_ok_and(|row| row > 0));
            assert!(is_row || form.takes(name, value), "{id}: no field {name} for {value}: {form:?}");
        }
        let hidden = form.filled().into_iter().filter(|(name, _)| *name != *id && !name.starts_with(&format!("{id}.")));
        let mut all: Vec<(String, String)> = hidden.collect();
        all.extend(fields);
        let all: Vec<(&str, &str)> = all.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let page = self.client.post(&form.action, &all).await;
        let offered = page.status == 200 && page.text.contains(&format!("name=\"{id}.pick\""));
        if !offered {
            return page;
        }
        let Some(Answer::Place(place)) = self.answers.get(id) else { panic!("{id} is no place") };
        let name = format!("name=\"{id}.pick\"");
        let picks = page.text.split(&name).skip(1);
        let pick = picks.filter(|rest| rest.split("</label>").next().unwrap().contains(&place.label));
        let key = pick.map(|rest| rest.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()).next();
        let key = key.unwrap_or_else(|| panic!("{} is not offered: {}", place.label, page.text));
        let form = page.form(&format!("/q/{id}"));
        self.client.submit(&form, &[(&format!("{id}.pick"), &key)]).await
    }

    /// Chooses the sample's files, as many as it names, and presses the button.
    async fn add(&mut self, form: &PageForm, id: &str) -> Page {
        assert!(self.asked.insert(id.to_owned()), "{id} is asked twice");
        let asked = files::asked(&self.service, &self.answers.to_json());
        let (count, bytes) = asked.into_iter().find(|(q, ..)| q == id).map_or((0, &[][..]), |(_, n, bytes)| (n, bytes));
        let field = format!("{id}.new");
        let chosen: Vec<(&str, &str, &[u8])> = (0..count).map(|_| (field.as_str(), "a file", bytes)).collect();
        let hidden: Vec<(String, String)> =
            form.filled().into_iter().filter(|(name, _)| !name.starts_with(&format!("{id}."))).collect();
        let hidden: Vec<(&str, &str)> = hidden.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        self.client.upload(&form.action, &hidden, &chosen).await
    }

    /// What a browser would send of the question's page if it showed the sample's answer.
    fn typed(&self, house: &House, id: &str) -> Vec<(String, String)> {
        let Some(answer) = self.answers.get(id) else { return Vec::new() };
        let question = self.service.question(id).unwrap();
        let face = kind::face(question, &self.service.words, Filled::Answer(answer), &self.answers);
        let drawn = draw(&face, Look::new(&[])).unwrap();
        let fields = testkit::forms(drawn.html.as_str()).remove(0).filled();
        let local = web::page::when::local(house.clock.now());
        let places = house.setting.geography();
        let context = Context { now: &local, finder: &*places, territory: &*places };
        let read = kind::read(question, &catalogue::Form(fields.clone()), &self.answers, &context);
        assert!(read.is_ok(), "{id} does not read back: {fields:?} {read:?}");
        fields.into_iter().filter(|(name, _)| !name.ends_with(".add") && !name.ends_with(".remove")).collect()
    }

    /// Sends from check-answers; the reference stands on the page that follows.
    pub async fn send(&mut self) -> (String, Page) {
        let sent = self.client.post(&format!("/report/{}/send", self.service.id), &[]).await;
        assert_eq!(sent.location, format!("/report/{}/done", self.service.id), "{}", sent.text);
        let done = self.client.follow(sent).await;
        let reference = done.text.split("moot-reference\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
        (casework::codes::read_reference(reference).unwrap(), done)
    }
}

/// Everything a report keeps of what was said, as one object by question.
pub async fn stored(house: &House, reference: &str) -> Json {
    let reference = reference.to_owned();
    let read = house.db.read(move |tx| {
        let test = Actor::House("test");
        let head = store::report::by_reference(tx, &reference)?.unwrap();
        let mut all = serde_json::Map::new();
        for part in store::answer::own(&test, tx, head.id)? {
            all.extend(part.body.as_object().unwrap().clone());
        }
        let person = store::contact::own(&test, tx, head.id)?.map(|contact| contact.safe["person"].clone());
        all.extend(person.map(|person| ("contact".to_owned(), person)));
        Ok::<_, store::Error>(Json::Object(all))
    });
    read.await.unwrap()
}
