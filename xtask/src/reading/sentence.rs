//! Sentences and words of a text.

/// Ends are `.`, `?` and `!` before a space; a colon or semicolon ends nothing, which is the stricter way to count. What has
/// no end is a phrase, and stands by itself too.
pub fn split(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((_, letter)) = letters.next() {
        if !ends(letter) && !closes(letter) {
            continue;
        }
        if let Some((next, space)) = letters.peek().copied()
            && space.is_whitespace()
            && is_whole(&text[from..next])
        {
            found.push(text[from..next].trim());
            from = next;
        }
    }
    found.push(text[from..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Ends as a sentence does.
pub fn is_whole(sentence: &str) -> bool {
    sentence.trim_end_matches(closes).ends_with(ends)
}

fn ends(letter: char) -> bool {
    matches!(letter, '.' | '?' | '!')
}

fn closes(letter: char) -> bool {
    matches!(letter, '”' | '"' | ')' | '’' | '\'')
}

/// The words; a place for a value, `{max}`, is the figure it will be.
pub fn words(sentence: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        plain.push_str(before);
        plain.push('0');
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let address = |token: &str| token.contains("://");
    let tokens = plain.split_whitespace().flat_map(|token| match address(token) {
        true => vec![token],
        false => token.split(['/', '–', '—', '…']).collect(),
    });
    let bare = tokens.map(|token| token.trim_matches(|letter: char| !letter.is_alphanumeric()));
    bare.filter(|token| !token.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_sentences() {
        assert_eq!(split("Stay safe. Call 999! Is it safe?"), ["Stay safe.", "Call 999!", "Is it safe?"]);
        assert_eq!(split("Say “Go.” Then run"), ["Say “Go.”", "Then run"]);
        assert_eq!(split("A bank card: call your bank; it helps."), ["A bank card: call your bank; it helps."]);
        assert_eq!(split("See GOV.UK or pay 12.50 now."), ["See GOV.UK or pay 12.50 now."]);
        assert!(split(" ").is_empty());
    }

    #[test]
    fn a_phrase_is_no_whole_sentence() {
        assert!(is_whole("Call 999.") && is_whole("(It is free.)") && !is_whole("One bag"));
    }

    #[test]
    fn words_have_no_marks_around_them() {
        assert_eq!(
            words("“Don't,” he/she said – at https://a.example/b."),
            ["Don't", "he", "she", "said", "at", "https://a.example/b"]
        );
        assert_eq!(words("Use {max} characters of {n}."), ["Use", "0", "characters", "of", "0"]);
    }
}
