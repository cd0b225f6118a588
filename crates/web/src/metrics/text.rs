//! Readings as OpenMetrics text, by the official library.

use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, MetricEncoder, NoLabelSet, text},
    metrics::MetricType,
    registry::{Registry, Unit as Units},
};
use std::fmt;
use telemetry::{BOUNDS, Family, Reading, Shape, Spreading, Unit, Value};

pub fn write(readings: Vec<Reading>) -> Result<String, fmt::Error> {
    let mut registry = Registry::default();
    registry.register_collector(Box::new(Read(readings)));
    let mut out = String::new();
    text::encode(&mut out, &registry)?;
    Ok(out)
}

#[derive(Debug)]
struct Read(Vec<Reading>);

impl Collector for Read {
    fn encode(&self, mut encoder: DescriptorEncoder) -> fmt::Result {
        // Several may count under one name; the format wants them together.
        let mut readings: Vec<&Reading> = self.0.iter().collect();
        readings.sort_by_key(|reading| reading.family.name);
        for family in readings.chunk_by(|a, b| a.family.name == b.family.name) {
            let Family { name, help, shape, unit } = *family[0].family;
            let unit = match unit {
                Unit::None => None,
                Unit::Seconds => Some(Units::Seconds),
                Unit::Bytes => Some(Units::Bytes),
            };
            let mut described = encoder.encode_descriptor(name, help, unit.as_ref(), kind(shape))?;
            for reading in family {
                match (shape, reading.labels.is_empty()) {
                    (Shape::Info, _) => described.encode_info(&reading.labels)?,
                    (_, true) => number(reading, &mut described)?,
                    (_, false) => number(reading, &mut described.encode_family(&reading.labels)?)?,
                }
            }
        }
        Ok(())
    }
}

fn kind(shape: Shape) -> MetricType {
    match shape {
        Shape::Counter => MetricType::Counter,
        Shape::Gauge => MetricType::Gauge,
        Shape::Histogram => MetricType::Histogram,
        Shape::Info => MetricType::Info,
    }
}

fn number(reading: &Reading, to: &mut MetricEncoder) -> fmt::Result {
    match (&reading.value, reading.family.shape) {
        (Value::Spread(spread), _) => spread_out(spread, to),
        (Value::Whole(n), Shape::Counter) => to.encode_counter::<NoLabelSet, _, f64>(&n.unsigned_abs(), None),
        (Value::Whole(n), _) => to.encode_gauge(n),
        (Value::Real(n), Shape::Counter) => to.encode_counter::<NoLabelSet, _, f64>(n, None),
        (Value::Real(n), _) => to.encode_gauge(n),
    }
}

fn spread_out(spread: &Spreading, to: &mut MetricEncoder) -> fmt::Result {
    let bounds = BOUNDS.iter().map(|micros| *micros as f64 / 1e6).chain([f64::INFINITY]);
    let buckets: Vec<(f64, u64)> = bounds.zip(spread.counts).collect();
    to.encode_histogram::<NoLabelSet>(spread.seconds, spread.count(), &buckets, None)
}
