/// Why an answer cannot be taken, said to the person who gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The question's id.
    pub question: String,
    /// Name of the form field to link to.
    pub field: String,
    /// Key of the words: `text.long`, `moment.future`. Other languages translate by it.
    pub key: String,
    /// The sentence in English.
    pub text: String,
}
