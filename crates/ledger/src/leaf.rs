//! What the log says of one event, as bytes: canonical JSON. No words of a person and no file names stand in it, only
//! opaque ids, the field's verbs, and commitments to what can be erased.

use crate::{
    Hash, LONGEST, TooLong,
    canonical::{self, CanonicalError, Object, Value},
    leaf_hash,
};
use std::borrow::Cow;

/// Version 1 of the form. A later form gets a later number; what is sealed stays as it is.
const VERSION: i64 = 1;

/// One event of one subject. As JSON: `actor content counter facts kind organisation previous role subject time verb
/// version`, hashes in base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// What was done in the terms of DPA 2018 s62: collection, alteration, consultation …
    pub verb: String,
    /// What happened in the journal's own terms.
    pub kind: String,
    /// The opaque id of who acted; none for somebody unknown and for Moothall itself.
    pub actor: Option<String>,
    /// The part they acted in at the time.
    pub role: String,
    /// The agency they acted for.
    pub organisation: Option<String>,
    /// The opaque id of the report (or other thing) this is about. Every leaf has one: what belongs to no subject could
    /// be left out unseen.
    pub subject: String,
    /// The how-manieth leaf of this subject, from 1, without gaps.
    pub counter: u64,
    /// The leaf hash of the subject's leaf before this one; none for the first.
    pub previous: Option<Hash>,
    /// Microseconds since 1970, UTC; within ±(2⁵³ − 1), about the year 2255.
    pub time: i64,
    /// Commitment to the entry's facts as they were at the time.
    pub facts: Hash,
    /// Commitment to its words, where there were any.
    pub content: Option<Hash>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeafError {
    #[error(transparent)]
    Canonical(#[from] CanonicalError),
    #[error(transparent)]
    TooLong(#[from] TooLong),
    #[error("this leaf is of version {0}; known is {VERSION}")]
    Version(i64),
    #[error("\"{0}\" is missing or of the wrong kind")]
    Field(&'static str),
    #[error("no leaf has \"{0}\"")]
    Unknown(String),
    #[error("counter {0}: the first leaf of a subject has counter 1 and no previous one, every other has one")]
    Counter(u64),
}

impl Leaf {
    /// The entry of the log.
    ///
    /// # Errors
    /// When a number is out of range, the counter does not go with the previous hash, or the entry would be too long.
    pub fn encode(&self) -> Result<Vec<u8>, LeafError> {
        self.check_counter()?;
        let hash = |hash: &Hash| Value::Text(hash.to_string().into());
        let counter = i64::try_from(self.counter).map_err(|_| CanonicalError::Number)?;
        let object = Object::from([
            ("actor", self.actor.as_deref().map_or(Value::Null, text)),
            ("content", self.content.as_ref().map_or(Value::Null, hash)),
            ("counter", Value::Integer(counter)),
            ("facts", hash(&self.facts)),
            ("kind", text(&self.kind)),
            ("organisation", self.organisation.as_deref().map_or(Value::Null, text)),
            ("previous", self.previous.as_ref().map_or(Value::Null, hash)),
            ("role", text(&self.role)),
            ("subject", text(&self.subject)),
            ("time", Value::Integer(self.time)),
            ("verb", text(&self.verb)),
            ("version", Value::Integer(VERSION)),
        ]);
        let bytes = canonical::encode(&object)?;
        if bytes.len() > LONGEST { Err(TooLong(bytes.len()).into()) } else { Ok(bytes) }
    }

    /// # Errors
    /// When the bytes are not exactly what [`Leaf::encode`] writes for some leaf.
    pub fn decode(bytes: &[u8]) -> Result<Leaf, LeafError> {
        if bytes.len() > LONGEST {
            return Err(TooLong(bytes.len()).into());
        }
        let mut fields = Fields(canonical::decode(bytes)?);
        match fields.integer("version")? {
            VERSION => {}
            other => return Err(LeafError::Version(other)),
        }
        let leaf = Leaf {
            verb: fields.text("verb")?,
            kind: fields.text("kind")?,
            actor: fields.maybe("actor")?.map(Cow::into_owned),
            role: fields.text("role")?,
            organisation: fields.maybe("organisation")?.map(Cow::into_owned),
            subject: fields.text("subject")?,
            counter: u64::try_from(fields.integer("counter")?).map_err(|_| LeafError::Field("counter"))?,
            previous: fields.hash("previous")?,
            time: fields.integer("time")?,
            facts: fields.hash("facts")?.ok_or(LeafError::Field("facts"))?,
            content: fields.hash("content")?,
        };
        if let Some((name, _)) = fields.0.pop_first() {
            return Err(LeafError::Unknown(name.to_owned()));
        }
        leaf.check_counter()?;
        Ok(leaf)
    }

    /// The hash that the next leaf of the subject carries as `previous`, and that stands in the tree.
    ///
    /// # Errors
    /// As [`Leaf::encode`].
    pub fn hash(&self) -> Result<Hash, LeafError> {
        self.encode().map(|bytes| leaf_hash(&bytes))
    }

    fn check_counter(&self) -> Result<(), LeafError> {
        match (self.counter, self.previous) {
            (1, None) | (2.., Some(_)) => Ok(()),
            _ => Err(LeafError::Counter(self.counter)),
        }
    }
}

fn text(text: &str) -> Value<'_> {
    Value::Text(text.into())
}

struct Fields<'a>(Object<'a>);

impl<'a> Fields<'a> {
    fn integer(&mut self, name: &'static str) -> Result<i64, LeafError> {
        match self.0.remove(name) {
            Some(Value::Integer(number)) => Ok(number),
            _ => Err(LeafError::Field(name)),
        }
    }

    fn maybe(&mut self, name: &'static str) -> Result<Option<Cow<'a, str>>, LeafError> {
        match self.0.remove(name) {
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(Value::Null) => Ok(None),
            _ => Err(LeafError::Field(name)),
        }
    }

    fn text(&mut self, name: &'static str) -> Result<String, LeafError> {
        Ok(self.maybe(name)?.ok_or(LeafError::Field(name))?.into_owned())
    }

    fn hash(&mut self, name: &'static str) -> Result<Option<Hash>, LeafError> {
        self.maybe(name)?.map(|text| text.parse().map_err(|_| LeafError::Field(name))).transpose()
    }
}

#[cfg(test)]
mod tests;
