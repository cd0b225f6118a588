use super::Postcode;
use crate::grid::Grid;
use crate::{Point, Refused};
use std::io::Read;

/// One postcode and where it lies.
#[derive(Clone, Debug, PartialEq)]
pub struct PostcodeRow {
    pub postcode: Postcode,
    pub point: Point,
    /// Code-Point's positional quality: 10 is best, 50 and 60 are estimates, 90 has no place.
    pub quality: Option<u8>,
    /// Code of the district, "E06000024".
    pub district: Option<String>,
}

/// Reads Code-Point Open: no header; postcode, quality, easting, northing, country, regional health authority, health
/// authority, county, district, ward. Rows without a place (quality 90) are refused.
pub fn code_point(from: impl Read) -> impl Iterator<Item = Result<PostcodeRow, Refused>> {
    rows(from, |row| {
        let quality = cell(row, 1).parse::<u8>().map_err(|_| format!("“{}” is no quality", cell(row, 1)))?;
        if quality == 90 {
            return Err("the postcode has no place (quality 90)".into());
        }
        let (east, north) = (cell(row, 2), cell(row, 3));
        let metres = |text: &str| text.parse::<f64>().ok();
        let grid = metres(east).zip(metres(north)).and_then(|(e, n)| Grid::new(e, n));
        let grid = grid.ok_or_else(|| format!("“{east}, {north}” is not on the National Grid"))?;
        Ok(PostcodeRow {
            postcode: postcode(cell(row, 0))?,
            point: grid.to_point(),
            quality: Some(quality),
            district: Some(cell(row, 8).to_owned()).filter(|code| !code.is_empty()),
        })
    })
}

/// Names under which a column is found, in any case.
const POSTCODE: &[&str] = &["postcode", "pcds", "pcd", "pcd2", "pcd7", "pcd8", "post_code", "outward", "outcode"];
const LAT: &[&str] = &["latitude", "lat"];
const LON: &[&str] = &["longitude", "lon", "lng", "long"];
const DISTRICT: &[&str] = &["district", "oslaua", "laua", "lad", "ladcd", "district_code", "admin_district_code"];

/// Reads a CSV with a header that names postcode, latitude and longitude, and perhaps a district; the order and any
/// further columns do not matter. Lines that begin with `#` are passed over.
///
/// The outer refusal names a missing column.
pub fn with_header(from: impl Read) -> Result<impl Iterator<Item = Result<PostcodeRow, Refused>>, Refused> {
    headed(from, |columns| {
        let (code, lat, lon) = (columns.needed(POSTCODE)?, columns.needed(LAT)?, columns.needed(LON)?);
        let district = columns.find(DISTRICT);
        Ok(Box::new(move |row: &csv::StringRecord| {
            Ok(PostcodeRow {
                postcode: postcode(cell(row, code))?,
                point: point(cell(row, lat), cell(row, lon))?,
                quality: None,
                district: district.map(|at| cell(row, at).to_owned()).filter(|code| !code.is_empty()),
            })
        }))
    })
}

fn postcode(text: &str) -> Result<Postcode, String> {
    Postcode::parse(text).ok_or_else(|| format!("“{}” is not a postcode", short(text)))
}

/// Degrees from two cells.
pub(crate) fn point(lat: &str, lon: &str) -> Result<Point, String> {
    let degrees = |text: &str| text.parse::<f64>().ok();
    let point = degrees(lat).zip(degrees(lon)).and_then(|(lat, lon)| Point::new(lat, lon));
    point.ok_or_else(|| format!("“{}, {}” is no latitude and longitude", short(lat), short(lon)))
}

/// Enough of a cell to know it again in a refusal.
fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// A cell without the spaces around it; empty where the row is too short.
pub(crate) fn cell(row: &csv::StringRecord, at: usize) -> &str {
    row.get(at).unwrap_or_default().trim()
}

/// Where each column of a header stands.
pub(crate) struct Columns(Vec<String>);

impl Columns {
    pub(crate) fn find(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.0.iter().position(|column| column == name))
    }

    pub(crate) fn needed(&self, names: &[&str]) -> Result<usize, String> {
        self.find(names).ok_or_else(|| format!("no column is named {}", names.join(" or ")))
    }
}

/// Rows of a CSV with a header, each made by the closure that `plan` makes of the columns.
pub(crate) fn headed<T, F, R>(from: R, plan: F) -> Result<impl Iterator<Item = Result<T, Refused>>, Refused>
where
    R: Read,
    F: FnOnce(&Columns) -> Result<Box<RowReader<T>>, String>,
{
    let mut records = reader(from).into_records();
    let header = match records.next() {
        Some(Ok(header)) => header,
        Some(Err(e)) => return Err(unreadable(&e)),
        None => return Err(Refused { line: 1, reason: "the file is empty".into() }),
    };
    // A byte order mark would hide the first name.
    let names = header.iter().map(|name| name.trim_start_matches('\u{feff}').trim().to_lowercase()).collect();
    let read = plan(&Columns(names)).map_err(|reason| Refused { line: line_of(&header), reason })?;
    Ok(records.map(move |record| take(record, &read)))
}

pub(crate) type RowReader<T> = dyn Fn(&csv::StringRecord) -> Result<T, String>;

fn rows<T>(
    from: impl Read,
    read: impl Fn(&csv::StringRecord) -> Result<T, String>,
) -> impl Iterator<Item = Result<T, Refused>> {
    reader(from).into_records().map(move |record| take(record, &read))
}

fn reader<R: Read>(from: R) -> csv::Reader<R> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).comment(Some(b'#')).from_reader(from)
}

fn take<T>(
    record: csv::Result<csv::StringRecord>,
    read: impl Fn(&csv::StringRecord) -> Result<T, String>,
) -> Result<T, Refused> {
    let row = record.map_err(|e| unreadable(&e))?;
    read(&row).map_err(|reason| Refused { line: line_of(&row), reason })
}

fn line_of(row: &csv::StringRecord) -> u64 {
    row.position().map_or(0, |position| position.line())
}

fn unreadable(error: &csv::Error) -> Refused {
    let line = error.position().map_or(0, |position| position.line());
    Refused { line, reason: format!("the row cannot be read: {error}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_point_row_is_placed() {
        let text = "\"BS231AA\",10,332040,161333,\"E92000001\",\"\",\"\",\"\",\"E06000024\",\"E05\"\r\n";
        let row = code_point(text.as_bytes()).next().unwrap().unwrap();
        assert_eq!((row.postcode.to_string().as_str(), row.quality), ("BS23 1AA", Some(10)));
        assert_eq!(row.district.as_deref(), Some("E06000024"));
        assert!(row.point.metres_to(Point { lat: 51.3469968, lon: -2.9771753 }) < 5.0);
    }

    #[test]
    fn each_bad_row_is_refused_with_its_line_and_the_rest_is_kept() {
        let text = "BS231AA,10,332040,161333\nBS99,10,332040,161333\nBS23 1AB,90,0,0\nBS23 1AD,10,x,1\nBS231AE,10,332040,161333\n";
        let rows: Vec<_> = code_point(text.as_bytes()).collect();
        assert!(rows[0].is_ok() && rows[4].is_ok());
        let refused: Vec<_> = rows.into_iter().filter_map(Result::err).map(|r| r.to_string()).collect();
        assert_eq!(
            refused,
            [
                "line 2: “BS99” is not a postcode",
                "line 3: the postcode has no place (quality 90)",
                "line 4: “x, 1” is not on the National Grid"
            ]
        );
    }

    #[test]
    fn a_header_may_stand_in_any_order() {
        let text = "\u{feff}Longitude,Notes,Postcode,Latitude,LAUA\n# a remark\n-2.977,x,bs23 1aa,51.347,E06000024\n-2.9,y,BS231AB,511\n";
        let rows: Vec<_> = with_header(text.as_bytes()).unwrap().collect();
        let first = rows[0].as_ref().unwrap();
        assert_eq!((first.point.lat, first.point.lon), (51.347, -2.977));
        assert_eq!(first.district.as_deref(), Some("E06000024"));
        let refused = rows[1].as_ref().unwrap_err();
        assert_eq!(refused.to_string(), "line 4: “511, -2.9” is no latitude and longitude");
    }

    #[test]
    fn a_missing_column_is_named() {
        let refused = with_header("postcode,lat\nBS23 1AA,51\n".as_bytes()).err().unwrap();
        assert_eq!(refused.to_string(), "line 1: no column is named longitude or lon or lng or long");
        assert_eq!(with_header("".as_bytes()).err().unwrap().reason, "the file is empty");
    }

    #[test]
    fn bytes_that_are_not_text_are_refused_and_reading_goes_on() {
        let rows: Vec<_> = code_point(&b"\xff\xfe,10,1,2\nBS231AA,10,332040,161333\n"[..]).collect();
        assert!(rows[0].as_ref().unwrap_err().reason.contains("cannot be read"));
        assert!(rows[1].is_ok());
    }
}
