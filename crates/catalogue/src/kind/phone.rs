//! Telephone numbers: UK by default, stored as E.164 (P-25).

/// `01632 960001` and `+44 (0)1632 960001` become `+441632960001`; foreign numbers need their `+` or `00`.
pub fn e164(text: &str) -> Option<String> {
    let text = text.trim();
    let allowed = |letter: char| letter.is_ascii_digit() || " +-().\u{a0}".contains(letter);
    if text.is_empty() || !text.chars().all(allowed) || text.chars().skip(1).any(|letter| letter == '+') {
        return None;
    }
    let digits: String = text.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    let international = if text.starts_with('+') {
        digits
    } else if let Some(rest) = digits.strip_prefix("00") {
        rest.to_owned()
    } else {
        let national = digits.strip_prefix('0')?;
        format!("44{national}")
    };
    let fits = match international.strip_prefix("44") {
        // UK numbers have nine or ten digits after the 0.
        Some(national) => (9..=10).contains(&national.len()) && !national.starts_with('0'),
        None => (7..=15).contains(&international.len()) && !international.starts_with('0'),
    };
    fits.then(|| format!("+{international}"))
}

/// As people here write it: `01632 960001` for a UK number, as it stands for others.
pub fn in_words(e164: &str) -> String {
    match e164.strip_prefix("+44") {
        Some(national) if national.len() == 10 => format!("0{} {}", &national[..4], &national[4..]),
        Some(national) => format!("0{national}"),
        None => e164.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uk_numbers_in_any_writing_come_to_one_form() {
        for text in ["01632 960001", "+44 1632 960001", "+44 (0)1632 960001", "0044 1632-960001", "(01632) 960.001"] {
            assert_eq!(e164(text).as_deref(), Some("+441632960001"), "{text}");
        }
        assert_eq!(in_words("+441632960001"), "01632 960001");
        assert_eq!(in_words("+447700900123"), "07700 900123");
    }

    #[test]
    fn foreign_numbers_are_taken_with_their_country_code() {
        assert_eq!(e164("+353 20 915 0001").as_deref(), Some("+353209150001"));
        assert_eq!(e164("00353209150001").as_deref(), Some("+353209150001"));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            "960001",
            "0163",
            "01632 96000x",
            "0123456789012",
            "+0123456789",
            "01632+960001",
            "call me",
            "٠١٦٣٢٩٦٠٠٠١",
        ] {
            assert_eq!(e164(text), None, "{text}");
        }
    }
}
