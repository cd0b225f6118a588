use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Attributes, Html, Items, loose};

/// A table. The class `moot-stack` makes cards of its rows on a phone: see `Table::stacking`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/table.html" as govuk -%}{%- call govuk::table(self) -%}{%- endcall -%}"#
)]
pub struct Table {
    pub rows: Items<Vec<TableCell>>,
    pub head: Option<Vec<TableCell>>,
    pub caption: String,
    pub caption_classes: String,
    pub first_cell_is_header: bool,
    pub classes: String,
    pub attributes: Attributes,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct TableCell {
    #[serde(deserialize_with = "loose::text")]
    pub text: String,
    pub html: Html,
    /// `numeric` aligns to the right.
    pub format: String,
    pub colspan: Option<u16>,
    pub rowspan: Option<u16>,
    pub classes: String,
    pub attributes: Attributes,
}

impl HtmlSafe for Table {}

impl TableCell {
    pub fn text(words: impl Into<String>) -> Self {
        Self { text: words.into(), ..Self::default() }
    }

    pub fn html(html: Html) -> Self {
        Self { html, ..Self::default() }
    }

    pub fn numeric(mut self) -> Self {
        self.format = "numeric".to_owned();
        self
    }
}

impl Table {
    /// The first cell of each row is its heading.
    pub fn new<H: Into<String>>(
        caption: impl Into<String>,
        head: impl IntoIterator<Item = H>,
        rows: impl IntoIterator<Item = Vec<TableCell>>,
    ) -> Self {
        Self {
            caption: caption.into(),
            caption_classes: "govuk-table__caption--m".to_owned(),
            head: Some(head.into_iter().map(TableCell::text).collect()),
            rows: rows.into_iter().collect(),
            first_cell_is_header: true,
            ..Self::default()
        }
    }

    /// On a phone each row becomes a card, in which every cell carries its column's name.
    pub fn stacking(mut self) -> Self {
        let head = self.head.clone().unwrap_or_default();
        let labelled = self.rows.iter().map(|row| {
            let cells = row.iter().enumerate().map(|(place, cell)| {
                let label = head.get(place).map(|column| column.text.as_str());
                let attributes = cell.attributes.clone().maybe("data-label", label);
                TableCell { attributes, ..cell.clone() }
            });
            cells.collect()
        });
        self.rows = labelled.collect();
        self.classes = "moot-stack".to_owned();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stacking_table_names_the_column_in_each_cell() {
        let rows = vec![vec![TableCell::text("A-1"), TableCell::text("7").numeric()]];
        let table = Table::new("Reports", ["Reference", "Days"], rows).stacking().to_string();
        assert!(table.contains(r#"<table class="govuk-table moot-stack">"#), "{table}");
        assert!(
            table.contains(r#"<td class="govuk-table__cell govuk-table__cell--numeric" data-label="Days">7</td>"#),
            "{table}"
        );
    }
}
