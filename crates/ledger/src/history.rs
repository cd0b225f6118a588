//! One subject's leaves in order: nothing left out, nothing put in between.

use crate::{Hash, Leaf};

/// How far a subject's history has been followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct History {
    count: u64,
    head: Option<Hash>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("{subject}: after leaf {after} comes leaf {found}")]
    Counter { subject: String, after: u64, found: u64 },
    #[error("{subject}: leaf {counter} does not follow from the one before it")]
    Previous { subject: String, counter: u64 },
}

impl History {
    /// The counter and the previous hash that the next leaf must carry.
    pub fn next(&self) -> (u64, Option<Hash>) {
        (self.count + 1, self.head)
    }

    /// Takes the next leaf, whose leaf hash is given.
    ///
    /// # Errors
    /// When it is not the next one; then the history stays where it was.
    pub fn follow(&mut self, leaf: &Leaf, hash: Hash) -> Result<(), Broken> {
        let (counter, previous) = self.next();
        let subject = || leaf.subject.clone();
        if leaf.counter != counter {
            return Err(Broken::Counter { subject: subject(), after: self.count, found: leaf.counter });
        }
        if leaf.previous != previous {
            return Err(Broken::Previous { subject: subject(), counter });
        }
        *self = History { count: counter, head: Some(hash) };
        Ok(())
    }

    /// How many leaves the subject has.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The leaf hash of its last one.
    pub fn head(&self) -> Option<Hash> {
        self.head
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(length: u64) -> Vec<Leaf> {
        let mut history = History::default();
        let mut leaves = Vec::new();
        for number in 1..=length {
            let (counter, previous) = history.next();
            let leaf = Leaf {
                verb: "alteration".to_owned(),
                kind: format!("step {number}"),
                actor: Some("7".to_owned()),
                role: "staff".to_owned(),
                organisation: None,
                subject: "r1".to_owned(),
                counter,
                previous,
                time: number as i64,
                facts: Hash([3; 32]),
                content: None,
            };
            history.follow(&leaf, leaf.hash().unwrap()).unwrap();
            leaves.push(leaf);
        }
        leaves
    }

    fn walk(leaves: &[Leaf]) -> Result<History, Broken> {
        let mut history = History::default();
        leaves.iter().try_for_each(|leaf| history.follow(leaf, leaf.hash().unwrap()))?;
        Ok(history)
    }

    #[test]
    fn a_whole_history_is_followed_to_its_end() {
        let leaves = chain(5);
        let history = walk(&leaves).unwrap();
        assert_eq!((history.count(), history.head()), (5, Some(leaves[4].hash().unwrap())));
    }

    #[test]
    fn a_leaf_left_out_put_in_or_changed_is_named() {
        let whole = chain(5);
        let mut leaves = whole.clone();
        leaves.remove(2);
        let broken = walk(&leaves).unwrap_err();
        assert_eq!(broken.to_string(), "r1: after leaf 2 comes leaf 4");

        let mut leaves = whole.clone();
        leaves[1].time += 1;
        assert_eq!(walk(&leaves), Err(Broken::Previous { subject: "r1".to_owned(), counter: 3 }));

        let mut leaves = whole.clone();
        leaves.insert(3, whole[2].clone());
        assert_eq!(walk(&leaves), Err(Broken::Counter { subject: "r1".to_owned(), after: 3, found: 3 }));

        let mut leaves = whole;
        leaves.remove(0);
        assert_eq!(walk(&leaves), Err(Broken::Counter { subject: "r1".to_owned(), after: 0, found: 2 }));
    }
}
