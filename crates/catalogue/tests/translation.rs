//! A service in another language: complete or not at all.

use catalogue::{Catalogue, Source, load};
use std::{fs, path::Path};

const SERVICE: &str = r#"
[service]
id = "lamp"
version = 2
group = "Streets"
regime = "both"
tracking = "link"
anonymous = "off"
retention = "council_report"

[[question]]
part = "where"

[[question]]
id = "about"
kind = "long_text"
ask = "required"
tags = { regime = "both", sensitivity = "plain", publish = "none", retention = "council_report" }
"#;
const PART: &str = r#"
[[question]]
id = "where"
kind = "place"
decides = true
ask = "required"
tags = { regime = "both", sensitivity = "plain", publish = "none", retention = "council_report" }
"#;
const ENGLISH: &str = r#"
[service]
title = "A lamp"
summary = "A lamp that is out. Not urgent: call 101"
synonyms = ["light"]
[question.about]
label = "What is wrong?"
missing = "Say what is wrong"
"#;
const POLISH: &str = r#"
[translation]
language = "pl"
reviewed = false
version = 2
[service]
title = "Latarnia"
summary = "Latarnia nie świeci. Niepilne: 101"
synonyms = ["lampa", "światło"]
[question.about]
label = "Co się stało?"
missing = "Napisz, co się stało"
"#;
const LANGUAGES: &str = "[[language]]\ntag = \"pl\"\nname = \"Polish\"\nown = \"polski\"\n";

fn sources() -> Vec<Source> {
    [
        ("services/lamp/service.toml", SERVICE),
        ("services/lamp/en.toml", ENGLISH),
        ("services/lamp/pl.toml", POLISH),
        ("services/parts/where.toml", PART),
        ("services/parts/where.en.toml", "[question.where]\nlabel = \"Where is it?\"\n"),
        (
            "services/parts/where.pl.toml",
            "[translation]\nlanguage = \"pl\"\nreviewed = true\n[question.where]\nlabel = \"Gdzie to jest?\"\n",
        ),
        ("services/languages.toml", LANGUAGES),
    ]
    .map(|(path, text)| Source::new(path, text))
    .to_vec()
}

fn with(path: &str, change: impl Fn(&str) -> String) -> Catalogue {
    let mut sources = sources();
    for source in sources.iter_mut().filter(|source| source.path == path) {
        source.text = change(&source.text);
    }
    load(&sources).unwrap()
}

fn said(catalogue: &Catalogue) -> Vec<String> {
    catalogue.untold().iter().map(ToString::to_string).collect()
}

#[test]
fn a_service_speaks_a_language_with_its_own_words_those_of_its_parts_and_those_of_the_kinds() {
    let catalogue = load(&sources()).unwrap();
    assert_eq!(said(&catalogue), [""; 0]);
    let (english, polish) = (catalogue.service("lamp").unwrap(), catalogue.service_in("lamp", "pl").unwrap());
    assert_eq!((polish.title(), polish.words.label("where")), ("Latarnia", "Gdzie to jest?"));
    assert_ne!(polish.words.say("yes_no.options.yes"), "Yes");
    assert_eq!(polish.questions[1].label, "Co się stało?");
    assert_eq!((&polish.hash, polish.version, polish.language.as_str()), (&english.hash, 2, "pl"));
    assert!(!polish.reviewed, "one of its files was read by nobody who speaks it");
    assert!(catalogue.service_in("lamp", "ro").is_none() && catalogue.service_in("none", "pl").is_none());
}

#[test]
fn people_find_a_service_by_words_of_their_language_and_by_english_ones() {
    let catalogue = load(&sources()).unwrap();
    for words in ["światło", "light", "latarnia"] {
        let hits = catalogue.search_in("pl", words, 5);
        assert_eq!(hits.first().map(|hit| hit.title.as_str()), Some("Latarnia"), "{words}");
    }
    assert!(catalogue.search("światło", 5).is_empty());
    assert_eq!(catalogue.groups_in("pl")[0].services[0].title(), "Latarnia");
}

#[test]
fn what_a_translation_lacks_is_named_and_people_get_english() {
    const FILE: &str = "services/lamp/pl.toml";
    for (from, to, reason) in [
        ("label = \"Co się stało?\"\n", "", "`question.about.label` is missing"),
        ("101", "sto jeden", "`service.summary` has lost `101`"),
        ("reviewed = false", "", ""),
        ("language = \"pl\"", "language = \"ro\"", "`ro` is not the language of the file"),
        (
            "[question.about]",
            "[question.about]\nhint = \"Nowe\"",
            "`question.about.hint` is not among the English words",
        ),
    ] {
        let catalogue = with(FILE, |text| text.replace(from, to));
        let found = said(&catalogue);
        assert_eq!(found.iter().any(|fault| fault.contains(reason)), !reason.is_empty(), "{reason}: {found:?}");
        assert_eq!(catalogue.service_in("lamp", "pl").is_some(), reason.is_empty(), "{reason}");
    }
    let catalogue = with("services/parts/where.pl.toml", |_| String::new());
    assert!(said(&catalogue)[0].starts_with("services/parts/where.pl.toml:0:"), "{:?}", said(&catalogue));
    assert!(catalogue.service_in("lamp", "pl").is_none());
}

#[test]
fn a_translation_of_an_older_version_waits_and_a_warning_says_so() {
    let catalogue = with("services/lamp/service.toml", |text| text.replace("version = 2", "version = 3"));
    assert!(catalogue.service_in("lamp", "pl").is_none() && said(&catalogue).is_empty());
    let stale: Vec<String> = catalogue.stale().iter().map(ToString::to_string).collect();
    assert_eq!(stale, ["services/lamp/pl.toml:0: is of version 2, the service is version 3: people get English"]);
}

#[test]
fn no_translation_of_the_house_is_unsound_or_stale() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (mut sources, mut folders) = (Vec::new(), vec![root.join("services")]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                let text = fs::read_to_string(&path).unwrap();
                sources.push(Source::new(path.strip_prefix(&root).unwrap().display().to_string(), text));
            }
        }
    }
    let catalogue = load(&sources).unwrap();
    let found: Vec<String> = catalogue.untold().iter().chain(catalogue.stale()).map(ToString::to_string).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(catalogue.languages().len() >= 10, "P-108");
    for language in catalogue.languages() {
        let missing: Vec<&str> =
            catalogue.groups().iter().map(|group| group.name).filter(|name| language.group(name).is_none()).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", language.tag);
    }
}
