/// Reports of a service that are kept as cases of one or more complaints (C-18): which of its questions a complainant is asked
/// again for each time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRule {
    /// The question with the diary.
    pub diary: String,
    /// The declaration that is signed with each entry.
    pub truth: String,
    /// What was told as it happened is over after so many hours, when nobody said that it has stopped.
    pub now_lasts_hours: u32,
}
