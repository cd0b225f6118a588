//! References, receipt codes, PINs and tokens (P-59, P-91).

use crate::Draw;
use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};

/// Crockford's base 32: no I, L, O, U.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Words no receipt code may show, digits read as the letters they look like.
const UNWELCOME: &[&str] =
    &["ARSE", "COCK", "CRAP", "DAMN", "DYKE", "FAG", "KKK", "KNOB", "NAZ", "PAK", "SEX", "SH1T", "TWAT", "WANK"];
/// Random symbols of a receipt code: 50 bits.
const CODE_LENGTH: usize = 10;

/// Eight random digits and a Luhn digit. Not secret.
pub fn reference(draw: &mut Draw) -> String {
    let block = draw.bytes();
    let n = u64::from_be_bytes([0, 0, 0, block[0], block[1], block[2], block[3], block[4]]) % 100_000_000;
    let digits = format!("{n:08}");
    let check = luhn(digits.bytes().map(|b| u32::from(b - b'0')), 10);
    format!("{digits}{check}")
}

/// What was typed as a reference, in the form it is stored, if its check digit is right. Spaces and dashes are ignored.
pub fn read_reference(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if digits.len() != 9 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let check = luhn(digits.bytes().take(8).map(|b| u32::from(b - b'0')), 10);
    digits.ends_with(char::from_digit(check, 10)?).then_some(digits)
}

/// A reference as people read it: `123 456 789`.
pub fn show_reference(reference: &str) -> String {
    groups(reference, 3, ' ')
}

/// Ten random symbols and a check symbol. Secret.
pub fn receipt_code(draw: &mut Draw) -> String {
    loop {
        let block = draw.bytes();
        let values: Vec<u32> = block.iter().take(CODE_LENGTH).map(|b| u32::from(b % 32)).collect();
        let code = with_check(&values);
        if !is_unwelcome(&code) {
            return code;
        }
    }
}

/// What was typed as a receipt code, in its canonical form, if its check symbol is right (PT-9: refused before any
/// look-up). Case, spaces and dashes are ignored; O reads as 0, I and L as 1.
pub fn read_receipt_code(typed: &str) -> Option<String> {
    let mut values = Vec::new();
    for c in typed.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        let c = match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        };
        values.push(SYMBOLS.iter().position(|s| char::from(*s) == c)? as u32);
    }
    if values.len() != CODE_LENGTH + 1 {
        return None;
    }
    let code = with_check(&values[..CODE_LENGTH]);
    let last = SYMBOLS[*values.last()? as usize];
    (code.as_bytes().last() == Some(&last)).then_some(code)
}

/// A receipt code as people read it: `7K3M-9QX2-ABC`.
pub fn show_receipt_code(code: &str) -> String {
    groups(code, 4, '-')
}

/// The six digits of a PIN, or nothing: not all one digit, not a run up or down.
pub fn read_pin(typed: &str) -> Option<String> {
    let pin: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let is_six = pin.len() == 6 && pin.bytes().all(|b| b.is_ascii_digit());
    let steps: Vec<i16> = pin.as_bytes().windows(2).map(|w| i16::from(w[1]) - i16::from(w[0])).collect();
    let too_easy = [0, 1, -1].iter().any(|step| steps.iter().all(|s| s == step));
    (is_six && !too_easy).then_some(pin)
}

/// A token of 160 bits or more, as it stands in a cookie or an address.
pub fn show_token(bytes: &[u8]) -> String {
    BASE32_NOPAD.encode(bytes).to_ascii_lowercase()
}

/// The bytes in a mail's address of ours, `local+token@domain`, its token as [`show_token`] writes it. Servers may change the case.
pub(crate) fn in_address<const N: usize>(address: &str, local: &str, domain: &str) -> Option<[u8; N]> {
    let (before, own) = address.trim().trim_start_matches('<').trim_end_matches('>').rsplit_once('@')?;
    let (name, token) = before.split_once('+')?;
    let ours = !domain.is_empty() && own.eq_ignore_ascii_case(domain) && name.eq_ignore_ascii_case(local);
    if !ours {
        return None;
    }
    BASE32_NOPAD.decode(token.to_ascii_uppercase().as_bytes()).ok()?.try_into().ok()
}

/// What is kept of a token: its SHA-256.
pub fn hash_token(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

fn with_check(values: &[u32]) -> String {
    let check = luhn(values.iter().copied(), 32);
    values.iter().chain([&check]).map(|v| char::from(SYMBOLS[*v as usize])).collect()
}

/// Luhn modulo n: the symbol that makes the weighted sum a multiple of n. It catches every single wrong symbol.
fn luhn(values: impl DoubleEndedIterator<Item = u32>, n: u32) -> u32 {
    let sum: u32 = values
        .rev()
        .enumerate()
        .map(|(i, v)| {
            let v = if i % 2 == 0 { v * 2 } else { v };
            v / n + v % n
        })
        .sum();
    (n - sum % n) % n
}

fn is_unwelcome(code: &str) -> bool {
    let letters = code.replace('0', "O").replace('1', "I").replace('3', "E").replace('4', "A").replace('5', "S");
    UNWELCOME.iter().any(|word| code.contains(word) || letters.contains(&word.replace('1', "I")))
}

fn groups(text: &str, size: usize, between: char) -> String {
    let mut out = String::new();
    for (i, c) in text.chars().enumerate() {
        if i > 0 && i % size == 0 {
            out.push(between);
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::Time;

    fn draw() -> Draw {
        Draw::new(Time(1_700_000_000_000_000), [3; 32])
    }

    #[test]
    fn a_reference_is_nine_digits_and_reads_back_however_it_is_typed() {
        let mut draw = draw();
        for _ in 0..500 {
            let reference = reference(&mut draw);
            assert_eq!(reference.len(), 9);
            assert_eq!(read_reference(&show_reference(&reference)).as_deref(), Some(reference.as_str()));
            assert_eq!(read_reference(&format!(" {} ", groups(&reference, 4, '-'))), Some(reference));
        }
    }

    #[test]
    fn every_single_wrong_symbol_of_a_receipt_code_is_caught() {
        let mut draw = draw();
        for _ in 0..50 {
            let code = receipt_code(&mut draw);
            assert_eq!(read_receipt_code(&show_receipt_code(&code).to_lowercase()), Some(code.clone()));
            for at in 0..code.len() {
                for symbol in SYMBOLS {
                    let mut wrong = code.clone().into_bytes();
                    if wrong[at] == *symbol {
                        continue;
                    }
                    wrong[at] = *symbol;
                    assert_eq!(read_receipt_code(&String::from_utf8(wrong).unwrap()), None);
                }
            }
        }
    }

    #[test]
    fn a_wrong_digit_of_a_reference_is_caught() {
        let reference = reference(&mut draw());
        let wrong: String =
            reference.chars().map(|c| if c == '9' { '0' } else { (c as u8 + 1) as char }).take(1).collect::<String>()
                + &reference[1..];
        assert_eq!(read_reference(&wrong), None);
        assert_eq!(read_reference("12345678"), None);
        assert_eq!(read_reference("１２３４５６７８９"), None);
    }

    #[test]
    fn a_pin_of_one_digit_or_a_run_is_too_easy() {
        for easy in ["000000", "123456", "987654", "12345", "1234567", "12a456", "40719３", "٤٠٧١٩٣", "é"] {
            assert_eq!(read_pin(easy), None, "{easy}");
        }
        assert_eq!(read_pin("40 71 93").as_deref(), Some("407193"));
    }

    #[test]
    fn letters_that_look_like_digits_are_read_as_them() {
        let code = with_check(&[0, 1, 1, 5, 9, 30, 31, 20, 11, 12]);
        let typed = code.replace('0', "o").replacen('1', "l", 1).replacen('1', "I", 1);
        assert_eq!(read_receipt_code(&typed), Some(code));
    }
}
