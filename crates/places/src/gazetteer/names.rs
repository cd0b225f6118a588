use super::fold::words;
use super::typo::{allowed, letters, slips};
use std::collections::BTreeMap;

/// Names by their words. Names are numbered as they were given.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// In ascending order, none twice.
    words: Box<[Box<str>]>,
    letters: Box<[u32]>,
    /// Where the names of each word begin in `postings`; one more than there are words.
    starts: Box<[u32]>,
    /// Number of the name, twice; one more where the word stands in what the name lies within.
    postings: Box<[u32]>,
    /// How many words each name has.
    lengths: Box<[u8]>,
}

/// What a match costs. Less is better; only the order between them matters, and that `WITHIN` alone is odd: an odd cost
/// tells that a word was found in what lies around a name.
const BEGINNING: u16 = 4;
const SLIP: u16 = 10;
const WITHIN: u16 = 5;
const WORD_NOT_TYPED: u16 = 2;
/// More than any one word can cost.
const NOT_FOUND: u16 = 1_000;

/// One name and how well it fits: 0 is the name itself.
pub(super) type Match = (u16, u32);

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Slips {
    /// Only for a word that nothing fits or begins with.
    WhereNothingFits,
    ForEveryWord,
}

impl Names {
    /// Each name with what it lies within.
    pub fn new<'a>(names: impl IntoIterator<Item = (&'a str, &'a str)>) -> Names {
        let mut index: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mut lengths = Vec::new();
        for (n, (name, within)) in names.into_iter().enumerate() {
            let of_name = words(name);
            lengths.push(of_name.len().min(255) as u8);
            let whole = name.split(|c: char| c.is_whitespace()).filter(|part| part.contains('-'));
            let joined = whole.map(|part| words(part).concat());
            // "st" is found by its whole word too, while it is being typed.
            let long = name.to_lowercase().contains("street").then(|| "street".to_owned());
            for word in of_name.into_iter().chain(joined).chain(long) {
                index.entry(word).or_default().push(n as u32 * 2);
            }
            for word in words(within) {
                index.entry(word).or_default().push(n as u32 * 2 + 1);
            }
        }
        let mut starts = vec![0];
        let mut postings = Vec::new();
        for list in index.values_mut() {
            list.dedup();
            postings.append(list);
            starts.push(postings.len() as u32);
        }
        Names {
            letters: index.keys().map(|word| letters(word)).collect(),
            words: index.into_keys().map(String::into_boxed_str).collect(),
            starts: starts.into(),
            postings: postings.into(),
            lengths: lengths.into(),
        }
    }

    /// Names that every word fits, best first, then in their own order.
    pub fn find(&self, typed: &[String], slips: Slips) -> Vec<Match> {
        if typed.is_empty() {
            return Vec::new();
        }
        let mut total = vec![0u16; self.lengths.len()];
        let mut on_name = vec![0u8; self.lengths.len()];
        let mut cost = vec![NOT_FOUND; self.lengths.len()];
        for word in typed {
            cost.fill(NOT_FOUND);
            for (fits, dear) in self.like(word, slips) {
                let list = self.starts[fits] as usize..self.starts[fits + 1] as usize;
                for posting in &self.postings[list] {
                    let (n, within) = ((posting / 2) as usize, posting % 2 == 1);
                    cost[n] = cost[n].min(dear + if within { WITHIN } else { 0 });
                }
            }
            let mut any = false;
            for n in 0..total.len() {
                let (of_word, so_far) = (cost[n], total[n]);
                on_name[n] += u8::from(of_word < NOT_FOUND && of_word % 2 == 0);
                total[n] = if of_word == NOT_FOUND { NOT_FOUND } else { (so_far + of_word).min(NOT_FOUND) };
                any |= total[n] < NOT_FOUND;
            }
            if !any {
                return Vec::new();
            }
        }
        let fits = total.iter().enumerate().filter(|(_, cost)| **cost < NOT_FOUND);
        let mut found: Vec<Match> = fits
            .map(|(n, cost)| (cost + WORD_NOT_TYPED * u16::from(self.lengths[n].saturating_sub(on_name[n])), n as u32))
            .collect();
        found.sort_unstable();
        found
    }

    /// Whether any name holds this very word.
    pub fn knows(&self, word: &str) -> bool {
        self.words.binary_search_by(|known| (**known).cmp(word)).is_ok()
    }

    /// Words that fit the typed one, with what each costs.
    fn like(&self, typed: &str, when: Slips) -> Vec<(usize, u16)> {
        let from = self.words.partition_point(|word| **word < *typed);
        let begin = self.words[from..].iter().take_while(|word| word.starts_with(typed)).count();
        let mut found: Vec<(usize, u16)> =
            (from..from + begin).map(|n| (n, if self.words[n].len() == typed.len() { 0 } else { BEGINNING })).collect();
        let most = allowed(typed.chars().count());
        if most == 0 || (when == Slips::WhereNothingFits && !found.is_empty()) {
            return found;
        }
        let bits = letters(typed);
        for (n, other) in self.letters.iter().enumerate() {
            if (other ^ bits).count_ones() as usize <= 2 * most
                && let Some(count @ 1..) = slips(typed, &self.words[n], most)
            {
                found.push((n, SLIP * count as u16));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [(&str, &str); 7] = [
        ("High Street", "Nailsea"),
        ("High Street", "Yatton"),
        ("Milton Road", "Weston-super-Mare"),
        ("Milton Road East", "Clevedon"),
        ("Weston-super-Mare", "North Somerset"),
        ("St George's Church", "Easton"),
        ("Nailsea", "North Somerset"),
    ];

    fn find(text: &str) -> Vec<u32> {
        let names = Names::new(NAMES);
        names.find(&words(text), Slips::WhereNothingFits).into_iter().map(|(_, n)| n).collect()
    }

    #[test]
    fn every_word_must_fit_and_the_best_stands_first() {
        assert_eq!(find("high street nailsea"), [0]);
        assert_eq!(find("nailsea high st"), [0]);
        assert_eq!(find("high st"), [0, 1]);
        assert_eq!(find("milton road"), [2, 3]);
        assert_eq!(find("nailsea"), [6, 0]);
        assert!(find("high street bristol").is_empty());
    }

    #[test]
    fn a_beginning_a_joined_word_and_a_slip_are_found() {
        assert_eq!(find("mil"), [2, 3]);
        assert_eq!(find("high stree"), [0, 1]);
        assert_eq!(find("westonsupermare")[0], 4);
        assert_eq!(find("naisea"), [6, 0]);
        assert_eq!(find("saint georges"), [5]);
        assert_eq!(find("nail")[0], 6);
        assert!(find("nil").is_empty());
    }

    #[test]
    fn a_right_word_is_not_taken_for_a_slip_of_another_unless_asked() {
        let names = Names::new([("Barton", ""), ("Burton", "")]);
        let barton = words("barton");
        assert_eq!(names.find(&barton, Slips::WhereNothingFits), [(0, 0)]);
        assert_eq!(names.find(&barton, Slips::ForEveryWord).len(), 2);
        assert!(names.knows("burton") && !names.knows("burt"));
    }
}
