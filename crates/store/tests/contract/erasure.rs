//! What was erased is in no file (house.md §8.11, J-45).

use crate::{
    assessment::assessment,
    booking::booked,
    clock::clock,
    crime::crime,
    engine::{Fresh, wait},
    fixtures::*,
    missed::missed_by,
    ordered::ordered_by,
    payment::due,
    property::{mark, met},
};
use serde_json::json;
use std::fs;
use store::{Error, journal};

/// Words no other row holds.
const WORDS: [&str; 4] = ["quokkaquokka", "xylophonist", "zzyzxroad", "brontosauroid"];

/// Files of the folder that hold a word, in the spelling it was written in.
fn holding(fresh: &Fresh, word: &str) -> Vec<String> {
    fs::read_dir(fresh.folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| fs::read(path).unwrap().windows(word.len()).any(|part| part == word.as_bytes()))
        .map(|path| path.display().to_string())
        .collect()
}

fn write_words(fresh: &Fresh, n: u64) {
    fresh
        .write(move |tx| {
            let words = WORDS.join(" ");
            let content = Some(json!({ "words": words, "more": "and more. ".repeat(2000) }));
            journal::write(&HOUSE, tx, &journal::NewEntry { content, ..entry(n, 1) })?;
            tx.index_words(n as i64, &words)
        })
        .unwrap();
}

fn erase(fresh: &Fresh, n: u64) {
    fresh
        .write(move |tx| {
            tx.run("DELETE FROM content WHERE entry = $1", &[&entry_id(n)])?;
            tx.forget_words(n as i64)
        })
        .unwrap();
}

#[test]
fn erased_words_are_in_no_file() {
    let fresh = Fresh::sqlite();
    fresh.write(a_house).unwrap();
    // Neighbours before and after, so that pages and lists of words are shared.
    for n in 10..200 {
        fresh
            .write(move |tx| {
                let other = Some(json!({ "words": format!("quotidian xylem zenith bread {n}") }));
                journal::write(&HOUSE, tx, &journal::NewEntry { content: other, ..entry(n, 1) })?;
                tx.index_words(n as i64, &format!("quotidian xylem zenith bread {n}"))
            })
            .unwrap();
        if n == 100 {
            write_words(&fresh, 500);
        }
    }
    for word in WORDS {
        assert!(!holding(&fresh, word).is_empty(), "{word} was never written");
    }
    erase(&fresh, 500);
    wait(fresh.db.truncate()).unwrap();
    for word in WORDS {
        assert_eq!(holding(&fresh, word), Vec::<String>::new(), "{word}");
    }
    // The list of words keeps beginnings apart from endings; the ends must be gone as well.
    for end in ["kkaquokka", "lophonist", "yzxroad", "ontosauroid"] {
        assert_eq!(holding(&fresh, end), Vec::<String>::new(), "{end}");
    }
    for n in 10..200 {
        let found = fresh.read(move |tx| tx.find_words("bread", &format!("quotidian {n}"))).unwrap();
        assert!(found.contains(&n), "the words of neighbour {n} are gone");
    }
}

#[test]
fn words_that_are_replaced_are_gone_too() {
    let fresh = Fresh::sqlite();
    fresh.write(|tx| tx.index_words(1, "here quokkaquokka")).unwrap();
    fresh.write(|tx| tx.index_words(1, "here nothing")).unwrap();
    wait(fresh.db.truncate()).unwrap();
    assert_eq!(holding(&fresh, "kkaquokka"), Vec::<String>::new());
}

#[test]
fn truncating_says_so_when_a_reader_keeps_the_old_pages() {
    let fresh = Fresh::sqlite();
    let reader = rusqlite::Connection::open(fresh.db.file().unwrap()).unwrap();
    reader.execute_batch("BEGIN; SELECT COUNT(*) FROM report").unwrap();
    fresh.write(|tx| tx.index_words(1, "here quokkaquokka")).unwrap();
    fresh.write(|tx| tx.forget_words(1)).unwrap();
    let kept = wait(fresh.db.truncate());
    assert!(matches!(kept, Err(Error::Busy)), "{kept:?}");
    reader.execute_batch("ROLLBACK").unwrap();
    wait(fresh.db.truncate()).unwrap();
    assert_eq!(holding(&fresh, "kkaquokka"), Vec::<String>::new());
}

#[test]
fn truncating_a_server_is_nothing() {
    let Some(fresh) = Fresh::postgres() else { return };
    assert!(!fresh.db.embedded());
    wait(fresh.db.truncate()).unwrap();
}

on_both!(what_belonged_to_a_report_goes_with_it_and_a_crime_stays, |fresh| {
    fresh
        .write(|tx| {
            a_house(tx)?;
            // Report 2 has no entry of its own, as one whose journal ran out.
            store::report::insert(tx, &new_report(2))?;
            for report in [report_id(1), report_id(2)] {
                let n = report.as_u64_pair().1 & 0xff;
                store::clock::insert(tx, &store::clock::Clock { report, ..clock(n) })?;
                store::assessment::insert(&officer(), tx, &store::assessment::Assessment { report, ..assessment(n) })?;
            }
            store::contact::mark(tx, report_id(1), b"m")?;
            store::contact::mark(tx, report_id(2), b"m")?;
            store::property::keep(tx, &mark(1, 1, store::property::Side::Lost))?;
            store::property::keep(tx, &mark(2, 2, store::property::Side::Found))?;
            store::property::met(tx, &met(1))?;
            store::missed::insert(tx, &missed_by(2))?;
            store::payment::insert(tx, &due(2))?;
            store::booking::take(tx, &booked(2), 9)?;
            store::ordered::insert(tx, &ordered_by(2))?;
            // One crime of both reports and one of the second alone.
            store::crime::insert(&officer(), tx, &crime(1))?;
            store::crime::insert(&officer(), tx, &crime(2))?;
            store::crime::join(&officer(), tx, crime(1).id, report_id(1), NOW)?;
            store::crime::join(&officer(), tx, crime(1).id, report_id(2), NOW)?;
            store::crime::join(&officer(), tx, crime(2).id, report_id(2), NOW)
        })
        .unwrap();
    fresh.write(|tx| tx.run("DELETE FROM report WHERE id = $1", &[&report_id(2)])).unwrap();
    let left = fresh.read(|tx| {
        let mut left = Vec::new();
        for table in [
            "clock",
            "assessment",
            "property_mark",
            "property_match",
            "reporter_mark",
            "crime",
            "crime_report",
            "missed",
            "payment",
            "booking",
            "ordered",
        ] {
            left.push(tx.one::<(i64,)>(&format!("SELECT COUNT(*) FROM {table}"), &[])?.0);
        }
        Ok((left, store::crime::of_report(tx, report_id(1))?, store::crime::by_id(tx, COUNCIL, crime(2).id)?))
    });
    assert_eq!(left.unwrap(), (vec![1, 1, 1, 0, 1, 2, 1, 0, 0, 0, 0], vec![crime(1)], Some(crime(2))));
    // And a crime that goes leaves its reports.
    fresh.write(|tx| tx.run("DELETE FROM crime WHERE id = $1", &[&crime(1).id])).unwrap();
    let reports = fresh.read(|tx| Ok((store::crime::of_report(tx, report_id(1))?, store::report::count(tx)?)));
    assert_eq!(reports.unwrap(), (vec![], 1));
});
