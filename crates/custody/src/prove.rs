//! The proof that a reporter can keep.

use crate::{CHECKPOINT, Error, Ledger, shelf::Shelved};
use ledger::{Checkpoint, ProofFile, Tree};
use rights::Actor;
use store::leaf;
use uuid::Uuid;

impl Ledger {
    /// A `tlog-proof@v1` file that the report was received, for its reporter; nothing while it is not sealed or its
    /// checkpoint is not published. The leaf itself stands in it as extra data, so that it can be checked without us.
    pub async fn proof(&self, actor: &Actor, report: Uuid) -> Result<Option<String>, Error> {
        let asks = actor.clone();
        let Some(leaf) = self.0.db.read(move |tx| leaf::received(&asks, tx, report)).await? else { return Ok(None) };
        let Some(note) = self.0.shelf.read(CHECKPOINT)? else { return Ok(None) };
        let (index, keys) = (leaf.idx.unsigned_abs(), &self.0.keys);
        let broken = |_| Error::Proof(index);
        let size = Checkpoint::open(&note, keys).map_err(|_| Error::Proof(index))?.size;
        if index >= size {
            return Ok(None);
        }
        let path = Tree::new(&Shelved(&*self.0.shelf), size).inclusion(index).map_err(|_| Error::Proof(index))?;
        let checkpoint = String::from_utf8(note).map_err(broken)?;
        let file = ProofFile { extra: Some(leaf.body.clone()), index, path, checkpoint };
        // One that does not hold is never handed out.
        file.verify(&leaf.body, keys).map_err(|_| Error::Proof(index))?;
        Ok(Some(file.to_string()))
    }
}
