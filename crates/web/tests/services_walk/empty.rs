use crate::{
    browser::{Person, house},
    sent::is_answered_here,
};
use catalogue::{Ask, Test};
use testkit::{sample, samples};

/// Walks each service by its fullest samples and posts every required question empty on the way.
#[tokio::test]
async fn an_empty_post_of_a_required_question_gives_its_own_error_and_no_other() {
    let house = house().await;
    for service in house.setting.catalogue.services() {
        let mut met: Vec<String> = Vec::new();
        for name in samples(&service.id) {
            let sample = sample(&service.id, &name);
            let mut person = Person::with(&house, &service.id, &sample["answers"]);
            if sample["expect"]["stop"] == "elsewhere" && is_answered_here(&house, &person) {
                continue;
            }
            person.walk(&house).await;
            for question in &service.questions {
                if question.ask != Ask::Required || met.contains(&question.id) {
                    continue;
                }
                let at = format!("/report/{}/q/{}", service.id, question.id);
                let shown = person.client.get(&at).await;
                if shown.status != 200 {
                    continue;
                }
                let page = person.client.post(&at, &[]).await;
                assert_eq!(page.status, 422, "{at}: {}", page.text);
                let errors = page.errors();
                assert_eq!(errors.len(), 1, "{at}: {errors:?}");
                assert!(
                    errors[0].0 == question.id || errors[0].0.starts_with(&format!("{}.", question.id)),
                    "{errors:?}"
                );
                assert!(page.text.contains(&format!("id=\"{}\"", errors[0].0)), "{at}: {errors:?} leads nowhere");
                assert!(page.title().starts_with("Error: "), "{at}: {}", page.title());
                met.push(question.id.clone());
            }
        }
        let gate = |id: &str| service.question(id).is_some_and(|question| question.gate);
        let all: Vec<&str> =
            service.questions.iter().filter(|q| q.ask == Ask::Required).map(|q| q.id.as_str()).collect();
        let missed: Vec<&&str> = all.iter().filter(|id| !gate(id) && !met.iter().any(|met| met == *id)).collect();
        assert!(missed.is_empty(), "{}: {missed:?} were never asked", service.id);
    }
}

#[tokio::test]
async fn an_empty_gate_asks_again() {
    let house = house().await;
    for service in house.setting.catalogue.services() {
        let mut gate: Vec<(&str, &str)> = Vec::new();
        for question in service.questions.iter().filter(|question| question.gate) {
            let page = house.visitor().post(&format!("/report/{}/q/{}", service.id, question.id), &gate).await;
            assert_eq!((page.status, page.errors().len()), (422, 1), "{}: {}", question.id, page.text);
            // "Are you safe?" is passed by yes, "Is it happening now?" by no.
            let stops =
                |option: &str| question.when.iter().any(|w| w.stop.is_some() && w.test == Test::Is(option.into()));
            gate.push((&question.id, if stops("no") { "yes" } else { "no" }));
        }
    }
}
