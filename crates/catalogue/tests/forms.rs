//! Reading what was posted, kind by kind, and showing it again.

mod ours;

use catalogue::{Answer, Answers, Face, Filled, Form, How, Moment, Problem, Question, Read, definition, kind};
use ours::World;

const TAGS: &str =
    "tags = { regime = \"p2\", sensitivity = \"restricted\", publish = \"none\", retention = \"council_report\" }";

/// One question of the given kind, optional, and the words it needs.
fn question(kind: &str, words: &str) -> catalogue::Service {
    asked(&format!("{kind}\n{TAGS}\n"), words)
}

fn asked(question: &str, words: &str) -> catalogue::Service {
    let head = "[service]\nid = \"one\"\nversion = 1\ngroup = \"Group\"\nregime = \"p2\"\ntracking = \"link\"\n\
                anonymous = \"off\"\nretention = \"council_report\"\n[[question]]\nid = \"q\"\n";
    let words = format!("[service]\ntitle = \"T\"\nsummary = \"S\"\n[question.q]\nlabel = \"L\"\n{words}\n");
    definition(&format!("{head}{question}"), &words).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn form(fields: &[(&str, &str)]) -> Form {
    Form(fields.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect())
}

fn world() -> World {
    World::new(catalogue::Catalogue::default())
}

fn read(question: &Question, fields: &[(&str, &str)]) -> Result<Read, Vec<Problem>> {
    kind::read(question, &form(fields), &Answers::new(), &world().ctx())
}

fn given(question: &Question, fields: &[(&str, &str)]) -> Answer {
    match read(question, fields) {
        Ok(Read::Answer(Some(answer))) => answer,
        other => panic!("{fields:?} gives {other:?}"),
    }
}

/// The key and the field of the only problem; its sentence must be there.
fn problem(question: &Question, fields: &[(&str, &str)]) -> (String, String) {
    let problems = read(question, fields).expect_err("it is taken");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(!problems[0].text.is_empty() && !problems[0].text.contains('{'), "{problems:?}");
    (problems[0].key.clone(), problems[0].field.clone())
}

fn says(key: &str, field: &str) -> (String, String) {
    (key.into(), field.into())
}

#[test]
fn an_empty_post_gives_each_required_question_its_own_error_and_no_other() {
    let catalogue = ours::catalogue();
    let world = World::new(catalogue.clone());
    for service in catalogue.services() {
        for question in &service.questions {
            let mut required = question.clone();
            required.ask = catalogue::Ask::Required;
            let problems = kind::read(&required, &Form::new(), &Answers::new(), &world.ctx()).unwrap_err();
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert_eq!(problems[0].question, question.id);
            assert_eq!(problems[0].key, format!("{}.missing", question.kind.name()));
            assert!(!problems[0].text.is_empty(), "{}", question.id);
            let mut optional = question.clone();
            (optional.ask, optional.required_when) = (catalogue::Ask::Optional, None);
            let read = kind::read(&optional, &Form::new(), &Answers::new(), &world.ctx());
            assert_eq!(read, Ok(Read::Answer(None)), "{}", question.id);
        }
    }
}

#[test]
fn text_is_trimmed_counted_in_characters_and_never_cut() {
    let service = question("kind = \"text\"\nmax = 5\nmin = 2", "");
    let q = &service.questions[0];
    assert_eq!(given(q, &[("q", "  é€😀ab ")]), Answer::Text("é€😀ab".into()));
    assert_eq!(problem(q, &[("q", "abcdef")]), says("text.long", "q"));
    assert_eq!(problem(q, &[("q", "a")]), says("text.short", "q"));
    assert_eq!(problem(q, &[("q", "a\0b")]), says("text.control", "q"));
    assert_eq!(problem(q, &[("q", "a\u{202e}b")]), says("text.direction", "q"));
    assert_eq!(read(q, &[("q", "   ")]), Ok(Read::Answer(None)));
}

#[test]
fn a_phone_an_email_and_an_imei_come_to_their_form() {
    let phone = question("kind = \"text\"\nformat = \"phone\"", "");
    assert_eq!(given(&phone.questions[0], &[("q", "07700 900123")]), Answer::Text("+447700900123".into()));
    assert_eq!(problem(&phone.questions[0], &[("q", "call me")]), says("phone.form", "q"));
    let email = question("kind = \"text\"\nformat = \"email\"\nmax = 254", "");
    assert_eq!(problem(&email.questions[0], &[("q", "a@b")]), says("email.form", "q"));
    let imei = question("kind = \"text\"\nformat = \"imei\"", "");
    assert_eq!(given(&imei.questions[0], &[("q", "49 015420 323751 7")]), Answer::Text("490154203237517".into()));
}

#[test]
fn options_that_are_not_offered_are_refused() {
    let one = question("kind = \"choice\"\noptions = [\"a\", \"b\"]", "[question.q.options]\na = \"A\"\nb = \"B\"");
    assert_eq!(given(&one.questions[0], &[("q", "b")]), Answer::Choice("b".into()));
    assert_eq!(problem(&one.questions[0], &[("q", "c")]), says("choice.unknown", "q"));
    let many = question(
        "kind = \"choices\"\noptions = [\"a\", \"b\", \"none\"]\nalone = \"none\"",
        "[question.q.options]\na = \"A\"\nb = \"B\"\nnone = \"None\"",
    );
    let q = &many.questions[0];
    assert_eq!(given(q, &[("q", "b"), ("q", "a"), ("q", "b")]), Answer::Choices(vec!["a".into(), "b".into()]));
    assert_eq!(problem(q, &[("q", "a"), ("q", "none")]), says("choices.alone", "q"));
    assert_eq!(problem(q, &[("q", "a"), ("q", "c")]), says("choice.unknown", "q"));
    let yes = question("kind = \"yes_no\"", "");
    assert_eq!(given(&yes.questions[0], &[("q", "no")]), Answer::YesNo(false));
    assert_eq!(problem(&yes.questions[0], &[("q", "maybe")]), says("choice.unknown", "q"));
}

#[test]
fn numbers_and_money_keep_to_their_limits() {
    let number = question("kind = \"number\"\nleast = 1\nmost = 9", "");
    let q = &number.questions[0];
    assert_eq!(given(q, &[("q", " 7 ")]), Answer::Number(7));
    assert_eq!(problem(q, &[("q", "0")]), says("number.small", "q"));
    assert_eq!(problem(q, &[("q", "10")]), says("number.large", "q"));
    assert_eq!(problem(q, &[("q", "1.5")]), says("number.form", "q"));
    let money = question("kind = \"money\"\nmost = 100000", "");
    let q = &money.questions[0];
    assert_eq!(given(q, &[("q", "about £12.50")]).to_json()["pence"], 1250);
    assert_eq!(problem(q, &[("q", "-1")]), says("money.form", "q"));
    assert_eq!(problem(q, &[("q", "1000.01")]), says("money.large", "q"));
    assert_eq!(problem(q, &[("q", "aé€😀")]), says("money.form", "q"));
}

#[test]
fn dates_must_be_real_and_past_where_that_is_asked() {
    let date = question("kind = \"date\"\npast = true\nleast = \"2020-01-01\"", "");
    let q = &date.questions[0];
    let on = |day, month, year| [("q.day", day), ("q.month", month), ("q.year", year)];
    assert_eq!(given(q, &on("29", "feb", "2024")), Answer::Date(jiff::civil::date(2024, 2, 29)));
    assert_eq!(given(q, &[("q", "2026-11-24")]), Answer::Date(jiff::civil::date(2026, 11, 24)));
    assert_eq!(problem(q, &on("29", "2", "2026")), says("date.form", "q.day"));
    assert_eq!(problem(q, &on("1", "1", "26")), says("date.form", "q.day"));
    assert_eq!(problem(q, &on("1", "", "2026")), says("date.no_month", "q.month"));
    assert_eq!(problem(q, &on("25", "11", "2026")), says("date.future", "q.day"));
    assert_eq!(problem(q, &on("31", "12", "2019")), says("date.early", "q.day"));
}

const MOMENT: &str = "kind = \"moment\"\nmodes = [\"exact\", \"between\", \"day\"]";

fn at<'a>(day: &'a str, month: &'a str, time: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("q.date.day", day), ("q.date.month", month), ("q.date.year", "2026"), ("q.time", time)]
}

#[test]
fn a_time_that_the_clocks_skipped_is_refused_and_one_that_came_twice_is_asked_about() {
    let service = question(MOMENT, "");
    let q = &service.questions[0];
    assert_eq!(problem(q, &at("29", "3", "1:30am")), says("moment.never", "q.time"));
    assert_eq!(problem(q, &at("25", "10", "1:30am")), says("moment.twice", "q.fold"));
    for (fold, utc) in [("first", "2026-10-25T00:30:00Z"), ("second", "2026-10-25T01:30:00Z")] {
        let mut fields = at("25", "10", "1:30am");
        fields.push(("q.fold", fold));
        let Answer::Moment(Moment::Exact(at)) = given(q, &fields) else { panic!() };
        assert_eq!(at.timestamp().to_string(), utc);
    }
    let posted = form(&at("25", "10", "1:30am"));
    let Face::Moment(face) = kind::face(q, &service.words, Filled::Form(&posted), &Answers::new()) else { panic!() };
    assert_eq!(face.exact.unwrap().fold.len(), 2, "first or second is asked");
    let posted = form(&at("26", "10", "1:30am"));
    let Face::Moment(face) = kind::face(q, &service.words, Filled::Form(&posted), &Answers::new()) else { panic!() };
    assert!(face.exact.unwrap().fold.is_empty());
}

#[test]
fn nothing_has_happened_in_the_future() {
    let service = question(MOMENT, "");
    let q = &service.questions[0];
    assert!(matches!(given(q, &at("24", "11", "12:00")), Answer::Moment(Moment::Exact(_))));
    assert_eq!(problem(q, &at("24", "11", "12:01")), says("moment.future", "q.date.day"));
    let day = [("q.mode", "day"), ("q.on.day", "25"), ("q.on.month", "11"), ("q.on.year", "2026")];
    assert_eq!(problem(q, &day), says("moment.future", "q.on.day"));
}

#[test]
fn a_moment_may_lie_between_two_times_in_their_order() {
    let service = question(MOMENT, "");
    let q = &service.questions[0];
    let span = |from: &'static str, to: &'static str| {
        [("q.mode", "between"), ("q.from.date", from), ("q.from.time", "6pm"), ("q.to.date", to), ("q.to.time", "8am")]
    };
    assert!(matches!(given(q, &span("2026-11-20", "2026-11-21")), Answer::Moment(Moment::Between { .. })));
    assert_eq!(problem(q, &span("2026-11-21", "2026-11-21")), says("moment.order", "q.to.date.day"));
    assert_eq!(problem(q, &span("2026-11-21", "")[..3]), says("moment.no_to", "q.to.date.day"));
    assert_eq!(problem(q, &[("q.mode", "exact")]), says("moment.no_date", "q.date.day"));
    assert_eq!(problem(q, &at("20", "11", "")), says("moment.no_time", "q.time"));
    assert_eq!(problem(q, &at("20", "11", "25:00")), says("moment.time", "q.time"));
}

#[test]
fn a_place_is_looked_up_picked_pinned_or_said_in_words() {
    let service = question("kind = \"place\"", "");
    let q = &service.questions[0];
    let Answer::Place(place) = given(q, &[("q.text", " BS23 1AA ")]) else { panic!() };
    assert_eq!(
        (place.how, place.postcode.as_deref(), place.point),
        (How::Postcode, Some("BS23 1AA"), Some((51.3461, -2.9772)))
    );
    let Ok(Read::Pick(found)) = read(q, &[("q.text", "High Street")]) else { panic!("nothing to pick") };
    let posted = form(&[("q.text", "High Street")]);
    let Face::Place(face) = kind::face(q, &service.words, Filled::Pick(&posted, &found), &Answers::new()) else {
        panic!()
    };
    assert_eq!(face.pick.len(), 3);
    assert_eq!(
        (face.pick[2].value.as_str(), face.pick[2].alone, face.text.value.as_str()),
        ("words", true, "High Street")
    );
    let Answer::Place(place) = given(q, &[("q.text", "High Street"), ("q.pick", &face.pick[1].value)]) else {
        panic!()
    };
    assert_eq!(place.label, "High Street, Nailsea");
    let Answer::Place(place) = given(q, &[("q.text", "High Street"), ("q.pick", "words")]) else { panic!() };
    assert_eq!((place.how, place.point, place.label.as_str()), (How::Words, None, "High Street"));
    let Answer::Place(place) = given(q, &[("q.lat", "51.3500001"), ("q.lon", "-2.95"), ("q.how", "device")]) else {
        panic!()
    };
    assert_eq!((place.how, place.point), (How::Device, Some((51.35, -2.95))));
    assert_eq!(place.label, "near High Street, Weston-super-Mare");
    let Answer::Place(place) = given(q, &[("q.words", "behind the barn")]) else { panic!() };
    assert_eq!(place.how, How::Words);
}

#[test]
fn a_place_that_cannot_be_is_refused_with_a_way_on() {
    let service = question("kind = \"place\"", "");
    let q = &service.questions[0];
    assert_eq!(problem(q, &[("q.text", "Nowhere at all")]), says("place.unknown", "q.text"));
    assert!(matches!(given(q, &[("q.text", "Nowhere at all"), ("q.words", "by the oak")]), Answer::Place(_)));
    assert_eq!(problem(q, &[("q.text", "High Street"), ("q.pick", "1,1 Elsewhere")]), says("place.changed", "q.text"));
    for (lat, lon) in [("NaN", "0"), ("91", "0"), ("51", ""), ("51", "181"), ("inf", "0"), ("x", "y")] {
        assert_eq!(problem(q, &[("q.lat", lat), ("q.lon", lon)]), says("place.point", "q.text"), "{lat} {lon}");
    }
    let text = "x".repeat(201);
    assert_eq!(problem(q, &[("q.text", &text)]), says("text.long", "q.text"));
}

#[test]
fn safe_contact_is_read_as_it_was_said_and_fails_closed() {
    let service = question("kind = \"person\"\nparts = [\"name\", \"born\", \"phone\", \"email\", \"safe\"]", "");
    let q = &service.questions[0];
    let safe = |fields: &[(&str, &str)]| match given(q, fields) {
        Answer::Person(person) => person.safe,
        _ => None,
    };
    assert_eq!(safe(&[("q.name", "Robin Example"), ("q.safe_mode", "any")]), None);
    let none = safe(&[("q.safe_mode", "none")]).unwrap();
    assert!(none.safe.is_empty() && none.never_via.len() == 4, "no channel is safe");
    let only = safe(&[
        ("q.safe_mode", "only"),
        ("q.safe", "email"),
        ("q.never_via", "letter"),
        ("q.windows.0.days", "mon"),
        ("q.windows.0.from", "9am"),
        ("q.windows.0.to", "15:00"),
        ("q.codeword", "apple"),
    ])
    .unwrap();
    assert_eq!(only.to_json()["windows"][0], serde_json::json!({ "days": ["mon"], "from": "09:00", "to": "15:00" }));
    assert!(!only.voicemail_ok && !only.sms_ok && !only.letter_ok);
    assert_eq!(problem(q, &[("q.codeword", "apple")]), says("safe.none", "q.safe"));
    assert_eq!(problem(q, &[("q.safe", "email"), ("q.never_via", "email")]), says("safe.both", "q.never_via"));
    assert_eq!(problem(q, &[("q.safe", "pigeon")]).0, "choice.unknown");
    let late = [("q.safe", "email"), ("q.windows.0.from", "9pm"), ("q.windows.0.to", "9am")];
    assert_eq!(problem(q, &late), says("safe.order", "q.windows.0.to"));
    assert_eq!(problem(q, &[("q.born", "1899-12-31")]), says("date.early", "q.born.day"));
    assert_eq!(problem(q, &[("q.born", "2026-11-25")]), says("date.future", "q.born.day"));
}

#[test]
fn a_person_may_be_asked_for_at_least_one_way() {
    let service =
        question("kind = \"person\"\nparts = [\"name\", \"phone\", \"email\"]\nneeds = [\"email\", \"phone\"]", "");
    let q = &service.questions[0];
    assert_eq!(problem(q, &[("q.name", "Robin Example")]), says("person.needs", "q.email"));
    assert!(matches!(given(q, &[("q.phone", "01632 960001")]), Answer::Person(_)));
}

#[test]
fn a_part_of_a_person_is_needed_only_where_the_person_is() {
    let parts = "kind = \"person\"\nparts = [\"name\", \"email\"]\nneeds = [\"email\"]\nneeds_all = [\"name\"]";
    let needed = question(&format!("{parts}\nask = \"required\""), "");
    let q = &needed.questions[0];
    assert_eq!(problem(q, &[("q.email", "robin@example.org")]), says("person.needs_all", "q.name"));
    assert!(matches!(given(q, &[("q.name", "Robin"), ("q.email", "robin@example.org")]), Answer::Person(_)));
    let free = question(parts, "");
    assert!(matches!(given(&free.questions[0], &[("q.email", "robin@example.org")]), Answer::Person(_)));
}

#[test]
fn vehicles_are_known_by_their_plates_and_unknown_is_an_answer() {
    let service = question("kind = \"vehicle\"", "");
    let q = &service.questions[0];
    let Answer::Vehicle(vehicle) = given(q, &[("q.registration", "ab12 cde"), ("q.colour", "red")]) else { panic!() };
    assert_eq!((vehicle.registration.as_deref(), vehicle.foreign), (Some("AB12CDE"), false));
    assert_eq!(read(q, &[("q.registration", "Unknown")]), Ok(Read::Answer(None)));
    assert_eq!(problem(q, &[("q.registration", "<script>")]), says("vehicle.registration", "q.registration"));
}

fn group() -> catalogue::Service {
    let inner = |id: &str, kind: &str| format!("[[question.question]]\nid = \"{id}\"\n{kind}\n{TAGS}\n");
    let rows = [inner("name", "kind = \"text\"\nask = \"required\""), inner("age", "kind = \"number\"\nmost = 120")];
    let words = "[question.q.name]\nlabel = \"Name\"\n[question.q.age]\nlabel = \"Age\"";
    asked(&format!("kind = \"group\"\nmost = 3\n{TAGS}\n{}", rows.concat()), words)
}

#[test]
fn rows_of_a_group_are_added_removed_and_left_out_when_empty() {
    let service = group();
    let q = &service.questions[0];
    let Answer::Group(rows) =
        given(q, &[("q.0.name", "Robin"), ("q.1.name", " "), ("q.2.name", "Sam"), ("q.2.age", "40")])
    else {
        panic!()
    };
    assert_eq!(rows.len(), 2);
    assert_eq!(problem(q, &[("q.0.age", "40")]), says("text.missing", "q.0.name"));
    assert_eq!(problem(q, &[("q.0.name", "a"), ("q.0.age", "999")]), says("number.large", "q.0.age"));
    let more = kind::rows(q, &form(&[("q.0.name", "Robin"), ("q.add", "yes")])).unwrap();
    let Face::Group(face) = kind::face(q, &service.words, Filled::Form(&more), &Answers::new()) else { panic!() };
    assert_eq!((face.rows.len(), face.buttons.remove.len()), (2, 2));
    let less = kind::rows(q, &form(&[("q.0.name", "Robin"), ("q.1.name", "Sam"), ("q.remove", "0")])).unwrap();
    let Face::Group(face) = kind::face(q, &service.words, Filled::Form(&less), &Answers::new()) else { panic!() };
    assert_eq!(face.rows.len(), 1);
    let Face::Text(text) = &face.rows[0].faces[0] else { panic!() };
    assert_eq!((text.field.value.as_str(), text.field.name.as_str()), ("Sam", "q.0.name"));
    assert_eq!(kind::rows(q, &form(&[("q.0.name", "Robin")])), None);
    let full = form(&[("q.2.name", "x"), ("q.add", "yes")]);
    assert_eq!(kind::rows(q, &full).map(|form| form.0.len()), Some(1), "no row beyond the limit");
}

#[test]
fn a_diary_entry_that_ends_before_it_starts_ends_the_next_day() {
    let service = question("kind = \"diary\"\nmost = 5", "");
    let q = &service.questions[0];
    let entry = |start: &'static str, end: &'static str| {
        [("q.0.date", "2026-10-24"), ("q.0.start", start), ("q.0.end", end), ("q.0.description", "loud music")]
    };
    let Answer::Diary(entries) = given(q, &entry("11pm", "3am")) else { panic!() };
    let Moment::Between { from, to } = &entries[0].when else { panic!() };
    let hours = (to.timestamp().as_second() - from.timestamp().as_second()) / 3600;
    assert_eq!(hours, 5, "the night the clocks go back has one hour more");
    assert_eq!(problem(q, &entry("9pm", "9pm")), says("diary.equal", "q.0.end"));
    assert_eq!(problem(q, &entry("9pm", "9pm")[..1]), says("diary.description", "q.0.description"));
}

/// The rows of a diary as they were meant: start and end in UTC.
fn diary(rows: &[&[(&str, &str)]]) -> (catalogue::Service, Vec<(&'static str, String)>) {
    let service = question("kind = \"diary\"\nmost = 5", "");
    let named = |(n, row): (usize, &&[(&str, &str)])| {
        let fields = row.iter().map(|(part, value)| (format!("q.{n}.{part}"), (*value).to_owned()));
        fields.chain([(format!("q.{n}.description"), "drums".to_owned())]).collect::<Vec<_>>()
    };
    let form = Form(rows.iter().enumerate().flat_map(named).collect());
    let read = kind::read(&service.questions[0], &form, &Answers::new(), &world().ctx());
    let Ok(Read::Answer(Some(answer))) = read else { panic!("{rows:?} gives {read:?}") };
    let Answer::Diary(entries) = &answer else { panic!() };
    let meant = entries.iter().map(|entry| match &entry.when {
        Moment::Between { from, to } => ("between", format!("{} {}", from.timestamp(), to.timestamp())),
        Moment::Exact(from) => ("from", from.timestamp().to_string()),
        Moment::Day(day) => ("day", day.to_string()),
    });
    // The page shows the answer again, and what it shows is read as the same.
    let face = kind::face(&service.questions[0], &service.words, Filled::Answer(&answer), &Answers::new());
    let Face::Diary(face) = face else { panic!() };
    let mut again = Vec::new();
    for row in &face.rows {
        let date = [&row.date.day, &row.date.month, &row.date.year];
        let typed = date.into_iter().chain([&row.start, &row.end, &row.rooms, &row.description, &row.effect]);
        again.extend(typed.map(|field| (field.name.clone(), field.value.clone())));
        let folds = row.start_fold.iter().chain(&row.end_fold).filter(|fold| fold.checked);
        again.extend(folds.map(|fold| (fold.name.clone(), fold.value.clone())));
    }
    let read = kind::read(&service.questions[0], &Form(again), &Answers::new(), &world().ctx());
    assert_eq!(read, Ok(Read::Answer(Some(answer.clone()))), "{rows:?}");
    (service, meant.collect())
}

#[test]
fn a_diary_over_the_night_the_clocks_go_back_keeps_what_was_meant() {
    let night =
        |day: &'static str, start: &'static str, end: &'static str| vec![("date", day), ("start", start), ("end", end)];
    let with = |mut row: Vec<(&'static str, &'static str)>, folds: &[(&'static str, &'static str)]| {
        row.extend(folds);
        row
    };
    let (first, second) = (("start_fold", "first"), ("start_fold", "second"));
    let cases = [
        // The night before, over it, and the night after.
        (night("2026-10-23", "10pm", "1:30am"), "2026-10-23T21:00:00Z 2026-10-24T00:30:00Z"),
        (night("2026-10-24", "11pm", "3am"), "2026-10-24T22:00:00Z 2026-10-25T03:00:00Z"),
        (night("2026-10-25", "11pm", "1:30am"), "2026-10-25T23:00:00Z 2026-10-26T01:30:00Z"),
        // Half past one is the end: first or second is asked, and kept.
        (
            with(night("2026-10-24", "11pm", "1:30am"), &[("end_fold", "first")]),
            "2026-10-24T22:00:00Z 2026-10-25T00:30:00Z",
        ),
        (
            with(night("2026-10-24", "11pm", "1:30am"), &[("end_fold", "second")]),
            "2026-10-24T22:00:00Z 2026-10-25T01:30:00Z",
        ),
        // Half past one is the start.
        (with(night("2026-10-25", "1:30am", "4am"), &[first]), "2026-10-25T00:30:00Z 2026-10-25T04:00:00Z"),
        (with(night("2026-10-25", "1:30am", "4am"), &[second]), "2026-10-25T01:30:00Z 2026-10-25T04:00:00Z"),
        // Both lie in the hour that came twice. An end that looks earlier, or the same, is the second.
        (with(night("2026-10-25", "1:50am", "1:10am"), &[first]), "2026-10-25T00:50:00Z 2026-10-25T01:10:00Z"),
        (with(night("2026-10-25", "1:30am", "1:30am"), &[first]), "2026-10-25T00:30:00Z 2026-10-25T01:30:00Z"),
        (with(night("2026-10-25", "1:10am", "1:50am"), &[second]), "2026-10-25T01:10:00Z 2026-10-25T01:50:00Z"),
        (
            with(night("2026-10-25", "1:10am", "1:50am"), &[first, ("end_fold", "first")]),
            "2026-10-25T00:10:00Z 2026-10-25T00:50:00Z",
        ),
        (
            with(night("2026-10-25", "1:10am", "1:50am"), &[first, ("end_fold", "second")]),
            "2026-10-25T00:10:00Z 2026-10-25T01:50:00Z",
        ),
        // The second hour has gone by: the end is of the next day.
        (with(night("2026-10-25", "1:50am", "1:10am"), &[second]), "2026-10-25T01:50:00Z 2026-10-26T01:10:00Z"),
    ];
    for (row, expected) in cases {
        let (_, meant) = diary(&[&row]);
        assert_eq!(meant, [("between", expected.to_owned())], "{row:?}");
    }
    // Three nights in one answer, the middle one asked about.
    let (a, b, c) = (
        night("2026-10-23", "10pm", "1:30am"),
        with(night("2026-10-25", "1:30am", "1:30am"), &[first]),
        night("2026-10-25", "11pm", "12:30am"),
    );
    let (_, meant) = diary(&[&a, &b, &c]);
    let nights: Vec<&str> = meant.iter().map(|(_, when)| when.as_str()).collect();
    assert_eq!(
        nights,
        [
            "2026-10-23T21:00:00Z 2026-10-24T00:30:00Z",
            "2026-10-25T00:30:00Z 2026-10-25T01:30:00Z",
            "2026-10-25T23:00:00Z 2026-10-26T00:30:00Z",
        ]
    );
}

#[test]
fn a_diary_asks_which_of_the_two_only_where_both_can_be_meant() {
    let service = question("kind = \"diary\"\nmost = 5", "");
    let q = &service.questions[0];
    let entry = |date: &'static str, start: &'static str, end: &'static str| {
        vec![("q.0.date", date), ("q.0.start", start), ("q.0.end", end), ("q.0.description", "drums")]
    };
    assert_eq!(problem(q, &entry("2026-10-24", "11pm", "1:30am")), says("moment.twice", "q.0.end_fold"));
    assert_eq!(problem(q, &entry("2026-10-25", "1:30am", "4am")), says("moment.twice", "q.0.start_fold"));
    let both = read(q, &entry("2026-10-25", "1:10am", "1:50am")).unwrap_err();
    let fields: Vec<&str> = both.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["q.0.start_fold", "q.0.end_fold"]);
    let posted = form(&entry("2026-10-25", "1:10am", "1:50am"));
    let Face::Diary(face) = kind::face(q, &service.words, Filled::Form(&posted), &Answers::new()) else { panic!() };
    assert_eq!((face.rows[0].start_fold.len(), face.rows[0].end_fold.len()), (2, 2));
    let Face::Diary(face) = kind::face(q, &service.words, Filled::Empty, &Answers::new()) else { panic!() };
    assert!(face.rows[0].start_fold.is_empty() && face.rows[0].end_fold.is_empty());
    // In spring the hour was skipped; but not on the day after.
    assert_eq!(problem(q, &entry("2026-03-29", "1:30am", "4am")), says("moment.never", "q.0.start"));
    assert_eq!(problem(q, &entry("2026-03-29", "12:30am", "1:30am")), says("moment.never", "q.0.end"));
    assert_eq!(problem(q, &entry("2026-03-28", "11pm", "1:30am")), says("moment.never", "q.0.end"));
    let late = entry("2026-03-29", "11pm", "1:30am");
    assert!(matches!(given(q, &late), Answer::Diary(_)));
    assert_eq!(problem(q, &entry("2026-11-24", "11am", "1pm")), says("moment.future", "q.0.date.day"));
    assert_eq!(problem(q, &entry("2026-11-20", "9pm", "late")), says("moment.time", "q.0.end"));
    assert_eq!(problem(q, &entry("2026-11-20", "", "9pm")), says("moment.time", "q.0.start"));
}

#[test]
fn a_diary_entry_without_an_end_or_without_times_is_kept_so_and_said_so() {
    let row = |fields: &[(&'static str, &'static str)]| fields.to_vec();
    let (service, meant) = diary(&[
        &row(&[("date", "2026-11-24"), ("start", "11am"), ("end", "")]),
        &row(&[("date", "2026-11-20"), ("start", ""), ("end", "")]),
    ]);
    assert_eq!(meant, [("from", "2026-11-24T11:00:00Z".to_owned()), ("day", "2026-11-20".to_owned())]);
    let now = serde_json::json!({ "q": [{ "when": { "at": "2026-11-24T11:00:00Z" }, "description": "drums" }] });
    let answers = Answers::from_json(&service, &now).unwrap();
    let lines = kind::show(&service.questions[0], &service.words, answers.get("q").unwrap());
    let said: Vec<String> = lines.iter().map(|line| format!("{:?} {}", line.name, line.text)).collect();
    assert!(said[0].contains("From") && said[0].contains("Tuesday 24 November 2026 at 11:00am"), "{said:?}");
    assert!(said[1].contains("Until") && said[1].contains("still going on"), "{said:?}");
}

#[test]
fn a_declaration_keeps_its_exact_words_the_name_and_the_time() {
    let service = question("kind = \"declaration\"\nsigned = true", "");
    let q = &service.questions[0];
    let Answer::Declaration(made) = given(q, &[("q.agree", "yes"), ("q.name", "Robin Example")]) else { panic!() };
    assert_eq!(
        (made.text.as_str(), made.name.as_deref(), made.at.to_string().as_str()),
        ("L", Some("Robin Example"), "2026-11-24T12:00:00Z")
    );
    assert_eq!(problem(q, &[("q.agree", "yes")]), says("declaration.name", "q.name"));
    assert_eq!(problem(q, &[("q.name", "Robin Example")]), says("declaration.missing", "q.agree"));
    let mut forged = Answer::Declaration(made).to_json();
    forged["text"] = "something else".into();
    // It may have been read in another language, or before the words changed: to be sent it must stand again.
    let answers = Answers::from_json(&service, &serde_json::json!({ "q": forged })).unwrap();
    let stands = kind::stands(q, answers.get("q").unwrap(), &answers, &world().ctx());
    assert_eq!(stands.unwrap_err()[0].key, "declaration.text");
}

#[test]
fn nothing_typed_is_lost_when_a_page_is_shown_again() {
    let service = question("kind = \"vehicle\"", "");
    let posted = form(&[("q.registration", "<script>"), ("q.marks", "  as typed ")]);
    let Face::Vehicle(face) = kind::face(&service.questions[0], &service.words, Filled::Form(&posted), &Answers::new())
    else {
        panic!()
    };
    assert_eq!((face.registration.value.as_str(), face.marks.value.as_str()), ("<script>", "  as typed "));
}

#[test]
fn a_service_may_say_an_error_in_its_own_way() {
    let service = question(
        "kind = \"text\"\nmax = 2",
        "missing = \"Say it\"\n[question.q.errors]\n\"text.long\" = \"At most {max}\"",
    );
    let mut q = service.questions[0].clone();
    q.ask = catalogue::Ask::Required;
    assert_eq!(read(&q, &[]).unwrap_err()[0].text, "Say it");
    assert_eq!(read(&q, &[("q", "abc")]).unwrap_err()[0].text, "At most 2");
}

#[test]
fn json_of_the_wrong_shape_is_refused_with_every_problem() {
    let catalogue = ours::catalogue();
    let service = catalogue.service("fly-tipping").unwrap();
    let bad = serde_json::json!({
        "now": 5, "where": { "lat": 91, "lon": 0 }, "waste": "mattress", "papers": "yes", "nothing": 1,
        "vehicle": { "wheels": 4 }, "seen_when": { "at": "yesterday" }, "journey": { "fast": true },
    });
    let problems = Answers::from_json(service, &bad).unwrap_err();
    for id in ["now", "where", "waste", "papers", "nothing", "vehicle", "seen_when", "journey"] {
        let problem = problems.iter().find(|problem| problem.question == id);
        assert!(problem.is_some_and(|problem| !problem.text.is_empty()), "{id}: {problems:#?}");
    }
    for value in [serde_json::json!([]), serde_json::json!(null), serde_json::json!("x")] {
        assert!(Answers::from_json(service, &value).is_err());
    }
}

#[test]
fn a_question_is_required_by_another_answer() {
    let catalogue = ours::catalogue();
    let world = world();
    let contact = catalogue.service("fly-tipping").unwrap().question("contact").unwrap();
    let with = |option: &str| Answers::new().with("statement", Answer::Choice(option.into()));
    assert!(kind::is_required_now(contact, &with("willing"), &world.ctx()));
    assert!(!kind::is_required_now(contact, &with("unsure"), &world.ctx()));
    assert!(kind::read(contact, &Form::new(), &with("willing"), &world.ctx()).is_err());
    assert_eq!(kind::read(contact, &Form::new(), &with("unsure"), &world.ctx()), Ok(Read::Answer(None)));
}

#[test]
fn a_choice_among_those_ticked_offers_and_takes_no_other() {
    let catalogue = ours::catalogue();
    let service = catalogue.service("fly-tipping").unwrap();
    let main = service.question("main_waste").unwrap();
    let ticked = Answers::new().with("waste", Answer::Choices(vec!["furniture".into(), "tyres".into()]));
    let Face::Choice(face) = kind::face(main, &service.words, Filled::Empty, &ticked) else { panic!() };
    let offered: Vec<(&str, &str)> = face.options.iter().map(|one| (one.value.as_str(), one.label.as_str())).collect();
    assert_eq!(offered, [("furniture", "Furniture, like a sofa or table"), ("tyres", "Tyres")]);
    let problems = kind::read(main, &form(&[("main_waste", "garden")]), &ticked, &world().ctx()).unwrap_err();
    assert_eq!(problems[0].key, "choice.among");
}
