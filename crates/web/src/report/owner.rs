//! What a signed-in resident need not type again: their name and how to reach them, in services where that is safe to say.

use casework::account::Account;
use catalogue::{Answer, Kind, Person, PersonPart, Question, Service};

/// The question of who reports, as the account answers it. None in a sensitive flow: there each says anew what is safe (P-53).
pub fn known(service: &Service, account: &Account) -> Option<(String, Answer)> {
    let question = asked(service)?;
    let Kind::Person { parts, .. } = &question.kind else { return None };
    let has = |part| parts.contains(&part);
    let person = Person {
        name: account.name.clone().filter(|_| has(PersonPart::Name)),
        email: has(PersonPart::Email).then(|| account.email.clone()),
        phone: account.phone.clone().filter(|_| has(PersonPart::Phone)),
        ..Person::default()
    };
    Some((question.id.clone(), Answer::Person(person)))
}

/// The account answers the question by itself: it asks for nothing beyond a name and ways to reach somebody. Where it asks
/// what is safe, the person is asked, with the fields filled in.
pub fn answers(service: &Service) -> bool {
    asked(service).is_some_and(|question| match &question.kind {
        Kind::Person { parts, .. } => {
            parts.iter().all(|part| matches!(part, PersonPart::Name | PersonPart::Email | PersonPart::Phone))
        }
        _ => false,
    })
}

fn asked(service: &Service) -> Option<&Question> {
    let is_open = !service.sensitive && !service.exit && !service.neutral_mail;
    service.questions.iter().filter(|_| is_open).find(|question| matches!(question.kind, Kind::Person { .. }))
}
