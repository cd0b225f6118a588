//! A paper to keep: a report, later a statement, as a PDF that a person hands to an insurer or prints. Pure: plain words
//! and two fonts in, bytes out. Equal words and fonts give equal bytes: there is no time, no id and no random number in it.
//!
//! ```no_run
//! # fn main() -> Result<(), paper::Fault> {
//! # let (regular, bold) = (&[][..], &[][..]);
//! use paper::{Block, Fonts, Paper, Rank};
//! let fonts = Fonts::read(regular, bold)?;
//! let paper = Paper {
//!     language: "en-GB".into(),
//!     title: "Your report".into(),
//!     made: "Made on 4 October 2026 at 10:14am".into(),
//!     header: "Westmark Police".into(),
//!     reference: "MH-7K2P-94QD".into(),
//!     pages: "Page {page} of {pages}".into(),
//!     blocks: vec![Block::Heading(Rank::First, "What happened".into()), Block::Paragraph("My bike was stolen.".into())],
//! };
//! let bytes = paper.pdf(&fonts)?;
//! # Ok(())
//! # }
//! ```
//!
//! What comes out:
//! - PDF 1.7, A4, tagged as PDF/UA-1 asks (ISO 14289-1): title, language, headings without gaps, lists, tables with header
//!   cells; what is drawn for the eye alone (running header, footer, lines, a repeated table head) is an artifact;
//! - a subset of each font, with one code for each character: what is copied out or read aloud is what was put in, also where
//!   the font has no letter and the eye sees [`Fonts::stands_in`];
//! - text is put into Unicode's form NFC; a line break of any kind is a new line; nothing else is changed or left out.
//!
//! Limits: letters that need no shaping and run from left to right (Latin, Greek, Cyrillic, Armenian, Georgian, where the font
//! has them). Arabic, Hebrew or Devanagari put down sign by sign would be wrong to the eye, so they are stood in for as well.
//! So are control characters and those that turn the direction: a paper shows that they are there and does as none of them says.
//!
//! Absent: pictures, links, bookmarks, kerning, hyphenation, signatures.

mod fault;
mod flow;
mod font;
mod letter;
mod measure;
mod sheet;
mod style;
mod table;
mod tree;
mod words;
mod wrap;
mod write;

pub use fault::Fault;
pub use font::Fonts;
pub use words::{Block, LONGEST, Paper, Rank};
