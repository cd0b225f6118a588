//! Answers that a link brings along (C-12): `?<question>=<words>` beside `place`. They stand in the form as hidden fields until
//! something is kept, and on the page of their question and on check-answers like what was typed. Only plain lines and
//! choices come so, and nothing of a gate.

use catalogue::{Answer, Answers, Context, Form, Kind, Question, Read, Service, kind};

/// Before the name of a field.
const MARK: &str = "along.";
/// The most letters of one.
const MOST: usize = 200;

fn may(question: &Question) -> bool {
    !question.gate && matches!(question.kind, Kind::Text { .. } | Kind::Choice { .. })
}

/// What an address brings, as hidden fields. What is no answer to a question is left out.
pub fn brought(service: &Service, pairs: &[(String, String)], ctx: &Context) -> Vec<(String, String)> {
    let one = |(name, value): &(String, String)| {
        let value: String = value.chars().filter(|letter| !letter.is_control()).take(MOST).collect();
        read(service, name, &value, ctx).map(|_| (format!("{MARK}{name}"), value))
    };
    pairs.iter().filter_map(one).collect()
}

/// The same fields once they come back with a form.
pub fn fields(form: &Form) -> Vec<(String, String)> {
    form.0.iter().filter(|(name, _)| name.starts_with(MARK)).cloned().collect()
}

/// The answers in a form that came back.
pub fn answers(service: &Service, form: &Form, ctx: &Context) -> Vec<(String, Answer)> {
    let one = |(name, value): (String, String)| {
        let id = name.strip_prefix(MARK)?.to_owned();
        let answer = read(service, &id, &value, ctx)?;
        Some((id, answer))
    };
    fields(form).into_iter().filter_map(one).collect()
}

fn read(service: &Service, id: &str, value: &str, ctx: &Context) -> Option<Answer> {
    let question = service.question(id).filter(|question| may(question))?;
    let form = Form(vec![(id.to_owned(), value.to_owned())]);
    match kind::read(question, &form, &Answers::new(), ctx) {
        Ok(Read::Answer(answer)) => answer,
        _ => None,
    }
}
