/// A posted form, in the order it came. Raw values are kept, so that a page shown again loses nothing typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form(pub Vec<(String, String)>);

impl Form {
    pub fn new() -> Form {
        Form::default()
    }

    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Form {
        self.0.push((name.into(), value.into()));
        self
    }

    /// The first value of that name, as typed.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The first value, without white space around it; empty where there is none.
    pub fn trimmed(&self, name: &str) -> &str {
        self.get(name).unwrap_or("").trim()
    }

    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(field, _)| field != name);
        self.0.push((name.to_owned(), value.into()));
    }

    /// Whether any field of that name or under it (`name.part`) holds more than white space.
    pub fn touches(&self, name: &str) -> bool {
        self.0.iter().any(|(field, value)| {
            let part = field.strip_prefix(name);
            part.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) && !value.trim().is_empty()
        })
    }

    /// How many rows of a list question were posted: one more than the highest index, at most `most`.
    pub(crate) fn rows(&self, id: &str, most: usize) -> usize {
        let highest = self.0.iter().filter_map(|(field, _)| row_of(field, id)).filter(|row| *row < most).max();
        highest.map_or(0, |row| row + 1)
    }

    /// The form without one row of a list question; the rows after it move up.
    pub(crate) fn without_row(&self, id: &str, gone: usize) -> Form {
        let kept = self.0.iter().filter_map(|(field, value)| match row_of(field, id) {
            Some(row) if row == gone => None,
            Some(row) if row > gone => {
                let rest = &field[id.len() + 1 + row.to_string().len()..];
                Some((format!("{id}.{}{rest}", row - 1), value.clone()))
            }
            _ => Some((field.clone(), value.clone())),
        });
        Form(kept.collect())
    }
}

/// The row index in `id.N.part` or `id.N`; only as this crate writes it, so `id.007` is no row.
fn row_of(field: &str, id: &str) -> Option<usize> {
    let rest = field.strip_prefix(id)?.strip_prefix('.')?;
    let digits = rest.split('.').next()?;
    let row: usize = digits.parse().ok()?;
    (row.to_string() == digits).then_some(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_row_moves_the_later_rows_up() {
        let form = Form::new().with("who.0.name", "a").with("who.1.name", "b").with("who.10.name", "c").with("x", "d");
        let left = form.without_row("who", 1);
        assert_eq!(left.0, [("who.0.name", "a"), ("who.9.name", "c"), ("x", "d")].map(|(a, b)| (a.into(), b.into())));
    }

    #[test]
    fn rows_are_counted_by_their_highest_index_within_the_limit() {
        let form =
            Form::new().with("who.0.name", "").with("who.2.name", "").with("who.99999.name", "").with("who.x", "");
        assert_eq!(form.rows("who", 20), 3);
        assert_eq!(form.rows("what", 20), 0);
    }

    #[test]
    fn a_form_touches_a_question_only_by_its_own_fields() {
        let form = Form::new().with("wherever", "x").with("where.text", " ").with("when.date", "1");
        assert!(!form.touches("where"));
        assert!(form.touches("when"));
    }
}
