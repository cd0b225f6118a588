use super::Grid;
use crate::Point;
use std::fmt;

/// A National Grid reference: a square of 1 m to 100 km, named by its south-west corner.
///
/// Prints as two letters and two groups of figures, "ST 3204 6133".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GridRef {
    easting: u32,
    northing: u32,
    /// Metres along one side: 1, 10, 100, 1,000, 10,000 or 100,000.
    size: u32,
}

/// Letters of the grid, row by row from the north-west; I is left out.
const LETTERS: &[u8; 25] = b"ABCDEFGHJKLMNOPQRSTUVWXYZ";

impl GridRef {
    /// The square of `size` metres (rounded down to a power of ten, 1 to 100,000) that holds the place.
    pub fn new(grid: Grid, size: u32) -> Option<GridRef> {
        let Grid { easting, northing } = Grid::new(grid.easting, grid.northing)?;
        let size = 10u32.pow(size.clamp(1, 100_000).ilog10());
        let down = |metres: f64| metres as u32 / size * size;
        Some(GridRef { easting: down(easting), northing: down(northing), size })
    }

    /// Reads "ST 3204 6133", "st32046133", and full figures: "332040, 161333". Any spacing, any case.
    pub fn parse(text: &str) -> Option<GridRef> {
        let text = text.trim();
        if text.len() > 40 || !text.is_ascii() {
            return None;
        }
        if text.starts_with(|c: char| c.is_ascii_digit()) { full_figures(text) } else { lettered(text) }
    }

    /// Metres along one side of the square.
    pub fn size(self) -> u32 {
        self.size
    }

    pub fn south_west(self) -> Grid {
        Grid { easting: self.easting.into(), northing: self.northing.into() }
    }

    /// The middle of the square: the best guess at the place meant.
    pub fn point(self) -> Point {
        // A square of 1 m stands for the figures themselves, not for half a metre beyond.
        let half = if self.size == 1 { 0.0 } else { f64::from(self.size) / 2.0 };
        let corner = self.south_west();
        Grid { easting: corner.easting + half, northing: corner.northing + half }.to_point()
    }
}

fn full_figures(text: &str) -> Option<GridRef> {
    let mut parts = text.split([',', ' ', ';', '/']).filter(|part| !part.is_empty());
    let (east, north) = (parts.next()?, parts.next()?);
    // Fewer than five figures would be a house number, or degrees.
    let read = |part: &str| {
        let whole = part.split_once('.').map_or(part, |(whole, _)| whole);
        let figures = whole.bytes().all(|b| b.is_ascii_digit()) && (5..=7).contains(&whole.len());
        if figures { part.parse::<f64>().ok() } else { None }
    };
    let grid = Grid::new(read(east)?, read(north)?)?;
    if parts.next().is_some() { None } else { GridRef::new(grid, 1) }
}

fn lettered(text: &str) -> Option<GridRef> {
    let mut letters = text.bytes().take(2).map(|b| LETTERS.iter().position(|l| *l == b.to_ascii_uppercase()));
    let (first, second) = (letters.next()??, letters.next()??);
    let figures: Vec<u32> = text
        .bytes()
        .skip(2)
        .filter(|b| !matches!(b, b' ' | b',' | b'-'))
        .map(|b| b.is_ascii_digit().then(|| u32::from(b - b'0')))
        .collect::<Option<_>>()?;
    if figures.len() % 2 == 1 || figures.len() > 10 {
        return None;
    }
    // The first letter names a square of 500 km; S lies at the false origin, two columns and one row from V's corner.
    let east = (first % 5 * 5 + second % 5) as i64 - 10;
    let north = 19 - (first / 5 * 5 + second / 5) as i64;
    let (east, north) = (u32::try_from(east).ok()?, u32::try_from(north).ok()?);
    let half = figures.len() / 2;
    let size = 10u32.pow(5 - half as u32);
    let read = |figures: &[u32]| figures.iter().fold(0, |sum, figure| sum * 10 + figure) * size;
    let grid = Grid {
        easting: (east * 100_000 + read(&figures[..half])).into(),
        northing: (north * 100_000 + read(&figures[half..])).into(),
    };
    GridRef::new(grid, size)
}

impl fmt::Display for GridRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (east, north) = ((self.easting / 100_000) as usize, (self.northing / 100_000) as usize);
        let (column, row) = (east + 10, 19 - north);
        let first = LETTERS[row / 5 * 5 + column / 5] as char;
        let second = LETTERS[row % 5 * 5 + column % 5] as char;
        write!(f, "{first}{second}")?;
        let width = 5 - self.size.ilog10() as usize;
        if width > 0 {
            let (east, north) = (self.easting % 100_000 / self.size, self.northing % 100_000 / self.size);
            write!(f, " {east:0width$} {north:0width$}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_reference_is_read_in_any_dress_and_printed_in_one() {
        for (text, printed, corner) in [
            ("ST 3204 6133", "ST 3204 6133", (332040.0, 161330.0)),
            ("ST32046133", "ST 3204 6133", (332040.0, 161330.0)),
            (" st3204061333 ", "ST 32040 61333", (332040.0, 161333.0)),
            ("ST", "ST", (300000.0, 100000.0)),
            ("SV 00 00", "SV 00 00", (0.0, 0.0)),
            ("TG 51409 13177", "TG 51409 13177", (651409.0, 313177.0)),
            ("HP 6 1", "HP 6 1", (460000.0, 1210000.0)),
            ("NN 166 712", "NN 166 712", (216600.0, 771200.0)),
            ("332040, 161333", "ST 32040 61333", (332040.0, 161333.0)),
            ("332040.7 161333.2", "ST 32040 61333", (332040.0, 161333.0)),
        ] {
            let found = GridRef::parse(text).unwrap_or_else(|| panic!("{text} was not read"));
            assert_eq!(found.to_string(), printed);
            assert_eq!((found.south_west().easting, found.south_west().northing), corner, "{text}");
        }
    }

    #[test]
    fn what_is_no_reference_is_not_read() {
        for text in ["", "S", "SI 12 34", "ST 123 45", "ST 123456 123456", "AA 12 34", "ST 12 3x", "12 High Street"] {
            assert_eq!(GridRef::parse(text), None, "{text}");
        }
        for text in ["51.346, -2.977", "332040", "332040, 161333, 5", "900000, 161333", "ŠT 12 34", "01632 960123 1"] {
            assert_eq!(GridRef::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_square_is_pinned_in_its_middle() {
        let middle = Grid { easting: 332045.0, northing: 161335.0 }.to_point();
        assert!(GridRef::parse("ST 3204 6133").unwrap().point().metres_to(middle) < 0.001);
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(e in 0.0..700_000.0f64, n in 0.0..1_300_000.0f64, digits in 0u32..6) {
            let found = GridRef::new(Grid { easting: e, northing: n }, 10u32.pow(digits)).unwrap();
            prop_assert_eq!(GridRef::parse(&found.to_string()), Some(found));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,20}") {
            let _ = GridRef::parse(&text);
        }
    }
}
