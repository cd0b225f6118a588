//! Words of a text, and the dictionary: Hunspell's British one, Debian's packages `hunspell` and `hunspell-en-gb`.
//!
//! It is a tool of the tests, as the browser is: nothing of it is linked or shipped.

use std::{
    collections::BTreeSet,
    io::{self, ErrorKind, Write},
    process::{Command, Stdio},
};

/// Words of letters, with a plain apostrophe. Left out are places for values, addresses, and what has a figure in it.
pub fn words(text: &str) -> Vec<String> {
    let text = text.replace('’', "'");
    let mut found = Vec::new();
    for token in text.split_whitespace().filter(|token| !is_address(token)) {
        for word in without_values(token).split(|letter: char| !letter.is_alphanumeric() && letter != '\'') {
            let word = word.trim_matches('\'');
            if word.chars().count() > 1 && !word.chars().any(|letter| letter.is_ascii_digit()) {
                found.push(word.to_owned());
            }
        }
    }
    found
}

fn is_address(token: &str) -> bool {
    let dotted = token.trim_end_matches(|letter: char| !letter.is_alphanumeric()).split('.').collect::<Vec<_>>();
    let host = dotted.len() > 1 && dotted.iter().all(|part| part.contains(char::is_alphanumeric));
    token.contains("://") || token.contains('@') || host
}

fn without_values(token: &str) -> String {
    let mut left = String::new();
    let mut rest = token;
    while let Some((before, after)) = rest.split_once('{') {
        left += before;
        left.push(' ');
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    left + rest
}

/// Those of `words` that the dictionary does not know; none where there is no dictionary.
///
/// # Errors
/// When Hunspell is there and cannot be talked to.
pub fn unknown(words: &BTreeSet<String>) -> io::Result<Option<BTreeSet<String>>> {
    let mut command = Command::new("hunspell");
    command.args(["-d", "en_GB", "-i", "UTF-8", "-l"]);
    let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut running = match started {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        started => started?,
    };
    let stdin = running.stdin.take();
    let lines: String = words.iter().map(|word| format!("{word}\n")).collect();
    // Written beside the reading: each side waits when its pipe is full.
    let output = std::thread::scope(|scope| {
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(lines.as_bytes())));
        running.wait_with_output()
    })?;
    // Without the dictionary it ends at once, and with an error.
    if !output.status.success() {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_without_marks_around_them() {
        assert_eq!(words("“Someone’s fly-tipping?” (It's)"), ["Someone's", "fly", "tipping", "It's"]);
    }

    #[test]
    fn figures_addresses_and_places_for_values_are_no_words() {
        assert_eq!(words("Up to {max} photos, {megabytes} MB"), ["Up", "to", "photos", "MB"]);
        assert_eq!(words("Call 0800 at 9pm, see GOV.UK or https://a.exmple, a@b.exmple."), ["Call", "at", "see", "or"]);
        assert_eq!(words("It ends. And goes on."), ["It", "ends", "And", "goes", "on"]);
    }

    #[test]
    fn a_word_that_is_spelt_wrong_is_unknown() {
        let words = ["colour", "someone's", "Sunday", "recieve", "rubish"].map(str::to_owned).into();
        match unknown(&words).unwrap() {
            Some(unknown) => assert_eq!(unknown.into_iter().collect::<Vec<_>>(), ["recieve", "rubish"]),
            None => {
                assert!(std::env::var_os("CI").is_none(), "hunspell or its dictionary en_GB is absent");
                println!("skipped: hunspell or its dictionary en_GB is absent");
            }
        }
    }
}
