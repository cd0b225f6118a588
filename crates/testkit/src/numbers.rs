//! What `/metrics` says, read as strictly as the format is written (OpenMetrics 1.0): each family once, with its help and
//! type before its samples, and nothing after the end.

use std::collections::BTreeMap;

/// The samples of one answer.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    pub families: Vec<Described>,
    /// `name{label="value"}` as it stands there.
    pub samples: BTreeMap<String, f64>,
}

#[derive(Clone, Debug, Default)]
pub struct Described {
    pub name: String,
    pub shape: String,
    pub help: String,
    pub unit: String,
}

impl Numbers {
    /// # Panics
    /// Where the text is not as the format has it.
    pub fn read(text: &str) -> Numbers {
        let body = text.strip_suffix("# EOF\n").unwrap_or_else(|| panic!("no end: {text}"));
        let mut numbers = Numbers::default();
        for line in body.lines() {
            match line.strip_prefix("# ") {
                Some(about) => numbers.describe(about),
                None => numbers.sample(line),
            }
        }
        for family in numbers.families.iter().filter(|family| family.shape == "histogram") {
            numbers.ascends(&family.name);
        }
        numbers
    }

    fn describe(&mut self, about: &str) {
        let mut parts = about.splitn(3, ' ');
        let mut next = || parts.next().unwrap_or_else(|| panic!("half a line: {about}"));
        let (what, name, said) = (next(), next(), next().to_owned());
        if what == "HELP" {
            assert!(self.families.iter().all(|known| known.name != name), "{name} comes twice");
            self.families.push(Described { name: name.to_owned(), help: said, ..Described::default() });
            return;
        }
        let family = self.families.last_mut().filter(|family| family.name == name);
        let family = family.unwrap_or_else(|| panic!("{name} has no help before it"));
        match what {
            "TYPE" => family.shape = said,
            "UNIT" => {
                assert!(name.ends_with(&format!("_{said}")), "{name} does not end with its unit");
                family.unit = said;
            }
            other => panic!("{other} is not of the format"),
        }
    }

    fn sample(&mut self, line: &str) {
        let (key, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("no value: {line}"));
        let value: f64 = value.parse().unwrap_or_else(|_| panic!("no number: {line}"));
        let (name, labels) = key.split_once('{').map_or((key, ""), |(name, labels)| (name, labels));
        assert!(labels.is_empty() || labels.ends_with("\"}"), "{line}");
        let family = self.families.last().unwrap_or_else(|| panic!("nothing is said of {line}"));
        let ending = name.strip_prefix(&family.name).unwrap_or_else(|| panic!("{line} stands under {}", family.name));
        let endings: &[&str] = match family.shape.as_str() {
            "counter" => &["_total"],
            "gauge" => &[""],
            "info" => &["_info"],
            "histogram" => &["_sum", "_count", "_bucket"],
            other => panic!("{other} is no type"),
        };
        assert!(endings.contains(&ending), "{line} is no sample of a {}", family.shape);
        assert!(value >= 0.0 && value.is_finite(), "{line}");
        assert!(self.samples.insert(key.to_owned(), value).is_none(), "{key} comes twice");
    }

    /// Buckets are cumulative, and the last one holds all.
    fn ascends(&self, name: &str) {
        let mut by_labels: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
        for (labels, value) in self.of(&format!("{name}_bucket")) {
            let (le, rest): (Vec<_>, Vec<_>) = labels.into_iter().partition(|(label, _)| label == "le");
            let bound = le[0].1.parse().unwrap_or(f64::INFINITY);
            by_labels.entry(format!("{rest:?}")).or_default().push((bound, value));
        }
        let counts: BTreeMap<String, f64> =
            self.of(&format!("{name}_count")).into_iter().map(|(labels, n)| (format!("{labels:?}"), n)).collect();
        assert_eq!(counts.len(), by_labels.len(), "{name}");
        for (labels, mut buckets) in by_labels {
            buckets.sort_by(|a, b| a.0.total_cmp(&b.0));
            assert!(buckets.iter().map(|(_, n)| n).is_sorted(), "{name} {labels}: {buckets:?}");
            assert_eq!(buckets.last().map(|(bound, n)| (bound.is_infinite(), *n)), Some((true, counts[&labels])));
        }
    }

    /// Every sample of this name: its labels, and its value.
    pub fn of(&self, name: &str) -> Vec<(Vec<(String, String)>, f64)> {
        let samples = self.samples.iter().filter(|(key, _)| key.split('{').next() == Some(name));
        samples.map(|(key, value)| (labels(key), *value)).collect()
    }

    /// The value of one sample as it stands there.
    pub fn get(&self, key: &str) -> f64 {
        *self.samples.get(key).unwrap_or_else(|| panic!("no {key} in {:#?}", self.samples))
    }
}

/// Values here hold no quote: they are words of the program.
fn labels(key: &str) -> Vec<(String, String)> {
    let inner = key.split_once('{').map_or("", |(_, inner)| inner.trim_end_matches('}'));
    let pairs = inner.split("\",").filter(|pair| !pair.is_empty());
    pairs.filter_map(|pair| pair.trim_end_matches('"').split_once("=\"")).map(|(n, v)| (n.into(), v.into())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "# HELP a_seconds How long\n# TYPE a_seconds histogram\n# UNIT a_seconds seconds\n\
        a_seconds_sum{r=\"/\"} 0.5\na_seconds_count{r=\"/\"} 2\na_seconds_bucket{le=\"1.0\",r=\"/\"} 1\n\
        a_seconds_bucket{le=\"+Inf\",r=\"/\"} 2\n# HELP b What\n# TYPE b counter\nb_total 3\n# EOF\n";

    #[test]
    fn what_is_well_formed_is_read() {
        let numbers = Numbers::read(GOOD);
        assert_eq!((numbers.families.len(), numbers.get("b_total")), (2, 3.0));
        assert_eq!(numbers.of("a_seconds_count"), [(vec![("r".to_owned(), "/".to_owned())], 2.0)]);
    }

    #[test]
    fn what_is_not_is_found() {
        for (from, to) in [
            ("# EOF\n", ""),
            ("# EOF\n", "# EOF\nb_total 3\n"),
            ("b_total 3", "b 3"),
            ("b_total 3", "b_total x"),
            ("b_total 3", "b_total 3\nb_total 3"),
            ("# HELP b What\n", ""),
            ("\"+Inf\",r=\"/\"} 2", "\"+Inf\",r=\"/\"} 1"),
            ("\"1.0\",r=\"/\"} 1", "\"1.0\",r=\"/\"} 3"),
            ("# UNIT a_seconds seconds", "# UNIT a_seconds bytes"),
        ] {
            let text = GOOD.replace(from, to);
            assert!(std::panic::catch_unwind(|| Numbers::read(&text)).is_err(), "{text}");
        }
    }
}
