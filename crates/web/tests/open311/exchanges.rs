//! The seven exchanges, byte for byte (C-95): the files of `fixtures/` were written by hand. What changes from run to run
//! (ids, times) stands there as REFERENCE, UPDATE and STAMP.

use crate::*;
use std::{fs, path::Path};
use testkit::files::GIF;

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/open311/fixtures").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The text with each stamp of a time as STAMP, and the given ids by their names.
fn plain(text: &str, ids: &[(&str, &str)]) -> String {
    let mut text = ids.iter().fold(text.to_owned(), |text, (id, name)| text.replace(id, name));
    while let Some(at) = text.find("T1").or_else(|| text.find("T0")).or_else(|| text.find("T2")) {
        let is_stamp = at >= 10 && text[at - 10..at].chars().all(|c| c.is_ascii_digit() || c == '-');
        assert!(is_stamp, "{text}");
        text.replace_range(at - 10..at + 15, "STAMP");
    }
    text
}

/// One service of a list is enough: the rest changes with the catalogue.
fn alone(text: &str, begins: &str, ends: &str, within: &str) -> String {
    let at = text.find(within).unwrap_or_else(|| panic!("no {within}: {text}"));
    let from = text[..at].rfind(begins).unwrap();
    let to = at + text[at..].find(ends).unwrap() + ends.len();
    format!("{}\n", &text[from..to])
}

#[tokio::test]
async fn the_seven_exchanges_are_as_written_by_hand() {
    let house = house().await;
    for format in ["xml", "json"] {
        let reference = {
            let page = post(&house, &format!("requests.{format}"), &TIPPING).await;
            let begins = if format == "xml" { "<service_request_id>" } else { "\"service_request_id\":\"" };
            let reference = page.between(begins, if format == "xml" { "<" } else { "\"" }).unwrap().to_owned();
            assert_eq!(
                plain(&page.text, &[(&reference, "REFERENCE")]).trim_end(),
                fixture(&format!("create.{format}")).trim_end()
            );
            reference
        };
        let id = format!("theirs-{format}");
        let told = post(
            &house,
            &format!("servicerequestupdates.{format}"),
            &update(&reference, &id, "IN_PROGRESS", "2026-01-01T00:00:00Z"),
        )
        .await;
        let (begins, ends) = if format == "xml" { ("<update_id>", "</") } else { ("\"update_id\":\"", "\"}") };
        let entry = told.between(begins, ends).unwrap().to_owned();
        assert_eq!(entry.len(), 36, "{}", told.text);
        let names = [(reference.as_str(), "REFERENCE"), (entry.as_str(), "UPDATE")];
        assert_eq!(plain(&told.text, &names).trim_end(), fixture(&format!("update.{format}")).trim_end());
        for (name, rest) in [
            ("requests", format!("requests.{format}?service_request_id={reference}")),
            ("token", format!("tokens/{reference}.{format}")),
            ("updates", format!("servicerequestupdates.{format}?service_request_id={reference}")),
        ] {
            let page = get_keyed(&house, &rest).await;
            assert_eq!(
                plain(&page.text, &names).trim_end(),
                fixture(&format!("{name}.{format}")).trim_end(),
                "{name}.{format}"
            );
        }
        let services = get(&house, &format!("services.{format}")).await.text;
        let one = match format {
            "xml" => alone(&services, "<service>", "</service>", "<service_code>pothole<"),
            _ => alone(&services, "{", "}", "\"service_code\":\"pothole\""),
        };
        assert_eq!(one, fixture(&format!("services.{format}")));
        let definition = get(&house, &format!("services/litter-bin.{format}")).await.text;
        assert_eq!(definition.trim_end(), fixture(&format!("service.{format}")).trim_end());
    }
}

/// Posts the bytes of a file as they stand there, lines of parts with the ends that mail knows.
async fn as_sent(house: &House, to: &str, name: &str, ids: &[(&str, &str)]) -> Page {
    let body = ids.iter().fold(fixture(name), |text, (name, id)| text.replace(name, id)).replace("KEY", &key());
    let to = format!("{AT}/{to}");
    let Some((before, after)) = body.split_once("PICTURE") else {
        let page = house.visitor().post_raw(&to, "application/x-www-form-urlencoded", body).await;
        return page;
    };
    let ends = |text: &str| text.replace('\n', "\r\n").into_bytes();
    let bytes = [ends(before), GIF.to_vec(), ends(after)].concat();
    house.visitor().post_raw(&to, "multipart/form-data; boundary=xYzZY", bytes).await
}

/// A form, and one in parts with a photo, as the peer writes them; both are answered by the same bytes.
#[tokio::test]
async fn what_the_peer_sends_is_taken_as_it_writes_it() {
    let house = house().await;
    for (format, name) in [("xml", "sent-create.txt"), ("json", "sent-parts.txt")] {
        let page = as_sent(&house, &format!("requests.{format}"), name, &[]).await;
        assert_eq!(page.status, 201, "{name}: {}", page.text);
        let begins = if format == "xml" { "<service_request_id>" } else { "\"service_request_id\":\"" };
        let reference = page.between(begins, if format == "xml" { "<" } else { "\"" }).unwrap().to_owned();
        let names = [(reference.as_str(), "REFERENCE")];
        assert_eq!(plain(&page.text, &names).trim_end(), fixture(&format!("create.{format}")).trim_end(), "{name}");
        let again = as_sent(&house, &format!("requests.{format}"), name, &[]).await;
        assert_eq!(again.text, page.text, "{name}: a second try finds the first");
        let ids = [("REFERENCE", reference.as_str())];
        let told = as_sent(&house, &format!("servicerequestupdates.{format}"), "sent-update.txt", &ids).await;
        assert_eq!(told.status, 201, "{}", told.text);
        let mut officer = house.staff(COUNCIL, "officer").await;
        let desk = officer.get(&format!("/staff/reports/{reference}")).await;
        for words in ["A mattress by the gate.", "Mattress dumped", "https://peer.example/report/4"] {
            assert!(desk.says(words), "{name}: {words}: {}", desk.text);
        }
        let read = get_keyed(&house, &format!("servicerequestupdates.json?service_request_id={reference}")).await;
        assert_eq!(first(&read)["description"], "A team has been.");
        let of = reference.clone();
        let photos = house.db.read(move |tx| {
            let head = store::report::by_reference(tx, &of)?.unwrap();
            store::held::own(&rights::Actor::House("test"), tx, head.id)
        });
        assert_eq!(photos.await.unwrap().len(), usize::from(name == "sent-parts.txt"), "{name}");
    }
}
