//! Rules about words, about several files together, and about what is published.

mod lamp;

use catalogue::{Source, definition, load};
use lamp::{TOML, WORDS, faults, spoilt_words};

#[test]
fn every_word_is_there_and_every_word_is_used() {
    spoilt_words("title = \"Street light\"\n", "", "`service.title` is missing", "");
    spoilt_words("leaning = \"It leans\"\n", "", "`question.fault.options.leaning` is missing", "");
    spoilt_words("[question.others.note]\nlabel = \"Note\"\n", "", "`question.others.note.label` is missing", "");
    spoilt_words("call = \"Call 999\"", "ring = \"Call 999\"", "`stop.danger.links.call` is missing", "");
    spoilt_words("stay_away = ", "keep_off = ", "`notice.stay_away` is missing", "");
    spoilt_words(
        "label = \"Who are you?\"",
        "label = \"Who are you?\"\nlable = \"x\"",
        "`question.you.lable` is used by nothing",
        "lable",
    );
    spoilt_words(
        "label = \"Who are you?\"",
        "label = \"Who are you?\"\n[question.you.parts]\nemail = \"x\"\nshoe = \"x\"",
        "`question.you.parts.shoe` is used by nothing",
        "shoe",
    );
    spoilt_words("unsafe = ", "not_safe = ", "`flag.unsafe` is missing", "");
    spoilt_words("unsafe = ", "not_safe = ", "`flag.not_safe` is used by nothing", "not_safe");
    spoilt_words("\"lamp.leaning\" = ", "\"lamp.out\" = ", "`type.lamp.leaning` is missing", "");
    spoilt_words("\"lamp.leaning\" = ", "\"lamp.out\" = ", "`type.lamp.out` is used by nothing", "lamp.out");
    spoilt_words("title = \"Street light\"", "title = \"\"", "`service.title` is empty", "title");
    spoilt_words("title = \"Street light\"", "title = [\"Street light\"]", "`service.title` must be a text", "title");
    spoilt_words("title = \"Street light\"", "title = 5", "must be a text, not a whole number", "title");
    spoilt_words(
        "title = \"Street light\"",
        "title = \"Street light\"\nsynonyms = [\"lamp\", 5]",
        "must be a list of texts",
        "synonyms",
    );
}

#[test]
fn a_service_that_can_turn_sensitive_has_a_neutral_title() {
    spoilt_neutral("public = true", "public = true\nneutral_mail = true");
    spoilt_neutral("flag = \"unsafe\"", "flag = \"unsafe\", sensitive = true");
}

fn spoilt_neutral(from: &str, to: &str) {
    let found = faults(&TOML.replacen(from, to, 1), WORDS);
    assert!(found.iter().any(|fault| fault.reason.contains("`service.neutral_title` is missing")), "{found:#?}");
}

#[test]
fn a_report_type_has_its_own_title_and_a_flag_its_words() {
    let service = definition(TOML, WORDS).unwrap();
    assert_eq!(service.type_title("lamp.leaning"), "Leaning street light");
    assert_eq!(service.type_title("lamp"), "Street light", "the service's own id is a type too");
    assert_eq!(service.flag("unsafe"), Some("Not safe"));
    assert_eq!(service.flag("no_such_flag"), None);
    assert_eq!(service.flag("handed_back"), Some("Handed back"), "marks of every service have words");
}

#[test]
fn a_mark_that_every_service_has_needs_no_words_of_its_own() {
    let toml = TOML.replace("flag = \"unsafe\"", "flag = \"handed_back\"");
    let words = WORDS.replace("[flag]\nunsafe = \"Not safe\"\n", "");
    assert_eq!(faults(&toml, &words), []);
    assert_eq!(faults(&toml, &format!("{words}[flag]\nhanded_back = \"Came back to us\"\n")), []);
}

#[test]
fn every_fault_of_every_file_comes_at_once() {
    let bad = TOML.replace("kind = \"date\"", "kind = \"dates\"").replace("version = 1", "version = 0");
    let words = WORDS.replace("title = ", "titel = ");
    let sources = [
        Source::new("services/lamp/service.toml", bad),
        Source::new("services/lamp/en.toml", words),
        Source::new("services/bench/service.toml", "nonsense"),
        Source::new("agencies/bodies.toml", "[[body]]\nid = \"x\"\n"),
    ];
    let found = load(&sources).unwrap_err();
    for file in
        ["services/lamp/service.toml", "services/lamp/en.toml", "services/bench/service.toml", "agencies/bodies.toml"]
    {
        assert!(found.iter().any(|fault| fault.file == file), "{file} has no fault in {found:#?}");
    }
}

#[test]
fn a_folder_and_its_service_have_one_name() {
    let sources = [Source::new("services/light/service.toml", TOML), Source::new("services/light/en.toml", WORDS)];
    let found = load(&sources).unwrap_err();
    assert_eq!(found[0].reason, "the folder is `light`, the id `lamp`");
}

#[test]
fn changed_content_under_a_published_version_is_a_fault() {
    let service = definition(TOML, WORDS).unwrap();
    let lock = catalogue::lock(std::slice::from_ref(&service));
    let with = |toml: &str, words: &str| {
        load(&[
            Source::new("services/lamp/service.toml", toml),
            Source::new("services/lamp/en.toml", words),
            Source::new("services/published.lock", lock.clone()),
        ])
    };
    assert!(with(TOML, WORDS).is_ok());
    assert!(with(&TOML.replace('\n', "\r\n"), WORDS).is_ok(), "line ends do not count");
    let words = WORDS.replace("It leans", "It leans over");
    let found = with(TOML, &words).unwrap_err();
    assert_eq!((found[0].file.as_str(), found[0].line), ("services/published.lock", 2));
    assert!(found[0].reason.contains("give it version 2"), "{found:#?}");
    assert!(with(&TOML.replace("version = 1", "version = 2"), &words).is_ok());
}
