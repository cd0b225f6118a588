use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

/// A list in which a place may be empty: what is left out still counts in the numbering of ids.
#[derive(Clone, Debug, PartialEq)]
pub struct Items<T>(Vec<Option<T>>);

impl<T> Items<T> {
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().flatten()
    }

    /// With the place of each, from 1.
    pub fn numbered(&self) -> impl Iterator<Item = (usize, &T)> {
        self.0.iter().enumerate().filter_map(|(index, item)| item.as_ref().map(|item| (index + 1, item)))
    }

    pub fn push(&mut self, item: T) {
        self.0.push(Some(item));
    }

    pub fn is_empty(&self) -> bool {
        self.first().is_none()
    }

    pub fn len(&self) -> usize {
        self.iter().count()
    }

    pub fn first(&self) -> Option<&T> {
        self.iter().next()
    }
}

impl<T> Default for Items<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> From<Vec<T>> for Items<T> {
    fn from(items: Vec<T>) -> Self {
        items.into_iter().collect()
    }
}

impl<T, const N: usize> From<[T; N]> for Items<T> {
    fn from(items: [T; N]) -> Self {
        items.into_iter().collect()
    }
}

impl<T> FromIterator<T> for Items<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().map(Some).collect())
    }
}

impl<'de, T: de::DeserializeOwned> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let items = Vec::<Value>::deserialize(from)?;
        let read = items.into_iter().map(|item| match item {
            Value::Null | Value::Bool(false) => Ok(None),
            Value::String(words) if words.is_empty() => Ok(None),
            item => serde_json::from_value(item).map(Some),
        });
        read.collect::<Result<_, _>>().map(Self).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_still_counts() {
        let items: Items<String> = serde_json::from_str(r#"["a", null, false, "", "b"]"#).unwrap();
        let seen: Vec<_> = items.numbered().map(|(place, item)| (place, item.as_str())).collect();
        assert_eq!(seen, [(1, "a"), (5, "b")]);
        assert_eq!(items.len(), 2);
    }
}
