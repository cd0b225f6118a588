use ledger::{Checkpoint, Edge, Fault, ProofFile, Signer, Tile, Tiles, Tree, Verifier, check, verify_consistency};
use std::{
    fs,
    path::{Path, PathBuf},
};

pub fn entry(index: u64) -> Vec<u8> {
    format!("entry {index}").into_bytes()
}

/// A log in a folder, as a server would publish it.
pub struct Folder {
    pub path: PathBuf,
    signer: Signer,
}

impl Tiles for Folder {
    fn tile(&self, at: Tile) -> Option<Vec<u8>> {
        fs::read(self.path.join(at.path())).ok()
    }
}

impl Folder {
    /// A log of so many entries, and beside it a checkpoint of each size it had on its way.
    pub fn build(name: &str, sizes: &[u64]) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        let folder = Folder { path, signer: Signer::from_seed("ledger.example.org", &[42; 32]).unwrap() };
        let mut edge = Edge::default();
        for size in sizes {
            let entries: Vec<_> = (edge.size()..*size).map(entry).collect();
            for (tile, bytes) in edge.append(&entries).unwrap() {
                folder.put(&tile.path(), &bytes);
            }
            let note = Checkpoint::new("ledger.example.org", *size, edge.root()).sign(&folder.signer).unwrap();
            folder.put("checkpoint", note.to_string().as_bytes());
            folder.put(&format!("checkpoint-{size}"), note.to_string().as_bytes());
        }
        folder
    }

    pub fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.path.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path.join(name)).unwrap()
    }

    /// Runs a test with a file changed, and puts it back. None takes the file away.
    pub fn with(&self, name: &str, change: impl FnOnce(Vec<u8>) -> Option<Vec<u8>>, test: impl FnOnce(&Folder)) {
        let before = self.read(name);
        match change(before.clone()) {
            Some(after) => self.put(name, &after),
            None => fs::remove_file(self.path.join(name)).unwrap(),
        }
        test(self);
        self.put(name, &before);
    }

    pub fn key(&self) -> Verifier {
        self.signer.verifier().clone()
    }

    /// A checkpoint that the log's key signs whatever it says.
    pub fn signed(&self, size: u64, root: ledger::Hash) -> String {
        Checkpoint::new("ledger.example.org", size, root).sign(&self.signer).unwrap().to_string()
    }

    pub fn proof(&self, index: u64) -> ProofFile {
        let checkpoint = String::from_utf8(self.read("checkpoint")).unwrap();
        let size = Checkpoint::open(checkpoint.as_bytes(), &[self.key()]).unwrap().size;
        ProofFile { extra: None, index, path: Tree::new(self, size).inclusion(index).unwrap(), checkpoint }
    }

    /// What this crate says of the log, in words.
    pub fn verdict(&self, old: Option<&str>) -> Result<(), String> {
        let open =
            |name: &str| Checkpoint::open(&self.read(name), &[self.key()]).map_err(|error| format!("{name}: {error}"));
        let now = open("checkpoint")?;
        let faults: Vec<Fault> = check(self, now.size, now.root, |_, _| {});
        if !faults.is_empty() {
            return Err(faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n"));
        }
        let Some(old) = old else { return Ok(()) };
        let old = open(old)?;
        let path = Tree::new(self, now.size).consistency(old.size).map_err(|error| error.to_string())?;
        verify_consistency(old.size, now.size, &path, old.root, now.root).map_err(|error| error.to_string())
    }
}
