//! GOV.UK Frontend's components as askama macros, one typed struct each.
//!
//! A page holds the struct and writes it where it belongs:
//!
//! ```text
//! let name = Input::new("name", "name", "What is your name?").heading().error(wrong);
//! {{ name }}                                                   as it is, in a page's template
//! {%- import "govuk/input.html" as govuk -%}
//! {% call govuk::input(name) %}{% endcall %}                   the same through the macro
//! ```
//!
//! `text` is always escaped. `html` takes an [`Html`], which only our own code can make: from a literal
//! ([`Html::fixed`]), from a component ([`Html::of`]) or from a template ([`Html::rendered`]).
//! Every field of a struct is a documented option of the component, in snake case; `type` is `kind`.
//! `{% if let Some(hint) = hint %}{{ hint }}{% endif %}` writes one that may be absent.
//! Where a list is asked for, `vec![…].into()` or `.collect()` makes it.
//!
//! An error summary leads to the id of a field: of radios and checkboxes that is their name (the first item's id),
//! of a date `PREFIX-day`, of all others the id they were given.
//! A form carries `novalidate`, so that our own words say what is wrong.
//!
//! `tests/govuk_fixtures.rs` compares every fixture that GOV.UK Frontend ships with what the macro writes.

mod attributes;
mod back_link;
mod button;
mod character_count;
mod checkboxes;
mod choice;
mod date_input;
mod details;
mod error_message;
mod error_summary;
mod exit_this_page;
mod fieldset;
mod file_upload;
pub mod filters;
#[doc(hidden)]
pub mod fixtures;
mod form_group;
mod generic_header;
mod hint;
mod html;
mod input;
mod inset_text;
mod items;
mod label;
mod loose;
mod notification_banner;
mod pagination;
mod panel;
mod password_input;
mod phase_banner;
mod radios;
mod select;
mod service_navigation;
mod skip_link;
mod summary_list;
mod table;
mod tag;
mod task_list;
mod textarea;
mod warning_text;

pub use attributes::Attributes;
pub use back_link::BackLink;
pub use button::Button;
pub use character_count::{CharacterCount, CountMessage};
pub use checkboxes::{CheckboxItem, Checkboxes};
pub use choice::{Conditional, ItemLabel};
pub use date_input::{DateInput, DateItem, DatePart};
pub use details::Details;
pub use error_message::ErrorMessage;
pub use error_summary::{ErrorItem, ErrorSummary};
pub use exit_this_page::ExitThisPage;
pub use fieldset::{Fieldset, Legend};
pub use file_upload::FileUpload;
pub use form_group::{FormGroup, Insert};
pub use generic_header::GenericHeader;
pub use hint::Hint;
pub use html::{Html, Said};
pub use input::{Affix, Input, Wrapper};
pub use inset_text::InsetText;
pub use items::Items;
pub use label::Label;
pub use notification_banner::NotificationBanner;
pub use pagination::{PageItem, PageLink, Pagination};
pub use panel::{Panel, PanelAction, PanelActions};
pub use password_input::{PasswordInput, ShowButton};
pub use phase_banner::PhaseBanner;
pub use radios::{RadioItem, Radios};
pub use select::{Select, SelectItem};
pub use service_navigation::{EndSlot, NavigationItem, ServiceNavigation, Slots};
pub use skip_link::SkipLink;
pub use summary_list::{CardTitle, SummaryAction, SummaryActions, SummaryCard, SummaryCell, SummaryList, SummaryRow};
pub use table::{Table, TableCell};
pub use tag::Tag;
pub use task_list::{Task, TaskHint, TaskList, TaskStatus, TaskTitle};
pub use textarea::Textarea;
pub use warning_text::WarningText;

#[cfg(test)]
mod tests {
    use askama::Template;

    use super::*;

    /// How a page uses components: as they are, and through the macro.
    #[derive(Template)]
    #[template(
        ext = "html",
        source = r#"{%- import "govuk/input.html" as govuk -%}<form>{{ name }}{{ go }}</form><form>{% call govuk::input(name) %}{% endcall %}{{ go }}</form>"#
    )]
    struct Page {
        name: Input,
        go: Button,
    }

    fn page(typed: &str) -> String {
        let name = Input::new("name", "name", "What is your name?").heading();
        let page = Page { name: name.value(typed).hint(typed).error(Some(typed)), go: Button::text("Continue") };
        page.to_string()
    }

    #[test]
    fn a_page_writes_a_component_with_and_without_the_macro() {
        let page = page("Robin Example");
        let halves: Vec<_> = page.split("</form>").collect();
        assert_eq!(halves[0], halves[1]);
        assert!(page.contains(r#"<h1 class="govuk-label-wrapper">"#), "{page}");
        assert!(page.contains(r#"value="Robin Example" aria-describedby="name-hint name-error""#), "{page}");
    }

    #[test]
    fn what_a_visitor_typed_never_becomes_markup() {
        let typed = r#""><script>alert('1')</script>"#;
        let page = page(typed);
        assert!(!page.contains("<script"), "{page}");
        assert!(!page.contains(r#""">"#), "{page}");
        let radios = Radios::new(typed, typed, [RadioItem::new(typed, typed).hint(typed)]);
        let select = Select::new(typed, typed, typed, [SelectItem::new(typed, typed)]).value(typed);
        let area = CharacterCount::new(typed, typed, typed, 9).value(typed);
        let date = DateInput::new(typed, typed).values(typed, typed, typed);
        let rows = SummaryList::new([SummaryRow::new(typed, typed).change(typed, typed)]).card(typed);
        let table = Table::new(typed, [typed], vec![vec![TableCell::text(typed)]]).stacking();
        let errors = ErrorSummary::new([(typed, typed)]);
        let panel = Panel::confirmation(typed, Html::text(typed));
        let pieces = [
            radios.to_string(),
            select.to_string(),
            area.to_string(),
            date.to_string(),
            rows.to_string(),
            table.to_string(),
            errors.to_string(),
            panel.to_string(),
        ];
        for piece in pieces {
            assert!(piece.contains("&#60;script&#62;"), "{piece}");
            assert!(!piece.contains("<script"), "{piece}");
        }
    }
}
