//! Taking a file in.

use super::{
    Arriving, Files, Treatment,
    blobs::{Lost, Name},
    sort::{self, Sort},
};
use picture::{Developed, Fault, Media, Order};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use store::{
    answer::Part,
    held::{Giver, Held, Scan},
    journal::Audience,
    rendition::Rendition,
};
use telemetry::Stopwatch;
use uuid::Uuid;

/// Characters of a file's name that are kept.
const NAME: usize = 200;

/// What a question takes.
#[derive(Clone, Debug)]
pub struct Wish {
    pub sorts: Vec<Sort>,
    pub most_bytes: usize,
}

impl Wish {
    /// Whether a file that was taken in is one of these.
    pub fn takes(&self, media: &str, size: i64) -> bool {
        let fits = usize::try_from(size).is_ok_and(|size| size <= self.most_bytes);
        fits && sort::of_name(media).is_some_and(|sort| self.sorts.contains(&sort))
    }
}

/// Why a file is not taken. Nothing of it is kept.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    #[error("there is nothing in the file")]
    Empty,
    #[error("the file is larger than it may be")]
    TooLarge,
    /// By its content, whatever its name says.
    #[error("the file is not of a sort that is asked for")]
    Sort,
    #[error("the picture cannot be used: {0}")]
    Picture(Fault),
    #[error("the file is malware")]
    Malware,
    #[error(transparent)]
    Lost(#[from] Lost),
}

impl Files {
    /// Takes in a picture whose bytes are all there.
    pub async fn receive_picture(
        &self,
        id: Uuid,
        name: &str,
        bytes: &[u8],
        most_bytes: usize,
    ) -> Result<(Held, Vec<Rendition>), Unfit> {
        let mut arriving = self.arriving(most_bytes);
        arriving.write(bytes)?;
        self.receive(id, name, arriving, &Wish { sorts: vec![Sort::Picture], most_bytes }).await
    }

    /// Takes a file in under this id, which is drawn for them and no others. When it returns without an error they are on
    /// the disk and were read back; the rows are for the caller to keep. Whose file it is, is for the caller too.
    pub async fn receive(
        &self,
        id: Uuid,
        name: &str,
        arrived: Arriving,
        wish: &Wish,
    ) -> Result<(Held, Vec<Rendition>), Unfit> {
        let figures = &self.0.figures;
        let (_running, since) = (figures.running.held(), Stopwatch::start());
        let taken = self.take(id, name, arrived, wish).await;
        match &taken {
            Ok(_) => figures.kept.one(),
            Err(why) => figures.refused(why),
        }
        figures.took.took(since.elapsed());
        taken
    }

    async fn take(
        &self,
        id: Uuid,
        name: &str,
        arrived: Arriving,
        wish: &Wish,
    ) -> Result<(Held, Vec<Rendition>), Unfit> {
        if arrived.size() == 0 {
            return Err(Unfit::Empty);
        }
        if !arrived.fits() || arrived.size() > wish.most_bytes {
            return Err(Unfit::TooLarge);
        }
        let _room = self.0.room.acquire().await;
        let bytes = &arrived.read().await?[..];
        let (found, media) = sort::of(bytes).filter(|(sort, _)| wish.sorts.contains(sort)).ok_or(Unfit::Sort)?;
        let sha256 = Sha256::digest(bytes).to_vec();
        let scan = match &self.clamd {
            Some(clamd) => clamd.search(bytes).await,
            None => Scan::None,
        };
        if scan == Scan::Waiting {
            self.0.figures.unsearched.one();
        }
        if scan == Scan::Infected {
            return Err(Unfit::Malware);
        }
        let developed = match found {
            Sort::Picture => Some(self.develop(media, bytes).await?),
            Sort::Document | Sort::Sound | Sort::Video => None,
        };
        self.blobs.put_new(Name::Original(id), bytes).await?;
        let mut renditions = Vec::new();
        for made in developed.iter().flat_map(|developed| &developed.renditions) {
            renditions.push(self.keep(id, 0, made).await?);
        }
        let held = Held {
            id,
            report: None,
            question: String::new(),
            part: Part::Plain,
            ordinal: 0,
            giver: Giver::Reporter,
            agency: None,
            audience: Audience::Resident,
            name: named(name),
            media: media.to_owned(),
            size: bytes.len() as i64,
            sha256,
            taken: developed.as_ref().map_or_else(|| json!({}), taken),
            scan,
            received_at: (self.now)(),
            hidden_at: None,
            version: 0,
            remark: None,
        };
        Ok((held, renditions))
    }

    async fn develop(&self, media: &str, bytes: &[u8]) -> Result<Developed, Unfit> {
        let media = Media::of(media).ok_or(Unfit::Sort)?;
        let Treatment { longest, most_pixels, .. } = &self.treatment;
        let order = Order { media, longest: longest.clone(), black: Vec::new(), most_pixels: *most_pixels };
        self.decoder.develop(&order, bytes).await.map_err(Unfit::Picture)
    }

    /// Keeps a picture that was made from a file.
    pub(super) async fn keep(&self, held: Uuid, version: i64, made: &picture::Rendition) -> Result<Rendition, Lost> {
        let longest = i64::from(made.longest);
        self.blobs.put_new(Name::Rendition(held, version, longest), &made.jpeg).await?;
        Ok(Rendition {
            held,
            version,
            longest,
            width: made.width.into(),
            height: made.height.into(),
            size: made.jpeg.len() as i64,
            sha256: Sha256::digest(&made.jpeg).to_vec(),
        })
    }
}

/// Where and when the file says it was made, and how large the picture is: `{"at", "offset", "lat", "lon", "width", "height"}`.
fn taken(developed: &Developed) -> Json {
    let mut taken = json!({ "width": developed.width, "height": developed.height });
    if let Some(at) = &developed.taken.at {
        taken["at"] = json!(at);
    }
    if let Some(offset) = &developed.taken.offset {
        taken["offset"] = json!(offset);
    }
    if let Some((lat, lon)) = developed.taken.place {
        taken["lat"] = json!(lat);
        taken["lon"] = json!(lon);
    }
    taken
}

/// The name without folders, hidden characters and those that turn the direction of the text.
fn named(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |c: char| {
        let hidden = c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        if hidden { '_' } else { c }
    };
    let name: String = last.trim().chars().map(plain).take(NAME).collect();
    if name.is_empty() { "file".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_without_folders_and_hidden_characters() {
        assert_eq!(named("C:\\fakepath\\Müll am Weg.jpg"), "Müll am Weg.jpg");
        assert_eq!(named("../../etc/passwd"), "passwd");
        assert_eq!(named("a\0b\u{202e}gpj.exe"), "a_b_gpj.exe");
        assert_eq!(named(" / "), "file");
        assert_eq!(named(&"x".repeat(500)).len(), NAME);
    }
}
