//! When a delivery that could not be sent is tried again.

/// Seconds after the first tries; after these, [`LATER`].
const FIRST: [i64; 5] = [30, 2 * 60, 10 * 60, 30 * 60, 2 * 3600];
/// Seconds between the tries after that.
const LATER: i64 = 6 * 3600;
/// The first try, one after each wait of [`FIRST`], then twelve times six hours: about three days.
/// The waits of [`FIRST`] that a line which is down goes through; the last of them stays.
const PROBES: i64 = 4;
const MOST: i64 = 1 + FIRST.len() as i64 + 12;
/// The last try after which another follows.
pub const LAST: i64 = MOST - 1;

/// Seconds to wait after this many tries, or nothing when it is time to give up.
///
/// `seed` moves the wait by up to a tenth either way, so that what failed together does not come back together.
pub fn wait(tries: i64, seed: [u8; 32]) -> Option<i64> {
    if tries >= MOST {
        return None;
    }
    let place = usize::try_from(tries.max(1) - 1).unwrap_or(usize::MAX);
    let plain = FIRST.get(place).copied().unwrap_or(LATER);
    let swing = plain / 10;
    let drawn = i64::from(u32::from_be_bytes([seed[0], seed[1], seed[2], seed[3]]));
    Some(plain - swing + drawn % (2 * swing + 1))
}

/// Seconds until a line that is down is tried again: it is tried as long as it is down, at least twice an hour.
pub fn probe(fails: i64, seed: [u8; 32]) -> i64 {
    wait(fails.clamp(1, PROBES), seed).unwrap_or(LATER)
}

/// Seconds after the first tries to tell a back office: after five minutes, then every thirty and slower (C-91).
const OFFICE: [i64; 6] = [5 * 60, 30 * 60, 30 * 60, 30 * 60, 60 * 60, 3 * 3600];
/// About three days.
const OFFICE_MOST: i64 = 1 + OFFICE.len() as i64 + 11;

/// Seconds to wait after this many tries to tell a back office, or nothing when it is time to give up.
pub fn office(tries: i64, seed: [u8; 32]) -> Option<i64> {
    if tries >= OFFICE_MOST {
        return None;
    }
    let place = usize::try_from(tries.max(1) - 1).unwrap_or(usize::MAX);
    let plain = OFFICE.get(place).copied().unwrap_or(LATER);
    // Later by up to a tenth, never sooner.
    let drawn = i64::from(u32::from_be_bytes([seed[0], seed[1], seed[2], seed[3]]));
    Some(plain + drawn % (plain / 10 + 1))
}

pub const fn office_longest() -> i64 {
    LATER
}

/// Seconds until a back office that is down is tried again: after five minutes, then every thirty.
pub fn office_probe(fails: i64, seed: [u8; 32]) -> i64 {
    office(fails.clamp(1, 2), seed).unwrap_or(LATER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn middle(tries: i64) -> Option<i64> {
        // The seed that moves a wait by nothing.
        let swing = FIRST.get(tries as usize - 1).copied().unwrap_or(LATER) / 10;
        let [a, b, c, d] = (swing as u32).to_be_bytes();
        let mut seed = [0; 32];
        seed[..4].copy_from_slice(&[a, b, c, d]);
        wait(tries, seed)
    }

    #[test]
    fn the_waits_grow_and_then_stay_at_six_hours() {
        let waits: Vec<_> = (1..=7).filter_map(middle).collect();
        assert_eq!(waits, [30, 120, 600, 1800, 7200, 21600, 21600]);
    }

    #[test]
    fn it_gives_up_after_about_three_days() {
        let all: Vec<i64> = (1..).map_while(middle).collect();
        let hours = all.iter().sum::<i64>() / 3600;
        assert!((72..=76).contains(&hours), "{hours} hours");
        assert_eq!(wait(MOST, [0; 32]), None);
        assert_eq!(wait(i64::MAX, [0; 32]), None);
    }

    #[test]
    fn a_line_that_is_down_is_tried_twice_an_hour_for_as_long_as_it_takes() {
        for fails in [4, 5, 1_000, i64::MAX] {
            assert!((1_620..=1_980).contains(&probe(fails, [0; 32])), "{fails}");
        }
        assert!(probe(1, [0; 32]) <= 33);
    }

    #[test]
    fn what_failed_together_does_not_come_back_together() {
        let waits: std::collections::BTreeSet<_> = (0..=255u8).filter_map(|b| wait(3, [b; 32])).collect();
        assert!(waits.len() > 50, "{} different waits", waits.len());
        assert!(waits.iter().all(|s| (540..=660).contains(s)), "{waits:?}");
    }
}
