use super::*;
use crate::page::Map;
use catalogue::{Answers, Context, Filled, Finder, Form, Found, How, Place, Service, Territory, Who, kind};

const TAGS: &str =
    r#"tags = { regime = "p2", sensitivity = "restricted", publish = "none", retention = "council_report" }"#;

/// One question of every kind, with the lines that kind needs.
const KINDS: &[(&str, &str)] = &[
    ("text", ""),
    ("long_text", "max = 50"),
    ("yes_no", ""),
    ("choice", r#"options = ["a", "b"]"#),
    ("choices", "options = [\"a\", \"b\"]\nalone = \"b\""),
    ("number", "least = 1\nmost = 9"),
    ("money", ""),
    ("date", ""),
    ("moment", r#"modes = ["exact", "between", "day"]"#),
    ("place", "decides = true"),
    ("person", r#"parts = ["name", "born", "address", "phone", "email", "safe"]"#),
    ("vehicle", ""),
    ("photo", "most = 3"),
    ("file", "accept = [\"picture\", \"video\"]"),
    ("items", "kinds = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\"]\nstates = [\"s\"]\nmost = 3"),
    ("diary", "most = 3"),
    ("group", "most = 3"),
    ("declaration", "signed = true"),
];

fn every_kind() -> Service {
    let mut text = String::from(
        "[service]\nid = \"all\"\nversion = 1\ngroup = \"All\"\nregime = \"p2\"\ntracking = \"link\"\n\
         anonymous = \"off\"\nretention = \"council_report\"\n",
    );
    let mut words = String::from("[service]\ntitle = \"All\"\nsummary = \"Every kind.\"\n");
    for (name, lines) in KINDS {
        let id = format!("q_{name}");
        text.push_str(&format!(
            "[[question]]\nid = \"{id}\"\nkind = \"{name}\"\nask = \"required\"\n{TAGS}\n{lines}\n"
        ));
        words.push_str(&format!("[question.{id}]\nlabel = \"Label <of> {name}\"\n"));
        if *name == "group" {
            text.push_str(&format!(
                "[[question.question]]\nid = \"inner\"\nkind = \"yes_no\"\nask = \"required\"\n{TAGS}\n"
            ));
            words.push_str(&format!("[question.{id}.inner]\nlabel = \"Inner label\"\n"));
        }
        let options: Vec<&str> = match *name {
            "choice" | "choices" => vec!["a", "b"],
            "items" => vec!["a", "b", "c", "d", "e", "f", "g", "s"],
            _ => vec![],
        };
        if !options.is_empty() {
            words.push_str(&format!("[question.{id}.options]\n"));
            words.extend(options.iter().map(|option| format!("{option} = \"Option {option}\"\n")));
        }
    }
    catalogue::definition(&text, &words).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

struct Nowhere;

impl Finder for Nowhere {
    fn find(&self, text: &str) -> Vec<Found> {
        let found = |detail: &str, lat| Found {
            label: text.to_owned(),
            detail: detail.to_owned(),
            lat,
            lon: -2.9,
            postcode: None,
            how: How::Named,
        };
        vec![found("Here", 51.3), found("There", 51.4)]
    }

    fn describe(&self, _: f64, _: f64) -> Option<String> {
        None
    }
}

impl Territory for Nowhere {
    fn who(&self, _: &Service, _: &Place) -> Who {
        Who::Unknown
    }
}

fn drawn(service: &Service, id: &str, filled: Filled, look: Look) -> Drawn {
    let question = service.question(id).unwrap();
    draw(&kind::face(question, &service.words, filled, &Answers::new()), look).unwrap()
}

fn problems(service: &Service, id: &str, form: &Form) -> Vec<catalogue::Problem> {
    let now = crate::page::when::local(store::Time(1_795_500_000_000_000));
    let ctx = Context { now: &now, finder: &Nowhere, territory: &Nowhere };
    kind::read(service.question(id).unwrap(), form, &Answers::new(), &ctx).err().unwrap_or_default()
}

#[test]
fn every_kind_has_one_heading_and_nothing_unescaped() {
    let service = every_kind();
    for question in &service.questions {
        let html = drawn(&service, &question.id, Filled::Empty, Look::new(&[])).html;
        let markup = html.as_str();
        assert_eq!(markup.matches("<h1").count(), 1, "{}: {markup}", question.id);
        assert!(!markup.contains("<of>"), "{}: {markup}", question.id);
    }
}

#[test]
fn no_id_stands_twice_and_every_label_has_its_field() {
    let service = every_kind();
    for question in &service.questions {
        let html = drawn(&service, &question.id, Filled::Empty, Look::new(&[])).html;
        let all = |mark: &str| -> Vec<String> {
            html.as_str().split(mark).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
        };
        let ids = all(" id=\"");
        let mut once = ids.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "{}: {ids:?}", question.id);
        for label in all(" for=\"") {
            assert!(ids.contains(&label), "{}: {label} of {ids:?}", question.id);
        }
    }
}

#[test]
fn an_empty_post_leads_to_a_field_that_is_there_and_says_what_is_wrong_beside_it() {
    let service = every_kind();
    for question in &service.questions {
        let problems = problems(&service, &question.id, &Form::new());
        assert!(!problems.is_empty(), "{}", question.id);
        let drawn = drawn(&service, &question.id, Filled::Form(&Form::new()), Look::new(&problems));
        for problem in &problems {
            let target = drawn.target(&problem.field);
            assert!(drawn.html.as_str().contains(&format!("id=\"{target}\"")), "{} {target}", question.id);
            assert!(drawn.html.as_str().contains(&problem.text), "{} {}", question.id, problem.text);
        }
    }
}

#[test]
fn what_was_typed_comes_back_as_it_was() {
    let service = every_kind();
    let typed = "31\"><b>";
    for field in [
        "q_text",
        "q_long_text",
        "q_number",
        "q_money",
        "q_date.day",
        "q_moment.from.time",
        "q_place.text",
        "q_place.words",
        "q_person.email",
        "q_person.who_may_answer",
        "q_vehicle.registration",
        "q_items.1.serial",
        "q_diary.0.description",
        "q_declaration.name",
    ] {
        let id = field.split('.').next().unwrap();
        let form = Form::new().with(field, typed);
        let html = drawn(&service, id, Filled::Form(&form), Look::new(&[])).html;
        assert!(html.as_str().contains("31&#34;&#62;&#60;b&#62;"), "{field}: {}", html.as_str());
    }
}

#[test]
fn a_sensitive_page_asks_the_browser_to_remember_nothing() {
    let service = every_kind();
    for id in ["q_person", "q_place"] {
        let plain = drawn(&service, id, Filled::Empty, Look::new(&[])).html;
        let discreet = drawn(&service, id, Filled::Empty, Look::new(&[]).discreet(true)).html;
        let tokens = ["postal-code", "autocomplete=\"email\"", "autocomplete=\"name\"", "bday-day"];
        assert!(tokens.iter().any(|token| plain.as_str().contains(token)), "{id}");
        assert!(!tokens.iter().any(|token| discreet.as_str().contains(token)), "{id}");
        assert!(discreet.as_str().contains("autocomplete=\"off\""), "{id}");
    }
}

#[test]
fn a_place_has_a_map_only_where_there_is_one_and_offers_its_matches() {
    let service = every_kind();
    let without = drawn(&service, "q_place", Filled::Empty, Look::new(&[])).html;
    assert!(without.as_str().contains("data-place=\"q_place\"") && !without.as_str().contains("data-tiles"));
    assert!(!without.as_str().contains("data-outline"));
    let map = Map::Tiles { centre: (51.3461, -2.9772), attribution: "Contains \"open\" data".to_owned() };
    let with = drawn(&service, "q_place", Filled::Empty, Look::new(&[]).on(Some(&map))).html;
    assert!(with.as_str().contains("data-tiles=\"/tiles/{z}/{x}/{y}\""));
    assert!(with.as_str().contains("data-centre=\"51.3461,-2.9772\"") && !with.as_str().contains("data-outline"));
    let map = Map::Outline { low: (51.288, -3.0), high: (51.503, -2.594) };
    let drawn_by_us = drawn(&service, "q_place", Filled::Empty, Look::new(&[]).on(Some(&map))).html;
    let outline = "data-outline=\"/places/outline\" data-around=\"51.2880,-3.0000,51.5030,-2.5940\"";
    assert!(drawn_by_us.as_str().contains(outline) && !drawn_by_us.as_str().contains("data-tiles"));
    let form = Form::new().with("q_place.text", "High Street");
    let found = Nowhere.find("High Street");
    let pick = drawn(&service, "q_place", Filled::Pick(&form, &found), Look::new(&[]));
    for words in ["High Street, Here", "High Street, There", "None of these", "value=\"words\""] {
        assert!(pick.html.as_str().contains(words), "{words}");
    }
    assert_eq!(pick.target("q_place.pick"), "q_place.pick");
}

#[test]
fn rows_have_buttons_that_name_their_row() {
    let service = every_kind();
    let form = Form::new().with("q_group.0.inner", "yes").with("q_group.1.row", "");
    let drawn = drawn(&service, "q_group", Filled::Form(&form), Look::new(&[]));
    assert!(drawn.has_rows);
    for words in ["Add another", "Remove Number 1", "Remove Number 2", "name=\"q_group.remove\""] {
        assert!(drawn.html.as_str().contains(words), "{words}");
    }
}
