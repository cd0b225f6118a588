use super::put;
use serde_json::{Map, Value, json};

/// How a place was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    Postcode,
    /// A street or place name, found in the gazetteer.
    Named,
    /// Grid reference, latitude and longitude, or Open Location Code.
    Figures,
    /// A pin on the map.
    Pin,
    /// The device's own position.
    Device,
    /// Words only; no point.
    Words,
}

impl How {
    pub const ALL: [How; 6] = [How::Postcode, How::Named, How::Figures, How::Pin, How::Device, How::Words];

    pub const fn name(self) -> &'static str {
        match self {
            How::Postcode => "postcode",
            How::Named => "named",
            How::Figures => "figures",
            How::Pin => "pin",
            How::Device => "device",
            How::Words => "words",
        }
    }

    pub fn from_name(name: &str) -> Option<How> {
        How::ALL.into_iter().find(|how| how.name() == name)
    }
}

/// A place as it was given and as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// What the person typed, as typed; empty for a pin or the device.
    pub typed: String,
    /// Words to show: the match's name, the description of the point, or the person's own words.
    pub label: String,
    /// WGS84 degrees, latitude first.
    pub point: Option<(f64, f64)>,
    pub postcode: Option<String>,
    pub how: How,
    /// The number of the home, where one was picked from a list: one to twelve figures.
    pub uprn: Option<String>,
}

impl Place {
    /// `{"label": …, "typed": …, "lat": …, "lon": …, "postcode": …, "uprn": …, "how": "pin"}`; figures to six places (0.1 m).
    pub fn to_json(&self) -> Value {
        let mut map = Map::new();
        map.insert("label".into(), json!(self.label));
        if !self.typed.is_empty() {
            map.insert("typed".into(), json!(self.typed));
        }
        if let Some((lat, lon)) = self.point {
            map.insert("lat".into(), json!(six(lat)));
            map.insert("lon".into(), json!(six(lon)));
        }
        put(&mut map, "postcode", &self.postcode);
        put(&mut map, "uprn", &self.uprn);
        map.insert("how".into(), json!(self.how.name()));
        Value::Object(map)
    }
}

/// Six decimals of a degree; all this crate keeps of a point.
pub(crate) fn six(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}
