/// Why there is no paper. None holds anything of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not a font, a font with outlines that are not TrueType's, or one without a space and a sign that can stand in.
    #[error("the font cannot be used: it must be TrueType and have at least a space and a question mark")]
    Font,
    /// More different characters than a font in a PDF has codes.
    #[error("the paper has more than 65,535 different characters")]
    TooManySigns,
    #[error("the paper has {0} characters; it may have {max}", max = crate::LONGEST)]
    TooLong(usize),
}
