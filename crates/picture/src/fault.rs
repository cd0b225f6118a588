use image::error::{ImageError, ParameterErrorKind};
use serde::{Deserialize, Serialize};

/// Why there is no picture. None holds anything of the picture but its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    #[error("this is no kind of picture that is taken here")]
    Unknown,
    #[error("the content is another kind of picture than it was said to be")]
    Mistyped,
    #[error("the picture is damaged")]
    Broken,
    #[error("the picture has no pixels")]
    Empty,
    #[error("the picture has {width} × {height} pixels, which is too many")]
    TooLarge { width: u32, height: u32 },
    /// HEIC without libheif, or a rare form of a known kind (a TIFF with a palette).
    #[error("nothing here can decode this kind of picture")]
    NoDecoder,
    #[error("decoding the picture needs more memory than it may have")]
    OutOfMemory,
    #[error("decoding the picture takes longer than it may")]
    OutOfTime,
    #[error("the decoder broke off")]
    Crashed,
}

impl Fault {
    pub(crate) fn met(error: &ImageError) -> Fault {
        match error {
            ImageError::Limits(_) => Fault::OutOfMemory,
            ImageError::Unsupported(_) => Fault::NoDecoder,
            // A GIF without a frame.
            ImageError::Parameter(error) if error.kind() == ParameterErrorKind::NoMoreData => Fault::Empty,
            _ => Fault::Broken,
        }
    }
}
