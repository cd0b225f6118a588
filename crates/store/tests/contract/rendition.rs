use crate::fixtures::*;
use store::{held, rendition};

on_both!(pictures_are_read_by_version_the_smallest_first, |fresh| {
    fresh.write(|tx| held::hold(tx, &photo(1), &until(b"a"))).unwrap();
    fresh.write(|tx| rendition::keep(tx, &pictures(1, 0))).unwrap();
    fresh.write(|tx| rendition::keep(tx, &pictures(1, 1))).unwrap();
    assert_eq!(fresh.read(|tx| rendition::of(tx, photo(1).id, 1)).unwrap(), pictures(1, 1));
    assert_eq!(fresh.read(|tx| rendition::of(tx, photo(1).id, 2)).unwrap(), []);
    let all = fresh.read(|tx| rendition::kept(&HOUSE, tx, (report_id(0), 0, 0), 3)).unwrap();
    assert_eq!(all, [pictures(1, 0), pictures(1, 1)].concat()[..3]);
    let rest = fresh.read(|tx| rendition::kept(&HOUSE, tx, (photo(1).id, 1, 800), 3)).unwrap();
    assert_eq!(rest, pictures(1, 1)[1..]);
    fresh.write(|tx| held::forget(&HOUSE, tx, photo(1).id, NOW.plus_hours(24))).unwrap();
    assert_eq!(fresh.read(|tx| rendition::of(tx, photo(1).id, 0)).unwrap(), [], "they go with their file");
});
