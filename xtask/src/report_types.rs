//! `docs/report-types/`: what can be reported, question by question, made from `services/` and `agencies/`.

mod effect;
mod index;
mod page;
mod question;
mod said;
mod table;

use anyhow::{anyhow, bail};
use catalogue::{Catalogue, Source};

use crate::{generated::Page, repository::Repository};

pub const FOLDER: &str = "docs/report-types";
/// Stands first in every page, so that nobody mends a page instead of the definition.
const MADE: &str =
    "<!-- Made from services/ and agencies/: MOOTHALL_WRITE=1 cargo run -p xtask -- report-types -->\n\n";

/// All definitions, as `moothall check` reads them; but not `published.lock`, since pages may be made of what is not yet
/// published.
///
/// # Errors
/// When a definition has a fault: all of them, with file and line.
pub fn catalogue(repository: &Repository) -> anyhow::Result<Catalogue> {
    let wanted =
        |path: &str| (path.starts_with("services/") && path.ends_with(".toml")) || path.starts_with("agencies/");
    let files = repository.files.iter().filter(|file| wanted(&file.path));
    let sources: Vec<_> = files.map(|file| Source::new(&file.path, file.text())).collect();
    catalogue::load(&sources)
        .map_err(|faults| anyhow!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
}

/// A page for each service and the index of them.
///
/// # Errors
/// When a definition has a fault.
pub fn pages(repository: &Repository) -> anyhow::Result<Vec<Page>> {
    let catalogue = catalogue(repository)?;
    let mut pages = vec![Page { path: format!("{FOLDER}/README.md"), text: index::text(&catalogue, repository) }];
    for service in catalogue.services() {
        // On some disks `README.md` and `readme.md` are one file.
        if service.id.eq_ignore_ascii_case("readme") {
            bail!("a service named {} would take the place of the index", service.id);
        }
        let text = page::text(service, &catalogue, repository);
        pages.push(Page { path: format!("{FOLDER}/{}.md", service.id), text });
    }
    Ok(pages)
}

/// The samples of a service, by file name.
fn samples<'r>(repository: &'r Repository, service: &str) -> Vec<&'r str> {
    let folder = format!("services/{service}/samples/");
    let inside = repository.files.iter().filter_map(|file| file.path.strip_prefix(&folder));
    inside.filter_map(|name| name.strip_suffix(".json")).collect()
}

#[cfg(test)]
pub(crate) mod planted;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_has_a_page_and_the_index_leads_to_it() {
        let pages = pages(&planted::repository()).unwrap();
        let paths: Vec<_> = pages.iter().map(|page| page.path.as_str()).collect();
        assert_eq!(
            paths,
            ["docs/report-types/README.md", "docs/report-types/lamp.md", "docs/report-types/route.water.md"]
        );
        assert!(pages[0].text.contains("[`lamp`](lamp.md)"), "{}", pages[0].text);
    }

    #[test]
    fn the_same_definitions_give_the_same_pages() {
        assert_eq!(pages(&planted::repository()).unwrap(), pages(&planted::repository()).unwrap());
    }

    #[test]
    fn a_faulty_definition_is_named_with_its_line() {
        let repository = Repository::of(&[("services/lamp/service.toml", "x = 1\n"), ("services/lamp/en.toml", "")]);
        assert!(pages(&repository).unwrap_err().to_string().contains("services/lamp/service.toml:1: "));
    }
}
