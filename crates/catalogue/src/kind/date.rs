use super::Filled;
use super::at::At;
use crate::{Answer, Context, DateFace, Face, Form, Kind, Problem, Words};
use jiff::civil::Date;
use serde_json::Value;

pub(super) fn read(at: &At, form: &Form) -> Result<Option<Answer>, Vec<Problem>> {
    Ok(read_part(at, form, "")?.map(Answer::Date))
}

/// Day, month and year under `<part>`; or one ISO date in `<part>` itself.
pub(super) fn read_part(at: &At, form: &Form, part: &str) -> Result<Option<Date>, Vec<Problem>> {
    let under = |piece: &str| if part.is_empty() { piece.to_owned() } else { format!("{part}.{piece}") };
    let typed = |piece: &str| form.trimmed(&at.field(&under(piece)));
    let (day, month, year) = (typed("day"), typed("month"), typed("year"));
    if day.is_empty() && month.is_empty() && year.is_empty() {
        return match form.trimmed(&at.field(part)) {
            "" => Ok(None),
            iso => iso.parse().map(Some).map_err(|_| vec![at.problem(&under("day"), "date.form", &[])]),
        };
    }
    for (piece, value) in [("day", day), ("month", month), ("year", year)] {
        if value.is_empty() {
            return Err(vec![at.problem(&under(piece), &format!("date.no_{piece}"), &[])]);
        }
    }
    let date = match (number(day), month_number(month), number(year)) {
        (Some(day), Some(month), Some(year)) if year >= 1000 => {
            Date::new(year, month, i8::try_from(day).unwrap_or(0)).ok()
        }
        _ => None,
    };
    date.map(Some).ok_or_else(|| vec![at.problem(&under("day"), "date.form", &[])])
}

fn number(text: &str) -> Option<i16> {
    if text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// `3`, `03`, `Mar` or `March`.
fn month_number(text: &str) -> Option<i8> {
    if let Some(month) = number(text) {
        return i8::try_from(month).ok();
    }
    let text = text.to_ascii_lowercase();
    let months = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = months.iter().position(|month| text.len() >= 3 && month.starts_with(&text))?;
    i8::try_from(at + 1).ok()
}

pub(super) fn take(at: &At, value: &Value) -> Result<Answer, Vec<Problem>> {
    take_part(at, "", value).map(Answer::Date)
}

pub(super) fn take_part(at: &At, part: &str, value: &Value) -> Result<Date, Vec<Problem>> {
    let date = value.as_str().and_then(|text| text.parse().ok());
    date.ok_or_else(|| vec![at.problem(part, "json.shape", &[("shape", "a date like 2026-05-22")])])
}

pub(super) fn stands(at: &At, past: bool, least: Option<Date>, date: Date, ctx: &Context) -> Vec<Problem> {
    if past && date > ctx.now.date() {
        return vec![at.problem("day", "date.future", &[])];
    }
    match least {
        Some(least) if date < least => {
            vec![at.problem("day", "date.early", &[("min", &in_words(at.question.kinds(), least))])]
        }
        _ => Vec::new(),
    }
}

/// `22 May 2026`; in figures where the language is not one we know the months of: `22/05/2026`.
pub(super) fn in_words(words: &Words, date: Date) -> String {
    let form = if words.is_foreign() { "%d/%m/%Y" } else { "%-d %B %Y" };
    date.strftime(form).to_string()
}

pub(super) fn face(at: &At, words: &Words, filled: Filled) -> Face {
    let answered = match filled.answer() {
        Some(Answer::Date(date)) => Some(*date),
        _ => None,
    };
    let mut date = at.date_fields(words, filled, "", answered);
    if let Kind::Date { past: false, .. } = at.question.kind {
        date.hint = words.get("date.hints.any").map(str::to_owned);
    }
    Face::Date(DateFace { frame: at.frame(words), date })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_may_be_a_number_or_a_name() {
        for text in ["3", "03", "Mar", "march", "MARCH"] {
            assert_eq!(month_number(text), Some(3), "{text}");
        }
        for text in ["m", "ma", "marching", "-3", "+3"] {
            assert_eq!(month_number(text), None, "{text}");
        }
    }
}
