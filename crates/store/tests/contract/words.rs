//! The search index, whose tokens must be the same on both engines.

use crate::engine::Fresh;

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
