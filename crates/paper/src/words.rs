use std::collections::BTreeSet;

use crate::{Fault, Fonts, flow, letter, write};

/// The most characters a paper may have in all, some 400 pages.
pub const LONGEST: usize = 1_000_000;

/// What stands on a paper. All words are the caller's, in the language of the reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// A BCP 47 tag: `en-GB`, `cy`.
    pub language: String,
    /// Stands on top, and in the window of whoever opens the file: neutral where the matter is sensitive. Where it is empty,
    /// the reference takes its place in the window.
    pub title: String,
    /// When and by whom it was made, under the title.
    pub made: String,
    /// Whose paper it is: above the title, and on top of every further page.
    pub header: String,
    /// At the foot of every page.
    pub reference: String,
    /// At the foot of every page: `Page {page} of {pages}`.
    pub pages: String,
    pub blocks: Vec<Block>,
}

/// A block with no words in it draws nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Never the last thing on a page, unless nothing follows.
    Heading(Rank, String),
    Paragraph(String),
    List(Vec<String>),
    /// A summary list: label and value.
    Rows(Vec<(String, String)>),
    /// The head is repeated on each page. A row with fewer cells than the widest is filled up with empty ones.
    Table {
        head: Vec<String>,
        rows: Vec<Vec<String>>,
    },
    /// An aside: set in, smaller, with a bar beside it.
    Note(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    First,
    Second,
}

impl Paper {
    /// The file. About 4 ms of one processor, and 1.2 ms more for each further page.
    ///
    /// # Errors
    /// When the paper has more than [`LONGEST`] characters, or a font cannot be cut down to what is used.
    pub fn pdf(&self, fonts: &Fonts) -> Result<Vec<u8>, Fault> {
        let length = self.words().map(|words| words.chars().count()).sum();
        if length > LONGEST {
            return Err(Fault::TooLong(length));
        }
        write::pdf(self, &flow::laid(self, fonts), fonts)
    }

    /// The characters that the eye will see [`Fonts::stands_in`] for, so that the caller can say so on the paper.
    #[must_use]
    pub fn stood_in_for(&self, fonts: &Fonts) -> BTreeSet<char> {
        self.words().flat_map(letter::signs).filter(|sign| fonts.has_not(*sign)).collect()
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        let whole = [&self.title, &self.made, &self.header, &self.reference, &self.pages];
        whole.into_iter().map(String::as_str).chain(self.blocks.iter().flat_map(Block::words))
    }
}

impl Block {
    fn words(&self) -> Vec<&str> {
        match self {
            Block::Heading(_, words) | Block::Paragraph(words) | Block::Note(words) => vec![words],
            Block::List(items) => items.iter().map(String::as_str).collect(),
            Block::Rows(rows) => rows.iter().flat_map(|(label, value)| [label.as_str(), value]).collect(),
            Block::Table { head, rows } => head.iter().chain(rows.iter().flatten()).map(String::as_str).collect(),
        }
    }
}
