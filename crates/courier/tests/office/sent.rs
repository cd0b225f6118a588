use crate::{
    office::{Mood, Said, field, written},
    world::{COUNCIL, PLAIN, World},
};
use courier::OfficeFate::{Down, Promised, Refused, Taken};
use store::{fetched, sending::State};
use testkit::files::GIF;

#[tokio::test]
async fn a_report_goes_first_and_then_what_follows_in_its_order() {
    let world = World::new(PLAIN).await;
    let report = world.hole().await;
    world.words(&report, "It is deeper now.").await;
    world.stage(&report, "planned", "We come on Monday.").await;
    // What is not in its list of services does not go there.
    world.house.file("noise", "shortest").await;
    assert_eq!(world.drain().await, [Taken, Taken, Taken]);
    let got = world.office.got();
    let lines: Vec<&str> = got.iter().map(|(line, _)| line.as_str()).collect();
    let update = "POST /open311/v2/servicerequestupdates.xml";
    assert_eq!(lines, ["POST /open311/v2/requests.xml", update, update]);
    let of = |n: usize, name: &str| field(&got[n].1, name).to_owned();
    assert_eq!([of(0, "service_code"), of(0, "api_key")], ["HOLE", "a-key"]);
    assert_eq!(of(0, "attribute[fixmystreet_id]"), report.reference());
    assert_eq!([of(1, "description"), of(1, "status")], ["It is deeper now.", "UNCHANGED"]);
    assert_eq!([of(2, "description"), of(2, "status")], ["We come on Monday.", "ACTION_SCHEDULED"]);
    assert_eq!(of(1, "service_request_id"), world.office.number(report.reference()).unwrap());
    let entries = world.entries(&report).await;
    assert_eq!(entries.iter().filter(|entry| entry.kind == "office.told").count(), 3);
}

#[tokio::test]
async fn that_it_is_still_a_problem_goes_there_with_what_was_added() {
    let world = World::new(PLAIN).await;
    let report = world.house.file("pothole", "everything").await;
    world.read(&report).await;
    world.stage(&report, "planned", "We come on Monday.").await;
    world.drain().await;
    world.forward_seconds(28 * 24 * 3600);
    let (setting, draw) = (world.house.setting.clone(), world.house.draw());
    let tick = move |tx: &mut store::Tx| casework::report::questionnaire::tick(tx, &setting, &mut draw.clone(), 9);
    assert_eq!(world.house.db.write(tick).await.unwrap(), 1);
    let mail = world.house.db.read(|tx| store::delivery::latest(&rights::Actor::House("test"), tx)).await.unwrap();
    let asks = mail.iter().find(|mail| mail.template == "questionnaire").expect("its reporter is asked");
    let token = world.house.setting.keys.link_token(asks.facts["link"].as_str().unwrap().parse().unwrap());
    let page =
        world.house.visitor().post(&format!("/asked/{token}"), &[("says", "still"), ("words", "It grows.")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    world.drain().await;
    let got = world.office.got();
    let said = "The reporter says that it is not fixed and still a problem. It grows.";
    assert_eq!(field(&got[got.len() - 1].1, "description"), said);
}

#[tokio::test]
async fn what_others_say_goes_there_with_its_photos_once_staff_have_shown_it() {
    let world = World::new(PLAIN).await;
    let report = world.house.file("pothole", "everything").await;
    world.read(&report).await;
    world.stage(&report, "planned", "We come on Monday.").await;
    world.drain().await;
    let say = format!("/reports/{}/say", report.reference());
    let mut robin = world.house.owner("robin@example.org").await;
    robin.upload(&say, &[("says", "still"), ("words", "")], &[]).await;
    world.drain().await;
    let last = |name: &str| {
        let got = world.office.got();
        field(&got[got.len() - 1].1, name).to_owned()
    };
    assert_eq!(last("description"), "Somebody else says that it is still there.");
    let told = world.office.got().len();
    let page = robin.upload(&say, &[("says", "more"), ("words", "It grows.")], &[("new", "a.gif", GIF)]).await;
    assert!(page.location.ends_with("done=photos"), "{}", page.text);
    world.drain().await;
    assert_eq!(world.office.got().len(), told, "nobody has read it yet");
    let mut officer = world.house.staff(COUNCIL, "officer").await;
    for _ in 0..3 {
        // Shown, hidden, and shown again.
        let desk = officer.get(&report.desk()).await;
        officer.submit(&desk.form("/remarks/"), &[]).await;
    }
    world.drain().await;
    assert_eq!(world.office.got().len(), told + 1);
    assert_eq!(last("description"), "Somebody else says something in public. It grows.");
    let photo = last("media_url");
    let path = photo.split_once("/reports/").map(|(_, path)| format!("/reports/{path}")).unwrap();
    assert_eq!(world.house.get(&path).await.status, 200, "{photo}");
}

#[tokio::test]
async fn no_update_goes_before_the_number_is_known_and_a_promised_number_is_asked_for() {
    let world = World::new(PLAIN).await;
    let report = world.hole().await;
    world.words(&report, "It is deeper now.").await;
    world.office.answer(&[Mood::Token]);
    assert_eq!(world.drain().await, [Promised]);
    assert!(world.rows(&report).await[0].token.is_some());
    world.forward_seconds(6 * 60);
    assert_eq!(world.drain().await, [Taken, Taken]);
    let lines: Vec<String> = world.office.got().into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines[1], "GET /open311/v2/tokens/token%20of%20T-1000.xml");
    assert!(lines[2].starts_with("POST /open311/v2/servicerequestupdates"));
}

#[tokio::test]
async fn a_line_that_is_down_is_tried_after_five_and_then_every_thirty_minutes() {
    let world = World::new(PLAIN).await;
    let report = world.hole().await;
    for wait in [5, 30, 30] {
        world.office.answer(&[Mood::Down]);
        let fates = world.drain().await;
        assert!(matches!(fates.as_slice(), [Down(_)]), "{fates:?}");
        world.forward_seconds(wait * 60 - 1);
        assert_eq!(world.drain().await, [], "not before {wait} minutes");
        world.forward_seconds(wait * 6 + 2);
    }
    assert_eq!(world.drain().await, [Taken]);
    let row = world.rows(&report).await.remove(0);
    assert_eq!((row.state, row.tries, row.tried.as_array().map(Vec::len)), (State::Sent, 4, Some(4)));
}

#[tokio::test]
async fn what_is_refused_waits_for_staff_who_see_every_answer_and_send_it_again() {
    let world = World::new(PLAIN).await;
    let report = world.hole().await;
    world.words(&report, "It is deeper now.").await;
    let mut tries = 0;
    while world.rows(&report).await[0].state != State::Dead {
        world.office.answer(&[Mood::Status(400, "attribute size was not provided")]);
        let fates = world.drain().await;
        assert_eq!(fates, [Refused("it answered 400: attribute size was not provided".to_owned())]);
        tries += 1;
        world.forward_seconds(7 * 3600);
    }
    assert_eq!(tries, 18);
    assert_eq!(world.drain().await, [], "what follows waits for it");
    let mut leader = world.house.staff(COUNCIL, "team_leader").await;
    let page = leader.get("/staff/deliveries").await;
    assert!(page.says("attribute size was not provided") && page.says("1 waiting"), "{}", page.text);
    let desk = leader.get(&report.desk()).await;
    assert!(desk.says("Back office") && desk.says("attribute size was not provided"), "{}", desk.text);
    let id = world.rows(&report).await[0].id;
    assert_eq!(leader.post(&format!("/staff/deliveries/office/{id}/retry"), &[]).await.status, 303);
    assert_eq!(world.drain().await, [Taken, Taken]);
    let desk = leader.get(&report.desk()).await;
    assert!(desk.says("Its number there is T-1000"), "{}", desk.text);
}

#[tokio::test]
async fn what_it_says_is_taken_in_once_and_what_we_said_ourselves_is_not() {
    let world = World::new(PLAIN).await;
    let report = world.hole().await;
    world.words(&report, "It is deeper now.").await;
    world.drain().await;
    let request = world.office.number(report.reference()).unwrap();
    let said = |id: &str, status, stamp: &str, at| Said {
        id: id.to_owned(),
        request: request.clone(),
        status,
        stamp: stamp.to_owned(),
        at,
        words: format!("words of {id}"),
    };
    world.forward_seconds(600);
    let now = world.now();
    world.office.say(said("one", "IN_PROGRESS", &written(now - 60), Some(now - 60)));
    world.office.say(said("two", "fixed", "yesterday", None));
    world.office.say(Said { request: "T-77".to_owned(), ..said("nobody's", "OPEN", &written(now), Some(now)) });
    world.office.kept.lock().unwrap().muddled = true;
    for _ in 0..3 {
        world.forward_seconds(301);
        world.ask().await;
    }
    let entries = world.entries(&report).await;
    let mut told: Vec<&str> = entries.iter().filter_map(|entry| entry.facts["update_id"].as_str()).collect();
    told.sort_unstable();
    assert_eq!(told, ["one", "two"]);
    let notes: Vec<String> =
        entries.iter().filter(|entry| entry.kind == "note.added").map(|entry| format!("{:?}", entry.content)).collect();
    assert!(notes.len() == 1 && notes[0].contains("cannot be read: “yesterday”"), "{notes:?}");
    assert_eq!(world.house.part(&report, COUNCIL).await.outcome.as_deref(), Some("fixed"));
    assert_eq!(world.drain().await, [], "what it did is not told back");
    let mut leader = world.house.staff(COUNCIL, "team_leader").await;
    let page = leader.get("/staff/deliveries").await;
    assert!(page.says("T-77") && page.says("no report of this number is known"), "{}", page.text);
    // It waits for thirty days.
    world.forward_seconds(30 * 24 * 3600);
    world.ask().await;
    let mut leader = world.house.staff(COUNCIL, "team_leader").await;
    assert!(leader.get("/staff/deliveries").await.says("Every message went out"));
    assert!(!leader.get("/staff/deliveries").await.says("T-77"));
}

#[tokio::test]
async fn an_answer_that_is_no_list_moves_no_cursor_and_staff_see_it() {
    let world = World::new(PLAIN).await;
    world.office.answer(&[Mood::Html, Mood::Html, Mood::Html]);
    world.ask().await;
    let mut leader = world.house.staff(COUNCIL, "team_leader").await;
    let page = leader.get("/staff/deliveries").await;
    assert!(page.says("it answered 200 with something that is not Open311"), "{}", page.text);
    world.forward_seconds(3600);
    world.ask().await;
    let actor = world.house.actor(COUNCIL, "team_leader").await;
    let polls = world.house.db.read(move |tx| fetched::polls(&actor, tx)).await.unwrap();
    assert!(polls.iter().all(|poll| poll.problem.is_none() && poll.fails == 0), "{polls:?}");
    let mut leader = world.house.staff(COUNCIL, "team_leader").await;
    assert!(!leader.get("/staff/deliveries").await.says("not Open311"));
}

#[tokio::test]
async fn a_system_without_updates_is_asked_for_the_notes_of_its_reports() {
    let world = World::new(&PLAIN.replace("extended = true", "heard = \"notes\"")).await;
    let report = world.hole().await;
    world.drain().await;
    let request = world.office.number(report.reference()).unwrap();
    world.ask().await;
    let (stamp, words) = (written(world.now()), "Mended on Monday.".to_owned());
    world.office.say(Said { id: String::new(), request, status: "closed", stamp, at: None, words });
    for _ in 0..2 {
        world.forward_seconds(301);
        world.ask().await;
    }
    let entries = world.entries(&report).await;
    assert_eq!(entries.iter().filter(|entry| entry.kind == "report.closed").count(), 1);
    assert_eq!(world.house.part(&report, COUNCIL).await.outcome.as_deref(), Some("fixed"), "of two words: mended");
}

#[tokio::test]
async fn a_service_that_vanishes_there_is_flagged_to_staff() {
    let world = World::new(PLAIN).await;
    world.office.kept.lock().unwrap().services.extend(["HOLE".to_owned(), "OTHER".to_owned()]);
    world.ask().await;
    let mut leader = world.house.staff(COUNCIL, "team_leader").await;
    assert!(!leader.get("/staff/deliveries").await.says("HOLE"));
    world.office.kept.lock().unwrap().services.remove("HOLE");
    world.forward_seconds(3601);
    world.ask().await;
    let mut leader = world.house.staff(COUNCIL, "team_leader").await;
    let page = leader.get("/staff/deliveries").await;
    assert!(page.says("HOLE") && !page.says("OTHER"), "{}", page.text);
}
