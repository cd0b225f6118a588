//! The page of one service.

use std::fmt::Write;

use catalogue::{Agency, Anonymous, Catalogue, Limit, Service, Stop, Tracking};

use super::{MADE, question, said, samples, table};
use crate::repository::Repository;

pub fn text(service: &Service, catalogue: &Catalogue, repository: &Repository) -> String {
    let mut text = format!("{MADE}# {}\n\n{}\n\n", table::words(service.title()), table::words(service.summary()));
    for (name, what) in facts(service, catalogue, repository) {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "- {name}: {what}");
    }
    text += "\n## Questions\n\n";
    if service.questions.is_empty() {
        text += "None: the page below is all of it.\n";
    } else {
        text += &table::table(&question::HEAD, &question::rows(service));
    }
    if !service.stops.is_empty() {
        let rows: Vec<_> = service.stops.iter().map(|one| stop(service, one)).collect();
        text += "\n## Stops\n\n";
        text += &table::table(&["id", "kind", "title", "leads to", "carry on"], &rows);
    }
    if !service.leads.is_empty() {
        let rows: Vec<_> = service
            .leads
            .iter()
            .map(|lead| {
                let when = lead.when.as_ref().map_or_else(|| "else".into(), said::condition);
                let helps = if lead.assist.is_empty() { "–".into() } else { lead.assist.join(", ") };
                vec![format!("`{}`", lead.id), when, lead.lead.clone(), helps]
            })
            .collect();
        text += "\n## Who leads\n\nThe first row that holds.\n\n";
        text += &table::table(&["id", "when", "leads", "helps"], &rows);
    }
    text
}

fn facts(service: &Service, catalogue: &Catalogue, repository: &Repository) -> Vec<(&'static str, String)> {
    let agencies: Vec<_> = catalogue.offering(&service.id).iter().map(|agency| offer(agency, service)).collect();
    let mut ways = vec![match service.tracking {
        Tracking::Link => "followed by a link",
        Tracking::LinkAndPin => "followed by a link and a PIN",
        Tracking::Nothing => "not followed",
    }];
    ways.push(match service.anonymous {
        Anonymous::Off => "never without a name",
        Anonymous::Allowed => "may be without a name",
        Anonymous::EqualButton => "a button of its own for no name",
    });
    for (is, said) in [
        (service.public, "has a public page"),
        (service.sensitive, "always sensitive"),
        (service.neutral_mail, "mail names no subject"),
        (service.exit, "exit button"),
    ] {
        ways.extend(is.then_some(said));
    }
    let samples = samples(repository, &service.id);
    vec![
        ("code", format!("`{}`, version {}", service.id, service.version)),
        ("heading", table::words(&service.group)),
        ("answered by", if agencies.is_empty() { "no agency here".into() } else { agencies.join("; ") }),
        ("priority", format!("{} where no answer raises it (1 is the most urgent)", service.priority)),
        ("held as", format!("{}, {}", service.regime.name(), service.retention.name())),
        ("ways", ways.join(", ")),
        (
            "first page",
            service.opening.as_ref().map_or_else(|| "the first question".into(), |id| format!("stop `{id}`")),
        ),
        ("samples", if samples.is_empty() { "none".into() } else { samples.join(", ") }),
    ]
}

fn offer(agency: &Agency, service: &Service) -> String {
    let Some(offer) = agency.offer(&service.id) else { return agency.name.clone() };
    let team = agency.team(&offer.team).map_or(offer.team.as_str(), |team| team.name.as_str());
    format!("{} ({team}, within {})", agency.name, limit(offer.target))
}

fn limit(limit: Limit) -> String {
    let (count, unit) = match limit {
        Limit::Hours(count) => (count, "hour"),
        Limit::WorkingDays(count) => (count, "working day"),
        Limit::Days(count) => (count, "day"),
        Limit::Months(count) => (count, "month"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// What a stop does not say itself, its kind says: the same order as on the page.
fn stop(service: &Service, stop: &Stop) -> Vec<String> {
    let own = |part: &str| service.words.get(&format!("stop.{}.{part}", stop.id));
    let say = |part: &str| {
        table::words(own(part).unwrap_or_else(|| service.words.say(&format!("stops.{}.{part}", stop.kind.name()))))
    };
    let mut ways: Vec<String> = stop
        .links
        .iter()
        .map(|link| {
            let said = say(&format!("links.{}", link.key));
            match link.url.as_deref().or(link.phone.as_deref()) {
                // "Call 999" says its number itself.
                Some(to) if !said.contains(to) => format!("{said}: {}", table::words(to)),
                _ => said,
            }
        })
        .collect();
    ways.extend(stop.go.iter().map(|go| format!("here: [`{go}`]({go}.md)")));
    let on = if stop.carry_on { format!("yes: {}", say("carry_on")) } else { "no".into() };
    vec![format!("`{}`", stop.id), stop.kind.name().into(), say("title"), table::lines(&ways), on]
}

#[cfg(test)]
mod tests {
    use super::super::planted;
    use super::*;

    fn page(id: &str) -> String {
        let catalogue = planted::catalogue();
        text(catalogue.service(id).unwrap(), &catalogue, &planted::repository())
    }

    #[test]
    fn a_page_says_what_kind_of_report_it_is() {
        let page = page("lamp");
        assert!(page.starts_with(&format!(
            "{MADE}# A street lamp\n\nTell us about a lamp \\| or a post.\n\n- code: `lamp`, version 2\n"
        )));
        for line in [
            "- answered by: no agency here\n",
            "- ways: followed by a link, may be without a name, has a public page\n",
            "- first page: the first question\n",
            "- samples: dark, everything\n",
        ] {
            assert!(page.contains(line), "{line}{page}");
        }
    }

    #[test]
    fn a_stop_says_where_it_leads_and_whether_one_may_go_on() {
        let page = page("lamp");
        for row in [
            "| `call` | emergency | Call 999 now | Call 999 | no |\n",
            "| `river` | signpost | The river people | Their page: https://example.org/river<br>here: [`route.water`](route.water.md) | yes: Tell us too |\n",
            "| `dark` | `fault` includes dark | police | council |\n| `rest` | else | council | – |\n",
        ] {
            assert!(page.contains(row), "{row}{page}");
        }
    }

    #[test]
    fn a_signpost_has_no_questions() {
        let page = page("route.water");
        assert!(page.contains("None: the page below is all of it.\n\n## Stops\n"), "{page}");
        assert!(
            page.contains("- first page: stop `water`\n- samples: none\n") && !page.contains("Who leads"),
            "{page}"
        );
    }

    #[test]
    fn a_length_of_time_is_said_in_words() {
        assert_eq!(limit(Limit::Hours(48)), "48 hours");
        assert_eq!(limit(Limit::WorkingDays(1)), "1 working day");
    }
}
