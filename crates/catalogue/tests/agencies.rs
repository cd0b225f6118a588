//! Agencies as data: what each must hold, and a council that no code knows (C-1).

mod ours;

use catalogue::{
    Answer, Answers, Catalogue, Context, Core, Effect, End, Limit, Notice, Place, Service, Source, Territory,
    Visibility, Who, load, walk,
};

const AGENCY: &str = include_str!("other-council/agency.toml");
const SERVICE: &str = include_str!("other-council/service.toml");
const WORDS: &str = include_str!("other-council/en.toml");
const HOLIDAYS: &str = include_str!("other-council/holidays.toml");

fn sources(agency: &str) -> Vec<Source> {
    vec![
        Source::new("agencies/marsh-end-parish.toml", agency),
        Source::new("agencies/holidays/marsh-end.toml", HOLIDAYS),
        Source::new("services/lost-boat/service.toml", SERVICE),
        Source::new("services/lost-boat/en.toml", WORDS),
    ]
}

fn spoilt(from: &str, to: &str, reason: &str) {
    assert!(AGENCY.contains(from), "{from:?} is not there");
    let found = load(&sources(&AGENCY.replacen(from, to, 1))).err().unwrap_or_default();
    let fault = found.iter().find(|fault| fault.reason.contains(reason));
    let fault = fault.unwrap_or_else(|| panic!("{to:?} gives no fault with {reason:?}: {found:#?}"));
    assert_eq!(fault.file, "agencies/marsh-end-parish.toml");
}

struct Harbour;

impl Territory for Harbour {
    fn who(&self, _: &Service, _: &Place) -> Who {
        Who::Answered(vec!["marsh-end-parish".into()])
    }
}

#[test]
fn another_council_with_other_rules_needs_no_line_of_rust() {
    let catalogue = load(&sources(AGENCY)).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let service = catalogue.service("lost-boat").unwrap();
    let now = ours::now();
    let ctx = Context { now: &now, finder: &ours::Map, territory: &Harbour };
    let place = serde_json::json!({ "lat": 51.0, "lon": -3.0 });
    let given = serde_json::json!({ "adrift": "still_in_sight", "length": 12, "where": place });
    let journey = walk(service, &Answers::from_json(service, &given).unwrap(), &ctx);
    assert_eq!((&journey.end, journey.effects.priority), (&End::Check, 2));
    assert_eq!(journey.who, Some(Who::Answered(vec!["marsh-end-parish".into()])));
    let agency = catalogue.agency("marsh-end-parish").unwrap();
    let offer = agency.offer("lost-boat").unwrap();
    assert_eq!((offer.target, offer.first_answer), (Limit::Days(3), Limit::Hours(6)));
    let teams: Vec<_> = journey.effects.recipients.iter().filter_map(|desk| offer.team_of(desk)).collect();
    assert_eq!((offer.team.as_str(), teams), ("harbour", vec!["night_watch"]));
    assert_eq!(agency.opening_stage().map(|stage| stage.name.as_str()), Some("Written in the book"));
    assert_eq!(catalogue.holidays("marsh-end").unwrap().days[0].name, "Regatta day");
    let gone = Answers::new().with("adrift", Answer::Choice("gone".into())).with("length", Answer::Number(12));
    assert!(walk(service, &gone, &ctx).effects.flags.contains("search_boat"));
}

#[test]
fn an_agency_names_only_what_is_there() {
    spoilt("id = \"lost-boat\"", "id = \"lost-ship\"", "offers `lost-ship`, which is no service");
    spoilt("team = \"harbour\"", "team = \"quay\"", "names team `quay`");
    spoilt("night = \"night_watch\"", "night = \"owl\"", "names team `owl`");
    spoilt("holidays = \"marsh-end\"", "holidays = \"nowhere\"", "no holiday list `nowhere`");
    spoilt("[[role]]", "[[role]]\nservices = [\"lost-ship\"]", "limited to service `lost-ship`");
    spoilt("[[role]]", "[[partner]]\nagency = \"nobody\"\n[[role]]", "partner `nobody` is no other agency");
    spoilt("areas = [\"X0000001\"]", "areas = []", "it has no area");
    spoilt("id = \"marsh-end-parish\"", "id = \"other\"", "the file's name is not");
}

#[test]
fn the_parts_of_an_agency_are_whole() {
    spoilt("target = { days = 3 }", "target = { weeks = 3 }", "unknown key `weeks`");
    spoilt("target = { days = 3 }", "target = { days = 3, hours = 2 }", "needs one of hours");
    spoilt("target = { days = 3 }\n", "", "has no `target`");
    spoilt("what_next = [\"The harbour warden rows out.\"]\n", "", "has no `what_next`");
    spoilt("rights = [\"see_queue\", \"see_report\", \"close\"]", "rights = []", "has no `rights`");
    spoilt("core = \"open\"", "core = \"busy\"", "it can be received, open");
    spoilt("core = \"open\"", "core = \"closed\"", "no stage of it means `open`");
    spoilt("core = \"open\"", "core = \"open\"\ndated = \"One day.\"", "its `dated` says no {day}");
    spoilt("opens = true\n", "", "0 stages open a report; one must");
    spoilt(
        "next = \"The warden brings it back.\"",
        "next = \"The warden brings it back.\"\nopens = true",
        "2 stages open",
    );
    spoilt("now = [\"Come and fetch it.\"]", "", "outcome `found` has no `now`");
    spoilt("id = \"night_watch\"", "id = \"harbour\"", "team `harbour` stands twice");
    spoilt("emergency = \"999\"", "", "[contact] has no `emergency`");
}

/// What an agency may say of updates, duty and hours.
const CONTACT: &str = r#"
[[clock]]
id = "news"
starts = ["told"]
stops = ["told"]
limit = { days = 30 }
late = [{ hours = 0, tell = "warden" }]
words = "News"
source = "here"
[agreement]
clock = "news"
review = "news"
longest = { months = 3 }
every = "often"
channel = "how"
seeds = [{ answer = "weekly", days = 7 }]
source = "here"
[duty]
team = "night_watch"
source = "here"
[release]
from = "08:00"
until = "20:00"
urgent = ["receipt", "link"]
source = "here"
"#;

#[test]
fn what_an_agency_says_of_updates_duty_and_hours_is_whole() {
    let role = AGENCY.split("[[role]]").nth(1).and_then(|role| role.split('"').nth(1)).unwrap();
    let own = CONTACT.replace("tell = \"warden\"", &format!("tell = \"{role}\""));
    let catalogue = load(&sources(&format!("{AGENCY}\n{own}"))).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let agency = catalogue.agency("marsh-end-parish").unwrap();
    let release = agency.release.as_ref().unwrap();
    assert_eq!((release.from.hour(), release.until.hour()), (8, 20));
    assert_eq!(release.urgent, [Notice::Receipt, Notice::Link]);
    assert_eq!(agency.duty.as_ref().map(|duty| duty.team.as_str()), Some("night_watch"));
    for (from, to, reason) in [
        ("clock = \"news\"", "clock = \"nothing\"", "no clock from word to word"),
        ("starts = [\"told\"]", "starts = [\"received\"]", "no clock from word to word"),
        ("review = \"news\"", "review = \"nothing\"", "which is no clock"),
        ("answer = \"weekly\", days = 7", "answer = \"weekly\", hours = 7", "counted in days or months"),
        ("team = \"night_watch\"", "team = \"owls\"", "names team `owls`"),
        ("from = \"08:00\"", "from = \"8\"", "like \"08:00\""),
        ("until = \"20:00\"", "until = \"07:00\"", "ends later in the day"),
        ("\"receipt\", \"link\"", "\"pigeon\"", "no message `pigeon`"),
        (role, "nobody_here", "which is no role"),
        ("limit = { days = 30 }", "limit = { days = 30 }\nkind = \"window\"", "nobody is late"),
    ] {
        assert!(own.contains(from), "{from:?} is not there");
        let found = load(&sources(&format!("{AGENCY}\n{}", own.replacen(from, to, 1)))).err().unwrap_or_default();
        assert!(found.iter().any(|fault| fault.reason.contains(reason)), "{to:?}: {reason:?}: {found:#?}");
    }
}

/// What an agency may say of its cases.
const CASES: &str = r#"
[case]
source = "here"
edit_minutes = 60
close_days = 28
notice_days = 7
outcome = "found"
closing = "We will close this."
closed = "We closed this."
short_visit_minutes = 20
files = 40
[[action]]
id = "letter"
name = "Letter"
visibility = "public"
common = true
[[action]]
id = "notice"
name = "Notice"
visibility = "staff"
serves_notice = true
[[action]]
id = "closed"
name = "Closed"
visibility = "staff"
effect = "close"
[[action]]
id = "reopened"
name = "Opened again"
visibility = "staff"
effect = "reopen"
[[action]]
id = "edited"
name = "Edited"
visibility = "internal"
effect = "edit"
[[action]]
id = "visit"
name = "Visit"
visibility = "staff"
effect = "visit"
[[ward]]
id = "north"
name = "North"
team = "night_watch"
"#;

#[test]
fn what_an_agency_says_of_its_cases_is_whole() {
    let catalogue = load(&sources(&format!("{AGENCY}\n{CASES}"))).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let agency = catalogue.agency("marsh-end-parish").unwrap();
    let cases = agency.cases.as_ref().unwrap();
    assert_eq!((cases.close_days, cases.notice_days, cases.edit_minutes), (28, 7, 60));
    let letter = agency.action("letter").unwrap();
    assert!(letter.common && letter.visibility == Visibility::Public && !letter.serves_notice);
    assert!(agency.action("notice").unwrap().serves_notice);
    assert_eq!(agency.action_of(Effect::Reopen).map(|action| action.id.as_str()), Some("reopened"));
    for (from, to, reason) in [
        ("notice_days = 7", "notice_days = 28", "lie before `close_days`"),
        ("edit_minutes = 60\n", "", "[case] has no `edit_minutes`"),
        ("files = 40\n", "", "[case] has no `files`"),
        ("outcome = \"found\"", "outcome = \"lost\"", "names outcome `lost`"),
        ("visibility = \"public\"", "visibility = \"loud\"", "visibility"),
        ("visibility = \"internal\"", "visibility = \"public\"", "may not be public"),
        ("effect = \"visit\"", "effect = \"edit\"", "0 actions have the effect `visit`"),
        ("id = \"notice\"", "id = \"letter\"", "action `letter` stands twice"),
        ("team = \"night_watch\"", "team = \"owls\"", "names team `owls`"),
    ] {
        assert!(CASES.contains(from), "{from:?} is not there");
        let found = load(&sources(&format!("{AGENCY}\n{}", CASES.replacen(from, to, 1)))).err().unwrap_or_default();
        assert!(found.iter().any(|fault| fault.reason.contains(reason)), "{to:?}: {reason:?}: {found:#?}");
    }
}

#[test]
fn two_councils_do_not_answer_for_one_area() {
    let twin = AGENCY.replace("marsh-end-parish", "fen-parish");
    let mut all = sources(AGENCY);
    all.push(Source::new("agencies/fen-parish.toml", twin));
    let found = load(&all).unwrap_err();
    assert!(found.iter().any(|fault| fault.reason.contains("answers for area X0000001 too")), "{found:#?}");
    let body = "[[body]]\nid = \"b\"\nname = \"B\"\nkind = \"council\"\nareas = [\"X0000001\"]\nurl = \"https://example.org\"\n";
    let mut all = sources(AGENCY);
    all.push(Source::new("agencies/bodies.toml", body));
    assert!(load(&all).unwrap_err()[0].reason.contains("bodies.toml says"));
}

fn both() -> Catalogue {
    ours::catalogue()
}

#[test]
fn each_agency_of_ours_has_a_way_through_its_work() {
    let catalogue = both();
    assert_eq!(catalogue.agencies().len(), 2);
    for agency in catalogue.agencies() {
        assert!(agency.offer("fly-tipping").is_some() || agency.offer("crime.theft").is_some());
        for core in Core::ALL {
            assert!(agency.stages.iter().any(|stage| stage.core == *core), "{} {}", agency.id, core.name());
        }
        for partner in &agency.partners {
            let codes: Vec<&str> = partner.decline.iter().map(|(code, _)| code.as_str()).collect();
            let wanted = [
                "not_our_power",
                "not_our_area",
                "not_our_land",
                "duplicate",
                "more_information",
                "risk_too_high",
                "other",
            ];
            assert_eq!(codes, wanted, "J-12");
        }
        assert!(agency.outcomes.iter().any(|outcome| outcome.needs_agency && outcome.sentence.contains("{agency}")));
    }
}

/// C-40: nobody reads that a street light was cleared away, or that a question was mended.
#[test]
fn each_service_ends_in_words_that_fit_it() {
    let catalogue = both();
    for agency in catalogue.agencies() {
        for offer in
            agency.services.iter().filter(|_| agency.outcomes.iter().any(|outcome| !outcome.services.is_empty()))
        {
            let own = |outcome: &&catalogue::Outcome| !outcome.services.is_empty() && outcome.fits(&offer.service);
            assert!(agency.outcomes.iter().any(|outcome| own(&outcome)), "{}", offer.service);
        }
    }
    let council = catalogue.agencies().iter().find(|agency| agency.kind == "council").unwrap();
    let fits = |id: &str, service: &str| council.outcome(id).unwrap().fits(service);
    assert!(fits("fixed", "pothole") && !fits("fixed", "assisted-collection") && !fits("fixed_by_resident", "enquiry"));
    assert!(
        fits("granted", "assisted-collection") && fits("refused", "assisted-collection") && !fits("refused", "pothole")
    );
    assert!(fits("answered", "enquiry") && fits("done", "bulky-waste") && !fits("done", "noise"));
    assert!(council.outcome("passed_on").is_some_and(|outcome| outcome.needs_agency && outcome.fits("noise")));
}

#[test]
fn every_stage_of_the_police_but_the_first_needs_words_and_the_outcomes_are_all_there() {
    let catalogue = both();
    let police = catalogue.agencies().iter().find(|agency| agency.kind == "police").unwrap();
    assert!(police.stages.iter().all(|stage| stage.opens != stage.needs_words), "P-86");
    for number in 1..=22 {
        assert!(police.outcome(&format!("outcome_{number}")).is_some(), "P-81: {number}");
    }
    // The page says until when, and only where a suspect was interviewed: no standing words promise it.
    let said = |outcome: &catalogue::Outcome| outcome.now.iter().any(|now| now.contains("review of the decision"));
    assert!(!police.outcomes.iter().any(said));
    let with: Vec<&str> =
        police.outcomes.iter().filter(|outcome| outcome.review).map(|outcome| outcome.id.as_str()).collect();
    assert_eq!(with, ["outcome_10", "outcome_15", "outcome_21"], "P-83");
    assert_eq!(police.clock("first_look").and_then(|clock| clock.at_risk), Some(Limit::Hours(2)), "P-77");
}

#[test]
fn who_answers_in_the_neighbouring_areas_is_known_under_old_and_new_codes() {
    let catalogue = both();
    for (area, name) in [
        ("E06000023", "Bristol City Council"),
        ("E06000022", "Bath and North East Somerset Council"),
        ("E06000025", "South Gloucestershire Council"),
        ("E06000066", "Somerset Council"),
        ("E10000027", "Somerset Council"),
    ] {
        assert_eq!(catalogue.body_for(area).map(|body| body.name.as_str()), Some(name), "{area}");
    }
    assert_eq!(catalogue.body_for("E06000024"), None, "North Somerset is an agency here");
}
