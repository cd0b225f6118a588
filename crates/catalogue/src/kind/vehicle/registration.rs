//! Registration marks (P-23): current, prefix, suffix, dateless, Northern Ireland, Q and personal plates.

/// Upper case without spaces; none where it has other signs, or more than ten.
pub(crate) fn registration(typed: &str) -> Option<String> {
    let plate: String = typed.chars().filter(|letter| !" -.".contains(*letter)).collect();
    let plate = plate.to_uppercase();
    let fits = (1..=10).contains(&plate.chars().count()) && plate.chars().all(char::is_alphanumeric);
    fits.then_some(plate)
}

/// Whether it has a form the UK gives out. Others are taken too, and marked for staff.
pub(crate) fn is_british(plate: &str) -> bool {
    let Some(shape) = shape(plate) else { return false };
    matches!(
        shape.as_str(),
        // AB12 CDE
        "LLDDLLL"
        // A1 BCD to A123 BCD, Q plates among them
        | "LDLLL" | "LDDLLL" | "LDDDLLL"
        // ABC 1D to ABC 123D
        | "LLLDL" | "LLLDDL" | "LLLDDDL"
        // dateless, and Northern Ireland: up to three letters, up to four figures, in either order
        | "LD" | "LDD" | "LDDD" | "LDDDD" | "LLD" | "LLDD" | "LLDDD" | "LLDDDD" | "LLLD" | "LLLDD" | "LLLDDD"
        | "LLLDDDD" | "DL" | "DDL" | "DDDL" | "DDDDL" | "DLL" | "DDLL" | "DDDLL" | "DDDDLL" | "DLLL" | "DDLLL"
        | "DDDLLL" | "DDDDLLL"
    )
}

fn shape(plate: &str) -> Option<String> {
    let one = |letter: char| match letter {
        'A'..='Z' => Some('L'),
        '0'..='9' => Some('D'),
        _ => None,
    };
    plate.chars().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn british_plates_of_every_age_are_known() {
        for typed in ["ab12 cde", "A123 BCD", "Q1 ABC", "ABC 123D", "1 A", "AIZ 1234", "1234 AB", "A 1"] {
            let plate = registration(typed).unwrap();
            assert!(is_british(&plate), "{typed}");
        }
    }

    #[test]
    fn foreign_plates_are_taken_and_told_apart() {
        for typed in ["B-MW 1234X", "1-ABC-234", "WA 12345", "ÖL 123"] {
            let plate = registration(typed).unwrap();
            assert!(!is_british(&plate), "{typed}");
        }
    }

    #[test]
    fn what_is_no_plate_is_refused() {
        for typed in ["", "   ", "it was red, I think", "AB12<CDE", "ABCDEFGHIJK"] {
            assert_eq!(registration(typed), None, "{typed}");
        }
    }
}
