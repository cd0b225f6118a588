//! Papers as a reader finds them: what is said, where it stands, how it is tagged.

mod hostile;
mod pages;
mod reader;
mod tags;
mod text;
mod tools;

use paper::{Block, Fonts, Paper};
use std::{path::Path, sync::OnceLock};

/// The fonts that `scripts/assets.sh` puts into `dist/`. Without them a test of one machine is skipped and says so.
pub fn fonts() -> Option<&'static Fonts<'static>> {
    static READ: OnceLock<Option<Fonts<'static>>> = OnceLock::new();
    let read = || {
        let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist");
        let font = |name: &str| std::fs::read(dist.join(name)).ok().map(|bytes| &*bytes.leak());
        let fonts = font("paper-regular.ttf").zip(font("paper-bold.ttf"));
        assert!(fonts.is_some() || std::env::var_os("CI").is_none(), "dist/ has no fonts: scripts/assets.sh builds it");
        fonts.map(|(regular, bold)| Fonts::read(regular, bold).unwrap())
    };
    let fonts = READ.get_or_init(read).as_ref();
    if fonts.is_none() {
        println!("skipped: dist/ has no fonts");
    }
    fonts
}

pub fn paper(blocks: Vec<Block>) -> Paper {
    Paper {
        language: "en-GB".into(),
        title: "Your report".into(),
        made: "Made on 4 October 2026".into(),
        header: "Westmark Police".into(),
        reference: "Reference MH-7K2P-94QD".into(),
        pages: "Page {page} of {pages}".into(),
        blocks,
    }
}

pub fn text(words: &str) -> Block {
    Block::Paragraph(words.into())
}

/// A property list with so many rows.
pub fn things(count: usize) -> Block {
    let row = |at: usize| vec![format!("thing{at:04}"), "A box from the shed".into(), format!("£{at}")];
    Block::Table {
        head: ["What", "Description", "Value"].map(String::from).into(),
        rows: (0..count).map(row).collect(),
    }
}
