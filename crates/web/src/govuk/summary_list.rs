use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::{Attributes, Html, Items};

/// Keys and values, each row with links to change it; in a card when it has a `card`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Template)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[template(
    ext = "html",
    source = r#"{%- import "govuk/summary-list.html" as govuk -%}{%- call govuk::summary_list(self) -%}{%- endcall -%}"#
)]
pub struct SummaryList {
    pub rows: Items<SummaryRow>,
    pub card: Option<SummaryCard>,
    pub classes: String,
    pub attributes: Attributes,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct SummaryRow {
    pub key: SummaryCell,
    pub value: SummaryCell,
    pub actions: SummaryActions,
    pub classes: String,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct SummaryCell {
    pub text: String,
    pub html: Html,
    pub classes: String,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct SummaryActions {
    pub items: Option<Items<SummaryAction>>,
    pub classes: String,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct SummaryAction {
    pub href: String,
    pub text: String,
    pub html: Html,
    /// Says what the link changes, to those who hear links out of their place.
    pub visually_hidden_text: String,
    pub classes: String,
    pub attributes: Attributes,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct SummaryCard {
    pub title: Option<CardTitle>,
    pub actions: SummaryActions,
    pub classes: String,
    pub attributes: Attributes,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CardTitle {
    pub text: String,
    pub html: Html,
    /// 2 unless given.
    pub heading_level: Option<u8>,
    pub classes: String,
}

impl HtmlSafe for SummaryList {}

impl SummaryRow {
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            key: SummaryCell { text: key.into(), ..SummaryCell::default() },
            value: SummaryCell { text: value.into(), ..SummaryCell::default() },
            ..Self::default()
        }
    }

    pub fn html(key: impl Into<String>, value: Html) -> Self {
        let mut row = Self::new(key, "");
        row.value.html = value;
        row
    }

    /// Adds "Change", with what it changes for those who hear it.
    pub fn change(self, href: impl Into<String>, what: impl Into<String>) -> Self {
        self.action(SummaryAction::new("Change", href, what))
    }

    pub fn action(mut self, action: SummaryAction) -> Self {
        self.actions.items.get_or_insert_default().push(action);
        self
    }
}

impl SummaryAction {
    pub fn new(text: impl Into<String>, href: impl Into<String>, what: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into(), visually_hidden_text: what.into(), ..Self::default() }
    }
}

impl SummaryActions {
    pub(super) fn links(&self) -> Vec<&SummaryAction> {
        self.items.iter().flat_map(Items::iter).collect()
    }
}

impl SummaryList {
    pub fn new(rows: impl IntoIterator<Item = SummaryRow>) -> Self {
        Self { rows: rows.into_iter().collect(), ..Self::default() }
    }

    pub fn card(mut self, title: impl Into<String>) -> Self {
        self.card = Some(SummaryCard {
            title: Some(CardTitle { text: title.into(), ..CardTitle::default() }),
            ..SummaryCard::default()
        });
        self
    }

    pub(super) fn any_actions(&self) -> bool {
        self.rows.iter().any(|row| !row.actions.links().is_empty())
    }

    /// The title of the card, in brackets behind each link: several cards may have the same rows.
    pub(super) fn card_words(&self) -> Option<Html> {
        let title = self.card.as_ref()?.title.as_ref()?;
        Some(Html::of(&title.html.or(&title.text)))
    }
}
