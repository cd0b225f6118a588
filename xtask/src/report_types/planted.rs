//! Two small services and an agency that no test of `services/` changes.

use crate::repository::Repository;

const LAMP: &str = r#"
[service]
id = "lamp"
version = 2
group = "Street problems"
regime = "p2"
tracking = "link"
anonymous = "allowed"
public = true
retention = "council_report"
priority = 3

[[question]]
id = "danger"
kind = "yes_no"
gate = true
ask = "required"
tags = { regime = "p2", sensitivity = "plain", publish = "none", retention = "nothing" }
when = [{ is = true, stop = "call" }]

[[question]]
id = "where"
kind = "place"
decides = true
ask = "required"
tags = { regime = "p2", sensitivity = "personal", publish = "coarse_place", retention = "council_report" }

[[question]]
id = "fault"
kind = "choices"
options = ["dark", "leaning"]
tags = { regime = "p2", sensitivity = "plain", publish = "choice", retention = "council_report" }
when = [
  { includes = "leaning", flag = "unsafe", priority = 1, notice = "keep_away", recipient = "night", preset = { seen = "yes" } },
  { includes = "dark", and = { question = "where", answered = true }, stop = "river", timer = "soon", type = "lamp.dark", sensitive = true },
]

[[question]]
id = "seen"
kind = "choice"
options = ["yes", "no"]
ask = "later"
show_when = { any = [{ question = "fault", includes = "leaning" }, { question = "fault", ticked = 2 }] }
required_when = { not = { question = "where", answered = true } }
evidence = true
tags = { regime = "both", sensitivity = "restricted", publish = "none", retention = "council_report" }

[[question]]
id = "people"
kind = "group"
most = 3
tags = { regime = "p2", sensitivity = "personal", publish = "none", retention = "council_report" }
[[question.question]]
id = "note"
kind = "text"
max = 50
tags = { regime = "p2", sensitivity = "personal", publish = "none", retention = "council_report" }

[[stop]]
id = "call"
kind = "emergency"
links = [{ key = "call", phone = "999" }]

[[stop]]
id = "river"
kind = "signpost"
carry_on = true
go = "route.water"
links = [{ key = "site", url = "https://example.org/river" }]

[[lead]]
id = "dark"
when = { question = "fault", includes = "dark" }
lead = "police"
assist = ["council"]

[[lead]]
id = "rest"
lead = "council"
"#;

const WORDS: &str = r#"
[service]
title = "A street lamp"
summary = "Tell us about a lamp | or a post."
neutral_title = "Your report"
[question]
danger.label = "Is anyone in danger?"
where.label = "Where is the lamp?"
fault.label = "What is wrong?"
fault.options.dark = "It is dark"
fault.options.leaning = "It leans"
seen.label = "Did you see it?"
seen.options.yes = "Yes"
seen.options.no = "No"
people.label = "Who knows more?"
people.note.label = "Note"
[stop.call.links]
call = "Call 999"
[stop.river]
title = "The river people"
body = ["They look after it."]
carry_on = "Tell us too"
links.site = "Their page"
[notice]
keep_away = "Keep away from it."
[lead]
dark = "The police lead."
rest = "The council leads."
[type]
"lamp.dark" = "A dark lamp"
[flag]
unsafe = "Not safe"
"#;

const WATER: &str = r#"
[service]
id = "route.water"
version = 1
group = "Other help"
regime = "p2"
tracking = "link"
anonymous = "allowed"
retention = "nothing"
opening = "water"
[[stop]]
id = "water"
kind = "signpost"
links = [{ key = "site", url = "https://example.org" }]
"#;

const WATER_WORDS: &str = r#"
[service]
title = "Water"
summary = "Others deal with it."
[stop.water]
title = "Ask them"
body = ["They know."]
links.site = "Their page"
"#;

pub fn repository() -> Repository {
    Repository::of(&[
        ("services/lamp/en.toml", WORDS),
        ("services/lamp/samples/dark.json", "{}"),
        ("services/lamp/samples/everything.json", "{}"),
        ("services/lamp/samples/notes.txt", ""),
        ("services/lamp/service.toml", LAMP),
        ("services/route.water/en.toml", WATER_WORDS),
        ("services/route.water/service.toml", WATER),
    ])
}

pub fn catalogue() -> catalogue::Catalogue {
    super::catalogue(&repository()).unwrap()
}
