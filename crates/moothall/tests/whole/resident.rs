//! A resident who files a report through every page of the journey.

use crate::{
    answer::Answer,
    client::Client,
    race::{path, reference},
    server::Server,
};

/// Answers a question and goes on; a page that does not go on fails the test with its words.
fn answer(client: &mut Client, question: &str, fields: &[(&str, &str)]) -> Answer {
    let at = path(&format!("q/{question}"));
    let page = client.get(&at).unwrap();
    assert_eq!(page.status, 200, "{question}: {}", page.words());
    let posted = client.post(&at, fields).unwrap();
    assert_eq!(posted.status, 303, "{question} {fields:?}: {}", posted.words());
    client.get(posted.location()).unwrap()
}

/// Waste at a place, filed by a browser without cookies; the reference, or the page that stands in the way.
pub fn report(server: &Server, place: &str) -> Result<String, Answer> {
    let mut client = server.client();
    assert_eq!(client.get(path("").trim_end_matches('/')).unwrap().status, 200);
    answer(&mut client, "now", &[("now", "no")]);
    answer(&mut client, "photos", &[]);
    let next = answer(&mut client, "where", &[("where.text", place)]);
    if !next.body.contains("name=\"land\"") {
        return Err(next);
    }
    answer(&mut client, "land", &[("land", "road_verge")]);
    answer(&mut client, "waste", &[("waste", "mattress")]);
    let check = answer(&mut client, "size", &[("size", "single_item")]);
    assert!(check.body.contains(&path("send")), "not the page of all answers: {}", check.words());
    let done = client.post_and_follow(&path("send"), &[]).unwrap();
    assert_eq!(done.status, 200, "{}", done.words());
    Ok(reference(&done).unwrap_or_else(|| panic!("no reference: {}", done.words())))
}
