use super::*;

fn body() -> Body {
    serde_json::from_value(serde_json::json!({
        "about": "We look after the pier.",
        "officers": [{ "name": "PC Avery Example", "rank": "Constable", "bio": "", "photo": "https://example.org/a.jpg" }],
        "priorities": [{ "issue": "Bikes", "issued": "2026-11-02", "action": "Patrols", "acted": null }],
        "events": [{ "title": "Surgery", "where": "Library", "kind": "meeting", "starts": "2026-12-03T18:00:00" }],
        "ways": [{ "name": "Call", "phone": "101" }],
    }))
    .unwrap()
}

fn form(typed: &Typed) -> Form {
    let mut pairs = vec![("about".to_owned(), typed.about.clone())];
    for (list, rows) in LISTS.iter().zip(&typed.rows) {
        for (n, row) in rows.iter().enumerate() {
            pairs.extend(list.fields.iter().zip(row).map(|(field, value)| (name(list, n, field), value.clone())));
        }
    }
    Form(pairs)
}

#[test]
fn what_the_form_shows_comes_back_as_it_was() {
    let typed = Typed::of(&body());
    let read = Typed::read(&form(&typed));
    assert_eq!(read, typed);
    assert_eq!(read.body().unwrap(), body());
}

#[test]
fn rows_are_added_and_removed_and_empty_ones_are_left_out() {
    let mut typed = Typed::of(&body());
    assert!(typed.turn("add-priorities") && typed.turn("add-events"));
    assert_eq!((typed.rows[1].len(), typed.rows[2].len()), (2, 2));
    assert_eq!(typed.body().unwrap(), body());
    assert!(typed.turn("remove-priorities-0"));
    assert!(typed.clone().filled().rows[1].is_empty());
    for wish in ["remove-priorities-7", "add-nothing", "remove-priorities", "", "add-priorities-1-2", "save"] {
        assert!(!typed.turn(wish), "{wish}");
    }
}

#[test]
fn a_day_that_is_none_is_told_beside_its_field() {
    let mut typed = Typed::of(&body());
    typed.rows[1][0][1] = "yesterday".into();
    typed.rows[2][0][2] = String::new();
    let fields: Vec<String> = typed.body().unwrap_err().into_iter().map(|fault| fault.field).collect();
    assert_eq!(fields, ["priorities.0.issued", "events.0.starts"]);
    typed.rows[1][0][1] = "2026-11-02".into();
    typed.rows[2][0][2] = "2026-12-03 18:00".into();
    assert_eq!(typed.body().unwrap(), body());
}

#[test]
fn more_rows_than_a_page_holds_are_refused() {
    let mut typed = Typed::of(&body());
    while typed.turn("add-ways") {}
    assert_eq!(typed.rows[3].len(), MOST);
    typed.rows[3] = vec![vec!["Call".into(), String::new(), "101".into(), String::new(), String::new()]; MOST + 5];
    let read = Typed::read(&form(&typed));
    assert_eq!(read.rows[3].len(), MOST + 1);
    assert_eq!(read.body().unwrap_err()[0].field, format!("ways.{MOST}"));
}
