//! Blocks in lines, before they have a place: how high they are, and how much of them must stand together.

use crate::{
    Block, Paper, Rank,
    font::Fonts,
    style::{self, Style},
    table::Table,
    tree::Role,
    wrap::{Line, wrap},
};

pub enum Ready {
    Text(Text),
    List(Vec<Vec<Line>>),
    Table(Table),
}

pub struct Text {
    pub role: Role,
    pub style: Style,
    pub before: f32,
    pub lines: Vec<Line>,
    pub aside: bool,
}

/// All of a paper that has words.
pub fn ready(paper: &Paper, fonts: &Fonts) -> Vec<Ready> {
    let text = |role, style, before, words: &str| text(fonts, role, style, before, words);
    let top = [
        text(Role::Paragraph, style::HEADER, 0.0, &paper.header),
        text(Role::Heading(1), style::TITLE, style::BEFORE_TEXT, &paper.title),
        text(Role::Paragraph, style::HEADER, style::BEFORE_MADE, &paper.made),
    ];
    let blocks = paper.blocks.iter().map(|block| match block {
        Block::Heading(Rank::First, words) => text(Role::Heading(2), style::FIRST, style::BEFORE_FIRST, words),
        Block::Heading(Rank::Second, words) => text(Role::Heading(3), style::SECOND, style::BEFORE_SECOND, words),
        Block::Paragraph(words) => text(Role::Paragraph, style::BODY, style::BEFORE_TEXT, words),
        Block::Note(words) => {
            let lines = wrap(words, fonts.of(style::NOTE.weight), style::NOTE.size, style::FULL - style::ASIDE);
            let (role, style, before) = (Role::Paragraph, style::NOTE, style::BEFORE_NOTE);
            Ready::Text(Text { role, style, before, lines, aside: true })
        }
        Block::List(items) => {
            let width = style::FULL - style::ITEM;
            let items = items.iter().map(|item| wrap(item, fonts.of(style::BODY.weight), style::BODY.size, width));
            Ready::List(items.filter(|lines| !lines.is_empty()).collect())
        }
        Block::Rows(rows) => Ready::Table(Table::of_labels(rows, fonts)),
        Block::Table { head, rows } => Ready::Table(Table::of_columns(head, rows, fonts)),
    });
    top.into_iter().chain(blocks).filter(|block| !block.is_empty()).collect()
}

fn text(fonts: &Fonts, role: Role, style: Style, before: f32, words: &str) -> Ready {
    let lines = wrap(words, fonts.of(style.weight), style.size, style::FULL);
    Ready::Text(Text { role, style, before, lines, aside: false })
}

impl Ready {
    fn is_empty(&self) -> bool {
        match self {
            Ready::Text(text) => text.lines.is_empty(),
            Ready::List(items) => items.is_empty(),
            Ready::Table(table) => table.rows.is_empty() && table.head.is_none(),
        }
    }

    pub fn is_heading(&self) -> bool {
        matches!(self, Ready::Text(Text { role: Role::Heading(_), .. }))
    }

    /// What stands free between it and the block above.
    pub fn before(&self, above: Option<&Ready>) -> f32 {
        let below_heading = above.is_some_and(Ready::is_heading);
        match self {
            // A heading below another and the line below the title have room of their own.
            Ready::Text(text) if below_heading && text.style != style::BODY => text.before,
            Ready::Text(_) | Ready::List(_) if below_heading => style::BELOW_HEADING.0,
            Ready::Table(_) if below_heading => style::BELOW_HEADING.1,
            Ready::Text(text) => text.before,
            Ready::List(_) => style::BEFORE_TEXT,
            Ready::Table(_) => style::BEFORE_TABLE,
        }
    }

    /// How much of it must stand on the page where it begins: a heading as a whole, two lines of a text, a head and a row.
    pub fn least(&self) -> f32 {
        match self {
            Ready::Text(text) if self.is_heading() => height(text.lines.len(), text.style),
            Ready::Text(text) => height(together(text.lines.len()), text.style),
            Ready::List(items) => height(together(items.first().map_or(0, Vec::len)), style::BODY),
            Ready::Table(table) => table.least(),
        }
    }
}

pub fn height(lines: usize, style: Style) -> f32 {
    lines as f32 * style.leading
}

/// Two lines of a text stand together, and three where one would be left over.
fn together(lines: usize) -> usize {
    if lines <= 3 { lines } else { 2 }
}

/// How many of the `left` lines of a text go onto a page that has room for `fit`. None is left alone on either page.
pub fn taken(fit: usize, left: usize) -> usize {
    match fit {
        _ if fit >= left => left,
        _ if left - fit == 1 && fit >= 3 => fit - 1,
        _ if left - fit == 1 || fit < 2 => 0,
        _ => fit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_left_alone() {
        for left in 1..20 {
            for fit in 0..20 {
                let taken = taken(fit, left);
                assert!(taken <= fit.max(left) && taken <= left);
                assert!(taken == left || taken != 1, "{fit} {left}");
                assert!(taken == 0 || left - taken != 1, "{fit} {left}");
            }
        }
        assert_eq!((taken(5, 9), taken(8, 9), taken(9, 9), taken(2, 3)), (5, 7, 9, 0));
    }
}
