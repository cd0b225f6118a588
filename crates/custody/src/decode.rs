//! Pictures are decoded in a child that limits itself before it reads anything (`moothall decode`). Here it is started,
//! watched and believed no more than a stranger: what it writes is checked.

mod child;

pub use child::{Child, Limits, NO_LANDLOCK, OUTPUT};

use picture::{Developed, Fault, Order};
use std::{path::PathBuf, sync::Arc};

/// Who develops pictures.
#[derive(Clone)]
pub enum Decoder {
    Child(Arc<Child>),
    /// In this process, without limits: for tests.
    Here(fn(&Order, &[u8]) -> Result<Developed, Fault>),
}

impl Decoder {
    /// `program` is the house's own binary.
    pub fn child(program: PathBuf, limits: Limits) -> Decoder {
        Decoder::Child(Arc::new(Child::new(program, limits)))
    }

    /// Waits its turn where `at_once` are at work already. Dropped, it ends the child.
    ///
    /// # Errors
    /// Whatever is the matter with the picture, or with the child.
    pub async fn develop(&self, order: &Order, original: &[u8]) -> Result<Developed, Fault> {
        let developed = match self {
            Decoder::Child(child) => child.develop(order, original).await,
            Decoder::Here(develop) => develop(order, original),
        };
        developed.and_then(|developed| if fits(order, &developed) { Ok(developed) } else { Err(Fault::Crashed) })
    }
}

/// A decoder that a picture has taken over says what it likes.
fn fits(order: &Order, developed: &Developed) -> bool {
    let as_ordered = developed.renditions.iter().map(|one| one.longest).eq(order.longest.iter().copied());
    as_ordered
        && u64::from(developed.width) * u64::from(developed.height) <= order.most_pixels
        && developed.renditions.iter().all(|one| {
            let side = one.width.max(one.height);
            (1..=one.longest.max(1)).contains(&side) && picture::media(&one.jpeg) == Some(picture::Media::Jpeg)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use picture::{Media, Rendition, Taken};

    fn developed() -> Developed {
        let rendition = Rendition { longest: 40, width: 40, height: 30, jpeg: b"\xff\xd8\xff\xe0".to_vec() };
        Developed { width: 80, height: 60, taken: Taken::default(), renditions: vec![rendition] }
    }

    #[test]
    fn an_answer_that_is_not_what_was_ordered_is_not_believed() {
        let order = Order { media: Media::Png, longest: vec![40], black: Vec::new(), most_pixels: 4800 };
        assert!(fits(&order, &developed()));
        let changes: [fn(&mut Developed); 6] = [
            |one| one.renditions.clear(),
            |one| one.renditions[0].longest = 41,
            |one| one.renditions[0].height = 41,
            |one| (one.renditions[0].width, one.renditions[0].height) = (0, 0),
            |one| one.renditions[0].jpeg = b"<script>".to_vec(),
            |one| one.width = 81,
        ];
        for change in changes {
            let mut forged = developed();
            change(&mut forged);
            assert!(!fits(&order, &forged), "{forged:?}");
        }
    }
}
