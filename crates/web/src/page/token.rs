//! Tokens of links in mails, as pages repeat them.

/// Letters and digits, or it is none of ours.
pub fn plain(token: &str) -> String {
    token.chars().filter(char::is_ascii_alphanumeric).take(64).collect()
}
