//! The rules of a definition. Each has a test in `tests/check.rs`.

mod conditions;
mod structure;
mod words;

use crate::Service;
use crate::source::Faults;

pub(crate) fn definition(service: &Service, faults: &mut Faults) {
    structure::check(service, faults);
    crate::collections::check(service, faults);
    crate::booking::check(service, faults);
    crate::order::check(service, faults);
    crate::asset::check(service, faults);
    conditions::check(service, faults);
}

pub(crate) fn words(service: &Service, faults: &mut Faults) {
    words::check(service, faults);
}

/// Small letters, figures and `_`, beginning with a letter; at most 40.
pub(crate) fn is_word(text: &str) -> bool {
    let fits = text.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
    fits && text.starts_with(|letter: char| letter.is_ascii_lowercase()) && text.len() <= 40
}

/// Words joined by dots.
pub(crate) fn is_id(text: &str) -> bool {
    !text.is_empty() && text.split('.').all(is_word) && text.len() <= 60
}

pub(crate) fn is_service_id(text: &str) -> bool {
    !text.is_empty() && text.split(['.', '-']).all(is_word) && text.len() <= 60
}
