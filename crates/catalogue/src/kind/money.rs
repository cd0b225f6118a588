use super::Filled;
use super::at::At;
use super::object::Object;
use crate::{Answer, Face, Form, Kind, Money, MoneyFace, Problem, Words};
use serde_json::{Value, json};

/// Ten million pounds: above it a figure is a slip of the finger.
pub(super) const MOST: i64 = 1_000_000_000;

pub(super) fn read(at: &At, form: &Form) -> Result<Option<Answer>, Vec<Problem>> {
    Ok(read_part(at, form, "")?.map(Answer::Money))
}

/// The amount in `<part>`, the tick "about" in `<part>.about`.
pub(super) fn read_part(at: &At, form: &Form, part: &str) -> Result<Option<Money>, Vec<Problem>> {
    let typed = form.trimmed(&at.field(part));
    if typed.is_empty() {
        return Ok(None);
    }
    let under = if part.is_empty() { "about".to_owned() } else { format!("{part}.about") };
    let ticked = form.get(&at.field(&under)) == Some("yes");
    let (typed, said) = match typed.get(..5) {
        Some(word) if word.eq_ignore_ascii_case("about") => (typed[5..].trim(), true),
        _ => (typed, false),
    };
    let pence = pence(typed).ok_or_else(|| vec![at.problem(part, "money.form", &[])])?;
    check(at, part, Money { pence, about: ticked || said }).map(Some)
}

/// `12`, `£12.50`, `1,200`: pence. Not negative. A comma or space stands before three figures or not at all, so that
/// `1,50` is asked again and not taken for 150 pounds.
fn pence(typed: &str) -> Option<i64> {
    let typed = typed.strip_prefix('£').unwrap_or(typed).trim();
    let (pounds, pence) = typed.split_once('.').unwrap_or((typed, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&str> = pounds.split([',', ' ']).collect();
    let grouped = groups.iter().skip(1).all(|group| group.len() == 3) && (groups.len() == 1 || groups[0].len() <= 3);
    if !grouped || !groups.iter().all(|group| digits(group)) || !digits(pence) || pence.len() > 2 {
        return None;
    }
    let part: i64 = pence.parse().ok()?;
    let part = if pence.len() == 1 { part * 10 } else { part };
    groups.concat().parse::<i64>().ok()?.checked_mul(100)?.checked_add(part)
}

fn check(at: &At, part: &str, money: Money) -> Result<Money, Vec<Problem>> {
    let most = if let Kind::Money { most } = at.question.kind { most } else { MOST };
    if (0..=most).contains(&money.pence) {
        return Ok(money);
    }
    let most = Money { pence: most, about: false }.in_words();
    Err(vec![at.problem(part, "money.large", &[("max", &most)])])
}

pub(super) fn take(at: &At, value: &Value) -> Result<Answer, Vec<Problem>> {
    take_part(at, "", value).map(Answer::Money)
}

pub(super) fn take_part(at: &At, part: &str, value: &Value) -> Result<Money, Vec<Problem>> {
    let mut object = Object::of(at, part, value)?;
    let pence = object.value("pence").and_then(Value::as_i64);
    let about = object.flag("about");
    if pence.is_none_or(|pence| pence < 0) {
        object.wrong("pence", "pence, not below 0");
    }
    let money = object.done(Money { pence: pence.unwrap_or(0), about })?;
    check(at, part, money)
}

/// What the field shows for an answer: `12.50`.
pub(super) fn typed(money: Money) -> String {
    let pence = money.pence % 100;
    if pence == 0 { (money.pence / 100).to_string() } else { format!("{}.{pence:02}", money.pence / 100) }
}

pub(super) fn face(at: &At, words: &Words, filled: Filled) -> Face {
    let answered = match filled.answer() {
        Some(Answer::Money(money)) => Some(*money),
        _ => None,
    };
    let mut field = at.input(words, filled, "", answered.map(typed).as_deref());
    field.inputmode = Some("decimal");
    field.prefix = Some("£");
    field.width = Some(10);
    let about = at.tick(words, filled, "about", answered.is_some_and(|money| money.about));
    Face::Money(MoneyFace { frame: at.frame(words), field, about })
}

pub(super) fn schema(most: i64) -> Value {
    json!({
        "type": "object",
        "properties": {
            "pence": { "type": "integer", "minimum": 0, "maximum": most },
            "about": { "type": "boolean" },
        },
        "required": ["pence"],
        "additionalProperties": false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pounds_and_pence_are_read_as_people_write_them() {
        for (typed, expected) in
            [("12", 1200), ("£12.50", 1250), ("1,200", 120_000), ("12.5", 1250), ("0.05", 5), ("£ 3", 300)]
        {
            assert_eq!(pence(typed), Some(expected), "{typed}");
        }
        for typed in ["-5", "12.345", "twelve", "", ".", "12.", "1e3", "99999999999999999999"] {
            assert_eq!(pence(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_comma_parts_thousands_and_nothing_else() {
        for (typed, read) in [("12", 1200), ("£12.5", 1250), ("1,200", 120_000), ("1 200 000.05", 120_000_005)] {
            assert_eq!(pence(typed), Some(read), "{typed}");
        }
        for typed in ["1,50", "1,2,3", "££5", "1,2000", ",100", "5.", "12.345", "-5", "1234,567"] {
            assert_eq!(pence(typed), None, "{typed}");
        }
    }
}
