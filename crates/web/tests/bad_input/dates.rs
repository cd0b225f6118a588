use crate::sound::refused;
use testkit::{House, sample};

/// Day, month, year, time and what is said of them. The clock stands at ten on 24 November 2026.
const MOMENTS: &[(&str, &str, &str, &str, &str)] = &[
    ("30", "2", "2026", "10:00", "date"),
    ("31", "4", "2026", "10:00", "date"),
    ("29", "2", "2025", "10:00", "date"),
    ("0", "1", "2026", "10:00", "date"),
    ("32", "1", "2026", "10:00", "date"),
    ("1", "13", "2026", "10:00", "date"),
    ("1", "0", "2026", "10:00", "date"),
    ("1", "1", "26", "10:00", "date"),
    ("1", "1", "99999", "10:00", "date"),
    ("1", "1", "-2026", "10:00", "date"),
    ("one", "one", "one", "10:00", "date"),
    ("1.5", "1", "2026", "10:00", "date"),
    ("NaN", "1", "2026", "10:00", "date"),
    ("99999999999999999999", "1", "2026", "10:00", "date"),
    ("١", "١", "٢٠٢٦", "10:00", "date"),
    ("1", "", "2026", "10:00", ""),
    ("", "1", "2026", "10:00", ""),
    ("1", "1", "", "10:00", ""),
    ("", "", "", "10:00", ""),
    ("1", "1", "2026", "", "time"),
    ("1", "1", "2026", "25:00", "time"),
    ("1", "1", "2026", "10:61", "time"),
    ("1", "1", "2026", "noonish", "time"),
    ("1", "1", "2026", "-1:00", "time"),
    ("25", "11", "2026", "10:00", "already happened"),
    ("24", "11", "2026", "10:01", "already happened"),
    ("1", "1", "9999", "10:00", "already happened"),
    // The hour that the clocks skip, and the one that comes twice.
    ("29", "3", "2026", "01:30", ""),
    ("25", "10", "2026", "01:30", ""),
];

#[tokio::test]
async fn a_moment_that_cannot_have_been_is_named_and_stays_as_typed() {
    let house = House::embedded().await;
    let mut client = house.begun("fly-tipping", &sample("fly-tipping", "everything")["answers"]).await;
    for (day, month, year, time, words) in MOMENTS {
        let fields = [
            ("seen_when.mode", "exact"),
            ("seen_when.date.day", *day),
            ("seen_when.date.month", month),
            ("seen_when.date.year", year),
            ("seen_when.time", time),
        ];
        refused(&house, &mut client, "/report/fly-tipping/q/seen_when", &fields, words).await;
    }
}

#[tokio::test]
async fn the_repeated_hour_asks_which_and_takes_either() {
    let house = House::embedded().await;
    let mut client = house.begun("fly-tipping", &sample("fly-tipping", "everything")["answers"]).await;
    let mut fields = vec![
        ("seen_when.mode", "exact"),
        ("seen_when.date.day", "25"),
        ("seen_when.date.month", "10"),
        ("seen_when.date.year", "2026"),
        ("seen_when.time", "01:30"),
    ];
    let page = client.post("/report/fly-tipping/q/seen_when", &fields).await;
    assert!(page.form("/q/seen_when").takes("seen_when.fold", "second"), "{}", page.text);
    fields.push(("seen_when.fold", "third"));
    assert_eq!(client.post("/report/fly-tipping/q/seen_when", &fields).await.status, 422);
    let mut kept = Vec::new();
    for fold in ["first", "second"] {
        fields.last_mut().unwrap().1 = fold;
        assert_eq!(client.post("/report/fly-tipping/q/seen_when", &fields).await.status, 303, "{fold}");
        kept.push(house.draft(&client).await.unwrap().0["seen_when"]["at"].clone());
    }
    assert_ne!(kept[0], kept[1]);
}

#[tokio::test]
async fn an_interval_must_have_two_ends_in_their_order() {
    let house = House::embedded().await;
    let mut client = house.begun("fly-tipping", &sample("fly-tipping", "everything")["answers"]).await;
    let end = |under: &str, day: &str, time: &str| {
        let part = |name: &str, value: &str| (format!("seen_when.{under}.{name}"), value.to_owned());
        vec![part("date.day", day), part("date.month", "11"), part("date.year", "2026"), part("time", time)]
    };
    for (from, to) in [
        (end("from", "20", "10:00"), end("to", "19", "10:00")),
        (end("from", "20", "10:00"), end("to", "20", "09:59")),
        (end("from", "20", "10:00"), Vec::new()),
        (Vec::new(), end("to", "20", "10:00")),
        (end("from", "20", "10:00"), end("to", "30", "10:00")),
    ] {
        let mut fields = vec![("seen_when.mode".to_owned(), "between".to_owned())];
        fields.extend(from.into_iter().chain(to));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        refused(&house, &mut client, "/report/fly-tipping/q/seen_when", &fields, "").await;
    }
}

#[tokio::test]
async fn nobody_was_born_tomorrow_or_in_1899() {
    let house = House::embedded().await;
    let mut client = house.begun("crime.theft", &sample("crime.theft", "everything")["answers"]).await;
    for (day, month, year) in
        [("25", "11", "2026"), ("31", "12", "1899"), ("30", "2", "1990"), ("1", "1", "0"), ("1", "", "1990")]
    {
        let fields = [
            ("contact.name", "Robin Example"),
            ("contact.born.day", day),
            ("contact.born.month", month),
            ("contact.born.year", year),
        ];
        refused(&house, &mut client, "/report/crime.theft/q/contact", &fields, "").await;
    }
}
