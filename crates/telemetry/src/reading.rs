//! Numbers as they are given out, in no format yet.

use crate::{Spread, Spreading};

/// A number that may be asked for. Its name has neither unit nor ending: whoever shows it adds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family {
    pub name: &'static str,
    pub help: &'static str,
    pub shape: Shape,
    pub unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Only grows, from the start of the program on.
    Counter,
    Gauge,
    Histogram,
    /// Always 1: its labels are what it says.
    Info,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    None,
    Seconds,
    Bytes,
}

pub type Label = (&'static str, &'static str);

/// One number, now.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub family: &'static Family,
    pub labels: Vec<Label>,
    pub value: Value,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Whole(i64),
    Real(f64),
    Spread(Box<Spreading>),
}

/// Whoever counts something.
pub trait Source: Send + Sync {
    fn readings(&self, out: &mut Vec<Reading>);
}

impl Family {
    const fn new(name: &'static str, help: &'static str, shape: Shape, unit: Unit) -> Family {
        Family { name, help, shape, unit }
    }

    pub const fn counter(name: &'static str, help: &'static str) -> Family {
        Family::new(name, help, Shape::Counter, Unit::None)
    }

    pub const fn gauge(name: &'static str, help: &'static str) -> Family {
        Family::new(name, help, Shape::Gauge, Unit::None)
    }

    pub const fn info(name: &'static str, help: &'static str) -> Family {
        Family::new(name, help, Shape::Info, Unit::None)
    }

    /// Of durations.
    pub const fn histogram(name: &'static str, help: &'static str) -> Family {
        Family::new(name, help, Shape::Histogram, Unit::Seconds)
    }

    pub const fn in_seconds(self) -> Family {
        Family { unit: Unit::Seconds, ..self }
    }

    pub const fn in_bytes(self) -> Family {
        Family { unit: Unit::Bytes, ..self }
    }

    pub fn is(&'static self, labels: &[Label], value: impl Into<Value>) -> Reading {
        Reading { family: self, labels: labels.to_vec(), value: value.into() }
    }
}

impl From<i64> for Value {
    fn from(n: i64) -> Value {
        Value::Whole(n)
    }
}

impl From<u64> for Value {
    fn from(n: u64) -> Value {
        Value::Whole(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<f64> for Value {
    fn from(n: f64) -> Value {
        Value::Real(n)
    }
}

impl From<Spreading> for Value {
    fn from(spread: Spreading) -> Value {
        Value::Spread(Box::new(spread))
    }
}

impl From<&Spread> for Value {
    fn from(spread: &Spread) -> Value {
        spread.read().into()
    }
}
