//! A sound definition, to be spoilt in one place.
#![allow(dead_code)]

use catalogue::{Fault, definition};

pub const TOML: &str = r#"[service]
id = "lamp"
version = 1
group = "Street problems"
regime = "p2"
tracking = "link"
anonymous = "allowed"
public = true
retention = "council_report"

[[question]]
id = "gate"
kind = "yes_no"
gate = true
ask = "required"
tags = { regime = "p2", sensitivity = "plain", publish = "none", retention = "nothing" }
when = [{ is = true, stop = "danger" }]

[[question]]
id = "fault"
kind = "choice"
options = ["out", "leaning"]
ask = "required"
tags = { regime = "p2", sensitivity = "plain", publish = "choice", retention = "council_report" }
when = [{ is = "leaning", priority = 1, flag = "unsafe", type = "lamp.leaning", notice = "stay_away", preset = { near = "no" } }]

[[question]]
id = "parts"
kind = "choices"
options = ["glass", "wires", "none"]
alone = "none"
show_when = { question = "fault", is = "leaning" }
tags = { regime = "p2", sensitivity = "plain", publish = "choice", retention = "council_report" }

[[question]]
id = "near"
kind = "choice"
options = ["yes", "no"]
tags = { regime = "p2", sensitivity = "plain", publish = "none", retention = "council_report" }

[[question]]
id = "seen"
kind = "date"
tags = { regime = "p2", sensitivity = "plain", publish = "none", retention = "council_report" }

[[question]]
id = "you"
kind = "person"
parts = ["name", "email"]
tags = { regime = "p2", sensitivity = "personal", publish = "none", retention = "council_report" }

[[question]]
id = "others"
kind = "group"
most = 3
tags = { regime = "p2", sensitivity = "personal", publish = "none", retention = "council_report" }
[[question.question]]
id = "note"
kind = "text"
max = 50
tags = { regime = "p2", sensitivity = "plain", publish = "none", retention = "council_report" }

[[stop]]
id = "danger"
kind = "emergency"
links = [{ key = "call", phone = "999" }]
"#;

pub const WORDS: &str = r#"[service]
title = "Street light"
summary = "Tell us about a lamp."
[question.gate]
label = "Is anyone in danger?"
[question.fault]
label = "What is wrong?"
[question.fault.options]
out = "It is out"
leaning = "It leans"
[question.parts]
label = "What can you see?"
[question.parts.options]
glass = "Glass"
wires = "Wires"
none = "None of these"
[question.near]
label = "Is it near a school?"
[question.near.options]
yes = "Yes"
no = "No"
[question.seen]
label = "When did you see it?"
[question.you]
label = "Who are you?"
[question.others]
label = "Anything else?"
[question.others.note]
label = "Note"
[stop.danger.links]
call = "Call 999"
[notice]
stay_away = "Stay away from it."
[type]
"lamp.leaning" = "Leaning street light"
[flag]
unsafe = "Not safe"
"#;

/// The line on which a text begins, from 1.
pub fn line_of(text: &str, part: &str) -> usize {
    1 + text[..text.find(part).unwrap_or_else(|| panic!("{part:?} is not there"))].matches('\n').count()
}

pub fn faults(toml: &str, words: &str) -> Vec<Fault> {
    definition(toml, words).err().unwrap_or_default()
}

/// Spoils the definition and expects a fault with these words, on the line of `near` where that is given.
pub fn spoilt(from: &str, to: &str, reason: &str, near: &str) {
    assert!(TOML.contains(from), "{from:?} is not in the definition");
    let toml = TOML.replacen(from, to, 1);
    let found = faults(&toml, WORDS);
    let fault = found.iter().find(|fault| fault.reason.contains(reason));
    let fault = fault.unwrap_or_else(|| panic!("{to:?} gives no fault with {reason:?}: {found:#?}"));
    assert_eq!(fault.file, "service.toml", "{reason}");
    if !near.is_empty() {
        assert_eq!(fault.line, line_of(&toml, near), "{reason}");
    }
}

pub fn spoilt_words(from: &str, to: &str, reason: &str, near: &str) {
    assert!(WORDS.contains(from), "{from:?} is not in the words");
    let words = WORDS.replacen(from, to, 1);
    let found = faults(TOML, &words);
    let fault = found.iter().find(|fault| fault.reason.contains(reason));
    let fault = fault.unwrap_or_else(|| panic!("{to:?} gives no fault with {reason:?}: {found:#?}"));
    assert_eq!(fault.file, "en.toml", "{reason}");
    if !near.is_empty() {
        assert_eq!(fault.line, line_of(&words, near), "{reason}");
    }
}
