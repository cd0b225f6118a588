//! The pages of `docs/report-types/` are those that the definitions give.

use crate::{found::Found, generated, report_types, repository::Repository};

/// # Errors
/// When a definition has a fault, or a page cannot be written.
pub fn find(repository: &Repository) -> anyhow::Result<Found> {
    generated::hold(repository, "report-types", report_types::FOLDER, &report_types::pages(repository)?)
}
