//! The rules, in the order they are printed.

pub mod ambient;
pub mod arrows;
pub mod built;
pub mod html;
pub mod ids;
pub mod journeys;
pub mod leftovers;
pub mod licences;
pub mod links;
pub mod names;
pub mod pure;
pub mod reading;
pub mod report_types;
pub mod size;
pub mod spelling;
pub mod sql;

use crate::{
    allowed::{self, Exceptions},
    found::Found,
    repository::Repository,
};

pub struct Rule {
    pub name: &'static str,
    find: fn(&Repository) -> anyhow::Result<Found>,
}

pub const ALL: &[Rule] = &[
    Rule { name: "arrows", find: arrows::find },
    Rule { name: "pure", find: pure::find },
    Rule { name: "ambient", find: |repository| Ok(ambient::find(repository)) },
    Rule { name: "sql", find: |repository| Ok(sql::find(repository)) },
    Rule { name: "html", find: |repository| Ok(html::find(repository)) },
    Rule { name: "journeys", find: |repository| Ok(journeys::find(repository)) },
    Rule { name: "ids", find: |repository| Ok(ids::find(repository)) },
    Rule { name: "size", find: |repository| Ok(size::find(repository)) },
    Rule { name: "names", find: |repository| Ok(names::find(repository)) },
    Rule { name: "leftovers", find: |repository| Ok(leftovers::find(repository)) },
    Rule { name: "links", find: |repository| Ok(links::find(repository)) },
    Rule { name: "report-types", find: report_types::find },
    Rule { name: "reading", find: reading::find },
    Rule { name: "spelling", find: spelling::find },
    Rule { name: "built", find: built::find },
    Rule { name: "licences", find: licences::find },
];

pub fn named(name: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.name == name)
}

/// The faults of one rule, without those in `exceptions.toml`.
///
/// # Errors
/// When a reviewed list, `cargo metadata` or a built file cannot be read.
pub fn run(rule: &Rule, repository: &Repository) -> anyhow::Result<Found> {
    let exceptions: Exceptions = allowed::read(repository, "exceptions.toml")?;
    let mut found = (rule.find)(repository)?;
    accept(rule.name, &exceptions, &mut found);
    Ok(found)
}

fn accept(rule: &str, exceptions: &Exceptions, found: &mut Found) {
    for one in exceptions.exception.iter().filter(|one| one.rule == rule) {
        let before = found.faults.len();
        found.faults.retain(|fault| {
            let inside = fault.path == one.path || fault.path.starts_with(&format!("{}/", one.path));
            let says = one.says.as_ref().is_none_or(|says| fault.what.contains(says.as_str()));
            !(inside && says)
        });
        match before - found.faults.len() {
            0 => found.note(format!("exception without use: {} ({})", one.path, one.reason)),
            many => found.note(format!("{many} accepted in {}: {}", one.path, one.reason)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allowed::Exception;

    #[test]
    fn an_exception_accepts_only_its_rule_its_place_and_its_words() {
        let exception = |rule: &str, says: Option<&str>| Exception {
            rule: rule.into(),
            path: "crates/a".into(),
            says: says.map(Into::into),
            reason: "looked at once".into(),
        };
        let left = |exception| {
            let mut found = Found::default();
            found.fault("crates/a/src/b.rs", 1, "names moon");
            found.fault("crates/ab/src/b.rs", 1, "names moon");
            accept("ids", &Exceptions { exception: vec![exception] }, &mut found);
            (found.faults.len(), found.notes.len())
        };
        assert_eq!(left(exception("ids", None)), (1, 1));
        assert_eq!(left(exception("ids", Some("moon"))), (1, 1));
        assert_eq!(left(exception("ids", Some("sun"))), (2, 1));
        assert_eq!(left(exception("sql", None)), (2, 0));
    }
}
