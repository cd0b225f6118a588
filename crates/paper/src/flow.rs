//! Blocks onto pages, from the top down.

use crate::{
    Paper,
    font::Fonts,
    measure::{Ready, Text, height, ready, taken},
    sheet::{Mark, Sheet},
    style::{self, Style},
    table::{HALF, Row, Table},
    tree::{Node, Role, Tree},
    wrap::{Line, wrap},
};

/// Pages and what is on them, with the tags of the whole.
pub struct Laid {
    pub sheets: Vec<Sheet>,
    pub tree: Tree,
}

struct Flow<'a> {
    laid: Laid,
    fonts: &'a Fonts<'a>,
    /// Points from the top.
    y: f32,
    /// Where this page began: below a repeated head, if there is one.
    begin: f32,
}

pub fn laid(paper: &Paper, fonts: &Fonts) -> Laid {
    let laid = Laid { sheets: vec![Sheet::default()], tree: Tree::new() };
    // The first page has no running header.
    let mut flow = Flow { laid, fonts, y: style::RUNNING, begin: style::RUNNING };
    let blocks = ready(paper, fonts);
    for (at, block) in blocks.iter().enumerate() {
        flow.begin_block(&blocks, at);
        match block {
            Ready::Text(text) => flow.text(text),
            Ready::List(items) => flow.list(items),
            Ready::Table(table) => flow.table(table),
        }
    }
    flow.margins(paper);
    flow.laid
}

impl Flow<'_> {
    fn room(&self) -> f32 {
        style::BOTTOM - self.y
    }

    fn is_fresh(&self) -> bool {
        self.y <= self.begin
    }

    fn turn(&mut self) {
        self.laid.sheets.push(Sheet::default());
        (self.y, self.begin) = (style::TOP, style::TOP);
    }

    fn mark(&mut self, mark: Mark) {
        self.laid.sheets.last_mut().expect("there is one page at least").marks.push(mark);
    }

    fn line(&mut self, node: Option<Node>, x: f32, y: f32, style: Style, line: &Line) {
        // A letter with its descender stands in the middle of its line.
        let y = y + style.leading / 2.0 + style.size * 0.36;
        self.mark(Mark::Text { node, x, y, style, line: line.clone() });
    }

    /// Turns the page where this block, with what must stand by it, does not fit any more.
    fn begin_block(&mut self, blocks: &[Ready], at: usize) {
        let before = |at: usize| blocks[at].before(at.checked_sub(1).map(|above| &blocks[above]));
        let mut needed = 0.0;
        for (at, block) in blocks.iter().enumerate().skip(at) {
            needed += before(at) + block.least();
            // What fits on no page may begin anywhere.
            if !block.is_heading() || needed > style::BOTTOM - style::TOP {
                break;
            }
        }
        if needed > self.room() && !self.is_fresh() {
            self.turn();
        }
        if !self.is_fresh() {
            self.y += before(at);
        }
    }

    fn text(&mut self, text: &Text) {
        let node = self.laid.tree.add(Tree::ROOT, text.role);
        let x = style::LEFT + if text.aside { style::ASIDE } else { 0.0 };
        self.lines(node, x, text.style, &text.lines, text.aside);
    }

    fn lines(&mut self, node: Node, x: f32, style: Style, mut lines: &[Line], aside: bool) {
        while !lines.is_empty() {
            let mut count = taken((self.room() / style.leading) as usize, lines.len());
            if count == 0 {
                if !self.is_fresh() {
                    self.turn();
                    continue;
                }
                count = 1;
            }
            if aside {
                let (width, grey) = style::BAR;
                self.mark(Mark::Box { x: style::LEFT, y: self.y, width, height: height(count, style), grey });
            }
            for line in &lines[..count] {
                self.line(Some(node), x, self.y, style, line);
                self.y += style.leading;
            }
            lines = &lines[count..];
        }
    }

    fn list(&mut self, items: &[Vec<Line>]) {
        let list = self.laid.tree.add(Tree::ROOT, Role::List);
        let bullet = wrap("•", self.fonts.of(style::BODY.weight), style::BODY.size, style::ITEM);
        for (at, lines) in items.iter().enumerate() {
            if at > 0 {
                self.y += style::BETWEEN_ITEMS;
            }
            if taken((self.room() / style::BODY.leading) as usize, lines.len()) == 0 && !self.is_fresh() {
                self.turn();
            }
            let item = self.laid.tree.add(list, Role::Item);
            let node = self.laid.tree.add(item, Role::Bullet);
            for line in &bullet {
                self.line(Some(node), style::LEFT + 2.0, self.y, style::BODY, line);
            }
            let node = self.laid.tree.add(item, Role::Words);
            self.lines(node, style::LEFT + style::ITEM, style::BODY, lines, false);
        }
    }

    fn table(&mut self, table: &Table) {
        let node = self.laid.tree.add(Tree::ROOT, Role::Table);
        if let Some(head) = &table.head {
            let part = self.laid.tree.add(node, Role::Head);
            self.row(table, head, part, style::HEAD_LINE, false);
        }
        if table.rows.is_empty() {
            return;
        }
        let part = self.laid.tree.add(node, Role::Body);
        for row in &table.rows {
            self.row(table, row, part, style::HAIR, true);
        }
    }

    fn row(&mut self, table: &Table, row: &Row, part: Node, below: (f32, f32), repeat: bool) {
        let tree = &mut self.laid.tree;
        let node = tree.add(part, Role::Row);
        let nodes: Vec<_> = row.cells.iter().map(|cell| Some(tree.add(node, cell.role))).collect();
        let all = row.lines();
        let mut from = 0;
        while from < all {
            let pads = 2.0 * style::PAD;
            let fit = ((self.room() - pads) / style::CELL.leading).max(0.0) as usize;
            let whole = fit >= all - from;
            let kept_together = from == 0 && row.height() <= HALF;
            if !whole && (kept_together || fit < 2) && !self.is_fresh() {
                self.turn();
                if let Some(head) = table.repeated().filter(|_| repeat) {
                    self.cells(table, head, &vec![None; head.cells.len()], 0..head.lines(), Some(style::HEAD_LINE));
                    self.begin = self.y;
                }
                continue;
            }
            let until = if whole { all } else { from + fit.max(1) };
            self.cells(table, row, &nodes, from..until, (until == all).then_some(below));
            from = until;
        }
    }

    /// The given lines of each cell, and the line below a row that ends.
    fn cells(
        &mut self,
        table: &Table,
        row: &Row,
        nodes: &[Option<Node>],
        lines: std::ops::Range<usize>,
        below: Option<(f32, f32)>,
    ) {
        for ((cell, node), (x, _)) in row.cells.iter().zip(nodes).zip(&table.columns) {
            let mut y = self.y + style::PAD;
            for line in cell.lines.iter().take(lines.end).skip(lines.start) {
                self.line(*node, *x, y, cell.style, line);
                y += style::CELL.leading;
            }
        }
        self.y += height(lines.len(), style::CELL) + 2.0 * style::PAD;
        if let Some((thick, grey)) = below {
            self.mark(Mark::Box { x: style::LEFT, y: self.y - thick, width: style::FULL, height: thick, grey });
        }
    }

    /// The running header and the footer: for the eye alone, since a reader has the title and the pages from elsewhere.
    fn margins(&mut self, paper: &Paper) {
        let style = style::SMALL;
        let set = |text: &str, width: f32| {
            let line =
                wrap(text, self.fonts.of(style.weight), style.size, width).into_iter().next().unwrap_or_default();
            let length = line.iter().map(|letter| letter.width).sum::<f32>() * style.size / 1_000.0;
            (line, length)
        };
        let count = self.laid.sheets.len();
        let (header, _) = set(&paper.header, style::FULL);
        let (reference, _) = set(&paper.reference, style::FULL * 0.6);
        for (at, sheet) in self.laid.sheets.iter_mut().enumerate() {
            let words = paper.pages.replace("{pages}", &count.to_string()).replace("{page}", &(at + 1).to_string());
            let (pages, length) = set(&words, style::FULL * 0.4);
            let mut text = |x, y, line| sheet.marks.push(Mark::Text { node: None, x, y, style, line });
            if at > 0 {
                text(style::LEFT, style::RUNNING, header.clone());
            }
            text(style::LEFT, style::FOOT, reference.clone());
            text(style::RIGHT - length, style::FOOT, pages);
        }
    }
}
