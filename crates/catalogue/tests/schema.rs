//! The schema for editors: the committed file is the function's, our services keep to it, and it refuses what the
//! reader refuses.

mod judge;
mod lamp;
mod ours;

use catalogue::schema;
use judge::faults_of;
use serde_json::Value;

const FILE: &str = "services/service.schema.json";

fn read(toml: &str) -> Value {
    toml::from_str(toml).unwrap()
}

#[test]
fn the_committed_schema_is_the_one_the_reader_gives() {
    let file = ours::root().join(FILE);
    let wanted = format!("{:#}\n", schema());
    if std::env::var_os("MOOTHALL_WRITE").is_some() {
        std::fs::write(&file, &wanted).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == wanted, "{FILE} is old; write it: MOOTHALL_WRITE=1 cargo test -p catalogue --test schema");
}

#[test]
fn every_service_names_the_schema_first_and_keeps_to_it() {
    let services: Vec<_> =
        ours::files("services").into_iter().filter(|source| source.path.ends_with("/service.toml")).collect();
    assert!(services.len() >= 5);
    for source in services {
        assert!(source.text.starts_with("#:schema ../service.schema.json\n"), "{}: its first line", source.path);
        assert_eq!(faults_of(&schema(), &read(&source.text)), Vec::<String>::new(), "{}", source.path);
    }
}

#[test]
fn a_sound_definition_keeps_to_it() {
    assert_eq!(faults_of(&schema(), &read(lamp::TOML)), Vec::<String>::new());
    let other =
        std::fs::read_to_string(ours::root().join("crates/catalogue/tests/other-council/service.toml")).unwrap();
    assert_eq!(faults_of(&schema(), &read(&other)), Vec::<String>::new());
}

/// What is spoilt, how, and a part of the place where the schema says so. The reader must refuse it too.
const SPOILT: &[(&str, &str, &str)] = &[
    ("version = 1", "version = 0", "/service/version"),
    ("version = 1", "version = \"one\"", "/service/version"),
    ("group = \"Street problems\"\n", "", "/service"),
    ("public = true", "publik = true", "/service"),
    ("public = true", "public = true\npriority = 9", "/service/priority"),
    ("id = \"lamp\"", "id = \"Lamp!\"", "/service/id"),
    ("tracking = \"link\"", "tracking = \"post\"", "/service/tracking"),
    ("kind = \"date\"", "kind = \"dates\"", "/question/4/kind"),
    ("kind = \"date\"", "kind = \"date\"\nmax = 3", "/question/4"),
    ("kind = \"date\"", "kind = \"date\"\nleast = 5", "/question/4/least"),
    ("kind = \"date\"", "kind = \"date\"\nleast = \"soon\"", "/question/4/least"),
    ("kind = \"date\"", "kind = \"number\"\nleast = \"2026-05-22\"", "/question/4/least"),
    ("kind = \"date\"", "kind = \"moment\"\nmodes = [\"ever\"]", "/question/4/modes/0"),
    ("kind = \"date\"", "kind = \"long_text\"\nmax = 20000", "/question/4/max"),
    ("id = \"seen\"", "id = \"Seen\"", "/question/4/id"),
    ("options = [\"yes\", \"no\"]\n", "", "/question/3"),
    ("options = [\"yes\", \"no\"]", "options = [\"no\"]", "/question/3/options"),
    ("options = [\"yes\", \"no\"]", "options = [\"Yes!\", \"no\"]", "/question/3/options/0"),
    ("options = [\"yes\", \"no\"]", "options = [\"no\", \"no\"]", "/question/3/options"),
    ("ask = \"required\"", "ask = \"perhaps\"", "/question/0/ask"),
    ("most = 3", "most = 21", "/question/6/most"),
    ("max = 50\n", "max = 50\nask = \"later\"\n", "/question/6/question/0/ask"),
    ("id = \"note\"\nkind = \"text\"\nmax = 50", "id = \"note\"\nkind = \"diary\"", "/question/6/question/0/kind"),
    ("id = \"note\"\n", "id = \"note\"\ngate = true\n", "/question/6/question/0"),
    ("regime = \"p2\", sensitivity = \"plain\", publish = \"choice\"", "publish = \"choice\"", "/question/1/tags"),
    ("retention = \"nothing\"", "retention = \"for_ever\"", "/question/0/tags/retention"),
    ("is = true, stop = \"danger\"", "is = true", "/question/0/when/0"),
    ("is = true, stop = \"danger\"", "stop = \"danger\"", "/question/0/when/0"),
    ("is = true, stop", "is = true, answered = true, stop", "/question/0/when/0"),
    ("priority = 1, flag", "priority = 5, flag", "/question/1/when/0/priority"),
    ("flag = \"unsafe\"", "flag = \"Not safe\"", "/question/1/when/0/flag"),
    (
        "show_when = { question = \"fault\", is = \"leaning\" }",
        "show_when = { question = \"fault\" }",
        "/question/2/show_when",
    ),
    ("show_when = { question = \"fault\", is = \"leaning\" }", "show_when = { all = [] }", "/question/2/show_when"),
    (
        "show_when = { question = \"fault\", is = \"leaning\" }",
        "show_when = { question = \"fault\", answered = false }",
        "/question/2/show_when",
    ),
    ("kind = \"emergency\"", "kind = \"elsewhere\"", "/stop/0/kind"),
    ("[[stop]]", "[[lead]]\nid = \"all\"\n[[stop]]", "/lead/0"),
    ("[[stop]]", "[[lead]]\nid = \"all\"\nlead = \"council\"\nwho = \"us\"\n[[stop]]", "/lead/0"),
    ("[[stop]]", "[case]\ndiary = \"seen\"\ntruth = \"near\"\n[[stop]]", "/case"),
    ("[[stop]]", "[case]\ndiary = \"a\"\ntruth = \"b\"\nnow_lasts_hours = 0\n[[stop]]", "/case/now_lasts_hours"),
    ("kind = \"emergency\"", "kind = \"emergency\"\nsound = \"loud\"", "/stop/0"),
    ("phone = \"999\"", "phone = \"999\", url = \"https://example.org\"", "/stop/0/links/0"),
    ("phone = \"999\"", "url = \"http://example.org\"", "/stop/0/links/0/url"),
];

#[test]
fn what_it_refuses_the_reader_refuses_too_and_at_that_place() {
    for (from, to, place) in SPOILT {
        assert!(lamp::TOML.contains(from), "{from:?} is not in the definition");
        let toml = lamp::TOML.replacen(from, to, 1);
        let found = faults_of(&schema(), &read(&toml));
        assert!(found.iter().any(|fault| fault.starts_with(place)), "{to:?} at {place}: {found:#?}");
        assert!(!lamp::faults(&toml, lamp::WORDS).is_empty(), "the reader takes {to:?}");
    }
}
