use super::*;

fn read() -> Read {
    file(include_bytes!("hand-written.json")).unwrap()
}

#[test]
fn a_team_is_read_as_plain_text_with_its_outline() {
    let read = read();
    assert_eq!(read.teams.len(), 1);
    let Told { code, name, body } = &read.teams[0];
    assert_eq!((code.as_str(), name.as_str()), ("pier", "Pier & Harbour"));
    assert_eq!(body.about, "We look after the pier.\n\nCome and talk.");
    let officer = Officer { name: "Avery Example".into(), rank: "PC".into(), bio: "Likes bikes".into(), photo: None };
    assert_eq!(body.officers, [officer]);
    assert_eq!(body.priorities[0].issued, "2026-11-02".parse().ok());
    assert_eq!((body.priorities[0].action.as_str(), body.priorities[1].acted), ("We marked 40.", None));
    assert_eq!(body.events.len(), 1);
    assert_eq!(body.events[0].key(), "20261203-1800-beat-surgery");
    assert_eq!(body.ways[0].email.as_deref(), Some("pier@police.example.org"));
    assert_eq!(body.ways[0].web, None);
    assert_eq!(body.ways[1].about, "1 Example Road, Exampleton, BS23 1AA\n\nOpen at nine.");
    assert_eq!(body.ways.len(), 2);
    assert_eq!(body.boundary, [vec![(51.3, -3.0), (51.4, -3.0), (51.4, -2.9), (51.3, -2.9)]]);
    let outline = Area::from_row("a", "pier", "Pier", "test", &body.geometry().unwrap()).unwrap();
    assert!(outline.holds(Point { lat: 51.35, lon: -2.95 }) && !outline.holds(Point { lat: 51.45, lon: -2.95 }));
}

#[test]
fn what_cannot_be_used_is_refused_with_a_reason() {
    let refused = read().refused;
    let told: Vec<String> = refused.iter().map(|(team, why)| format!("{team}: {why}")).collect();
    let expected = [
        "Pier: a meeting was left out: it has no title",
        "Pier: a meeting was left out: “soon” is no time",
        "pier: the file has another neighbourhood of that id",
        "no boundary: the id “no boundary” does not fit into an address",
        "nowhere: a corner of its boundary is no place on earth",
        "line: its boundary has fewer than three corners",
        "nameless: it has no name",
    ];
    assert_eq!(&told[..7], &expected);
    assert!(
        told[7].starts_with("neighbourhood 7: missing field `id`") && told[8].starts_with("neighbourhood 8: "),
        "{told:?}"
    );
    assert_eq!(told.len(), 9);
}

#[test]
fn a_file_that_is_something_else_is_refused_whole() {
    for bad in ["", "nonsense", "{}", "{\"neighbourhoods\": 3}", "7"] {
        assert!(file(bad.as_bytes()).is_err(), "{bad}");
    }
    assert_eq!(file(b"[]").unwrap(), Read::default());
}

#[test]
fn long_texts_and_lists_are_cut() {
    let corners = r#"[{"latitude":1,"longitude":1},{"latitude":2,"longitude":1},{"latitude":2,"longitude":2}]"#;
    let people = vec![r#"{"name":"A"}"#; MOST + 2].join(",");
    let text = format!(
        r#"[{{"id":"a","name":"{}","description":"{}","people":[{people}],"boundary":{corners}}}]"#,
        "n".repeat(SHORT + 9),
        "é".repeat(LONG + 9)
    );
    let read = file(text.as_bytes()).unwrap();
    let told = &read.teams[0];
    assert_eq!((told.name.chars().count(), told.body.about.chars().count()), (SHORT, LONG));
    assert_eq!(told.body.officers.len(), MOST);
    assert_eq!(read.refused[0].1, format!("2 of {} officers were left out", MOST + 2));
}
