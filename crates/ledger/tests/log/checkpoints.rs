use crate::{log, signer};
use ledger::{Checkpoint, CheckpointError, Hash, NoteError, Signer};

fn published() -> (Checkpoint, String) {
    let (edge, _) = log(300, 300);
    let checkpoint = Checkpoint::new("ledger.example.org", edge.size(), edge.root());
    let text = checkpoint.sign(&signer()).unwrap().to_string();
    (checkpoint, text)
}

#[test]
fn a_checkpoint_is_read_back_as_it_was_signed() {
    let (checkpoint, text) = published();
    let keys = [signer().verifier().clone()];
    assert_eq!(Checkpoint::open(text.as_bytes(), &keys).unwrap(), checkpoint);
    let more = Checkpoint { extensions: vec!["a".to_owned(), "b c".to_owned()], ..checkpoint };
    let note = more.sign(&signer()).unwrap();
    assert!(note.text().ends_with("=\na\nb c\n"));
    assert_eq!(Checkpoint::open(note.to_string().as_bytes(), &keys).unwrap(), more);
}

#[test]
fn signatures_of_others_may_stand_beside_that_of_the_log() {
    let (checkpoint, _) = published();
    let witness = Signer::from_seed("witness.example.org", &[9; 32]).unwrap();
    let mut note = checkpoint.sign(&signer()).unwrap();
    note.sign(&witness);
    let text = note.to_string();
    let open = |keys: &[_]| Checkpoint::open(text.as_bytes(), keys);
    assert_eq!(open(&[signer().verifier().clone()]).unwrap(), checkpoint);
    // A witness alone does not speak for the log.
    assert_eq!(open(&[witness.verifier().clone()]), Err(CheckpointError::Origin("ledger.example.org".to_owned())));
}

#[test]
fn a_key_of_the_log_that_was_replaced_still_opens_what_it_signed() {
    let (checkpoint, text) = published();
    let newer = Signer::from_seed("ledger.example.org", &[43; 32]).unwrap();
    let keys = [newer.verifier().clone(), signer().verifier().clone()];
    assert_eq!(Checkpoint::open(text.as_bytes(), &keys).unwrap(), checkpoint);
    assert_eq!(Checkpoint::open(text.as_bytes(), &keys[..1]), Err(CheckpointError::Note(NoteError::NobodyKnown)));
}

#[test]
fn every_changed_bit_of_a_checkpoint_is_noticed() {
    let (_, text) = published();
    let keys = [signer().verifier().clone()];
    for at in 0..text.len() * 8 {
        let mut bytes = text.clone().into_bytes();
        bytes[at / 8] ^= 1 << (at % 8);
        assert!(Checkpoint::open(&bytes, &keys).is_err(), "bit {at}");
    }
}

#[test]
fn what_is_no_checkpoint_is_refused() {
    let root = Hash([0; 32]);
    for text in [
        String::new(),
        "a\n".to_owned(),
        "a\n1\n".to_owned(),
        format!("a\n1\n{root}"),
        format!("\n1\n{root}\n"),
        format!("a\n01\n{root}\n"),
        format!("a\n+1\n{root}\n"),
        format!("a\n-1\n{root}\n"),
        format!("a\n 1\n{root}\n"),
        format!("a\n18446744073709551616\n{root}\n"),
        format!("a\n1\n{root}A\n"),
        format!("a\n1\n{root}\n\n"),
        format!("a\n1\n{root}\nb\n\n"),
        format!("a\n1\n{root}\n\nb\n"),
    ] {
        assert_eq!(Checkpoint::parse(&text), Err(CheckpointError::Shape), "{text:?}");
    }
    assert_eq!(Checkpoint::parse(&format!("a\n18446744073709551615\n{root}\n")).unwrap().size, u64::MAX);
}

#[test]
fn a_checkpoint_that_would_read_otherwise_is_not_signed() {
    let (checkpoint, _) = published();
    let with = |line: &str| Checkpoint { extensions: vec![line.to_owned()], ..checkpoint.clone() }.sign(&signer());
    assert_eq!(with("a\nb"), Err(CheckpointError::Shape));
    assert_eq!(with(""), Err(CheckpointError::Shape));
    assert_eq!(with("a\tb"), Err(CheckpointError::Note(NoteError::Characters)));
    let other = Checkpoint { origin: "other.example.org".to_owned(), ..checkpoint.clone() };
    assert_eq!(other.sign(&signer()), Err(CheckpointError::Origin("other.example.org".to_owned())));
}
