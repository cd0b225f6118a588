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
//! Where a list is asked for, `vec![…].into()` or `.collect()` makes it.
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
mod fieldset;
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
mod phase_banner;
mod radios;
mod select;
mod service_navigation;
mod skip_link;
mod tag;
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
pub use fieldset::{Fieldset, Legend};
pub use form_group::{FormGroup, Insert};
pub use generic_header::GenericHeader;
pub use hint::Hint;
pub use html::{Html, Said};
pub use input::{Affix, Input, Wrapper};
pub use inset_text::InsetText;
pub use items::Items;
pub use label::Label;
pub use phase_banner::PhaseBanner;
pub use radios::{RadioItem, Radios};
pub use select::{Select, SelectItem};
pub use service_navigation::{EndSlot, NavigationItem, ServiceNavigation, Slots};
pub use skip_link::SkipLink;
pub use tag::Tag;
pub use textarea::Textarea;
pub use warning_text::WarningText;
