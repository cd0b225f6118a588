//! The mail server is away, comes back, refuses, hangs up: nothing is lost, nothing is sent twice, staff see what is
//! dead.

use crate::{
    database::{Database, with_mail_to},
    desk,
    folder::{Folder, free_address},
    post_office::PostOffice,
    race::{Known, send},
    server::{rest, until},
};
use std::{collections::BTreeSet, time::Duration};
use store::delivery;

/// The first wait before another try is half a minute.
const RETRY: Duration = Duration::from_secs(60);

#[test]
fn mail_outlives_a_mail_server_that_is_away() {
    let (folder, office_at) = (Folder::new(), free_address());
    folder.configure(&format!(
        "[mail]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"plain\"\nfrom = \"noreply@moothall.example.test\"\n",
        office_at.port()
    ));
    let account = desk::add(&folder, "north-somerset-council", "team_leader");
    let people = ["robin", "sasha", "jo", "busy", "nobody", "silent"].map(|name| format!("{name}@example.test"));
    let database = Database::of(&folder);
    let tokens: Vec<String> =
        people.iter().map(|person| database.prepare(1, &with_mail_to(person)).remove(0)).collect();
    let server = folder.start();

    // Three while the mail server is away: each is received all the same.
    let mut references = BTreeSet::new();
    let mut send = |token: &String| match send(server.at, token) {
        Known::Received(reference) => references.insert(reference),
        other => panic!("{other:?}"),
    };
    tokens[..3].iter().for_each(|token| assert!(send(token)));
    until(RETRY, "a first try", || server.log().matches("settled").count() >= 3);
    assert_eq!(database.read(delivery::counts), (3, 0, 0), "they wait");

    // It is back; three more, who are refused for a while, refused for good, and taken without an answer.
    let office = PostOffice::open(office_at);
    tokens[3..].iter().for_each(|token| assert!(send(token)));
    until(RETRY, "the others' first try", || database.read(delivery::counts).1 == 2);
    until(RETRY, "mail for everyone it can reach", || database.read(delivery::counts).0 == 0);
    // A mail that was sent twice would come now.
    rest(Duration::from_secs(4));

    let taken = office.taken();
    let ids: BTreeSet<&String> = taken.iter().map(|(_, id)| id).collect();
    assert!(ids.iter().all(|id| id.len() > 10), "a mail without Message-ID: {taken:?}");
    assert_eq!(ids.len(), taken.len(), "a mail came twice: {taken:?}");
    let mut to: Vec<&str> = taken.iter().map(|(to, _)| to.as_str()).collect();
    to.sort_unstable();
    let expected =
        ["busy@example.test", "jo@example.test", "robin@example.test", "sasha@example.test", "silent@example.test"];
    assert_eq!(to, expected);
    assert_eq!((office.tries(&people[3]), office.tries(&people[4]), office.tries(&people[5])), (2, 1, 1));
    assert_eq!(database.read(delivery::counts), (0, 2, 0));
    database.holds(&references);

    // Staff see the two that did not go out, with the reason and a way to try again.
    let (mut staff, status) = desk::sign_in(&server, &account, &account.recovery[0]);
    assert_eq!(status, 303);
    let page = staff.get("/staff/deliveries").unwrap();
    assert_eq!(page.status, 200, "{}", page.words());
    for words in ["550", "may have been sent"] {
        assert!(page.body.contains(words), "no {words:?}: {}", page.words());
    }
    assert_eq!(page.body.matches("/retry").count(), 2, "{}", page.words());
    println!(
        "proof: mail server away, back, refusing, hanging up: 5 mails taken, each once by Message-ID; 2 dead, shown to staff"
    );
}
