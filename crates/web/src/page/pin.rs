//! The six digits that open a police report after its link.

use casework::codes;

/// The digits, or what is wrong with them: a code for programs and words for people.
pub fn read(typed: &str) -> Result<String, (&'static str, &'static str)> {
    if let Some(pin) = codes::read_pin(typed) {
        return Ok(pin);
    }
    let plain: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    Err(match plain.as_str() {
        "" => ("pin.missing", "Choose a PIN"),
        pin if !pin.bytes().all(|byte| byte.is_ascii_digit()) => ("pin.digits", "Use digits only, from 0 to 9"),
        pin if pin.len() != 6 => ("pin.length", "Use exactly 6 digits"),
        _ => (
            "pin.easy",
            "That PIN is too easy to guess. Do not use the same digit 6 times or digits in a row, like 123456",
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_that_will_not_do_is_told_why() {
        for (typed, code, begins) in [
            ("", "pin.missing", "Choose"),
            ("  ", "pin.missing", "Choose"),
            ("12a456", "pin.digits", "Use digits only"),
            ("٤٠٧١٩٣", "pin.digits", "Use digits only"),
            ("12345", "pin.length", "Use exactly"),
            ("1234567", "pin.length", "Use exactly"),
            ("111111", "pin.easy", "That PIN is too easy"),
            ("654321", "pin.easy", "That PIN is too easy"),
        ] {
            let (found, words) = read(typed).unwrap_err();
            assert!(found == code && words.starts_with(begins), "{typed}: {found} {words}");
        }
        assert_eq!(read("407 193").as_deref(), Ok("407193"));
    }
}
