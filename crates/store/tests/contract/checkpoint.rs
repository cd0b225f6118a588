use crate::fixtures::*;
use store::checkpoint::{self, Checkpoint};

on_both!(checkpoints_only_grow_and_name_the_one_before, |fresh| {
    assert_eq!(fresh.read(checkpoint::latest).unwrap(), None);
    let keep = |size| fresh.write(move |tx| checkpoint::keep(&HOUSE, tx, &checkpoint(size))).unwrap();
    assert_eq!(keep(0), checkpoint(0));
    assert_eq!(keep(5), Checkpoint { before: Some(0), ..checkpoint(5) });
    // A smaller one and another of the same size come to nothing: the answer says what is there.
    assert_eq!(keep(3), Checkpoint { before: Some(0), ..checkpoint(5) });
    let other = Checkpoint { root: vec![9; 32], ..checkpoint(5) };
    assert_eq!(fresh.write(move |tx| checkpoint::keep(&HOUSE, tx, &other)).unwrap().root, vec![5; 32]);
    assert_eq!(keep(9).before, Some(5));
    assert_eq!(fresh.read(checkpoint::latest).unwrap().unwrap().size, 9);
    assert_eq!(fresh.read(|tx| checkpoint::of_size(tx, 5)).unwrap().unwrap().note, "a note of 5");
    assert_eq!(fresh.read(|tx| checkpoint::of_size(tx, 3)).unwrap(), None);
    let page = fresh.read(|tx| checkpoint::after(&HOUSE, tx, 0, 1)).unwrap();
    assert_eq!(page.iter().map(|kept| kept.size).collect::<Vec<_>>(), [5]);
    assert!(is_not_found(&fresh.write(|tx| checkpoint::keep(&officer(), tx, &checkpoint(10)))));
});
