//! Shares that the public reads. Small numbers are withheld: they could be told of single people (P-100).

use store::clock::Kept;

/// A share of fewer than these is not said.
const LEAST: i64 = 5;
/// However many look, what is counted for the public is counted once in this time.
pub const FRESH_SECONDS: i64 = 300;

/// The share that was in time.
pub fn in_time(kept: Kept) -> String {
    of(kept.met, kept.met + kept.late + kept.open)
}

pub fn of(part: i64, all: i64) -> String {
    match all {
        few if few < LEAST => "Too few to say".to_owned(),
        all => format!("{} % of {all}", part * 100 / all),
    }
}

#[test]
fn fewer_than_five_are_not_said() {
    assert_eq!([of(4, 4), of(0, 0), of(4, 5), of(0, 7)], ["Too few to say", "Too few to say", "80 % of 5", "0 % of 7"]);
}
