/// How many slips a word of so many letters may hold: none below four, one from four, two from eight.
pub(super) fn allowed(letters: usize) -> usize {
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// Which letters and figures a word holds, one bit each: words with too many different bits need no further look.
pub(super) fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |bits, b| {
        bits | 1
            << match b {
                b'a'..=b'z' => b - b'a',
                b'0'..=b'9' => 26 + (b - b'0') % 5,
                _ => 31,
            }
    })
}

/// Longest word that is compared; longer ones only match exactly or as a beginning.
const LONGEST: usize = 31;

/// Slips from one word to the other (a letter more, less, other, or two neighbours swapped), if `most` or fewer.
pub(super) fn slips(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > most || a.len() > LONGEST || b.len() > LONGEST {
        return None;
    }
    let mut before = [0u8; LONGEST + 1];
    let mut above = [0u8; LONGEST + 1];
    let mut row = [0u8; LONGEST + 1];
    (0..=b.len()).for_each(|n| above[n] = n as u8);
    for i in 1..=a.len() {
        row[0] = i as u8;
        let mut least = row[0];
        for j in 1..=b.len() {
            let other = u8::from(a[i - 1] != b[j - 1]);
            let mut cost = (above[j - 1] + other).min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(before[j - 2] + 1);
            }
            row[j] = cost;
            least = least.min(cost);
        }
        if usize::from(least) > most {
            return None;
        }
        (before, above, row) = (above, row, before);
    }
    let slips = usize::from(above[b.len()]);
    (slips <= most).then_some(slips)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_slip_is_a_letter_more_less_other_or_two_swapped() {
        for (typed, meant, count) in [
            ("clevedon", "clevedon", Some(0)),
            ("clevdon", "clevedon", Some(1)),
            ("cleveddon", "clevedon", Some(1)),
            ("clebedon", "clevedon", Some(1)),
            ("cleevdon", "clevedon", Some(1)),
            ("portisehda", "portishead", Some(2)),
            ("nailsea", "yatton", None),
            ("", "ab", Some(2)),
        ] {
            assert_eq!(slips(typed, meant, 2), count, "{typed} {meant}");
        }
        assert_eq!([3, 4, 7, 8].map(allowed), [0, 1, 1, 2]);
    }

    proptest! {
        #[test]
        fn one_change_is_at_most_one_slip_and_two_bits(word in "[a-z]{4,12}", at in 0usize..4, letter in "[a-z]") {
            let mut typed = word.clone();
            typed.replace_range(at..at + 1, &letter);
            prop_assert!(slips(&typed, &word, 1).is_some());
            prop_assert_eq!(slips(&typed, &word, 2), slips(&word, &typed, 2));
            prop_assert!((letters(&typed) ^ letters(&word)).count_ones() <= 2);
        }
    }
}
