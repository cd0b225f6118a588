//! What the mails say, and what they must never say.

use crate::{
    house::{House, URL, address, at_any_time, id, smtp},
    stand_in::StandIn,
};
use casework::Keys;
use courier::{Fate, Mail, Post, Smtp, Unwritable, compose};
use serde_json::json;

const MESSAGES: [&str; 4] = ["receipt", "update", "question", "link"];

/// Words that tell who reads along what it is about (P-52), whole or as a part of a longer word.
const FORBIDDEN: [&str; 32] = [
    "abuse",
    "rape",
    "sex",
    "hate",
    "police",
    "crime",
    "criminal",
    "offence",
    "assault",
    "victim",
    "domestic",
    "violen",
    "stalk",
    "harass",
    "theft",
    "officer",
    "court",
    "evidence",
    "witness",
    "statement",
    "suspect",
    "incident",
    "report",
    "emergency",
    "999",
    "101",
    "council",
    "bench",
    "pier",
    "example town",
    "123456782",
    "123 456 782",
];

fn mail(house: &House, template: &str, definition: &str, sensitive: bool) -> Mail {
    let mut delivery = house.delivery(1, definition, sensitive);
    delivery.template = template.into();
    compose(&house.setting, &delivery).unwrap()
}

/// The token is drawn, so it might hold any letters.
fn without_link(text: &str) -> String {
    let token = Keys::new([9; 32]).link_token(id(6, 1));
    text.replace(&format!("{URL}/track/link/{token}"), "")
}

#[tokio::test]
async fn sensitive_mail_holds_no_forbidden_word() {
    let house = House::new().await;
    let cases = [(&house.plain, true), (&house.sensitive, true), (&house.sensitive, false), (&house.neutral, false)];
    for template in MESSAGES {
        for (definition, sensitive) in cases {
            let mail = mail(&house, template, definition, sensitive);
            assert!(mail.neutral);
            assert_eq!(mail.subject, "You have an update");
            for part in [&mail.subject, &mail.text, &mail.html, &mail.message_id] {
                let part = without_link(part).to_lowercase();
                for word in FORBIDDEN {
                    assert!(!part.contains(word), "{template}: {word}\n{part}");
                }
            }
        }
    }
}

#[tokio::test]
async fn sensitive_mails_do_not_differ_by_what_they_are_for() {
    let house = House::new().await;
    let first = mail(&house, MESSAGES[0], &house.sensitive, true);
    for template in MESSAGES {
        assert_eq!(mail(&house, template, &house.sensitive, true), first);
    }
}

#[tokio::test]
async fn the_headers_of_sensitive_mail_hold_no_forbidden_word_either() {
    let house = House::new().await;
    let server = StandIn::new(&[]).await;
    house.queue_with(1, Some(at_any_time(&address(1))), |delivery| delivery.facts["sensitive"] = json!(true)).await;
    let named = Smtp { from_name: "Example Police and Council".into(), ..smtp(server.port) };
    assert_eq!(house.courier(Post::Smtp(named)).step().await.unwrap(), Some(Fate::Sent));
    let mail = server.taken().remove(0).to_lowercase();
    let headers = mail.split("\n\n").next().unwrap();
    assert!(headers.contains("subject: you have an update\n") && headers.contains("from: updates <"), "{headers}");
    for word in FORBIDDEN {
        // The delivery's id is drawn and may hold any figures.
        assert!(!headers.replace(&id(5, 1).to_string(), "").contains(word), "{word}\n{headers}");
    }
}

#[tokio::test]
async fn mail_about_a_definition_nobody_knows_is_neutral() {
    let house = House::new().await;
    assert!(mail(&house, "update", "no such hash", false).neutral);
}

#[tokio::test]
async fn plain_mail_names_the_service_and_the_reference_and_holds_the_forbidden_words_the_test_looks_for() {
    let house = House::new().await;
    for template in MESSAGES {
        let mail = mail(&house, template, &house.plain, false);
        assert!(!mail.neutral);
        assert!(mail.subject.ends_with(": Broken bench"), "{}", mail.subject);
        let text = mail.text.to_lowercase();
        // The list is of use: it does find words where they stand.
        for word in ["123 456 782", "bench", "report", "council", "999"] {
            assert!(FORBIDDEN.contains(&word) && text.contains(word), "{word}");
        }
    }
}

#[tokio::test]
async fn every_mail_has_a_text_part_a_link_to_our_own_host_and_the_words_for_strangers() {
    let house = House::new().await;
    let token = house.setting.keys.link_token(id(6, 1));
    for template in MESSAGES {
        for sensitive in [true, false] {
            let mail = mail(&house, template, &house.plain, sensitive);
            for part in [&mail.text, &mail.html] {
                assert!(part.contains(&format!("{URL}/track/link/{token}")), "{part}");
                assert_eq!(part.matches("http").count(), 1, "no other address\n{part}");
                assert!(part.contains("You will need your PIN."));
                assert!(part.contains("If you did not ask for this, you can ignore it."));
                assert!(!part.contains("robin") && !part.contains("Robin"), "no name");
            }
            assert!(mail.text.lines().all(|line| line.len() <= 78 || line.starts_with(URL)), "{}", mail.text);
            assert_eq!(mail.to, "robin1@example.org");
            assert_eq!(mail.message_id, id(5, 1).to_string());
        }
    }
}

#[tokio::test]
async fn the_same_delivery_gives_the_same_mail() {
    let house = House::new().await;
    assert_eq!(mail(&house, "receipt", &house.plain, false), mail(&house, "receipt", &house.plain, false));
}

#[tokio::test]
async fn what_cannot_be_written_is_named_and_names_nobody() {
    let house = House::new().await;
    let plain = || house.delivery(1, &house.plain, false);
    let mut address = plain();
    address.address = "robin1@example.org\r\nBcc: other@example.org".into();
    let mut template = plain();
    template.template = "../../etc/passwd".into();
    let mut facts = plain();
    facts.facts = json!({ "reference": 1 });
    let mut link = plain();
    link.facts["link"] = json!(null);
    let cases = [
        (address, Unwritable::Address),
        (template, Unwritable::Template),
        (facts, Unwritable::Facts),
        (link, Unwritable::Link),
    ];
    for (delivery, meant) in cases {
        let met = compose(&house.setting, &delivery).unwrap_err();
        assert_eq!(met, meant);
        assert!(!met.to_string().contains("robin"));
    }
}
