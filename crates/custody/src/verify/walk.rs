//! From leaf to leaf: each against its entry and its tile, and the tree that grows from them against what was signed.

use super::{Fault, Findings, frontier::Frontier, listing::Listing, tiles::Compared};
use crate::{
    Shelf,
    bind::{self, Head},
};
use ledger::{Edge, Hash, Leaf, Level, leaf_hash};
use std::{
    collections::{HashMap, VecDeque},
    iter::zip,
};
use store::{
    journal::{Whole, content_hash},
    leaf::Sealed,
};
use uuid::Uuid;

/// Entries of a full tile.
const FULL: u64 = 256;

pub struct Walk<'a> {
    tiles: Compared<'a>,
    strays: &'a [String],
    end: u64,
    /// Nothing once a leaf is lost: then there is no tree any more.
    edge: Option<Edge>,
    frontier: Frontier,
    /// Sizes and roots that were signed and not reached yet.
    signed: VecDeque<(u64, Hash)>,
    wrong_root: Option<(u64, u64)>,
    heads: HashMap<Uuid, Head>,
    /// Per subject: words that are gone.
    gone: HashMap<Uuid, u64>,
    found: Findings,
    /// Leaves whose entry stands in the journal.
    known: i64,
}

/// What a tile says of one leaf.
#[derive(Clone, Copy, Default)]
struct Told<'a> {
    entry: Option<&'a [u8]>,
    hash: Option<Hash>,
}

impl<'a> Walk<'a> {
    /// `covered`: the size that the shelf must have tiles for; `end`: how many leaves there are.
    pub fn new(
        shelf: &'a dyn Shelf,
        listing: &'a Listing,
        covered: u64,
        end: u64,
        signed: VecDeque<(u64, Hash)>,
    ) -> Walk<'a> {
        let mut walk = Walk {
            tiles: Compared::new(shelf, listing, covered),
            strays: &listing.strays,
            end,
            edge: Some(Edge::default()),
            frontier: Frontier::default(),
            signed,
            wrong_root: None,
            heads: HashMap::new(),
            gone: HashMap::new(),
            found: Findings::default(),
            known: 0,
        };
        walk.roots();
        walk
    }

    /// Leaves `from..to`, as far as there are rows for them; `from` is a multiple of a tile.
    pub fn stretch(&mut self, from: u64, to: u64, rows: Vec<Sealed>) {
        let mut rows = rows.into_iter().peekable();
        for first in (from..to).step_by(FULL as usize) {
            let last = (first + FULL).min(to);
            let group = (first..last).map(|index| rows.next_if(|row| row.leaf.idx.unsigned_abs() == index));
            let group = group.collect();
            self.group(first, group);
        }
    }

    /// The leaves of one tile.
    fn group(&mut self, first: u64, rows: Vec<Option<Sealed>>) {
        let place = first / FULL;
        let bundle = self.tiles.widest(Level::Entries, place);
        let hashes = self.tiles.widest(Level::Hashes(0), place).unwrap_or_default();
        let entries = bundle.as_deref().and_then(ledger::entries).unwrap_or_default();
        let (hashes, _) = hashes.as_chunks::<32>();
        let mut bodies = Vec::with_capacity(rows.len());
        for (n, row) in rows.into_iter().enumerate() {
            let told = Told { entry: entries.get(n).copied(), hash: hashes.get(n).map(|hash| Hash(*hash)) };
            let Some((body, hash)) = self.leaf(first + n as u64, row, told) else {
                self.edge = None;
                self.signed.clear();
                continue;
            };
            self.frontier.push(hash);
            self.roots();
            bodies.push(body);
        }
        self.grow(&bodies);
    }

    fn grow(&mut self, bodies: &[Vec<u8>]) {
        let Some(edge) = &mut self.edge else { return };
        let Ok(made) = edge.append(bodies) else {
            self.edge = None;
            return;
        };
        let ended = edge.size() == self.end;
        for (tile, bytes) in made {
            if ended || u64::from(tile.width()) == FULL {
                self.tiles.compare(tile, &bytes, &mut self.found.faults);
            }
        }
    }

    /// Compares the root with that of every checkpoint of this size. Once one differs, all after it do.
    fn roots(&mut self) {
        while let Some((size, root)) = self.signed.pop_front_if(|(size, _)| *size == self.frontier.size()) {
            if self.frontier.root() != root {
                let (_, more) = self.wrong_root.get_or_insert((size, 0));
                *more += 1;
            }
        }
    }

    /// One leaf; the body and hash that it had when it was sealed, as far as that can be told.
    fn leaf(&mut self, index: u64, row: Option<Sealed>, told: Told) -> Option<(Vec<u8>, Hash)> {
        self.found.leaves += 1;
        let Some(mut row) = row else {
            self.found.faults.push(match told.entry {
                Some(_) => Fault::LeafMissing(index),
                None => Fault::LeafLost(index),
            });
            let body = told.entry?.to_vec();
            let hash = leaf_hash(&body);
            if let Ok(leaf) = Leaf::decode(&body) {
                self.follow(index, &leaf, hash);
            }
            return Some((body, hash));
        };
        if let Some(written) = &row.written {
            self.known += 1;
            self.words(written, &row);
            self.found.recorded.note(written.report, &written.facts);
        }
        let made = row.written.as_ref().zip(row.secret.as_deref()).map(|(written, secret)| {
            let head = self.heads.get(&bind::subject(written)).copied().unwrap_or_default();
            (bind::subject(written), bind::leaf(written, secret, index, head))
        });
        if let Some((subject, leaf)) = &made
            && leaf.encode().is_ok_and(|body| body == row.leaf.body)
            && *subject == row.leaf.subject
            && leaf.counter == row.leaf.counter.unsigned_abs()
        {
            let hash = leaf_hash(&row.leaf.body);
            if hash.0 == row.leaf.hash.as_slice() {
                self.heads.insert(*subject, Head { count: leaf.counter, hash: Some(hash) });
                return Some((std::mem::take(&mut row.leaf.body), hash));
            }
        }
        Some(self.doubtful(index, &row, made.map(|(_, leaf)| leaf), told))
    }

    /// Something of this leaf was changed: which of the copies, two others tell.
    fn doubtful(&mut self, index: u64, row: &Sealed, made: Option<Leaf>, told: Told) -> (Vec<u8>, Hash) {
        let entry = row.leaf.entry;
        let made = made.and_then(|leaf| leaf.encode().ok());
        let held: Hash = row.leaf.hash.as_slice().try_into().map_or(Hash([0; 32]), Hash);
        let copies: Vec<&[u8]> =
            [Some(row.leaf.body.as_slice()), told.entry, made.as_deref()].into_iter().flatten().collect();
        let sealed_as = |hash: Option<Hash>| copies.iter().copied().find(|copy| Some(leaf_hash(copy)) == hash);
        let twice = || copies.iter().copied().find(|copy| copies.iter().filter(|other| *other == copy).count() > 1);
        let body =
            sealed_as(told.hash).or_else(|| sealed_as(Some(held))).or_else(twice).unwrap_or(&row.leaf.body).to_vec();
        let hash = leaf_hash(&body);
        let mut faults = Vec::new();
        let column = |column| Fault::LeafColumn { index, entry, column };
        let leaf = Leaf::decode(&body);
        if body != row.leaf.body || leaf.is_err() {
            faults.push(Fault::LeafBody { index, entry });
        }
        if hash != held {
            faults.push(column("hash"));
        }
        if let Ok(leaf) = leaf {
            if leaf.subject != row.leaf.subject.to_string() {
                faults.push(column("subject"));
            }
            if leaf.counter != row.leaf.counter.unsigned_abs() {
                faults.push(column("counter"));
            }
            faults.extend(entry_fault(index, row, &leaf));
            self.follow(index, &leaf, hash);
        }
        self.found.faults.append(&mut faults);
        (body, hash)
    }

    /// The next leaf of its subject, taken as it is where it does not follow.
    fn follow(&mut self, index: u64, leaf: &Leaf, hash: Hash) {
        let Ok(subject) = leaf.subject.parse::<Uuid>() else { return };
        let head = self.heads.entry(subject).or_default();
        if (leaf.counter, leaf.previous) != (head.count + 1, head.hash) {
            let (counter, after) = (leaf.counter, head.count);
            self.found.faults.push(Fault::Chain { index, subject, counter, after });
        }
        *head = Head { count: leaf.counter, hash: Some(hash) };
    }

    /// The words of an entry, where they are there; where not, whether they were disposed of.
    fn words(&mut self, written: &Whole, row: &Sealed) {
        let subject = bind::subject(written);
        match (&row.content, &written.content_hash) {
            (Some(content), Some(hash)) => {
                let is_same = content.body.as_ref().is_some_and(|body| content_hash(&content.salt, body) == *hash);
                if is_same {
                    self.found.words += 1;
                } else {
                    self.found.faults.push(Fault::WordsChanged(written.id));
                }
            }
            (Some(_), None) => self.found.faults.push(Fault::WordsPutIn(written.id)),
            (None, Some(_)) => *self.gone.entry(subject).or_default() += 1,
            (None, None) => {}
        }
        if written.verb == "erasure" {
            self.found.disposed += self.gone.remove(&subject).unwrap_or_default();
        }
    }

    /// Adds what it found; how many leaves have their entry, and how far each subject came.
    pub fn end(self, findings: &mut Findings) -> (i64, HashMap<Uuid, Head>) {
        let mut found = self.found;
        if let Some((size, count)) = self.wrong_root {
            found.faults.push(Fault::Root { size, more: count - 1 });
        }
        let (tiles, others) = self.tiles.end();
        if self.edge.is_some() {
            found.faults.extend(others.into_iter().map(|tile| Fault::FilePutIn(tile.path())));
        }
        found.faults.extend(self.strays.iter().map(|name| Fault::FilePutIn(name.clone())));
        findings.leaves = found.leaves;
        findings.tiles = tiles;
        findings.words = found.words;
        findings.disposed = found.disposed;
        findings.recorded = found.recorded;
        findings.withheld = self.gone.values().sum();
        findings.faults.append(&mut found.faults);
        (self.known, self.heads)
    }
}

/// What of the journal differs from the leaf that was sealed.
fn entry_fault(index: u64, row: &Sealed, leaf: &Leaf) -> Option<Fault> {
    let entry = row.leaf.entry;
    let Some(written) = &row.written else { return Some(Fault::EntryMissing { index, entry }) };
    let before = Head { count: leaf.counter.saturating_sub(1), hash: leaf.previous };
    let secret = row.secret.as_deref().filter(|secret| secret.len() == 32);
    let now = bind::leaf(written, secret.unwrap_or_default(), index, before);
    let names = ["verb", "kind", "actor", "staff", "agency", "report", "at"];
    let same = [
        now.verb == leaf.verb,
        now.kind == leaf.kind,
        now.role == leaf.role,
        now.actor == leaf.actor || now.subject != leaf.subject,
        now.organisation == leaf.organisation,
        now.subject == leaf.subject,
        now.time == leaf.time,
    ];
    let mut differ: Vec<&str> = zip(names, same).filter(|(_, same)| !same).map(|(name, _)| name).collect();
    let words = now.content.is_some() != leaf.content.is_some();
    if differ.is_empty() && !words && (secret.is_none() || now.facts != leaf.facts && now.content != leaf.content) {
        // Nothing that is in the clear differs: then it is what the rest is salted with.
        return Some(Fault::Secret { index, entry });
    }
    if words || (secret.is_some() && now.content != leaf.content) {
        differ.push("content_hash");
    }
    if differ.is_empty() && now.facts != leaf.facts {
        differ.push("its facts, the name in it, its audience or the secret they are salted with");
    }
    (!differ.is_empty()).then(|| Fault::EntryChanged { index, entry, what: differ.join(", ") })
}
