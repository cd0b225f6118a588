//! One table: what was done, what it may cost, what it cost, what the peer needs, and how many times less ours is.

/// What a figure is measured against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Budget {
    AtMost(f64),
    AtLeast(f64),
    /// Shown, not judged.
    None,
}

#[derive(Debug)]
pub struct Row {
    pub work: String,
    pub budget: Budget,
    pub measured: f64,
    pub unit: &'static str,
    /// The peer's figure in the same unit (requirements, council, 7).
    pub peer: Option<f64>,
    pub note: String,
}

impl Row {
    fn is_over(&self) -> bool {
        match self.budget {
            Budget::AtMost(most) => self.measured > most,
            Budget::AtLeast(least) => self.measured < least,
            Budget::None => false,
        }
    }
}

#[derive(Default)]
pub struct Table(Vec<Row>);

impl Table {
    pub fn add(&mut self, work: impl Into<String>, budget: Budget, measured: f64, unit: &'static str) -> &mut Row {
        let row = Row { work: work.into(), budget, measured, unit, peer: None, note: String::new() };
        self.0.push(row);
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    pub fn print(&self) {
        println!("{}", self.text());
    }

    fn text(&self) -> String {
        let head = ["work", "budget", "measured", "peer", "ratio", ""].map(str::to_owned);
        let mut lines = vec![head];
        lines.extend(self.0.iter().map(|row| {
            let budget = match row.budget {
                Budget::AtMost(most) => format!("≤ {} {}", figure(most), row.unit),
                Budget::AtLeast(least) => format!("≥ {} {}", figure(least), row.unit),
                Budget::None => String::new(),
            };
            let over = if row.is_over() { "OVER BUDGET " } else { "" };
            let peer = row.peer.map_or(String::new(), figure);
            let ratio = row.peer.map_or(String::new(), |peer| format!("{} ×", figure(peer / row.measured)));
            [
                row.work.clone(),
                budget,
                format!("{} {}", figure(row.measured), row.unit),
                peer,
                ratio,
                format!("{over}{}", row.note),
            ]
        }));
        let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..5).map(width).collect();
        let mut text = String::new();
        for line in &lines {
            for (cell, width) in line.iter().zip(&widths) {
                text += cell;
                text += &" ".repeat(width - cell.chars().count() + 2);
            }
            text += line[5].trim_end();
            text.truncate(text.trim_end().len());
            text.push('\n');
        }
        text
    }
}

/// Three figures that say something.
fn figure(n: f64) -> String {
    match n.abs() {
        n if n >= 100.0 => format!("{n:.0}"),
        n if n >= 10.0 => format!("{n:.1}"),
        n if n >= 1.0 => format!("{n:.2}"),
        _ => format!("{n:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_when_it_is_over_its_budget_and_how_the_peer_does() {
        let mut table = Table::default();
        table.add("front page", Budget::AtMost(0.1), 0.2, "ms").peer = Some(28.0);
        table.add("rate", Budget::AtLeast(0.3), 0.4, "of hello").note = "two cores".into();
        let text = table.text();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[1].contains("OVER BUDGET") && lines[1].contains("140 ×"), "{text}");
        assert!(!lines[2].contains("OVER") && lines[2].ends_with("two cores"), "{text}");
    }

    #[test]
    fn figures_are_short() {
        assert_eq!([0.0123, 1.234, 12.34, 1234.5].map(figure), ["0.012", "1.23", "12.3", "1234"]);
    }
}
