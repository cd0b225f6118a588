//! The walk: state is the answers alone.

mod ours;

use catalogue::{Answer, Answers, Catalogue, End, Person, Place, StopKind, Who, walk};
use ours::World;
use serde_json::json;
use std::sync::Arc;

fn choice(option: &str) -> Answer {
    Answer::Choice(option.into())
}

fn place(lat: f64, lon: f64) -> Answer {
    let how = catalogue::How::Pin;
    Answer::Place(Place {
        typed: String::new(),
        label: "a pin".into(),
        point: Some((lat, lon)),
        postcode: None,
        how,
        uprn: None,
    })
}

fn setting() -> (Catalogue, World) {
    let catalogue = ours::catalogue();
    let world = World::new(catalogue.clone());
    (catalogue, world)
}

fn short() -> Answers {
    let mut answers = Answers::new();
    answers.pass("photos");
    answers
        .with("now", choice("no"))
        .with("where", place(51.35, -2.95))
        .with("land", choice("road_verge"))
        .with("waste", Answer::Choices(vec!["mattress".into()]))
        .with("size", choice("single_item"))
}

#[test]
fn a_fly_tip_takes_five_answers_and_offers_a_photo_and_the_rest_is_listed_at_the_end() {
    let (catalogue, world) = setting();
    let service = Arc::clone(catalogue.service("fly-tipping").unwrap());
    let full = short();
    let mut answers = Answers::new();
    for id in ["now", "photos", "where", "land", "waste", "size"] {
        let End::Ask(question) = walk(&service, &answers, &world.ctx()).end else { panic!("{id} is not asked") };
        assert_eq!(question.id, id);
        match full.get(id) {
            Some(answer) => answers.give(id, answer.clone()),
            None => answers.pass(id),
        }
    }
    let walk = walk(&service, &answers, &world.ctx());
    assert_eq!(walk.end, End::Check);
    let passed: Vec<&str> = walk.passed_over.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(passed, ["photos", "hazardous", "blocking", "seen", "papers", "details", "contact"]);
    assert!(walk.may_visit("seen") && walk.may_visit("waste") && !walk.may_visit("who"));
    assert_eq!(walk.before("waste").map(|question| question.id.as_str()), Some("land"));
    assert_eq!(walk.before("now"), None);
}

#[test]
fn a_change_that_closes_a_branch_drops_its_answers_and_says_so() {
    let (catalogue, world) = setting();
    let service = catalogue.service("fly-tipping").unwrap();
    let seen = short().with("seen", choice("saw_it")).with("who", Answer::Text("a van".into()));
    let open = walk(service, &seen, &world.ctx());
    assert!(matches!(open.end, End::Ask(question) if question.id == "seen_when"));
    assert_eq!(open.dropped, Vec::<String>::new());
    let closed = walk(service, &seen.clone().with("seen", choice("no")), &world.ctx());
    assert_eq!(closed.dropped, ["who"]);
    assert_eq!(closed.kept.get("who"), None);
    assert_eq!(closed.end, End::Check);
}

#[test]
fn an_answer_that_no_longer_stands_is_asked_for_again() {
    let (catalogue, world) = setting();
    let service = catalogue.service("fly-tipping").unwrap();
    let ticked = |options: [&str; 2]| Answer::Choices(options.map(str::to_owned).to_vec());
    let answers = short().with("waste", ticked(["mattress", "tyres"])).with("main_waste", choice("tyres"));
    assert_eq!(walk(service, &answers, &world.ctx()).end, End::Check);
    let changed = answers.with("waste", ticked(["mattress", "garden"]));
    assert!(matches!(walk(service, &changed, &world.ctx()).end, End::Ask(question) if question.id == "main_waste"));
}

#[test]
fn contact_is_required_of_those_who_offer_a_statement() {
    let (catalogue, world) = setting();
    let service = catalogue.service("fly-tipping").unwrap();
    let answers = short()
        .with("seen", choice("saw_it"))
        .with("seen_when", Answer::Moment(catalogue::Moment::Day(jiff::civil::date(2026, 11, 1))))
        .with("who", Answer::Text("a van".into()))
        .with("statement", choice("willing"));
    let mut answers = answers;
    answers.pass("vehicle");
    answers.pass("evidence");
    assert!(matches!(walk(service, &answers, &world.ctx()).end, End::Ask(question) if question.id == "contact"));
    // A statement is somebody's: an address alone will not do.
    let unnamed = Person { email: Some("robin@example.org".into()), ..Person::default() };
    let with = |person: &Person| answers.clone().with("contact", Answer::Person(person.clone()));
    assert!(matches!(walk(service, &with(&unnamed), &world.ctx()).end, End::Ask(question) if question.id == "contact"));
    let named = Person { name: Some("Robin Example".into()), ..unnamed };
    assert_eq!(walk(service, &with(&named), &world.ctx()).end, End::Check);
}

#[test]
fn the_place_decides_who_answers_and_outside_the_area_another_body_is_named() {
    let (catalogue, world) = setting();
    let service = catalogue.service("fly-tipping").unwrap();
    let inside = walk(service, &short(), &world.ctx());
    assert_eq!(inside.who, Some(Who::Answered(vec!["north-somerset-council".into()])));
    let outside = walk(service, &short().with("where", place(51.4545, -2.5879)), &world.ctx());
    let End::Stop(stop) = outside.end else { panic!("it goes on outside the area") };
    assert_eq!((stop.kind, stop.carry_on), (StopKind::Elsewhere, false));
    assert_eq!(stop.title, "Bristol City Council deals with this place");
    assert!(stop.links.iter().any(|link| link.href == "https://www.bristol.gov.uk"));
    assert!(stop.links.iter().any(|link| link.href == "tel:01179222000"));
    assert_eq!(outside.kept.get("size"), Some(&choice("single_item")), "nothing typed is lost");
}

#[test]
fn a_form_turns_sensitive_with_one_answer_and_back_with_its_change() {
    let (catalogue, world) = setting();
    let service = catalogue.service("crime.theft").unwrap();
    let mut answers = Answers::new();
    answers.pass_gate(service);
    for id in [
        "theft.from",
        "theft.force",
        "theft.lost",
        "when.at",
        "prop.item",
        "prop.card",
        "people.known",
        "people.weapon",
        "people.witness",
        "evid.have",
        "flag.targeted",
    ] {
        answers.pass(id);
    }
    let answers = answers
        .with("where.kind", choice("unknown"))
        .with("role.kind", choice("victim"))
        .with("story.text", Answer::Text("It was taken.".into()));
    assert!(!walk(service, &answers, &world.ctx()).effects.sensitive);
    for relation in ["partner", "ex", "family"] {
        let told = walk(service, &answers.clone().with("flag.domestic", choice(relation)), &world.ctx()).effects;
        assert!(told.sensitive && told.flags.contains("domestic"), "{relation}");
    }
    assert!(!walk(service, &answers.with("flag.domestic", choice("no")), &world.ctx()).effects.sensitive);
}

#[test]
fn nobody_is_asked_for_a_name_who_does_not_want_to_give_one() {
    let (catalogue, world) = setting();
    let service = catalogue.service("crime.theft").unwrap();
    let person = Person { name: Some("Robin Example".into()), ..Person::default() };
    let mut answers = Answers::new();
    answers.pass_gate(service);
    let answers = answers.with("role.kind", choice("anonymous")).with("contact", Answer::Person(person));
    let walk = walk(service, &answers, &world.ctx());
    assert!(walk.dropped.contains(&"contact".to_owned()));
    assert_eq!(walk.kept.get("contact"), None);
}

#[test]
fn answers_to_questions_that_are_not_there_are_dropped() {
    let (catalogue, world) = setting();
    let service = catalogue.service("fly-tipping").unwrap();
    let walk = walk(service, &short().with("shoe_size", Answer::Number(9)), &world.ctx());
    assert_eq!(walk.dropped, ["shoe_size"]);
}

#[test]
fn a_stop_left_behind_by_a_change_is_shown_afresh_when_it_is_met_again() {
    let (catalogue, world) = setting();
    let service = catalogue.service("fly-tipping").unwrap();
    let mut answers = short().with("land", choice("water"));
    answers.carry_on("water");
    let first = walk(service, &answers, &world.ctx());
    assert_eq!(first.end, End::Check);
    let away = walk(service, &first.kept.with("land", choice("unsure")), &world.ctx());
    let back = walk(service, &away.kept.with("land", choice("water")), &world.ctx());
    assert!(matches!(back.end, End::Stop(stop) if stop.id == "water"));
}

#[test]
fn a_preset_is_offered_until_the_question_has_an_answer() {
    let (catalogue, world) = setting();
    let service = catalogue.service("fly-tipping").unwrap();
    let answers = short().with("waste", Answer::Choices(vec!["asbestos".into()]));
    assert_eq!(walk(service, &answers, &world.ctx()).effects.preset.get("hazardous"), Some(&choice("yes")));
    let answered = walk(service, &answers.with("hazardous", choice("no")), &world.ctx());
    assert!(answered.effects.preset.is_empty());
    assert!(answered.effects.flags.contains("hazardous"), "what is dangerous by its kind stays so");
}

#[test]
fn people_find_a_service_in_their_own_words() {
    let (catalogue, _) = setting();
    let cases = [
        ("mattress dumped", "fly-tipping"),
        ("matress dumpd", "fly-tipping"),
        ("Fly Tipping", "fly-tipping"),
        ("sofa left in the lane", "fly-tipping"),
        ("bike stolen", "crime.bicycle"),
        ("my bike got nicked", "crime.bicycle"),
        ("phone taken", "crime.theft"),
        ("shoplifting", "crime.shop"),
        ("biek stolne", "crime.bicycle"),
        ("loud music", "noise"),
        ("my neighbour's dog is barking all night", "noise"),
        ("noisy neighbours", "noise"),
        ("bin not emptied", "missed-collection"),
        ("they did not take my recycling", "missed-collection"),
        ("missed bin", "missed-collection"),
        ("kids on motorbikes", "asb"),
        ("grafitti on the wall", "graffiti"),
        ("drug dealer in our street", "asb"),
        ("anti social behaviour", "asb"),
        ("pothole", "pothole"),
        ("big hole in the road", "pothole"),
        ("loose slab", "pavement"),
        ("street lamp is out", "street-light"),
        ("trafic lights stuck on red", "traffic-signal"),
        ("stop sign missing", "sign"),
        ("blocked drain", "drain"),
        ("road is flooded", "road-flooding"),
        ("footpath blocked", "rights-of-way"),
        ("skip in the road", "obstruction"),
        ("stickers on lamp posts", "fly-posting"),
        ("dog poo", "dog-fouling"),
        ("dog mess on the pavement", "dog-fouling"),
        ("litter", "litter"),
        ("overflowing bin in the park", "litter-bin"),
        ("needles in the park", "street-hazard"),
        ("broken glass", "street-hazard"),
        ("dead badger", "dead-animal"),
        ("overgrown hedge", "vegetation"),
        ("tree has fallen", "tree"),
        ("broken swing", "play-area"),
        ("public loo locked", "public-toilet"),
        ("abandoned car", "abandoned-vehicle"),
        ("burnt out car", "abandoned-vehicle"),
        ("threw rubbish out of a car", "vehicle-littering"),
        ("parking fine", "parking"),
        ("skip licence", "licence"),
        ("claim for pothole damage", "damage-claim"),
        ("ask the council a question", "enquiry"),
        ("garden waste", "garden-waste"),
        ("sharps box", "clinical-waste"),
        ("rubbish spilled by the bin men", "crew-problem"),
        ("help with my bins", "assisted-collection"),
        ("I need a new bin", "container-request"),
    ];
    for (words, expected) in cases {
        let hits = catalogue.search(words, 5);
        assert_eq!(hits.first().map(|hit| hit.service.as_str()), Some(expected), "{words}: {hits:?}");
        assert_eq!(hits, catalogue.search(words, 5));
    }
    for words in ["", "the of a", "zebra quartz violin", "🚲", "\0"] {
        assert_eq!(catalogue.search(words, 5), [], "{words:?}");
    }
    assert!(catalogue.search("stolen dumped", 1).len() <= 1);
}

#[test]
fn the_list_page_has_its_headings() {
    let (catalogue, _) = setting();
    let groups = catalogue.groups();
    let names: Vec<&str> = groups.iter().map(|group| group.name).collect();
    assert!(names.is_sorted(), "{names:?}");
    let mut listed: Vec<&str> =
        groups.iter().flat_map(|group| &group.services).map(|service| service.id.as_str()).collect();
    listed.sort_unstable();
    let mut all: Vec<&str> = catalogue.services().iter().map(|service| service.id.as_str()).collect();
    all.sort_unstable();
    assert_eq!(listed, all, "each service stands under one heading");
    for group in groups {
        let titles: Vec<String> = group.services.iter().map(|service| service.title().to_lowercase()).collect();
        assert!(titles.is_sorted(), "{titles:?}");
    }
}

#[test]
fn old_versions_load_from_their_texts_with_the_same_hash() {
    let (catalogue, _) = setting();
    for service in catalogue.services() {
        let again = catalogue::definition(&service.text, &service.words_text).unwrap();
        assert_eq!(&again, service.as_ref());
        assert_eq!(catalogue.service_by_hash(&again.hash).map(|found| &found.id), Some(&service.id));
    }
}

#[test]
fn titles_of_sensitive_flows_name_nothing() {
    let (catalogue, _) = setting();
    let telling = ["abuse", "rape", "hate", "police", "crime", "theft", "stolen", "domestic"];
    for service in catalogue.services() {
        let title = service.neutral_title().to_lowercase();
        assert!(telling.iter().all(|word| !title.contains(word)), "{title}");
    }
}

#[test]
fn the_words_say_report_fraud_and_999_and_101() {
    let (catalogue, _) = setting();
    let theft = catalogue.service("crime.theft").unwrap();
    let before = theft.words.list("service.before").join(" ");
    assert!(before.contains("999") && before.contains("101") && before.contains("all day and night"), "P-8");
    for service in catalogue.services() {
        for line in service.words_text.lines().filter(|line| line.contains("Action Fraud")) {
            assert!(line.contains("formerly Action Fraud") && line.contains("Report Fraud"), "P-7: {line}");
        }
    }
}

#[test]
fn what_two_services_both_ask_goes_along_and_nothing_else() {
    let (catalogue, _) = setting();
    let [from, to] = ["crime.theft", "crime.bicycle"].map(|id| catalogue.service(id).unwrap());
    let told = json!({
        "theft.from": "bicycle", "where.kind": "place", "role.kind": "victim", "story.text": "My bike was gone.",
        "journey": { "gate_passed": true, "carried_on": ["to_bicycle"] },
    });
    let answers = Answers::from_json(from, &told).unwrap();
    let carried = catalogue::carry(from, to, &answers);
    let ids: Vec<&str> = carried.iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["role.kind", "story.text", "where.kind"]);
    assert!(carried.gate_passed() && !carried.has_carried_on("to_bicycle"));
    // A gate that asks more is asked again.
    let gentle = catalogue.service("crime.sexual").unwrap();
    let asks_more = gentle.questions.iter().any(|q| q.gate && !from.questions.iter().any(|known| known.id == q.id));
    assert_eq!(catalogue::carry(from, gentle, &answers).gate_passed(), !asks_more);
}
