//! Parts: questions, stops and words that many services have in common (police requirements, P-11).
//!
//! A part is `services/parts/<name>.toml` with its words in `services/parts/<name>.en.toml`. A service takes it in where its
//! questions come:
//!
//! ```toml
//! [[question]]
//! part = "emergency-gate"
//! ```
//!
//! What is read, hashed, published and kept is the service as a whole, as if all of it stood in one file: a part that changes
//! later changes no version that was published. The service's own words go before those of a part.

use crate::source::{Faults, Source};
use crate::{Fault, Words};
use std::{borrow::Cow, fmt::Write};

/// A service's two texts with its parts in them, and where each line of them comes from.
pub(crate) struct Composed<'s> {
    pub text: Cow<'s, str>,
    pub words: Cow<'s, str>,
    /// File and line of each line.
    lines: Vec<(&'s str, usize)>,
    word_lines: Vec<(&'s str, usize)>,
}

const FOLDER: &str = "services/parts/";

/// Whether any service takes in the part this file is of.
pub(crate) fn is_taken(file: &Source, all: &[&Source]) -> bool {
    let name = file.path.strip_prefix(FOLDER).unwrap_or_default();
    // `contact.toml`, `contact.en.toml`, `contact.zh-Hans.toml`.
    let name = name.split('.').next().unwrap_or(name);
    let takes = |source: &&&Source| source.path.ends_with("/service.toml");
    all.iter().filter(takes).any(|service| service.text.lines().any(|line| taken(line) == Some(name)))
}

/// The parts that a `service.toml` takes in.
pub(crate) fn parts(own: &Source) -> Vec<&str> {
    own.text.lines().filter_map(taken).collect()
}

pub(crate) fn compose<'s>(own: &'s Source, words: &'s Source, all: &[&'s Source]) -> Result<Composed<'s>, Vec<Fault>> {
    let mut faults = Faults::of(&own.path);
    let (mut text, mut lines, mut parts) = (String::new(), Vec::new(), Vec::new());
    let mut rest = own.text.lines().enumerate().peekable();
    while let Some((n, line)) = rest.next() {
        let next = rest.peek().filter(|_| line.trim() == "[[question]]");
        let Some(name) = next.and_then(|(_, next)| taken(next)) else {
            push(&mut text, line);
            lines.push((own.path.as_str(), n + 1));
            continue;
        };
        rest.next();
        while let Some((n, more)) = rest.next_if(|(_, line)| !line.trim_start().starts_with('[')) {
            if !more.trim().is_empty() && !more.trim_start().starts_with('#') {
                faults.add(n + 1, format_args!("part `{name}` is taken as it is: no other key may stand beside it"));
            }
        }
        let of = |ending: &str| all.iter().find(|source| source.path == format!("{FOLDER}{name}{ending}"));
        match (of(".toml"), of(".en.toml")) {
            _ if parts.iter().any(|(known, _): &(&str, &Source)| *known == name) => {
                faults.add(n + 2, format_args!("part `{name}` is taken twice"));
            }
            (Some(part), Some(words)) => {
                for (n, line) in part.text.lines().enumerate() {
                    push(&mut text, line);
                    lines.push((part.path.as_str(), n + 1));
                }
                parts.push((name, *words));
            }
            (Some(_), None) => faults.add(n + 2, format_args!("part `{name}` has no words: {FOLDER}{name}.en.toml")),
            (None, _) => faults.add(n + 2, format_args!("there is no part `{name}`: {FOLDER}{name}.toml")),
        }
    }
    let mut found = faults.done();
    if parts.is_empty() && found.is_empty() {
        return Ok(Composed {
            text: Cow::Borrowed(&own.text),
            words: Cow::Borrowed(&words.text),
            lines,
            word_lines: whole(words),
        });
    }
    let (words, word_lines) = in_one(words, &parts, &mut found);
    if found.is_empty() {
        Ok(Composed { text: Cow::Owned(text), words: Cow::Owned(words), lines, word_lines })
    } else {
        Err(found)
    }
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// The name in `part = "name"`.
fn taken(line: &str) -> Option<&str> {
    let value = line.trim().strip_prefix("part")?.trim_start().strip_prefix('=')?.trim();
    value.strip_prefix('"')?.strip_suffix('"')
}

fn whole(source: &Source) -> Vec<(&str, usize)> {
    (1..=source.text.lines().count()).map(|n| (source.path.as_str(), n)).collect()
}

/// All words, a line for each, the keys written out.
fn in_one<'s>(
    own: &'s Source,
    parts: &[(&str, &'s Source)],
    faults: &mut Vec<Fault>,
) -> (String, Vec<(&'s str, usize)>) {
    let (mut text, mut lines) = (String::new(), Vec::new());
    let mut read: Vec<(&'s Source, Words)> = Vec::new();
    for source in std::iter::once(&own).chain(parts.iter().map(|(_, words)| words)) {
        let mut found = Faults::of(&source.path);
        let words = Words::read(&source.text, &mut found);
        for (key, line) in words.keys() {
            match read.iter().position(|(_, before)| before.has(key)) {
                // The service says it in its own way.
                Some(0) => continue,
                Some(before) => found.add(line, format_args!("`{key}` stands in {} too", read[before].0.path)),
                None => {
                    // Writing to a String cannot fail. A JSON text is a basic string of TOML too.
                    let _ = writeln!(text, "{} = {}", serde_json::json!(key), words.json(key));
                    lines.push((source.path.as_str(), line));
                }
            }
        }
        faults.append(&mut found.done());
        read.push((source, words));
    }
    (text, lines)
}

impl Composed<'_> {
    /// A fault of the texts in the file and line where it is to be mended.
    pub fn placed(&self, mut fault: Fault, words: &Source) -> Fault {
        let lines = if fault.file == words.path { &self.word_lines } else { &self.lines };
        if let Some((file, line)) = fault.line.checked_sub(1).and_then(|line| lines.get(line)) {
            (fault.file, fault.line) = ((*file).to_owned(), *line);
        }
        fault
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources() -> Vec<Source> {
        vec![
            Source::new(
                "services/lamp/service.toml",
                "[service]\nid = \"lamp\"\n\n[[question]]\npart = \"gate\"\n\n# after\n[[question]]\nid = \"b\"\n",
            ),
            Source::new(
                "services/lamp/en.toml",
                "[question.b]\nlabel = \"B\"\n[question.\"g.now\"]\nshort = \"Own\"\n",
            ),
            Source::new(
                "services/parts/gate.toml",
                "# the gate\n[[question]]\nid = \"g.now\"\n[[stop]]\nid = \"call\"\n",
            ),
            Source::new(
                "services/parts/gate.en.toml",
                "[question.\"g.now\"]\nlabel = \"Say \\\"now\\\"\"\nshort = \"Now\"\n[flag]\nx = \"X\"\n",
            ),
        ]
    }

    fn composed(sources: &[Source]) -> Result<Composed<'_>, Vec<Fault>> {
        let all: Vec<&Source> = sources.iter().collect();
        compose(all[0], all[1], &all)
    }

    #[test]
    fn a_part_stands_where_it_was_taken_in_and_faults_name_its_own_file() {
        let sources = sources();
        let composed = composed(&sources).unwrap();
        assert_eq!(
            composed.text,
            "[service]\nid = \"lamp\"\n\n# the gate\n[[question]]\nid = \"g.now\"\n[[stop]]\nid = \"call\"\n[[question]]\nid = \"b\"\n"
        );
        let placed = |line, of_words: bool| {
            let file = &sources[usize::from(of_words)].path;
            let fault = Fault { file: file.clone(), line, reason: String::new() };
            let Fault { file, line, .. } = composed.placed(fault, &sources[1]);
            (file, line)
        };
        assert_eq!(placed(6, false), ("services/parts/gate.toml".to_owned(), 3));
        assert_eq!(placed(10, false), ("services/lamp/service.toml".to_owned(), 9));
        assert_eq!(placed(0, false).1, 0);
        assert_eq!(placed(4, true).0, "services/parts/gate.en.toml");
    }

    #[test]
    fn own_words_go_before_those_of_a_part_and_all_stand_in_one_text() {
        let sources = sources();
        let composed = composed(&sources).unwrap();
        let mut faults = Faults::of("x");
        let words = Words::read(&composed.words, &mut faults);
        assert_eq!(faults.done(), []);
        assert_eq!(words.get("question.g.now.label"), Some("Say \"now\""));
        assert_eq!(words.get("question.g.now.short"), Some("Own"));
        assert_eq!((words.get("question.b.label"), words.get("flag.x")), (Some("B"), Some("X")));
    }

    #[test]
    fn a_service_without_parts_is_left_as_it_is() {
        let mut sources = sources();
        sources[0].text = "[[question]]\nid = \"part\"\r\n".into();
        let composed = composed(&sources).unwrap();
        assert_eq!((&*composed.text, &*composed.words), (sources[0].text.as_str(), sources[1].text.as_str()));
        assert!(matches!(composed.text, Cow::Borrowed(_)));
    }

    #[test]
    fn what_cannot_be_taken_in_is_named() {
        let said = |change: &dyn Fn(&mut Vec<Source>)| -> Vec<String> {
            let mut sources = sources();
            change(&mut sources);
            composed(&sources).err().unwrap().iter().map(ToString::to_string).collect()
        };
        let missing = said(&|sources| sources[2].path = "services/parts/other.toml".into());
        assert_eq!(missing, ["services/lamp/service.toml:5: there is no part `gate`: services/parts/gate.toml"]);
        let wordless = said(&|sources| drop(sources.pop()));
        assert!(wordless[0].contains("has no words"), "{wordless:?}");
        let twice = said(&|sources| sources[0].text += "[[question]]\npart = \"gate\"\n");
        assert_eq!(twice, ["services/lamp/service.toml:11: part `gate` is taken twice"]);
        let beside = said(&|sources| sources[0].text = "[[question]]\npart = \"gate\"\nid = \"x\"\n".into());
        assert!(beside[0].contains("service.toml:3: part `gate` is taken as it is"), "{beside:?}");
        let both = said(&|sources| {
            sources[0].text += "[[question]]\npart = \"more\"\n";
            sources.push(Source::new("services/parts/more.toml", ""));
            sources.push(Source::new("services/parts/more.en.toml", "[flag]\nx = \"Other\"\n"));
        });
        assert_eq!(both, ["services/parts/more.en.toml:2: `flag.x` stands in services/parts/gate.en.toml too"]);
    }
}
