//! The search index, whose tokens must be the same on both engines.

use crate::{engine::Fresh, fixtures::*};
use store::{attempt, sub_case};

fn found(fresh: &Fresh, label: &'static str, words: &str) -> Vec<i64> {
    let words = words.to_owned();
    fresh.read(move |tx| tx.find_words(label, &words)).unwrap()
}

on_both!(words_are_found_whole_or_by_their_beginning, |fresh| {
    fresh
        .write(|tx| {
            tx.index_words(1, "here Robin's bike, a red-and-blue one: robin@example.org")?;
            tx.index_words(2, "here Élodie left a note at shop.co.uk/path 01632 960123")?;
            tx.index_words(3, "there a bike")
        })
        .unwrap();
    for (typed, numbers) in [
        ("bike", vec![1]),
        ("BI", vec![1]),
        ("ike", vec![]),
        ("blue red", vec![1]),
        // Only what is typed last may be a beginning.
        ("red bl", vec![1]),
        ("bl red", vec![]),
        ("example.org", vec![1]),
        ("example", vec![1]),
        ("elodie", vec![2]),
        ("ÉLODIE", vec![2]),
        ("path", vec![2]),
        ("960123", vec![2]),
        ("note bike", vec![]),
        ("' & | ! <-> :* \" ( ) * NEAR", vec![]),
        ("", vec![]),
        ("…", vec![]),
    ] {
        assert_eq!(found(fresh, "here", typed), numbers, "{typed}");
    }
    assert_eq!(found(fresh, "there", "bike"), [3]);
    assert_eq!(found(fresh, "ther", "bike"), Vec::<i64>::new());
});

on_both!(words_take_the_place_of_those_before_and_can_be_forgotten, |fresh| {
    fresh.write(|tx| tx.index_words(1, "here first")).unwrap();
    fresh.write(|tx| tx.index_words(1, "here second")).unwrap();
    assert_eq!((found(fresh, "here", "first"), found(fresh, "here", "second")), (vec![], vec![1]));
    fresh.write(|tx| tx.forget_words(1)).unwrap();
    assert_eq!(found(fresh, "here", "second"), Vec::<i64>::new());
    fresh.write(|tx| tx.forget_words(1)).unwrap();
});

on_both!(a_very_long_text_can_be_looked_through, |fresh| {
    let mut text = String::from("here ");
    for n in 0..200_000 {
        text.push_str(&format!("w{n} "));
    }
    text.push_str(&"z".repeat(100_000));
    fresh.write(move |tx| tx.index_words(1, &text)).unwrap();
    assert_eq!(found(fresh, "here", "w1"), [1]);
});

on_both!(a_list_of_many_is_cut_at_the_newest, |fresh| {
    fresh
        .write(|tx| {
            for n in 0..200 {
                tx.index_words(n, "here mattress")?;
            }
            tx.index_words(1000, "here mattresses")
        })
        .unwrap();
    let (whole, beginning) = (found(fresh, "here", "mattress"), found(fresh, "here", "mattre"));
    assert_eq!(whole, (150..200).rev().collect::<Vec<_>>());
    assert_eq!(beginning[..2], [1000, 199]);
});

on_both!(a_rare_word_finds_its_own_among_common_ones, |fresh| {
    fresh
        .write(|tx| {
            for n in 1..=1500 {
                let label = if n % 2 == 0 { "here" } else { "there" };
                tx.index_words(n, &format!("{label} lay by {} old", n % 300))?;
            }
            Ok(())
        })
        .unwrap();
    // 17 has five, all of the other agency; 18 has five; 170 to 179 begin with 17.
    assert_eq!(found(fresh, "here", "lay-by 18"), [1218, 918, 618, 318, 18]);
    assert_eq!(found(fresh, "there", "18 lay-by"), Vec::<i64>::new());
    assert_eq!(found(fresh, "there", "17 old"), [1217, 917, 617, 317, 17]);
    let all_even: Vec<i64> = (1402..=1500).rev().step_by(2).collect();
    assert_eq!(found(fresh, "here", "old lay by"), all_even);
});

on_both!(two_common_words_that_hardly_meet_are_found, |fresh| {
    fresh
        .write(|tx| {
            tx.index_words(3, "here even odd")?;
            for n in 4..=1200 {
                tx.index_words(n, if n % 2 == 0 { "here even" } else { "here odd" })?;
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(found(fresh, "here", "odd even"), [3]);
    assert_eq!(found(fresh, "here", "even nothing"), Vec::<i64>::new());
    assert_eq!(found(fresh, "here", "odd eve"), [3]);
});

/// The embedded engine writes its index out when numbers do not ascend, when a statement opens a savepoint, and at the
/// end: a group of reports must cost one writing out.
#[test]
fn the_words_of_a_group_are_written_out_once() {
    let fresh = Fresh::sqlite();
    fresh
        .write(|tx| {
            for n in 1..=12_u8 {
                let number = sub_case::next_number(tx)?;
                attempt::insert(tx, &attempt(&[n]))?;
                a_report(tx, u64::from(n))?;
                tx.index_words(number + i64::from(n), &format!("here word{n}"))?;
                attempt::sent(tx, &[n], report_id(u64::from(n)), b"")?;
            }
            Ok(())
        })
        .unwrap();
    let leaves: (i64,) = fresh.read(|tx| tx.one("SELECT COUNT(*) FROM report_word_idx", &[])).unwrap();
    assert_eq!(leaves.0, 1);
    assert_eq!(found(&fresh, "here", "word12").len(), 1);
}
