/// A public body that answers elsewhere: a neighbouring council or force. Never a dead end (P-14).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    pub id: String,
    pub name: String,
    /// `council` or `police`, the word agencies use too.
    pub kind: String,
    /// Codes of its areas, old ones included: `E06000066`, `E10000027`.
    pub areas: Vec<String>,
    pub url: String,
    pub phone: Option<String>,
    /// What it should be asked to confirm before the words are relied on.
    pub verify: Option<String>,
}
