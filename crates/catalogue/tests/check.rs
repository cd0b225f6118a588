//! Every rule of a definition: a sound one is spoilt in one place, and the fault names file, line and reason.

mod lamp;

use lamp::{TOML, WORDS, faults, spoilt};

#[test]
fn the_sound_definition_has_no_fault() {
    assert_eq!(faults(TOML, WORDS), []);
}

#[test]
fn what_is_not_toml_is_named_with_its_line() {
    spoilt("kind = \"date\"", "kind = \"date", "not TOML", "kind = \"date");
}

#[test]
fn the_head_of_a_service_is_whole() {
    spoilt("version = 1\n", "", "[service] has no `version`", "[service]");
    spoilt("regime = \"p2\"\ntracking", "tracking", "[service] has no `regime`", "");
    spoilt("tracking = \"link\"", "", "[service] has no `tracking`", "");
    spoilt("anonymous = \"allowed\"", "", "[service] has no `anonymous`", "");
    spoilt("retention = \"council_report\"\n\n", "\n", "[service] has no `retention`", "");
    spoilt("group = \"Street problems\"", "", "[service] has no `group`", "");
    spoilt("version = 1", "version = 0", "versions count from 1", "version = 0");
    spoilt("version = 1", "version = \"one\"", "must be a whole number, not a text", "version = \"one\"");
    spoilt("version = 1", "version = 1.5", "not a fraction", "version = 1.5");
    spoilt("id = \"lamp\"", "id = \"Lamp!\"", "not a service id", "id = \"Lamp!\"");
    spoilt("tracking = \"link\"", "tracking = \"post\"", "it can be link, link_and_pin", "tracking = \"post\"");
    spoilt("public = true", "public = true\npriority = 9", "a priority is 1", "priority = 9");
    spoilt("[service]", "[servise]", "the file has no `service`", "");
}

#[test]
fn an_unknown_key_is_a_fault_wherever_it_stands() {
    spoilt("public = true", "publik = true", "unknown key `publik`", "publik");
    spoilt("kind = \"date\"", "kind = \"date\"\nmax = 3", "question `seen` has an unknown key `max`", "max = 3");
    spoilt(
        "ask = \"required\"\ntags = { regime = \"p2\",",
        "ask = \"required\"\ntags = { colour = \"red\", regime = \"p2\",",
        "unknown key `colour`",
        "colour",
    );
    spoilt(
        "kind = \"emergency\"",
        "kind = \"emergency\"\nsound = \"loud\"",
        "stop `danger` has an unknown key",
        "sound",
    );
    spoilt("priority = 1, flag", "volume = 1, flag", "unknown key `volume`", "volume");
}

#[test]
fn kinds_ids_and_options_are_known() {
    spoilt("kind = \"date\"", "kind = \"dates\"", "there is no kind `dates`", "kind = \"dates\"");
    spoilt("kind = \"date\"", "kind = \"photo\"\nmost = 21", "takes 21 files; it can be 1 to 20", "");
    spoilt("kind = \"date\"", "kind = \"photo\"\nmegabytes = 21", "takes files of 21 megabytes", "");
    spoilt("kind = \"date\"", "kind = \"photo\"\nproposes = [\"nowhere\"]", "no place or moment asked after it", "");
    spoilt("kind = \"date\"", "kind = \"date\"\nmatches = \"lost\"", "no text, no vehicle and no items", "");
    spoilt("kind = \"date\"", "kind = \"text\"\nmatches = \"gone\"", "it can be lost, found", "matches = ");
    spoilt("kind = \"date\"", "kind = \"date\"\napart_from = [\"size\"]", "is no person and keeps apart", "");
    spoilt(
        "kind = \"date\"",
        "kind = \"person\"\nparts = [\"name\"]\napart_from = [\"nobody\"]",
        "keeps apart from `nobody`, which tells of nobody",
        "",
    );
    let items = "kind = \"items\"\nkinds = []\nstates = [\"back\"]\nfound_states = ";
    spoilt("kind = \"date\"", &format!("{items}[\"home\"]\nmatches = \"lost\""), "has no state `home`", "");
    spoilt("kind = \"date\"", &format!("{items}[\"back\"]"), "and not that it is lost", "");
    spoilt("kind = \"date\"", "kind = \"file\"", "accept", "");
    spoilt("kind = \"date\"", "kind = \"file\"\naccept = [\"program\"]", "no word of `accept`", "accept = ");
    spoilt("kind = \"date\"\n", "", "question `seen` has no `kind`", "");
    spoilt("id = \"seen\"", "id = \"Seen\"", "`Seen` is not an id", "id = \"Seen\"");
    spoilt("id = \"seen\"", "id = \"near\"", "question `near` stands twice", "");
    spoilt("id = \"seen\"", "id = \"journey\"", "no id for a question", "");
    spoilt("id = \"seen\"", "id = \"see.label\"", "has a part that the words use", "");
    spoilt("id = \"seen\"", "id = \"you.email\"", "is also a field of `you`", "");
    spoilt("options = [\"out\", \"leaning\"]", "options = [\"out\", \"out\", \"leaning\"]", "`out` stands twice", "");
    spoilt("options = [\"yes\", \"no\"]", "options = [\"Yes!\", \"no\"]", "`Yes!` is not an option", "");
    spoilt("options = [\"yes\", \"no\"]", "options = [\"no\"]", "fewer than two options", "");
    spoilt("options = [\"yes\", \"no\"]\n", "", "question `near` has no `options`", "");
    spoilt("alone = \"none\"", "alone = \"nothing\"", "no option `nothing` to stand alone", "");
    spoilt("alone = \"none\"", "most = 7", "allows 7 of 3 options", "");
    spoilt("ask = \"required\"", "ask = \"perhaps\"", "it can be required, optional, later", "ask = \"perhaps\"");
}

#[test]
fn limits_leave_room_for_an_answer() {
    spoilt("max = 50", "max = 0", "has room for 0 characters", "");
    spoilt("max = 50", "min = 60\nmax = 50", "wants 60", "");
    spoilt("kind = \"date\"", "kind = \"long_text\"\nmax = 20000", "more than 10,000 characters", "");
    spoilt("kind = \"date\"", "kind = \"number\"\nleast = 5\nmost = 4", "numbers from 5 to 4", "");
    spoilt("kind = \"date\"", "kind = \"date\"\nleast = \"soon\"", "`soon` is not a date", "least");
    spoilt("kind = \"date\"", "kind = \"money\"\nmost = 0", "takes no money", "");
    spoilt("kind = \"date\"", "kind = \"moment\"\nmodes = []", "has no modes", "");
    spoilt("kind = \"date\"", "kind = \"moment\"\nmodes = [\"ever\"]", "`ever` is no word of `modes`", "modes");
    spoilt("most = 3", "most = 21", "allows 21 rows", "");
    spoilt("parts = [\"name\", \"email\"]", "parts = []", "asks for no part of a person", "");
    spoilt(
        "parts = [\"name\", \"email\"]",
        "parts = [\"name\"]\nneeds = [\"email\"]",
        "needs a part that it does not ask for",
        "",
    );
}

#[test]
fn every_question_is_tagged_and_the_tags_agree() {
    spoilt(
        "tags = { regime = \"p2\", sensitivity = \"personal\", publish = \"none\", retention = \"council_report\" }\n\n[[question]]\nid = \"others\"",
        "\n[[question]]\nid = \"others\"",
        "question `you` has no `tags`",
        "",
    );
    spoilt(
        "regime = \"p2\", sensitivity = \"plain\", publish = \"choice\"",
        "sensitivity = \"plain\", publish = \"choice\"",
        "has no `regime`",
        "",
    );
    spoilt("retention = \"nothing\"", "retention = \"for_ever\"", "it can be nothing, council_report", "");
    spoilt("retention = \"nothing\"", "retention = \"council_report\"", "keeps nothing if and only if", "");
    spoilt("publish = \"choice\", retention", "publish = \"text\", retention", "cannot be published in that form", "");
    spoilt(
        "kind = \"choice\"\noptions = [\"out\"",
        "kind = \"choice\"\nevidence = true\noptions = [\"out\"",
        "is evidence and would be published",
        "",
    );
    spoilt(
        "sensitivity = \"plain\", publish = \"choice\"",
        "sensitivity = \"special\", publish = \"choice\"",
        "special or restricted and would be published",
        "",
    );
    spoilt("parts = [\"name\", \"email\"]", "parts = [\"name\", \"email\", \"safe\"]", "must be `restricted`", "");
    spoilt(
        "sensitivity = \"personal\", publish = \"none\", retention = \"council_report\" }\n\n[[question]]\nid = \"others\"",
        "sensitivity = \"plain\", publish = \"none\", retention = \"council_report\" }\n\n[[question]]\nid = \"others\"",
        "tagged `plain`",
        "",
    );
    let private = TOML.replace("publish = \"choice\"", "publish = \"none\"");
    assert!(faults(&private, WORDS).iter().any(|fault| fault.reason.contains("publishes no answer")));
}

#[test]
fn a_condition_rests_on_earlier_questions_and_their_options() {
    let on = |condition: &str| format!("show_when = {condition}");
    let spoilt = |condition: &str, reason: &str| {
        spoilt("show_when = { question = \"fault\", is = \"leaning\" }", &on(condition), reason, "");
    };
    spoilt("{ question = \"near\", is = \"yes\" }", "rests on `near`, which does not come before it");
    spoilt("{ question = \"parts\", includes = \"glass\" }", "rests on `parts`, which does not come before it");
    spoilt("{ question = \"colour\", is = \"yes\" }", "rests on `colour`, which is no question");
    spoilt("{ question = \"fault\", is = \"gone\" }", "names option `gone`");
    spoilt("{ question = \"fault\", in = [\"out\", \"gone\"] }", "names option `gone`");
    spoilt("{ question = \"fault\", in = [] }", "asks `in` of `fault` with no option");
    spoilt("{ question = \"fault\", includes = \"out\" }", "cannot be asked that");
    spoilt("{ question = \"fault\", within_days = 7 }", "cannot be asked that");
    spoilt("{ question = \"fault\", age_under = 18 }", "cannot be asked that");
    spoilt("{ question = \"fault\", at_least = 2 }", "cannot be asked that");
    spoilt("{ question = \"fault\" }", "has 0 tests");
    spoilt("{ question = \"fault\", is = \"out\", empty = true }", "has 2 tests");
    spoilt("{ question = \"fault\", answered = false }", "can only be true");
    spoilt("{ question = \"fault\", before = \"tomorrow\" }", "is not a date");
    spoilt("{ all = [] }", "holds no condition");
    spoilt("{ maybe = [] }", "one of `all`, `any`, `not`, `question`");
    spoilt("\"leaning\"", "a condition must be a table, not a text");
    spoilt("{ question = \"gate\", is = false }", "whose answer is never kept");
}

#[test]
fn a_text_is_searched_for_words_each_of_which_finds_something_of_its_own() {
    let asks = |phrases: &str| format!("kind = \"text\"\nwhen = [{{ mentions = {phrases}, priority = 1 }}]");
    assert_eq!(faults(&TOML.replace("kind = \"date\"", &asks("[\"sparks\", \"on fire\"]")), WORDS), []);
    for (phrases, reason) in [
        ("[]", "with no word"),
        ("[\"…\"]", "which has no word"),
        ("[\"fire\", \"on fire\"]", "finds “on fire” by “fire” already"),
        ("[\"Fire\", \"fire!\"]", "finds “fire!” by “Fire” already"),
    ] {
        spoilt("kind = \"date\"", &asks(phrases), reason, "");
    }
    spoilt("is = \"leaning\", priority", "mentions = [\"leaning\"], priority", "cannot be asked that", "");
}

/// A table of leads over the lamp, and the fault it must give; none where it is sound.
fn led(rows: &[(&str, &str)], reason: Option<&str>) {
    let table = rows.iter().map(|(id, rest)| format!("[[lead]]\nid = \"{id}\"\n{rest}\n"));
    let toml = TOML.to_owned() + &table.collect::<String>();
    let mut words = WORDS.to_owned() + "[lead]\n";
    for id in rows.iter().map(|(id, _)| id).collect::<std::collections::BTreeSet<_>>() {
        words += &format!("{id} = \"The council leads.\"\n");
    }
    let found = faults(&toml, &words);
    match reason {
        None => assert_eq!(found, []),
        Some(reason) => assert!(found.iter().any(|fault| fault.reason.contains(reason)), "{reason}: {found:#?}"),
    }
}

#[test]
fn a_table_of_leads_gives_every_set_of_answers_one_row() {
    let out = "when = { question = \"fault\", is = \"out\" }\nlead = \"council\"";
    let any = "lead = \"police\"\nassist = [\"council\"]";
    led(&[("out", out), ("else", any)], None);
    led(&[("out", out)], Some("lead `out` is the last and can have no `when`"));
    led(&[("else", any), ("out", out)], Some("lead `else` holds always: no row after it is reached"));
    led(&[("out", out), ("out", any)], Some("lead `out` stands twice"));
    led(&[("else", "assist = []")], Some("has no `lead`"));
    led(&[("else", "lead = \"police\"\nassist = [\"police\"]")], Some("lead `else` helps itself"));
    let gone = out.replace("\"out\"", "\"gone\"");
    led(&[("out", &gone), ("else", any)], Some("lead `out` names option `gone`"));
    let gate = "when = { question = \"gate\", is = true }\nlead = \"council\"";
    led(&[("gate", gate), ("else", any)], Some("whose answer is never kept"));
    let found = faults(&(TOML.to_owned() + "[[lead]]\nid = \"else\"\nlead = \"police\"\n"), WORDS);
    assert!(found.iter().any(|fault| fault.reason == "`lead.else` is missing; it must be a text"), "{found:#?}");
}

#[test]
fn a_question_that_no_answer_reaches_is_a_fault() {
    let never =
        "show_when = { all = [{ question = \"fault\", is = \"out\" }, { question = \"fault\", is = \"leaning\" }] }";
    spoilt("show_when = { question = \"fault\", is = \"leaning\" }", never, "`parts` can never be reached", "");
    spoilt(
        "show_when = { question = \"fault\", is = \"leaning\" }",
        "show_when = { not = { question = \"fault\", answered = true } }",
        "can never be reached",
        "",
    );
    let after = TOML
        .replace("show_when = { question = \"fault\", is = \"leaning\" }", never)
        .replace("kind = \"date\"\n", "kind = \"date\"\nshow_when = { question = \"parts\", answered = true }\n");
    let found = faults(&after, WORDS);
    assert!(found.iter().any(|fault| fault.reason.contains("`seen` can never be reached")), "{found:#?}");
}

#[test]
fn effects_lead_to_what_is_there() {
    spoilt("stop = \"danger\"", "stop = \"peril\"", "leads to stop `peril`, which is not defined", "");
    spoilt("stop = \"danger\"", "stop = \"peril\"", "stop `danger` is never reached", "[[stop]]");
    spoilt("is = \"leaning\", priority", "is = \"fallen\", priority", "names option `fallen`", "");
    spoilt("flag = \"unsafe\"", "flag = \"Not safe\"", "`Not safe` in a `when` of `fault` is not a name", "");
    spoilt("priority = 1, flag", "priority = 5, flag", "a priority is 1", "priority = 5");
    spoilt(
        "preset = { near = \"no\" }",
        "preset = { near = \"maybe\" }",
        "the preset `maybe` is no option of `near`",
        "",
    );
    spoilt("preset = { near = \"no\" }", "preset = { gate = \"no\" }", "a preset is for a later choice question", "");
    spoilt("type = \"lamp.leaning\"", "type = \"Lamp post\"", "is not a report type", "");
    spoilt(
        "{ is = \"leaning\", priority = 1, flag = \"unsafe\", type = \"lamp.leaning\", notice = \"stay_away\", preset = { near = \"no\" } }",
        "{ is = \"leaning\" }",
        "sets nothing off",
        "",
    );
    spoilt(
        "kind = \"date\"",
        "kind = \"date\"\nask = \"required\"\nrequired_when = { question = \"fault\", is = \"out\" }",
        "is required already",
        "",
    );
}

#[test]
fn options_taken_from_another_question_are_that_questions_options() {
    spoilt(
        "id = \"near\"\nkind = \"choice\"",
        "id = \"near\"\nkind = \"choice\"\namong = \"parts\"",
        "has option `yes`, which `parts` does not have",
        "",
    );
    spoilt(
        "id = \"near\"\nkind = \"choice\"",
        "id = \"near\"\nkind = \"choice\"\namong = \"fault\"",
        "no earlier choices question",
        "",
    );
}

#[test]
fn a_gate_comes_first_cannot_be_skipped_and_stops() {
    spoilt("when = [{ is = true, stop = \"danger\" }]", "", "gate question `gate` leads to no stop", "");
    spoilt("gate = true\nask = \"required\"", "gate = true", "must be a required yes/no or choice", "");
    spoilt("stop = \"danger\" }", "stop = \"danger\", flag = \"risk\" }", "which only stops", "");
    spoilt(
        "id = \"seen\"\nkind = \"date\"",
        "id = \"seen\"\nkind = \"yes_no\"\ngate = true",
        "must come before every other question",
        "",
    );
}

#[test]
fn a_group_holds_plain_questions() {
    spoilt("id = \"note\"", "id = \"a.note\"", "its id is one word", "");
    spoilt(
        "id = \"note\"\nkind = \"text\"\nmax = 50",
        "id = \"note\"\nkind = \"diary\"",
        "is a list inside a group",
        "",
    );
    spoilt(
        "id = \"note\"\nkind = \"text\"\nmax = 50",
        "id = \"note\"\nkind = \"place\"",
        "its matches could not be picked",
        "",
    );
    spoilt("max = 50\n", "max = 50\nask = \"later\"\n", "can have no conditions", "");
    let empty =
        TOML[..TOML.find("[[question.question]]").unwrap()].to_owned() + &TOML[TOML.find("[[stop]]").unwrap()..];
    assert!(faults(&empty, WORDS).iter().any(|fault| fault.reason.contains("group without questions")));
}

#[test]
fn stops_have_a_known_kind_and_ways_on() {
    spoilt("kind = \"emergency\"", "kind = \"alarm\"", "it can be emergency", "kind = \"alarm\"");
    spoilt("kind = \"emergency\"", "kind = \"elsewhere\"", "made by the journey", "");
    spoilt("phone = \"999\"", "phone = \"999\", url = \"https://example.org\"", "either `url` or `phone`", "");
    spoilt("phone = \"999\"", "url = \"http://example.org\"", "must begin with https://", "");
    spoilt("phone = \"999\"", "url = \"//example.org\"", "must begin with https://", "");
    let own = TOML.replace("phone = \"999\"", "url = \"/track\"");
    assert_eq!(faults(&own, WORDS), []);
    spoilt(
        "[[stop]]\nid = \"danger\"",
        "[[stop]]\nid = \"danger\"\nkind = \"emergency\"\n[[stop]]\nid = \"danger\"",
        "stop `danger` stands twice",
        "",
    );
    spoilt("public = true", "public = true\nopening = \"danger\"", "must be defined and let people carry on", "");
    spoilt(
        "{ key = \"call\", phone = \"999\" }",
        "{ key = \"call\", phone = \"999\" }, { key = \"call\", phone = \"999\" }",
        "link `call` stands twice",
        "",
    );
}

#[test]
fn only_one_place_decides_who_answers() {
    let place = |id: &str| {
        format!(
            "[[question]]\nid = \"{id}\"\nkind = \"place\"\ndecides = true\ntags = {{ regime = \"p2\", sensitivity = \"plain\", publish = \"none\", retention = \"council_report\" }}\n"
        )
    };
    let toml = format!("{TOML}{}{}", place("here"), place("there"));
    let found =
        faults(&toml, &format!("{WORDS}[question.here]\nlabel = \"Here\"\n[question.there]\nlabel = \"There\"\n"));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].reason.contains("second place"));
}

#[test]
fn a_signpost_asks_nothing_and_opens_with_its_end() {
    let toml = "[service]\nid = \"elsewhere\"\nversion = 1\ngroup = \"Other help\"\nregime = \"p2\"\ntracking = \"link\"\n\
                anonymous = \"allowed\"\nretention = \"nothing\"\nopening = \"them\"\n\n[[stop]]\nid = \"them\"\nkind = \"signpost\"\n\
                links = [{ key = \"site\", url = \"https://example.org\" }]\n";
    let words = "[service]\ntitle = \"Something else\"\nsummary = \"Others do this.\"\n\n[stop.them]\ntitle = \"Others do this\"\n\
                 body = [\"Ask them.\"]\nlinks.site = \"Their site\"\n";
    assert_eq!(faults(toml, words), []);
    let alone = faults(&toml.replace("opening = \"them\"\n", ""), words);
    assert!(alone.iter().any(|fault| fault.reason.contains("asks at least one question")), "{alone:?}");
    let passed = faults(
        &toml.replace("kind = \"signpost\"\n", "kind = \"signpost\"\ncarry_on = true\n"),
        &words.replace("body =", "carry_on = \"Go on\"\nbody ="),
    );
    assert!(passed.iter().any(|fault| fault.reason.contains("asks at least one question")), "{passed:?}");
}
