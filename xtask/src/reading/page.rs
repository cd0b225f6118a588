//! `docs/reading-age.md`: the figures.

use std::fmt::Write;

use catalogue::Catalogue;

use super::{Figures, Reading};
use crate::standing::{self, Block};

/// What was measured: a service with its parts, or the words of one other file.
pub struct Row {
    pub name: String,
    pub path: String,
    pub figures: Figures,
}

/// Every service whole, as a reader meets it; then the words of all services together, and each agency.
///
/// # Errors
/// When the words of a service cannot be read.
pub fn rows(reading: &Reading, catalogue: &Catalogue, blocks: &[Block]) -> anyhow::Result<Vec<Row>> {
    let mut rows = Vec::new();
    for service in catalogue.services() {
        let words = standing::by_key(&service.words_text)?;
        let read = words.iter().filter(|(key, _)| !standing::for_staff(key)).flat_map(|(_, texts)| texts);
        rows.push(Row {
            name: format!("`{}`", service.id),
            path: format!("services/{}/en.toml", service.id),
            figures: reading.figures(read.map(String::as_str)),
        });
    }
    let mut paths: Vec<_> =
        blocks.iter().map(|block| &block.path).filter(|path| !path.starts_with("services/")).collect();
    paths.dedup();
    for path in paths {
        let texts = blocks.iter().filter(|block| block.path == *path).map(|block| block.text.as_str());
        rows.push(Row { name: path.clone(), path: path.clone(), figures: reading.figures(texts) });
    }
    Ok(rows)
}

pub fn text(reading: &Reading, rows: &[Row]) -> String {
    let Reading { source, date, target, service_limit, sentence_limit, shortest, .. } = reading;
    let mut text = format!(
        "<!-- Made from services/ and agencies/: MOOTHALL_WRITE=1 cargo run -p xtask -- reading -->

# Reading age

Asked: {source} (read {date}). Target {target}, at most {service_limit} for a service as a whole, at most {sentence_limit} for a
sentence of {shortest} words or more. `cargo test -p xtask` holds it.

Measured: the Flesch–Kincaid grade (Kincaid and others 1975) and five years:
0.39 × words / sentences + 11.8 × syllables / words − 15.59 + 5. A text is judged by its whole sentences. Counted as if
each phrase were a sentence too, it looks easier: that figure stands beside it and decides nothing. Names of bodies and laws,
figures and addresses are one easy word. Not measured: words to search with, and words for staff. Names, exceptions and words
the counter gets wrong: `xtask/reading.toml`.

"
    );
    let mut ages: Vec<_> = rows.iter().map(|row| (row.figures.age(), row.name.as_str())).collect();
    ages.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let (Some((age, name)), Some((median, _))) = (ages.last(), ages.get(ages.len() / 2)) {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{} texts. Median {median:.1}; highest {age:.1}: {name}.", ages.len());
    }
    let above: Vec<_> = ages.iter().rev().filter(|(age, _)| age > target).collect();
    let named: Vec<_> = above.iter().map(|(age, name)| format!("{name} {age:.1}")).collect();
    let _ = writeln!(text, "Above the target: {}.\n", if named.is_empty() { "none".into() } else { named.join(", ") });
    text += "| text | sentences | words | reading age | counted with phrases |\n|---|---|---|---|---|\n";
    for Row { name, figures, .. } in rows {
        let Figures { whole, all } = figures;
        let phrases = all.age().unwrap_or(0.0);
        let _ =
            writeln!(text, "| {name} | {} | {} | {:.1} | {phrases:.1} |", whole.sentences, whole.words, figures.age());
    }
    if !reading.exception.is_empty() {
        text += "\n## Harder sentences that were looked at\n\n";
    }
    for one in &reading.exception {
        let age = reading.count(&one.says).age().unwrap_or(0.0);
        let _ = writeln!(text, "- {age:.1}: “{}” {}", one.says, one.reason);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{reading, report_types::planted};

    fn of_agency(text: &str) -> Block {
        Block { path: "agencies/moon.toml".into(), line: 1, key: "stage.open.name".into(), text: text.into() }
    }

    #[test]
    fn services_come_first_and_then_each_other_file() {
        let blocks = [of_agency("We look."), of_agency("We tell you.")];
        let rows = rows(&reading::planted(), &planted::catalogue(), &blocks).unwrap();
        let names: Vec<_> = rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["`lamp`", "`route.water`", "agencies/moon.toml"]);
        assert_eq!(rows[2].figures.whole.sentences, 2);
    }

    #[test]
    fn words_for_staff_are_not_measured() {
        let rows = rows(&reading::planted(), &planted::catalogue(), &[]).unwrap();
        let with_flag = planted::catalogue().service("lamp").unwrap().words_text.contains("Not safe");
        let all = standing::by_key(&planted::catalogue().service("lamp").unwrap().words_text).unwrap();
        let texts: usize = all.values().map(Vec::len).sum();
        assert!(with_flag && rows[0].figures.all.sentences == texts - 1);
    }

    #[test]
    fn the_page_names_the_hardest_and_counts_those_above_the_target() {
        let row = |name: &str, text| Row {
            name: name.into(),
            path: String::new(),
            figures: reading::planted().figures([text]),
        };
        let page = text(
            &reading::planted(),
            &[row("easy", "We look."), row("hard", "Administrative determination necessitates documentation.")],
        );
        assert!(page.contains("\nAbove the target: hard 47.0.\n") && page.contains(": hard.\n"), "{page}");
        assert!(page.contains("Asked: S-1: easy (read 2026-11-27). Target 9, at most 9 for a service"), "{page}");
        assert!(page.contains("| easy | 1 | 2 | 2.0 | 2.0 |\n"), "{page}");
    }
}
