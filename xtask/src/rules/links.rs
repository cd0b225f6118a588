//! A link in a Markdown page leads to a file that is there.

use crate::{found::Found, repository::Repository};

pub fn find(repository: &Repository) -> Found {
    let mut found = Found::default();
    let mut count = 0;
    for file in repository.files.iter().filter(|file| file.extension() == "md") {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut in_fence = false;
        for (at, line) in file.text().lines().enumerate() {
            if line.trim_start().starts_with("```") {
                in_fence = !in_fence;
            }
            for target in targets(line).into_iter().filter(|_| !in_fence) {
                count += 1;
                match resolve(folder, target) {
                    Some(path) if repository.has(&path) => {}
                    Some(path) => found.fault(&file.path, at + 1, format!("{path} is not there")),
                    None => found.fault(&file.path, at + 1, format!("{target} leads out of the repository")),
                }
            }
        }
    }
    found.note(format!("{count} links"));
    found
}

/// Targets of `[words](target)`, `[words]: target` and `src="target"` that lead to a file.
fn targets(line: &str) -> Vec<&str> {
    let line_without_code: Vec<_> = line.split('`').step_by(2).collect();
    let mut found = Vec::new();
    for piece in line_without_code {
        found.extend(piece.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next()));
        found.extend(piece.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next()));
        if piece.starts_with('[')
            && let Some((_, rest)) = piece.split_once("]: ")
        {
            found.extend(rest.split_whitespace().next());
        }
    }
    let elsewhere = |target: &str| target.starts_with('#') || target.contains("://") || target.starts_with("mailto:");
    found.into_iter().filter(|target| !target.is_empty() && !elsewhere(target)).collect()
}

fn resolve(folder: &str, target: &str) -> Option<String> {
    let target = target.split('#').next().unwrap_or(target);
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop().filter(|part| !part.is_empty())?),
            part => parts.push(part),
        }
    }
    Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        find(&Repository::of(&[("README.md", ""), ("docs/a.md", text), ("docs/pictures/b.png", "")]))
            .faults
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn a_link_to_nothing_is_found() {
        assert_eq!(faults("\nsee [this](gone.md#part)."), ["docs/a.md:2: docs/gone.md is not there"]);
        assert_eq!(faults("[this]: ../gone.md").len(), 1);
        assert_eq!(faults("<img src=\"pictures/c.png\">").len(), 1);
        assert_eq!(
            faults("[out](../../elsewhere/a.md)"),
            ["docs/a.md:1: ../../elsewhere/a.md leads out of the repository"]
        );
    }

    #[test]
    fn links_that_lead_somewhere_are_let_be() {
        assert!(faults("[a](../README.md) ![b](pictures/b.png \"B\") [c](pictures/) [d](/README.md) [e](#here) [f](https://example.org/a.md)").is_empty());
    }

    #[test]
    fn examples_of_code_are_no_links() {
        assert!(faults("`[a](gone.md)`\n```\n[a](gone.md)\n```").is_empty());
    }
}
