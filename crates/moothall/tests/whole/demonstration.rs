//! `moothall demo`: filled once, open to those who are shown its codes, and gone nowhere by a second start.

use crate::{answer::Answer, desk, desk::Account, folder::Folder, server::Server};
use serde_json::Value as Json;

pub fn start(folder: &Folder) -> Server {
    let command =
        folder.command(&["demo", "--listen", &folder.at.to_string(), "--data", &folder.data.to_string_lossy()]);
    Server::start(command, folder.at, &folder.beside("server.log"))
}

fn json(answer: &Answer) -> Vec<Json> {
    serde_json::from_str(&answer.body).unwrap()
}

#[test]
fn a_demonstration_is_filled_once_and_its_codes_open_the_desk() {
    let folder = Folder::bare(None);
    let server = start(&folder);
    println!("proof: demonstration filled and serving after {:.1?}", server.took);
    let people = json(&server.client().get("/demo/staff.json").unwrap());
    let text = |person: &Json, key: &str| person[key].as_str().unwrap().to_owned();
    for person in people.iter().take(2) {
        let account = Account {
            login: text(person, "login"),
            password: text(person, "password"),
            secret: String::new(),
            recovery: Vec::new(),
        };
        let (mut staff, status) = desk::sign_in(&server, &account, &text(person, "code"));
        assert_eq!(status, 303, "{person}");
        let queue = staff.get("/staff").unwrap();
        assert!(queue.status == 200 && queue.body.contains("/staff/reports/"), "{}", queue.words());
    }
    assert!(server.log().contains("Everything in it is made up"), "{}", server.log());
    let mail = json(&server.client().get("/demo/outbox.json").unwrap()).len();
    drop(server);

    let again = start(&folder);
    assert_eq!(json(&again.client().get("/demo/staff.json").unwrap()).len(), people.len());
    assert_eq!(json(&again.client().get("/demo/outbox.json").unwrap()).len(), mail);
}

#[test]
fn outside_a_demonstration_its_pages_are_not_there() {
    let folder = Folder::new();
    let server = folder.start();
    for path in ["/demo/staff", "/demo/staff.json", "/demo/outbox", "/demo/outbox.json"] {
        assert_eq!(server.client().get(path).unwrap().status, 404, "{path}");
    }
}
