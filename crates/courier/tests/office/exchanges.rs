//! The seven exchanges as bytes (C-95): what we send is written beside this file, what we are answered is what our own server
//! answers, in XML and in JSON.

use crate::{
    office::Mood,
    world::{PLAIN, World},
};
use courier::OfficeFate::{Promised, Taken};
use std::{fs, path::Path};

/// What our own server answers, with numbers in place of its placeholders.
fn answer(name: &str, ending: &str, number: &str) -> Mood {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/tests/open311/fixtures");
    let text = fs::read_to_string(folder.join(format!("{name}.{ending}"))).unwrap();
    let text =
        text.replace("REFERENCE", number).replace("UPDATE", "their-update").replace("STAMP", "2026-11-24T10:01:00Z");
    // The list of one is cut out of the whole list.
    let text = match (name, ending) {
        ("services", "xml") => format!("<services>{text}</services>"),
        ("services", "json") if !text.trim_start().starts_with('[') => format!("[{text}]"),
        _ => text,
    };
    Mood::Says(text.replace("pothole", "HOLE").replace("litter-bin", "HOLE"))
}

struct Exchanges<'w> {
    world: &'w World,
    ending: &'static str,
    placeholders: Vec<(String, &'static str)>,
}

impl Exchanges<'_> {
    /// The newest that was sent to this address, against the file of its name.
    fn same(&self, name: &str, to: &str) {
        let to = format!("/open311/v2/{to}");
        let raw = self.world.office.kept.lock().unwrap().raw.clone();
        let mut sent = raw.into_iter().rfind(|sent| sent.contains(&to)).unwrap();
        for (value, placeholder) in &self.placeholders {
            sent = sent.replace(value, placeholder);
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/office/fixtures");
        let path = path.join(format!("{name}.{}.txt", self.ending));
        if std::env::var_os("MOOTHALL_WRITE").is_some() {
            fs::write(&path, &sent).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(sent, kept, "{}: write it: MOOTHALL_WRITE=1 cargo test -p courier --test office", path.display());
    }
}

async fn seven(ending: &'static str) {
    let said = PLAIN.replace("source", &format!("format = \"{ending}\"\njurisdiction = \"somewhere\"\nsource"));
    let world = World::new(&said).await;
    let report = world.hole().await;
    let mut all = Exchanges { world: &world, ending, placeholders: vec![(report.reference().to_owned(), "REFERENCE")] };
    // A token first, then the number under it.
    let token = match ending {
        "xml" => "<service_requests><request><token>a-token</token></request></service_requests>",
        _ => r#"[{"token":"a-token"}]"#,
    };
    world.office.answer(&[Mood::Says(token.to_owned())]);
    assert_eq!(world.drain().await, [Promised]);
    all.same("create", "requests.");
    world.forward_seconds(400);
    world.office.answer(&[answer("token", ending, "T-1")]);
    assert_eq!(world.drain().await, [Taken]);
    all.same("token", "tokens/");
    world.words(&report, "It is deeper now.").await;
    let update = world.rows(&report).await[1].id.simple().to_string();
    all.placeholders.push((update, "UPDATE"));
    world.office.answer(&[answer("update", ending, "T-1")]);
    assert_eq!(world.drain().await, [Taken]);
    all.same("update", "servicerequestupdates.");
    // The create answer of our server is read too.
    let other = world.hole().await;
    world.office.answer(&[answer("create", ending, "T-2")]);
    assert_eq!(world.drain().await, [Taken]);
    assert_eq!(world.rows(&other).await[0].state, store::sending::State::Sent);

    // The same words under another id, so that they are its own.
    let Mood::Says(updates) = answer("updates", ending, "T-1") else { panic!() };
    let updates = Mood::Says(updates.replace("their-update", "said-there"));
    let none = Mood::Says(if ending == "xml" { "<service_request_updates/>" } else { "[]" }.to_owned());
    world.office.answer(&[updates.clone(), none, answer("services", ending, "")]);
    world.office.answer(&[answer("service", ending, "")]);
    world.ask().await;
    all.same("service", "services/");
    let told = world.entries(&report).await;
    assert!(told.iter().any(|entry| entry.facts["update_id"] == "said-there"), "{told:?}");
    world.forward_seconds(301);
    world.office.answer(&[updates]);
    world.ask().await;
    all.same("updates", "servicerequestupdates.");
    world.forward_seconds(3601);
    let list = answer("services", ending, "");
    world
        .office
        .answer(&[Mood::Says(if ending == "xml" { "<service_request_updates/>" } else { "[]" }.to_owned()), list]);
    world.office.answer(&[Mood::Status(503, "later")]);
    world.ask().await;
    all.same("services", "services.");
}

async fn requests(ending: &'static str) {
    let said = PLAIN.replace("source", &format!("format = \"{ending}\"\nheard = \"notes\"\nsource"));
    let world = World::new(&said).await;
    let report = world.hole().await;
    world.office.answer(&[answer("create", ending, "T-1")]);
    assert_eq!(world.drain().await, [Taken]);
    world.office.answer(&[answer("requests", ending, "T-1"), Mood::Status(503, "later")]);
    world.ask().await;
    let all = Exchanges { world: &world, ending, placeholders: vec![] };
    all.same("requests", "requests.");
    let told = world.entries(&report).await;
    assert!(told.iter().any(|entry| format!("{:?}", entry.content).contains("We are working on it")), "{told:?}");
}

#[tokio::test]
async fn the_seven_exchanges_in_xml() {
    seven("xml").await;
    requests("xml").await;
}

#[tokio::test]
async fn the_seven_exchanges_in_json() {
    seven("json").await;
    requests("json").await;
}

/// A form in parts with its pictures: the boundary is drawn anew each time, and the bytes of a picture are the decoder's.
fn in_parts(raw: &str) -> String {
    let boundary = raw.lines().find_map(|line| line.trim_end().strip_prefix("--")).unwrap();
    let apart = format!("--{boundary}");
    let parts = raw.split(&apart).map(|part| match part.split_once("\r\n\r\n") {
        Some((head, _)) if head.contains("filename=") => format!("{head}\r\n\r\nPICTURE\r\n"),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("--BOUNDARY").replace("\r\n", "\n")
}

#[tokio::test]
async fn a_report_with_photos_goes_in_parts() {
    for ending in ["xml", "json"] {
        let said = PLAIN.replace("source", &format!("format = \"{ending}\"\nphotos = \"uploads\"\nsource"));
        let world = World::new(&said).await;
        let reference = crate::pictures::hole_with_photos(&world).await;
        world.office.answer(&[answer("create", ending, "T-1")]);
        assert_eq!(world.drain().await, [Taken]);
        let mut kept = world.office.kept.lock().unwrap();
        let raw = kept.raw.last_mut().unwrap();
        *raw = in_parts(raw);
        drop(kept);
        let all = Exchanges { world: &world, ending, placeholders: vec![(reference, "REFERENCE")] };
        all.same("create-parts", "requests.");
    }
}

/// The list of our own server, read as reports that were made there.
#[tokio::test]
async fn reports_that_were_made_there_are_read_from_a_list_of_requests() {
    for ending in ["xml", "json"] {
        let more = format!("format = \"{ending}\"\nreports = true\nsource");
        let world = World::new(&PLAIN.replace("source", &more)).await;
        let none = |xml: &str| Mood::Says(if ending == "xml" { xml } else { "[]" }.to_owned());
        let Mood::Says(list) = answer("requests", ending, "OWN-1") else { panic!() };
        let list = list.replace("fly-tipping", "HOLE");
        // The newest, then those of a week, in which it stands again.
        world.office.answer(&[Mood::Says(list.clone()), Mood::Says(list), none("<service_request_updates/>")]);
        world.office.answer(&[Mood::Status(503, "later"), Mood::Status(503, "later")]);
        world.ask().await;
        let all = Exchanges { world: &world, ending, placeholders: vec![] };
        all.same("reports", "requests.");
        let made = crate::made::all_made(&world).await;
        assert_eq!(made.iter().map(|(number, _)| number.as_str()).collect::<Vec<_>>(), ["OWN-1"], "{ending}");
    }
}
