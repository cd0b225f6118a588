//! A question of an agency goes out by mail, and its answer comes in by the pipe of a mail server, beside the running server.

use crate::{
    client::Client,
    database::{Database, with_mail_to},
    desk,
    folder::{Folder, free_address},
    post_office::PostOffice,
    race::{Known, send},
    server::until,
};
use std::{
    io::Write,
    process::{Output, Stdio},
    time::Duration,
};

const PATIENCE: Duration = Duration::from_secs(60);
const ROBIN: &str = "robin@example.test";

/// Gives a mail to the command as a mail server does; its exit code and what it said.
fn receive(folder: &Folder, to: &str, sender: &str, mail: &[u8]) -> (Option<i32>, String) {
    let mut command = folder.command(&["receive-mail", "--to", to, "--sender", sender]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Who refuses early need not read to the end.
    let _ = child.stdin.take().unwrap().write_all(mail).is_ok();
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let said = [stdout, stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    (status.code(), said)
}

fn letter(id: &str, from: &str, words: &str) -> Vec<u8> {
    format!(
        "From: Robin <{from}>\r\nSubject: Re: We have a question for you\r\nMessage-ID: <{id}@example.test>\r\n\
         \r\n{words}\r\n\r\nOn Tuesday Moothall wrote:\r\n> Hello\r\n"
    )
    .into_bytes()
}

fn ask(staff: &mut Client, reference: &str, words: &str) {
    let path = format!("/staff/reports/{reference}");
    let page = staff.get(&path).unwrap();
    let version = page.between("name=\"version\" value=\"", "\"").expect("a form of the desk").to_owned();
    let done = staff.post(&format!("{path}/ask"), &[("version", &version), ("words", words)]).unwrap();
    assert_eq!(done.status, 303, "{}", done.words());
}

#[test]
fn an_answer_by_mail_stands_in_the_thread_once_and_a_strangers_mail_goes_back() {
    let (folder, office_at) = (Folder::new(), free_address());
    folder.configure(&format!(
        "[mail]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"plain\"\nfrom = \"noreply@moothall.example.test\"\n\
         [replies]\ndomain = \"replies.example.test\"\nmost_bytes = 100000\n",
        office_at.port()
    ));
    let office = PostOffice::open(office_at);
    let account = desk::add(&folder, "north-somerset-council", "team_leader");
    let token = Database::of(&folder).prepare(1, &with_mail_to(ROBIN)).remove(0);
    let server = folder.start();
    let Known::Received(reference) = send(server.at, &token) else { panic!("not received") };
    let (mut staff, status) = desk::sign_in(&server, &account, &account.recovery[0]);
    assert_eq!(status, 303);
    ask(&mut staff, &reference, "How many bags are there?");
    until(PATIENCE, "the question to go out", || office.letters().len() >= 2);
    let letters = office.letters();
    let question = letters.iter().find(|one| one.contains("We have a question for you")).expect("a question");
    let to = question.lines().find_map(|line| line.strip_prefix("Reply-To: ")).expect("an address to answer at");
    assert!(question.contains("You can answer this email."), "{question}");

    let mail = letter("a", ROBIN, "Seven black bags.");
    assert_eq!(receive(&folder, to, ROBIN, &mail), (Some(0), "taken\n".to_owned()));
    assert_eq!(receive(&folder, to, ROBIN, &mail), (Some(0), "taken before\n".to_owned()));
    let strange = letter("b", "sam@example.test", "And one by the gate.");
    assert_eq!(receive(&folder, to, "sam@example.test", &strange).0, Some(0));

    // What goes back, with words and without a name; what is a machine's, and stays; what may come again.
    let mut forged = to.to_owned();
    forged.replace_range(10..11, if &to[10..11] == "a" { "b" } else { "a" });
    let (code, said) = receive(&folder, &forged, ROBIN, &letter("c", ROBIN, "Forged."));
    assert_eq!(code, Some(67));
    assert!(said.contains("We do not know this address") && !said.contains("robin"), "{said}");
    let away = [b"Auto-Submitted: auto-replied\r\n".as_slice(), &letter("d", ROBIN, "I am away.")].concat();
    assert_eq!(receive(&folder, to, ROBIN, &away), (Some(0), "left out: an automatic answer\n".to_owned()));
    assert_eq!(receive(&folder, to, "", &letter("e", ROBIN, "Bounced.")).0, Some(0));
    assert_eq!(receive(&folder, to, ROBIN, &vec![b'x'; 100_001]).0, Some(77));
    assert_eq!(receive(&folder, to, ROBIN, b"From: a@example.test\r\n\r\n> only quotes\r\n").0, Some(77));
    // What is wrong with the house is no fault of the mail: it comes again.
    assert_eq!(folder.run(&["receive-mail", "--nonsense", "x"]).status.code(), Some(75));
    assert_eq!(receive(&Folder::new(), to, ROBIN, &mail).0, Some(75), "a house without the secret");

    // The question itself comes back: a forged notice changes nothing, its own does, once.
    let back = question.lines().find_map(|line| line.strip_prefix("Return-Path: <")?.strip_suffix('>')).unwrap();
    let notice = b"From: MAILER-DAEMON@example.test\r\nContent-Type: multipart/report; report-type=delivery-status; \
        boundary=a\r\n\r\n--a\r\n\r\nSorry.\r\n\r\n--a\r\nContent-Type: message/delivery-status\r\n\r\n\
        Reporting-MTA: dns; mx.example.test\r\n\r\nFinal-Recipient: rfc822; robin@example.test\r\n\
        Action: failed\r\nStatus: 5.1.1\r\n\r\n--a--\r\n";
    assert_eq!(receive(&folder, to, "", notice), (Some(0), "left out: an automatic answer\n".to_owned()));
    let mut forged = back.to_owned();
    forged.replace_range(10..11, if &back[10..11] == "a" { "b" } else { "a" });
    assert_eq!(receive(&folder, &forged, "", notice).0, Some(67));
    assert_eq!(receive(&folder, back, "", &away), (Some(0), "left out: no notice of a failure\n".to_owned()));
    let path = format!("/staff/reports/{reference}");
    assert!(!staff.get(&path).unwrap().body.contains("it came back"));
    assert_eq!(receive(&folder, back, "", notice), (Some(0), "taken: a mail came back\n".to_owned()));
    assert!(receive(&folder, back, "", notice).1.starts_with("left out"));
    assert!(staff.get("/staff/deliveries").unwrap().body.contains("it came back (5.1.1)"));

    let page = staff.get(&format!("/staff/reports/{reference}")).unwrap();
    let words = page.words();
    for (said, times) in [
        ("The resident answered by email", 1),
        ("Seven black bags.", 1),
        ("The resident added something by email. It came from another address than the one we wrote to", 1),
        ("And one by the gate.", 1),
        ("Forged.", 0),
        ("I am away.", 0),
        ("Bounced.", 0),
    ] {
        // A colleague may be offered to translate what stands in the thread, under its title.
        let found = page.body.matches(said).count();
        assert!(if said.starts_with("The ") { found >= times } else { found == times }, "{said}: {found}: {words}");
    }
    let link = question.split("/track/link/").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap();
    let link: String = link.chars().take_while(char::is_ascii_alphanumeric).collect();
    let own = server.client().post_and_follow(&format!("/track/link/{link}"), &[]).unwrap();
    for said in ["You answered by email", "Seven black bags.", "And one by the gate."] {
        assert!(own.body.contains(said), "{said}: {}", own.words());
    }
    assert!(!own.body.contains("another address"), "{}", own.words());
    assert!(!server.log().contains("bags"), "{}", server.log());
}
