//! Tables and summary lists in columns.

use crate::{
    font::Fonts,
    letter,
    measure::height,
    style::{self, Style},
    tree::Role,
    wrap::{Line, wrap},
};

/// Half of what stands on a page: a row up to that is kept together, and a head up to that is repeated.
pub const HALF: f32 = (style::BOTTOM - style::TOP) / 2.0;

pub struct Table {
    /// Left edges, and widths without the gutter; in points.
    pub columns: Vec<(f32, f32)>,
    pub head: Option<Row>,
    pub rows: Vec<Row>,
}

pub struct Row {
    pub cells: Vec<Cell>,
}

pub struct Cell {
    pub role: Role,
    pub style: Style,
    pub lines: Vec<Line>,
}

impl Table {
    pub fn of_labels(rows: &[(String, String)], fonts: &Fonts) -> Table {
        let rows: Vec<_> = rows.iter().filter(|(label, value)| !(label.is_empty() && value.is_empty())).collect();
        let columns = placed(&[style::LABELS, style::FULL - style::GUTTER - style::LABELS], style::GUTTER);
        let cells = |(label, value): &(String, String)| {
            let label = cell(Role::RowHeader, style::LABEL, label, columns[0].1, fonts);
            Row { cells: vec![label, cell(Role::Cell, style::CELL, value, columns[1].1, fonts)] }
        };
        Table { rows: rows.into_iter().map(cells).collect(), head: None, columns }
    }

    pub fn of_columns(head: &[String], rows: &[Vec<String>], fonts: &Fonts) -> Table {
        let count = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
        if count == 0 {
            return Table { columns: Vec::new(), head: None, rows: Vec::new() };
        }
        let mut wanted = vec![(0.0_f32, 0.0_f32); count];
        let texts = head.iter().enumerate().map(|text| (text, style::LABEL));
        let texts = texts.chain(rows.iter().flat_map(|row| row.iter().enumerate().map(|text| (text, style::CELL))));
        for ((column, text), style) in texts {
            let (whole, word) = widths(text, style, fonts);
            wanted[column] = (wanted[column].0.max(whole), wanted[column].1.max(word));
        }
        // Thirty columns leave little room: gutters take a third of it at most.
        let gutter = style::GUTTER.min(style::FULL / 3.0 / count as f32);
        let columns = placed(&shared(&wanted, style::FULL - gutter * (count - 1) as f32), gutter);
        let row = |texts: &[String], role, style| {
            let text = |column: usize| texts.get(column).map_or("", String::as_str);
            let cells = (0..count).map(|column| cell(role, style, text(column), columns[column].1, fonts));
            Row { cells: cells.collect() }
        };
        let rows = rows.iter().map(|texts| row(texts, Role::Cell, style::CELL)).collect();
        let head = head.iter().any(|text| !text.is_empty()).then(|| row(head, Role::ColumnHeader, style::LABEL));
        Table { rows, head, columns }
    }

    /// The head, where it is repeated on every page.
    pub fn repeated(&self) -> Option<&Row> {
        self.head.as_ref().filter(|head| head.height() <= HALF)
    }

    pub fn least(&self) -> f32 {
        let first = |row: &Row| row.height().min(HALF);
        self.head.as_ref().map_or(0.0, first) + self.rows.first().map_or(0.0, first)
    }
}

impl Row {
    pub fn lines(&self) -> usize {
        self.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0).max(1)
    }

    pub fn height(&self) -> f32 {
        height(self.lines(), style::CELL) + 2.0 * style::PAD
    }
}

fn cell(role: Role, style: Style, text: &str, width: f32, fonts: &Fonts) -> Cell {
    Cell { role, style, lines: wrap(text, fonts.of(style.weight), style.size, width) }
}

/// How wide a text is without a break, and its longest word; in points.
fn widths(text: &str, style: Style, fonts: &Fonts) -> (f32, f32) {
    let font = fonts.of(style.weight);
    let (mut whole, mut word) = (0.0_f32, 0.0_f32);
    for line in letter::lines(text) {
        let (mut line_so_far, mut word_so_far) = (0.0, 0.0);
        for letter in line.into_iter().map(|sign| font.letter(sign)) {
            line_so_far += letter.width;
            word_so_far = if letter.is_space() { 0.0 } else { word_so_far + letter.width };
            word = word.max(word_so_far);
        }
        whole = whole.max(line_so_far);
    }
    // A hair more, so that rounding never breaks a word that fits.
    (whole * style.size / 1_000.0 + 0.1, word * style.size / 1_000.0 + 0.1)
}

/// Widths that fill `room`. A column that needs less than its fair share of what is left for it and the wider ones has what it
/// needs; a wider one has its share.
fn shared(wanted: &[(f32, f32)], room: f32) -> Vec<f32> {
    let whole: f32 = wanted.iter().map(|(whole, _)| whole.max(1.0)).sum();
    if whole <= room {
        return wanted.iter().map(|(width, _)| width.max(1.0) * room / whole).collect();
    }
    let mut widths = vec![0.0; wanted.len()];
    let mut narrow_first: Vec<_> = (0..wanted.len()).collect();
    narrow_first.sort_by(|a, b| wanted[*a].0.total_cmp(&wanted[*b].0));
    let mut left = room;
    for (done, column) in narrow_first.iter().enumerate() {
        let (whole, word) = wanted[*column];
        let fair = left / (wanted.len() - done) as f32;
        // A long word may have half as much again; then it is cut.
        let last = done + 1 == wanted.len();
        widths[*column] = if last { left } else { whole.min(fair.max(word.min(1.5 * fair))).max(1.0).min(left) };
        left -= widths[*column];
    }
    widths
}

fn placed(widths: &[f32], gutter: f32) -> Vec<(f32, f32)> {
    let mut x = style::LEFT;
    let mut place = |width: f32| {
        let here = (x, width);
        x += width + gutter;
        here
    };
    widths.iter().map(|width| place(*width)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_room_and_no_more() {
        let cases: [&[(f32, f32)]; 6] = [
            &[(50.0, 20.0), (100.0, 30.0)],
            &[(50.0, 20.0), (5_000.0, 60.0)],
            &[(50.0, 20.0), (5_000.0, 5_000.0)],
            &[(900.0, 900.0)],
            &[(0.0, 0.0), (0.0, 0.0)],
            &[(80.0, 40.0); 40],
        ];
        for wanted in cases {
            let widths = shared(wanted, 400.0);
            assert!((widths.iter().sum::<f32>() - 400.0).abs() < 0.5, "{wanted:?}: {widths:?}");
            assert!(widths.iter().all(|width| *width > 0.0), "{wanted:?}: {widths:?}");
        }
    }

    #[test]
    fn a_short_column_is_not_broken_for_a_long_one() {
        let widths = shared(&[(60.0, 60.0), (3_000.0, 50.0), (40.0, 40.0)], 400.0);
        assert!(widths[0] >= 60.0 && widths[2] >= 40.0, "{widths:?}");
        let widths = shared(&[(60.0, 60.0), (3_000.0, 3_000.0)], 400.0);
        assert!(widths[0] >= 60.0, "{widths:?}");
    }
}
