//! How a paper looks. Lengths in points, 72 to the inch; greys from 0, black, to 1, white.

use crate::font::Weight;

/// A4.
pub const WIDE: f32 = 595.28;
pub const HIGH: f32 = 841.89;
pub const LEFT: f32 = 68.0;
pub const RIGHT: f32 = WIDE - 68.0;
/// Text stands between these two, counted from the top.
pub const TOP: f32 = 84.0;
pub const BOTTOM: f32 = HIGH - 84.0;
pub const FULL: f32 = RIGHT - LEFT;
/// Base lines of the running header and of the footer.
pub const RUNNING: f32 = 50.0;
pub const FOOT: f32 = HIGH - 46.0;

/// How one text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    pub weight: Weight,
    pub size: f32,
    /// From one line to the next.
    pub leading: f32,
    pub grey: f32,
}

const INK: f32 = 0.07;
/// Eight to one on white: more than WCAG's AAA asks.
const QUIET: f32 = 0.3;

pub const HEADER: Style = Style { weight: Weight::Regular, size: 10.0, leading: 14.0, grey: QUIET };
pub const TITLE: Style = Style { weight: Weight::Bold, size: 22.0, leading: 28.0, grey: INK };
pub const FIRST: Style = Style { weight: Weight::Bold, size: 14.0, leading: 19.0, grey: INK };
pub const SECOND: Style = Style { weight: Weight::Bold, size: 11.0, leading: 15.5, grey: INK };
pub const BODY: Style = Style { weight: Weight::Regular, size: 10.5, leading: 15.5, grey: INK };
pub const LABEL: Style = Style { weight: Weight::Bold, size: 10.0, leading: 15.0, grey: INK };
pub const CELL: Style = Style { weight: Weight::Regular, size: 10.0, leading: 15.0, grey: INK };
pub const NOTE: Style = Style { weight: Weight::Regular, size: 10.0, leading: 14.5, grey: QUIET };
pub const SMALL: Style = Style { weight: Weight::Regular, size: 8.5, leading: 12.0, grey: QUIET };

/// What stands free before a block, unless it begins a page.
pub const BEFORE_MADE: f32 = 4.0;
pub const BEFORE_FIRST: f32 = 26.0;
pub const BEFORE_SECOND: f32 = 16.0;
pub const BEFORE_TEXT: f32 = 8.0;
pub const BEFORE_TABLE: f32 = 14.0;
pub const BEFORE_NOTE: f32 = 14.0;
/// What stands free at most below a heading, above what belongs to it: a text, a table with room of its own.
pub const BELOW_HEADING: (f32, f32) = (5.0, 1.0);
pub const BETWEEN_ITEMS: f32 = 3.0;

/// Where the words of an item and of a note begin.
pub const ITEM: f32 = 15.0;
pub const ASIDE: f32 = 13.0;

/// Above and below the words of a cell; between two columns.
pub const PAD: f32 = 5.0;
pub const GUTTER: f32 = 14.0;
/// How wide the labels of a summary list are: alike in all lists of a paper.
pub const LABELS: f32 = FULL * 0.32;

/// Thickness and grey of the lines below a row and below a head, and of the bar beside a note.
pub const HAIR: (f32, f32) = (0.5, 0.78);
pub const HEAD_LINE: (f32, f32) = (0.9, 0.35);
pub const BAR: (f32, f32) = (2.5, 0.72);
