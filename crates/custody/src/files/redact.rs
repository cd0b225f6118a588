//! Blacking out parts of a picture. Each version is made from the one before, so that what was black stays black; all are
//! kept, and the original is untouched.

use super::{Files, Lost, Unfit, blobs::Name};
use picture::{Developed, Media, Order, Patch};
use store::{held::Held, rendition::Rendition};

impl Files {
    /// Makes the next version of what is shown. The rows are for the caller to keep.
    pub async fn redact(&self, held: &Held, shown: &[Rendition], black: &[Patch]) -> Result<Vec<Rendition>, Unfit> {
        let Some(largest) = shown.iter().max_by_key(|made| made.longest) else { return Err(Unfit::Sort) };
        let before = self.blobs.get(Name::Rendition(held.id, held.version, largest.longest)).await?;
        let order = Order {
            media: Media::Jpeg,
            longest: self.treatment.longest.clone(),
            black: black.to_vec(),
            most_pixels: self.treatment.most_pixels,
        };
        let developed = self.decoder.develop(&order, &before).await.map_err(Unfit::Picture)?;
        // Whoever blacks out the same picture at the same time, or was killed, has put theirs under the next number:
        // that is left as it is, and the one after it is taken.
        let mut version = held.version + 1;
        loop {
            match self.keep_version(held, version, &developed).await {
                Err(Lost::Taken(_)) => version += 1,
                done => return Ok(done?),
            }
        }
    }

    async fn keep_version(&self, held: &Held, version: i64, developed: &Developed) -> Result<Vec<Rendition>, Lost> {
        let mut made = Vec::new();
        for rendition in &developed.renditions {
            made.push(self.keep(held.id, version, rendition).await?);
        }
        Ok(made)
    }
}
