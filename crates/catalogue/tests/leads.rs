//! Who leads: the table of antisocial behaviour, for every set of the answers it reads (J-1 to J-7).

mod ours;

use catalogue::{Answer, Answers, Catalogue, Context, End, Place, Receivers, Service, Territory, Who, walk};
use ours::World;
use serde_json::json;
use std::collections::BTreeSet;

const COUNCIL: &str = "north-somerset-council";
const POLICE: &str = "avon-and-somerset-police";

fn options<'s>(service: &'s Service, id: &str) -> Vec<Option<&'s str>> {
    let options = service.question(id).unwrap().kind.options().unwrap();
    options.into_iter().map(Some).chain([None]).collect()
}

fn choice(answers: &mut Answers, id: &str, option: Option<&str>) {
    match option {
        Some(yes @ ("yes" | "no")) if id == "asb.now" || id == "asb.threat" => {
            answers.give(id, Answer::YesNo(yes == "yes"));
        }
        Some(option) => answers.give(id, Answer::Choice(option.to_owned())),
        None => answers.pass(id),
    }
}

/// A person who answered what must be answered, and read every page that stops where one may go on.
fn begun(service: &Service) -> Answers {
    let place = json!({ "lat": 51.3461, "lon": -2.9772 });
    let given = json!({ "where.place": place, "role.kind": "victim", "story.text": "They shout." });
    let mut answers = Answers::from_json(service, &given).unwrap();
    answers.pass_gate(service);
    for question in &service.questions {
        if answers.get(&question.id).is_none() {
            answers.pass(&question.id);
        }
    }
    for stop in service.stops.iter().filter(|stop| stop.carry_on) {
        answers.carry_on(&stop.id);
    }
    answers
}

fn led(catalogue: &Catalogue, service: &Service, world: &World, said: &[(&str, Option<&str>)]) -> Option<Receivers> {
    let mut answers = begun(service);
    for (id, option) in said {
        choice(&mut answers, id, *option);
    }
    let walk = walk(service, &answers, &world.ctx());
    match (&walk.end, &walk.who) {
        (End::Check, Some(Who::Answered(here))) => Some(catalogue.receivers(service, walk.lead, here.clone())),
        (End::Stop(stop), _) => {
            assert!(matches!(stop.id.as_str(), "call_999" | "burning"), "it stops at {}", stop.id);
            None
        }
        (End::Ask(question), _) => panic!("it asks {}", question.id),
        _ => panic!("nobody answers"),
    }
}

#[test]
fn every_set_of_answers_has_one_lead_and_a_reason_and_every_row_is_reached() {
    let catalogue = ours::catalogue();
    let world = World::new(catalogue.clone());
    let service = catalogue.service("asb").unwrap();
    let mut rows = BTreeSet::new();
    for kind in options(service, "asb.kind").into_iter().flatten() {
        // What is asked of one kind only.
        let detail = match kind {
            "neighbour_dispute" => Some("asb.dispute"),
            "rowdy_group" => Some("asb.group"),
            "dogs" => Some("asb.dog"),
            _ => None,
        };
        let details: Vec<Option<&str>> = match detail {
            Some("asb.dispute") => vec![Some("boundary"), Some("something_else")],
            Some(id) => options(service, id),
            None => vec![None],
        };
        let (lands, tenures) = (options(service, "asb.land"), [None, Some("council"), Some("owner")]);
        for detail_said in &details {
            for land in &lands {
                for tenure in tenures {
                    for risk in 0..32 {
                        let yes = |bit: u8, yes: &'static str, no: &'static str| {
                            Some(if risk >> bit & 1 == 1 { yes } else { no })
                        };
                        let mut said = vec![
                            ("asb.kind", Some(kind)),
                            ("asb.land", *land),
                            ("asb.tenure", tenure),
                            ("asb.now", yes(0, "yes", "no")),
                            ("asb.threat", yes(1, "yes", "no")),
                            ("people.known", yes(2, "yes", "dont_know")),
                            ("flag.targeted", yes(3, "not_sure", "no")),
                            ("flag.domestic", yes(4, "ex", "no")),
                        ];
                        said.extend(detail.map(|id| (id, *detail_said)));
                        let Some(receivers) = led(&catalogue, service, &world, &said) else { continue };
                        let row = receivers.row.unwrap();
                        let reason = &receivers.reason;
                        let first = receivers.agencies[0].as_str();
                        let leads = if reason.starts_with("The police lead") { POLICE } else { COUNCIL };
                        assert_eq!(first, leads, "{said:?} {row} {reason}");
                        let helped = receivers.agencies.len() > 1;
                        let says_so = ["The council helps", "The police help", "The police look at it"];
                        assert_eq!(helped, says_so.iter().any(|words| reason.contains(words)), "{row}: {reason}");
                        // Rows of safety stand first (J-4).
                        if risk & 0b11010 != 0 {
                            assert_eq!(first, POLICE, "{said:?}");
                        }
                        if risk & 0b01000 != 0 && risk & 0b10010 == 0 {
                            assert_eq!(
                                receivers.agencies.len(),
                                2,
                                "hate is never the council's alone, nor kept from it"
                            );
                        }
                        rows.insert(row);
                    }
                }
            }
        }
    }
    let all: BTreeSet<String> = service.leads.iter().map(|lead| lead.id.clone()).collect();
    assert_eq!(rows, all);
}

/// What was said, who leads, and whether the other helps.
type Case = (&'static [(&'static str, &'static str)], &'static str, bool);

/// The owner table of J-7, as far as the questions tell.
#[test]
fn the_table_is_that_of_the_requirements() {
    let catalogue = ours::catalogue();
    let world = World::new(catalogue.clone());
    let service = catalogue.service("asb").unwrap();
    let (both, alone) = (true, false);
    let cases: &[Case] = &[
        (&[("asb.kind", "rowdy_group")], COUNCIL, alone),
        (&[("asb.kind", "rowdy_group"), ("asb.group", "drunk")], POLICE, both),
        (&[("asb.kind", "rowdy_group"), ("asb.group", "vehicles")], POLICE, alone),
        (&[("asb.kind", "rowdy_group"), ("asb.threat", "yes")], POLICE, alone),
        (&[("asb.kind", "street_drinking")], COUNCIL, both),
        (&[("asb.kind", "begging")], COUNCIL, both),
        (&[("asb.kind", "begging"), ("asb.threat", "yes")], POLICE, alone),
        (&[("asb.kind", "vehicle_nuisance"), ("asb.land", "street")], POLICE, both),
        (&[("asb.kind", "drugs"), ("asb.land", "my_home")], POLICE, alone),
        (&[("asb.kind", "drugs"), ("asb.land", "park")], POLICE, both),
        (&[("asb.kind", "graffiti"), ("asb.land", "park")], COUNCIL, both),
        (&[("asb.kind", "graffiti"), ("asb.land", "my_home")], POLICE, both),
        (&[("asb.kind", "graffiti"), ("asb.land", "park"), ("asb.now", "yes")], POLICE, both),
        (&[("asb.kind", "graffiti"), ("asb.land", "park"), ("flag.targeted", "yes")], POLICE, both),
        (&[("asb.kind", "damage"), ("asb.land", "shop")], POLICE, alone),
        (&[("asb.kind", "fire"), ("asb.land", "park")], POLICE, both),
        (&[("asb.kind", "dogs"), ("asb.dog", "fouling")], COUNCIL, alone),
        (&[("asb.kind", "dogs"), ("asb.dog", "dangerous")], POLICE, alone),
        (&[("asb.kind", "hoax")], POLICE, alone),
        (&[("asb.kind", "intimidation")], POLICE, alone),
        (&[("asb.kind", "noise")], COUNCIL, alone),
        (&[("asb.kind", "noise"), ("people.weapon", "yes")], POLICE, alone),
        (&[("asb.kind", "litter_dumping")], COUNCIL, alone),
        (&[("asb.kind", "other")], COUNCIL, both),
    ];
    for (said, lead, helped) in cases {
        let all: Vec<(&str, Option<&str>)> = [("asb.now", Some("no")), ("asb.threat", Some("no"))]
            .into_iter()
            .chain(said.iter().map(|(id, option)| (*id, Some(*option))))
            .collect();
        let receivers = led(&catalogue, service, &world, &all).unwrap();
        let expected = if *helped { 2 } else { 1 };
        assert_eq!((receivers.agencies[0].as_str(), receivers.agencies.len()), (*lead, expected), "{said:?}");
    }
}

/// A place where only one of the two takes reports.
struct Alone(&'static str);

impl Territory for Alone {
    fn who(&self, _: &Service, _: &Place) -> Who {
        Who::Answered(vec![self.0.to_owned()])
    }
}

#[test]
fn where_the_one_that_should_lead_is_not_there_the_other_gets_it_and_the_words_say_so() {
    let catalogue = ours::catalogue();
    let service = catalogue.service("asb").unwrap();
    let now = ours::now();
    for (kind, here, alone) in [("begging", POLICE, true), ("hoax", POLICE, false), ("begging", COUNCIL, false)] {
        let territory = Alone(here);
        let ctx = Context { now: &now, finder: &ours::Map, territory: &territory };
        let mut answers = begun(service);
        for (id, option) in [("asb.kind", kind), ("asb.now", "no"), ("asb.threat", "no")] {
            choice(&mut answers, id, Some(option));
        }
        let walk = walk(service, &answers, &ctx);
        let receivers = catalogue.receivers(service, walk.lead, vec![here.to_owned()]);
        assert_eq!(receivers.agencies, [here]);
        assert_eq!(receivers.reason.contains("nobody else takes this"), alone, "{}", receivers.reason);
        assert_eq!(receivers.reason.contains("Avon and Somerset Police"), alone, "{}", receivers.reason);
    }
}

#[test]
fn a_service_without_a_table_goes_to_all_that_answer() {
    let catalogue = ours::catalogue();
    let service = catalogue.service("fly-tipping").unwrap();
    let here = vec![COUNCIL.to_owned(), POLICE.to_owned()];
    let receivers = catalogue.receivers(service, None, here.clone());
    assert_eq!(receivers, Receivers { agencies: here, row: None, reason: String::new() });
}

#[test]
fn a_table_names_only_kinds_of_agency_that_offer_the_service() {
    let spoil = |from: &str, to: &str| {
        let mut sources = ours::sources();
        let file = sources.iter_mut().find(|source| source.path == "services/asb/service.toml").unwrap();
        assert!(file.text.contains(from));
        file.text = file.text.replacen(from, to, 1);
        // What was published before is not the question here.
        sources.retain(|source| !source.path.ends_with(".lock"));
        catalogue::load(&sources).err().unwrap_or_default()
    };
    let found = spoil("lead = \"council\"", "lead = \"parish\"");
    assert!(found.iter().any(|fault| fault.reason.contains("names `parish`: no such agency offers it")), "{found:#?}");
    assert_eq!(spoil("lead = \"council\"", "lead = \"police\"").len(), 0);
}

#[test]
fn flags_of_guarded_answers_are_told_apart() {
    let catalogue = ours::catalogue();
    let world = World::new(catalogue.clone());
    let service = catalogue.service("asb").unwrap();
    let mut answers = begun(service);
    for (id, option) in [
        ("asb.kind", "graffiti"),
        ("asb.now", "no"),
        ("asb.threat", "yes"),
        ("people.known", "yes"),
        ("flag.targeted", "yes"),
        ("flag.domestic", "ex"),
    ] {
        choice(&mut answers, id, Some(option));
    }
    let effects = walk(service, &answers, &world.ctx()).effects;
    let open: Vec<&String> = effects.flags.difference(&effects.guarded).collect();
    assert_eq!(open, ["threat"]);
    assert!(!effects.share_contact);
    choice(&mut answers, "asb.share", Some("yes"));
    assert!(walk(service, &answers, &world.ctx()).effects.share_contact);
}
