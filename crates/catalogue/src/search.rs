//! Finds a service by a few words, typing slips included.

use crate::Service;

#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Service id.
    pub service: String,
    pub title: String,
    pub summary: String,
    /// Of the title and the summary.
    pub language: String,
    /// Higher is better; comparable within one search only.
    pub score: u32,
}

/// Words too common to tell services apart.
const STOP_WORDS: &[&str] = &[
    "a", "about", "and", "are", "at", "been", "by", "for", "from", "got", "has", "have", "i", "ive", "in", "is", "it",
    "me", "my", "near", "of", "on", "or", "our", "report", "some", "someone", "that", "the", "there", "they", "this",
    "to", "up", "was", "we", "with", "want", "how", "do",
];

/// Where a word stands, and how much it counts there.
const TITLE: u32 = 40;
const SYNONYM: u32 = 30;
const SUMMARY: u32 = 12;
const OPTION: u32 = 8;

pub(crate) fn search<'s>(
    services: impl Iterator<Item = (&'s Service, &'s Service)>,
    words: &str,
    limit: usize,
) -> Vec<Hit> {
    // A search box is not an essay: twelve words are enough.
    let asked: Vec<String> = tokens(words).into_iter().take(12).collect();
    let best = |(told, english): (&Service, &Service)| {
        let found = hit(told, &asked).into_iter();
        let other = (told.language != english.language).then(|| hit(english, &asked)).flatten();
        let other = other.map(|hit| Hit {
            title: told.title().to_owned(),
            summary: told.summary().to_owned(),
            language: told.language.clone(),
            ..hit
        });
        found.chain(other).max_by_key(|hit| hit.score)
    };
    let mut hits: Vec<Hit> = services.filter_map(best).collect();
    hits.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.service.cmp(&b.service)));
    hits.truncate(limit);
    hits
}

fn hit(service: &Service, asked: &[String]) -> Option<Hit> {
    let mut fields: Vec<(u32, Vec<String>)> =
        vec![(TITLE, tokens(service.title())), (SUMMARY, tokens(service.summary())), (SYNONYM, tokens(&service.group))];
    fields.extend(service.synonyms.iter().map(|synonym| (SYNONYM, tokens(synonym))));
    for question in &service.questions {
        let options = question.kind.options().unwrap_or_default();
        let words = options.iter().flat_map(|option| tokens(service.words.option(&question.id, option)));
        fields.push((OPTION, words.collect()));
    }
    let mut score = 0;
    let mut matched = 0;
    for word in asked {
        let best =
            fields.iter().flat_map(|(weight, known)| known.iter().map(move |known| weight * alike(word, known) / 10));
        let best = best.max().unwrap_or(0);
        score += best;
        matched += u32::from(best > 0);
    }
    // Several words of one synonym tell more than the same words spread over the page.
    for (weight, known) in &fields[3..] {
        if known.len() > 1
            && *weight == SYNONYM
            && known.iter().all(|known| asked.iter().any(|word| alike(word, known) >= 7))
        {
            score += SYNONYM;
        }
    }
    let enough = matched > 0 && matched * 2 >= u32::try_from(asked.len()).unwrap_or(u32::MAX);
    enough.then(|| Hit {
        service: service.id.clone(),
        title: service.title().to_owned(),
        summary: service.summary().to_owned(),
        language: service.language.clone(),
        score,
    })
}

/// Small letters without accents and apostrophes, in their simplest form.
fn tokens(text: &str) -> Vec<String> {
    let plain: String = text.to_lowercase().chars().filter(|letter| !"'’‘".contains(*letter)).collect();
    plain
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty() && !STOP_WORDS.contains(word))
        .map(|word| singular(word).to_owned())
        .collect()
}

fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() >= 3 && !stem.ends_with('s') => stem,
        _ => word,
    }
}

/// 10 the same, 7 the beginning, 6 a slip, 0 different. A slip is one letter of four or more, two of eight or more.
fn alike(asked: &str, known: &str) -> u32 {
    if asked == known {
        return 10;
    }
    let (asked_len, known_len) = (asked.chars().count(), known.chars().count());
    if asked_len >= 3 && known.starts_with(asked) {
        return 7;
    }
    let slips = if asked_len >= 8 { 2 } else { usize::from(asked_len >= 4) };
    if slips > 0 && asked_len.abs_diff(known_len) <= slips && distance(asked, known) <= slips { 6 } else { 0 }
}

/// Letters added, left out, changed, or two neighbours swapped.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_letters_added_left_out_changed_or_swapped() {
        for (a, b, expected) in [
            ("bike", "bike", 0),
            ("bkie", "bike", 1),
            ("bik", "bike", 1),
            ("bikes", "bike", 1),
            ("boke", "bike", 1),
            ("", "abc", 3),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn short_words_must_be_right() {
        assert_eq!(alike("cat", "car"), 0);
        assert_eq!(alike("matress", "mattress"), 6);
        assert_eq!(alike("matt", "mattress"), 7);
        assert_eq!(alike("fridges", "bridges"), 6);
    }
}
