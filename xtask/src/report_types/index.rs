//! The index of all services.

use std::collections::BTreeMap;

use catalogue::{Catalogue, Kind, Service};

use super::{MADE, samples, table};
use crate::repository::Repository;

const ABOUT: &str = "Every service of this house, as its definition says. What stands in these pages is made; mend the
definition in `services/` and run

```sh
MOOTHALL_WRITE=1 cargo run -p xtask -- report-types
```

Handling is one of four:

- **form**: asks questions and sends a report;
- **gate**: a form whose first questions are about danger: they cannot be skipped, and nothing of them is kept;
- **signpost**: asks nothing; its one page names who answers;
- **router**: asks nothing; its one page leads on to another service here, besides others who answer.

Questions of a group are counted one by one. How held: `p2` is general data protection law, `p3` law enforcement.

";

pub fn text(catalogue: &Catalogue, repository: &Repository) -> String {
    let mut handlings: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    let (mut all_questions, mut all_samples) = (0, 0);
    for service in catalogue.services() {
        let agencies: Vec<_> = catalogue.offering(&service.id).iter().map(|agency| agency.name.as_str()).collect();
        let (questions, samples) = (questions(service), samples(repository, &service.id).len());
        let handling = handling(service);
        *handlings.entry(handling).or_default() += 1;
        all_questions += questions;
        all_samples += samples;
        rows.push(vec![
            format!("[`{0}`]({0}.md)", service.id),
            table::words(service.title()),
            handling.into(),
            if agencies.is_empty() { "–".into() } else { agencies.join(", ") },
            questions.to_string(),
            samples.to_string(),
        ]);
    }
    let kinds: Vec<_> = handlings.iter().map(|(handling, count)| format!("{count} {handling}")).collect();
    let services = rows.len();
    let sum =
        format!("{services} services ({}), {all_questions} questions, {all_samples} samples.\n\n", kinds.join(", "));
    let head = ["code", "title", "handling", "agencies", "questions", "samples"];
    format!("{MADE}# Report types\n\n{ABOUT}{sum}{}", table::table(&head, &rows))
}

fn handling(service: &Service) -> &'static str {
    let leads_on = service.opening.as_ref().and_then(|id| service.stop(id)).is_some_and(|stop| stop.go.is_some());
    match service.questions.as_slice() {
        [] if leads_on => "router",
        [] => "signpost",
        questions if questions.iter().any(|question| question.gate) => "gate",
        _ => "form",
    }
}

fn questions(service: &Service) -> usize {
    let inside = |kind: &Kind| if let Kind::Group { questions, .. } = kind { questions.len() } else { 0 };
    service.questions.iter().map(|question| 1 + inside(&question.kind)).sum()
}

#[cfg(test)]
mod tests {
    use super::super::planted;
    use super::*;

    #[test]
    fn the_index_counts_questions_and_samples_and_says_how_each_is_handled() {
        let text = text(&planted::catalogue(), &planted::repository());
        assert!(text.contains("| [`lamp`](lamp.md) | A street lamp | gate | – | 6 | 2 |\n"), "{text}");
        assert!(text.contains("| [`route.water`](route.water.md) | Water | signpost | – | 0 | 0 |\n"), "{text}");
        assert!(text.contains("\n2 services (1 gate, 1 signpost), 6 questions, 2 samples.\n"), "{text}");
    }

    #[test]
    fn a_page_that_leads_on_here_is_a_router() {
        let catalogue = planted::catalogue();
        let mut water = (**catalogue.service("route.water").unwrap()).clone();
        water.stops[0].go = Some("lamp".into());
        assert_eq!(handling(&water), "router");
        let mut lamp = (**catalogue.service("lamp").unwrap()).clone();
        lamp.questions.remove(0);
        assert_eq!(handling(&lamp), "form");
    }
}
