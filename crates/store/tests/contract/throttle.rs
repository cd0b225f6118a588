use crate::fixtures::NOW;
use store::throttle;

on_both!(knocks_are_counted_in_a_window, |fresh| {
    let knock = |seconds| fresh.write(move |tx| throttle::knock(tx, "door", b"o", NOW.plus_seconds(seconds), 60));
    let counted = |seconds| fresh.read(move |tx| throttle::knocks(tx, "door", b"o", NOW.plus_seconds(seconds), 60));
    assert_eq!(counted(0).unwrap(), 0);
    assert_eq!((knock(0).unwrap(), knock(30).unwrap(), knock(59).unwrap()), (1, 2, 3));
    assert_eq!((counted(59).unwrap(), counted(60).unwrap()), (3, 0));
    assert_eq!(knock(60).unwrap(), 1);
});

on_both!(what_weighs_more_counts_for_more_until_the_window_is_over, |fresh| {
    let weigh = |seconds, weight| {
        fresh.write(move |tx| throttle::weigh(tx, "bytes", b"o", NOW.plus_seconds(seconds), (60, weight))).unwrap()
    };
    assert_eq!((weigh(0, 5_000_000_000), weigh(30, 7), weigh(60, 9)), (5_000_000_000, 5_000_000_007, 9));
});

on_both!(doors_and_origins_are_counted_apart, |fresh| {
    let knock = |door: &'static str, origin: &'static [u8]| {
        fresh.write(move |tx| throttle::knock(tx, door, origin, NOW, 60)).unwrap()
    };
    assert_eq!((knock("a", b"x"), knock("a", b"y"), knock("b", b"x"), knock("a", b"x")), (1, 1, 1, 2));
});

on_both!(old_knocks_are_swept, |fresh| {
    fresh.write(|tx| throttle::knock(tx, "door", b"o", NOW, 60)).unwrap();
    assert_eq!(fresh.write(|tx| throttle::sweep(tx, NOW)).unwrap(), 0);
    assert_eq!(fresh.write(|tx| throttle::sweep(tx, NOW.plus_seconds(1))).unwrap(), 1);
});
