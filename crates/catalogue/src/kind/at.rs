use crate::words::fill;
use crate::{Ask, DateFields, Field, Filled, Frame, OptionFace, Problem, Question, Words};

/// A question at its place in a form: alone, or in a row of a group.
pub(super) struct At<'q> {
    pub question: &'q Question,
    /// Form name: the id, or `people.suspect.0.name`.
    pub name: String,
}

impl<'q> At<'q> {
    pub fn new(question: &'q Question) -> At<'q> {
        At { question, name: question.id.clone() }
    }

    pub fn field(&self, part: &str) -> String {
        if part.is_empty() { self.name.clone() } else { format!("{}.{part}", self.name) }
    }

    /// A problem with a part of the answer; the sentence is the question's own, or that of the kind.
    pub fn problem(&self, part: &str, key: &str, values: &[(&str, &str)]) -> Problem {
        let own = self.question.sentences.get(key).map(String::as_str);
        let sentence = own.unwrap_or_else(|| self.question.kinds().say(&format!("errors.{key}")));
        Problem {
            question: self.question.id.clone(),
            field: self.field(part),
            key: key.to_owned(),
            text: fill(sentence, values),
        }
    }

    /// The problem of an answer that is required and absent; it links to the first field.
    pub fn missing(&self) -> Problem {
        self.problem(first_part(self.question), &format!("{}.missing", self.question.kind.name()), &[])
    }

    /// The key under which the question's words stand: form name without row numbers.
    pub fn words_id(&self) -> String {
        let parts: Vec<&str> = self.name.split('.').filter(|part| part.parse::<usize>().is_err()).collect();
        parts.join(".")
    }

    pub fn frame(&self, words: &Words) -> Frame {
        let id = self.words_id();
        Frame {
            id: self.name.clone(),
            label: words.label(&id).to_owned(),
            hint: words.hint(&id).map(str::to_owned),
            required: self.question.ask == Ask::Required,
        }
    }

    /// A part's input. `typed` is what the answer holds, where a form was not posted.
    pub fn input(&self, words: &Words, filled: Filled, part: &str, answered: Option<&str>) -> Field {
        let name = self.field(part);
        let value = match filled.form() {
            Some(form) => form.get(&name).unwrap_or("").to_owned(),
            None => answered.unwrap_or("").to_owned(),
        };
        let id = self.words_id();
        let kind = self.question.kind.name();
        let hint = words.get(&format!("{kind}.hints.{}", plain(part))).map(str::to_owned);
        let label = if part.is_empty() { words.label(&id) } else { words.part(&id, kind, &plain(part)) };
        Field { name, label: label.to_owned(), hint, value, input: "text", ..Field::default() }
    }

    /// Radios or checkboxes posted under one part.
    pub fn choices<'o>(
        &self,
        filled: Filled,
        part: &str,
        options: impl IntoIterator<Item = (&'o str, &'o str)>,
        answered: &[&str],
    ) -> Vec<OptionFace> {
        let name = self.field(part);
        let options = options.into_iter().map(|(value, label)| OptionFace {
            checked: match filled.form() {
                Some(form) => form.all(&name).any(|typed| typed == value),
                None => answered.contains(&value),
            },
            name: name.clone(),
            value: value.to_owned(),
            label: label.to_owned(),
            hint: None,
            alone: false,
            closed: false,
        });
        options.collect()
    }

    /// One checkbox with the value `yes`.
    pub fn tick(&self, words: &Words, filled: Filled, part: &str, answered: bool) -> OptionFace {
        let label = words.part(&self.words_id(), self.question.kind.name(), &plain(part)).to_owned();
        let name = self.field(part);
        let checked = filled.form().map_or(answered, |form| form.get(&name) == Some("yes"));
        OptionFace { name, value: "yes".into(), label, hint: None, checked, alone: false, closed: false }
    }

    pub fn date_fields(
        &self,
        words: &Words,
        filled: Filled,
        part: &str,
        answered: Option<jiff::civil::Date>,
    ) -> DateFields {
        let under = |piece: &str| if part.is_empty() { piece.to_owned() } else { format!("{part}.{piece}") };
        let iso = self.field(part);
        // A client may post the day as one ISO date; it is shown again in its three parts.
        let posted = filled.form().and_then(|form| form.trimmed(&iso).parse().ok());
        let known: Option<jiff::civil::Date> = posted.or(answered);
        let piece = |name: &str, number: Option<i16>, width: u8, autocomplete| {
            let mut field = self.input(words, filled, &under(name), None);
            if field.value.is_empty() {
                let shown = filled.form().is_none() || posted.is_some();
                field.value = number.filter(|_| shown).map(|number| number.to_string()).unwrap_or_default();
            }
            field.label = words.say(&format!("date.parts.{name}")).to_owned();
            field.hint = None;
            field.inputmode = Some("numeric");
            field.width = Some(width);
            field.autocomplete = (part == "born").then_some(autocomplete);
            field
        };
        let legend = if part.is_empty() {
            words.label(&self.words_id())
        } else {
            words.part(&self.words_id(), self.question.kind.name(), &plain(part))
        };
        DateFields {
            legend: legend.to_owned(),
            hint: words.get("date.hints.date").map(str::to_owned),
            day: piece("day", known.map(|date| i16::from(date.day())), 2, "bday-day"),
            month: piece("month", known.map(|date| i16::from(date.month())), 2, "bday-month"),
            year: piece("year", known.map(|date| date.year()), 4, "bday-year"),
            name: iso,
        }
    }
}

/// `windows.0.from` has the words of `windows.from`.
fn plain(part: &str) -> String {
    part.split('.').filter(|piece| piece.parse::<usize>().is_err()).collect::<Vec<_>>().join(".")
}

/// The field an error summary links to when the whole answer is missing.
fn first_part(question: &Question) -> &'static str {
    use crate::{Kind, MomentMode, PersonPart};
    match &question.kind {
        Kind::Date { .. } => "day",
        Kind::Moment { modes } if modes.len() > 1 => "mode",
        Kind::Moment { modes } if modes.first() == Some(&MomentMode::Between) => "from.date.day",
        Kind::Moment { .. } => "date.day",
        Kind::Place { .. } => "text",
        Kind::Person { parts, .. } => match parts.first() {
            Some(PersonPart::Born) => "born.day",
            Some(PersonPart::Safe) => "safe_mode",
            Some(part) => part.name(),
            None => "",
        },
        Kind::Vehicle => "registration",
        Kind::Items { .. } => "0.kind",
        Kind::Diary { .. } => "0.date.day",
        Kind::Group { .. } => "0",
        Kind::Declaration { .. } => "agree",
        _ => "",
    }
}
