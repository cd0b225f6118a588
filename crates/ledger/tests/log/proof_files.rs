use crate::{entry, log, signer};
use ledger::{
    Checkpoint, CheckpointError, Hash, NoteError, ProofError, ProofFile, ProofFileError, Signer, Tree, Verifier,
};

fn keys() -> [Verifier; 1] {
    [signer().verifier().clone()]
}

fn proof(index: u64, size: u64) -> ProofFile {
    let (edge, shelf) = log(size, size);
    let note = Checkpoint::new("ledger.example.org", size, edge.root()).sign(&signer()).unwrap();
    let path = Tree::new(&shelf, size).inclusion(index).unwrap();
    ProofFile { extra: None, index, path, checkpoint: note.to_string() }
}

#[test]
fn a_proof_is_written_read_and_verified() {
    for (index, size) in [(0, 1), (0, 2), (1, 2), (255, 256), (256, 257), (512, 1_000)] {
        let proof = proof(index, size);
        let text = proof.to_string();
        let read = ProofFile::parse(text.as_bytes()).unwrap();
        assert_eq!(read, proof);
        assert_eq!(read.verify(&entry(index), &keys()).unwrap().size, size);
        assert!(text.starts_with(&format!("c2sp.org/tlog-proof@v1\nindex {index}\n")), "{text}");
        assert!(text.contains("=\n\nledger.example.org\n") || size == 1, "{text}");
    }
}

#[test]
fn extra_data_are_carried_and_prove_nothing() {
    let with = ProofFile { extra: Some(b"receipt 7".to_vec()), ..proof(3, 5) };
    let text = with.to_string();
    assert!(text.starts_with("c2sp.org/tlog-proof@v1\nextra cmVjZWlwdCA3\nindex 3\n"), "{text}");
    assert_eq!(ProofFile::parse(text.as_bytes()).unwrap(), with);
    let changed = text.replace("cmVjZWlwdCA3", "cmVjZWlwdCA4");
    ProofFile::parse(changed.as_bytes()).unwrap().verify(&entry(3), &keys()).unwrap();
}

#[test]
fn every_changed_bit_of_a_proof_is_noticed() {
    for (index, size) in [(3, 5), (0, 1)] {
        let text = proof(index, size).to_string();
        for at in 0..text.len() * 8 {
            let mut bytes = text.clone().into_bytes();
            bytes[at / 8] ^= 1 << (at % 8);
            let verdict = ProofFile::parse(&bytes).and_then(|proof| proof.verify(&entry(index), &keys()));
            assert!(verdict.is_err(), "bit {at} of {text}");
        }
    }
}

#[test]
fn a_proof_does_not_hold_for_another_entry_place_or_log() {
    let good = proof(3, 5);
    let root = Err(ProofFileError::Proof(ProofError::Root));
    assert_eq!(good.verify(b"entry 4", &keys()), root);
    assert_eq!(ProofFile { index: 2, ..good.clone() }.verify(&entry(3), &keys()), root);
    let beyond = ProofFile { index: 5, ..good.clone() }.verify(&entry(3), &keys());
    assert_eq!(beyond, Err(ProofFileError::Proof(ProofError::NoSuchEntry { index: 5, size: 5 })));
    let stranger = Signer::from_seed("ledger.example.org", &[1; 32]).unwrap();
    let nobody = good.verify(&entry(3), &[stranger.verifier().clone()]);
    assert_eq!(nobody, Err(ProofFileError::Checkpoint(CheckpointError::Note(NoteError::NobodyKnown))));
}

#[test]
fn what_is_no_proof_is_refused_by_name() {
    let text = proof(3, 5).to_string();
    let parse = |from: &str, to: &str| ProofFile::parse(text.replacen(from, to, 1).as_bytes()).unwrap_err();
    assert_eq!(parse("@v1", "@v2"), ProofFileError::FirstLine);
    assert_eq!(parse("index 3", "index 03"), ProofFileError::Index);
    assert_eq!(parse("index 3\n", ""), ProofFileError::Index);
    assert_eq!(parse("index 3", "extra YQ==\nextra YQ==\nindex 3"), ProofFileError::Index);
    assert_eq!(parse("index 3", "index 3\nextra YQ=="), ProofFileError::Path(1));
    for extra in ["extra", "extra ", "extra  YQ==", "extra YQ", "extra YQ== ", "extraYQ=="] {
        assert_eq!(parse("index 3", &format!("{extra}\nindex 3")), ProofFileError::Extra, "{extra}");
    }
    assert_eq!(parse("\n\n", "\n"), ProofFileError::Path(4));
    assert_eq!(parse("\n", "\r\n"), ProofFileError::FirstLine);
    let path = vec![Hash([0; 32]); 65];
    let long = ProofFile { path, ..proof(3, 5) }.to_string();
    assert_eq!(ProofFile::parse(long.as_bytes()), Err(ProofFileError::LongPath));
    assert_eq!(ProofFile::parse(b"\xff"), Err(ProofFileError::NoCheckpoint));
    assert_eq!(ProofFile::parse(b"c2sp.org/tlog-proof@v1\nindex 0\n"), Err(ProofFileError::NoCheckpoint));
}

#[test]
fn the_example_of_the_specification_has_the_form() {
    // Its extra data and signatures are shortened there and are left out here.
    let text = "c2sp.org/tlog-proof@v1\nindex 73894\n\
        gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\nB95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=\n\
        EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=\nRoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=\n\
        AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=\n\n\
        example.com/fancylog\n109482\nsFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=\n\n";
    let read = ProofFile::parse(text.as_bytes()).unwrap();
    assert_eq!((read.index, read.path.len()), (73_894, 5));
    assert_eq!(read.to_string(), text);
}
