//! Boundary files as publishers write them, and as they should not be.

use places::boundary::{BadFile, Naming, Read, read_geojson, read_kml};
use places::{Boundaries, Point};
use proptest::prelude::*;

fn naming() -> Naming {
    Naming { kind: "district".into(), set: "drawn by hand".into(), ..Naming::default() }
}

fn geojson(text: &str) -> Result<Read, BadFile> {
    read_geojson(text.as_bytes(), &naming())
}

fn kml(placemarks: &str) -> Result<Read, BadFile> {
    let head = r#"<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>"#;
    read_kml(format!("{head}{placemarks}</Document></kml>").as_bytes(), &naming())
}

fn at(lon: f64, lat: f64) -> Point {
    Point { lat, lon }
}

#[test]
fn a_collection_a_feature_and_a_bare_geometry_are_read() {
    let geometry = r#"{"type":"Polygon","coordinates":[[[0,0,5.5],[1,0],[1,1],[0,0]]]}"#;
    let feature = format!(r#"{{"type":"Feature","id":7,"properties":{{"name":"Moor"}},"geometry":{geometry}}}"#);
    let collection = format!(r#"{{"type":"FeatureCollection","features":[{feature}]}}"#);
    for text in [&feature, &collection] {
        let read = geojson(text).unwrap();
        let area = &read.areas[0];
        assert_eq!((area.code.as_str(), area.name.as_str(), area.kind.as_str()), ("7", "Moor", "district"));
        assert_eq!((area.set.as_str(), area.corners()), ("drawn by hand", 3));
    }
    let bare = geojson(geometry).unwrap();
    assert_eq!(bare.refused[0].reason, "it has neither a code nor a name");
}

#[test]
fn a_faulty_feature_is_refused_by_name_and_the_others_stay() {
    let feature = |name: &str, geometry: &str| {
        format!(r#"{{"type":"Feature","properties":{{"code":"{name}"}},"geometry":{geometry}}}"#)
    };
    let good = r#"{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}"#;
    let features = [
        feature("Moor", good),
        feature("Fen", r#"{"type":"Polygon","coordinates":[[[332040,161333],[1,0],[1,1]]]}"#),
        feature("Road", r#"{"type":"LineString","coordinates":[[0,0],[1,1]]}"#),
        feature("Dot", r#"{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}"#),
        feature("Deep", r#"{"type":"Polygon","coordinates":[[[[0,0],[1,1],[0,1]]]]}"#),
        feature("Flat", r#"{"type":"Polygon","coordinates":[[0,0],[1,1],[0,1]]}"#),
        feature("None", "null"),
        feature("Moor", good),
        feature("", good),
    ];
    let read = geojson(&format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))).unwrap();
    assert_eq!(read.areas.len(), 1);
    let told: Vec<_> = read.refused.iter().map(|refused| format!("{}: {}", refused.line, refused.reason)).collect();
    assert_eq!(
        told,
        [
            "2: Fen (Fen): 332040, 161333 is no longitude and latitude (are these metres? export the file in WGS84)",
            "3: Road (Road): a LineString is no area",
            "4: Dot (Dot): a ring has fewer than three different corners",
            "5: Deep (Deep): a list stands where a coordinate should be",
            "6: Flat (Flat): a coordinate stands where a ring should be",
            "7: None (None): it has no geometry",
            "8: Moor (Moor): the file has another area of that code",
            "9: it has neither a code nor a name",
        ]
    );
}

#[test]
fn a_file_that_is_no_geojson_is_refused_whole() {
    for text in ["", "[", "[]", "{}", r#"{"type":"FeatureCollection","features":[{"geometry":7}]}"#, "\u{0}"] {
        assert!(matches!(geojson(text), Err(BadFile::NotGeoJson(_))), "{text}");
    }
    let deep = format!(r#"{{"type":"Polygon","coordinates":{}"#, "[".repeat(100_000));
    assert!(matches!(geojson(&deep), Err(BadFile::NotGeoJson(_))));
    assert!(matches!(geojson(r#"{"type":"FeatureCollection","features":[]}"#), Err(BadFile::NoArea)));
    let crs =
        r#"{"type":"FeatureCollection","crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::27700"}},"features":[]}"#;
    assert!(geojson(crs).unwrap_err().to_string().contains("EPSG::27700"));
}

#[test]
fn a_placemark_with_a_hole_and_an_island_is_read() {
    let read = kml(r#"<Folder><Placemark>
        <name>Moor &amp; Fen</name>
        <ExtendedData><SchemaData><SimpleData name="lad13cd">E06000099</SimpleData></SchemaData></ExtendedData>
        <MultiGeometry>
          <Polygon><outerBoundaryIs><LinearRing><coordinates>0,0,0 4,0,0 4,4,0 0,4,0 0,0,0</coordinates></LinearRing></outerBoundaryIs>
            <innerBoundaryIs><LinearRing><coordinates>
              1,1 3,1 3,3 1,3 1,1 </coordinates></LinearRing></innerBoundaryIs></Polygon>
          <Polygon><outerBoundaryIs><LinearRing><coordinates>6,0 7,0 7,1 6,0</coordinates></LinearRing></outerBoundaryIs></Polygon>
        </MultiGeometry></Placemark></Folder>"#)
    .unwrap();
    assert_eq!(read.refused, []);
    let area = &read.areas[0];
    assert_eq!((area.code.as_str(), area.name.as_str()), ("E06000099", "Moor & Fen"));
    assert!(area.holds(at(0.5, 0.5)) && !area.holds(at(2.0, 2.0)) && area.holds(at(6.8, 0.5)));
}

#[test]
fn any_prefix_and_plain_data_will_do() {
    let text = r#"<k:kml xmlns:k="http://www.opengis.net/kml/2.2"><k:Placemark>
        <k:ExtendedData><k:Data name="code"><k:value>W7</k:value></k:Data></k:ExtendedData>
        <k:name><![CDATA[Moor]]></k:name><k:Polygon><k:outerBoundaryIs><k:LinearRing>
        <k:coordinates>0,0 1,0 1,1</k:coordinates></k:LinearRing></k:outerBoundaryIs></k:Polygon></k:Placemark></k:kml>"#;
    let read = read_kml(text.as_bytes(), &naming()).unwrap();
    assert_eq!((read.areas[0].code.as_str(), read.areas[0].name.as_str()), ("W7", "Moor"));
}

#[test]
fn a_placemark_without_an_area_is_refused_by_name() {
    let ring = |corners: &str| {
        format!(
            "<Polygon><outerBoundaryIs><LinearRing><coordinates>{corners}</coordinates></LinearRing></outerBoundaryIs></Polygon>"
        )
    };
    let read = kml(&format!(
        "<Placemark><name>Pub</name><Point><coordinates>1,2</coordinates></Point></Placemark>\
         <Placemark><name>Odd</name>{}</Placemark><Placemark><name>Bare</name><Polygon/></Placemark>\
         <Placemark>{}</Placemark>",
        ring("0,0 x,1 1,1"),
        ring("0,0 0,1 1,1")
    ))
    .unwrap();
    let told: Vec<_> = read.refused.iter().map(|refused| format!("{}: {}", refused.line, refused.reason)).collect();
    assert_eq!(
        told,
        [
            "1: Pub (pub): it has no polygon",
            "2: Odd (odd): “x,1” is no longitude and latitude",
            "3: Bare (bare): a polygon has no outer ring",
            "4: it has neither a code nor a name",
        ]
    );
}

#[test]
fn entities_that_grow_and_elements_that_nest_without_end_are_refused() {
    let bomb =
        r#"<!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><kml><Placemark><name>&b;</name></Placemark></kml>"#;
    assert!(matches!(read_kml(bomb.as_bytes(), &naming()), Err(BadFile::Entities)));
    assert!(matches!(kml("<Placemark><name>&b;</name></Placemark>"), Err(BadFile::Entities)));
    assert!(matches!(kml(&"<Folder>".repeat(5_000)), Err(BadFile::TooDeep(_))));
    assert!(matches!(kml(""), Err(BadFile::NoArea)));
    for text in ["<kml><Placemark>", "<kml></Folder></kml>", "<kml", "</kml>"] {
        assert!(matches!(read_kml(text.as_bytes(), &naming()), Err(BadFile::NotKml(_))), "{text}");
    }
}

#[test]
fn what_was_read_answers_for_its_points() {
    let text = r#"{"type":"Feature","properties":{"code":"A","name":"Moor"},
        "geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}}"#;
    let boundaries = Boundaries::new(geojson(text).unwrap().areas);
    assert_eq!(boundaries.at_kind("district", at(0.5, 0.5)).unwrap().name, "Moor");
    assert!(boundaries.at_kind("ward", at(0.5, 0.5)).is_none() && boundaries.at(at(2.0, 0.5)).is_empty());
    assert_eq!(boundaries.get("district", "A").unwrap().name, "Moor");
    let (area, metres) = boundaries.nearest("district", at(1.1, 0.5)).unwrap();
    assert!(area.name == "Moor" && (metres / 11_119.0 - 1.0).abs() < 0.002, "{metres}");
    assert_eq!(boundaries.nearest("district", at(0.5, 0.5)).unwrap().1, 0.0);
    assert!(boundaries.nearest("ward", at(0.5, 0.5)).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = (read_geojson(&bytes, &naming()), read_kml(&bytes, &naming()));
    }

    #[test]
    fn no_pieces_of_a_file_make_it_panic(pieces in proptest::collection::vec(0usize..12, 0..30)) {
        let xml = ["<kml>", "<Placemark>", "<name>", "x", "</name>", "<Polygon>", "<LinearRing>", "<coordinates>",
            "0,0 1,1 1,0", "</coordinates>", "</LinearRing></Polygon></Placemark>", "<SimpleData name='code'/>"];
        let json = ["{", "}", "[", "]", "0", ",", ":", "\"type\"", "\"Polygon\"", "\"coordinates\"", "[[[0,0],[1,1],[1,0]]]", "null"];
        let text = |list: [&str; 12]| pieces.iter().map(|n| list[*n]).collect::<String>();
        let _ = (geojson(&text(json)), read_kml(text(xml).as_bytes(), &naming()));
    }
}
