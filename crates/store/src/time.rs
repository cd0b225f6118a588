use std::fmt;

/// An instant: microseconds since 1970-01-01T00:00:00Z, as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Time(pub i64);

impl Time {
    pub const fn plus_seconds(self, seconds: i64) -> Time {
        Time(self.0 + seconds * 1_000_000)
    }

    pub const fn plus_hours(self, hours: i64) -> Time {
        self.plus_seconds(hours * 3600)
    }

    pub const fn micros(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}µs", self.0)
    }
}

crate::newtype_value!(Time, i64);
