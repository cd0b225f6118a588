//! The names of a log. A house that has lost entries which were published may not sign another history under the name of
//! the first: it goes on under the next name, `…/ledger-2`, and its key has that name too.

use crate::{Error, keep::signer};
use ledger::Verifier;

/// Names are counted no farther; a number beyond was put there.
const MOST: u32 = 100;

/// The first name, and the how-manieth this one is.
fn parts(name: &str) -> (&str, u32) {
    let numbered = name.rsplit_once('-').and_then(|(first, number)| Some((first, number.parse::<u32>().ok()?)));
    match numbered {
        Some((first, number)) if (2..=MOST).contains(&number) && first.ends_with("/ledger") => (first, number),
        _ => (name, 1),
    }
}

fn named(first: &str, number: u32) -> String {
    if number == 1 { first.to_owned() } else { format!("{first}-{number}") }
}

/// The name that comes after this one.
pub fn next(name: &str) -> String {
    let (first, number) = parts(name);
    named(first, number + 1)
}

/// The keys of a log: of its name, then of those it had before, the newest first.
pub fn keys(name: &str, seed: &[u8; 32]) -> Result<Vec<Verifier>, Error> {
    let (first, number) = parts(name);
    (1..=number).rev().map(|number| Ok(signer(&named(first, number), seed)?.verifier().clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_that_goes_on_counts_its_names() {
        assert_eq!(next("moothall.example/ledger"), "moothall.example/ledger-2");
        assert_eq!(next("moothall.example/ledger-2"), "moothall.example/ledger-3");
        let names = |name: &str| -> Vec<String> {
            keys(name, &[1; 32]).unwrap().iter().map(|key| key.name().to_owned()).collect()
        };
        assert_eq!(
            names("moot-2.example/ledger-3"),
            ["moot-2.example/ledger-3", "moot-2.example/ledger-2", "moot-2.example/ledger"]
        );
        assert_eq!(names("moot-2.example/ledger"), ["moot-2.example/ledger"]);
        // What is no number of ours is part of the name.
        for name in ["a/ledger-1", "a/ledger-0", "a/ledger-x", "a/ledger-4000000000", "a/other-2"] {
            assert_eq!(names(name), [name]);
        }
    }
}
