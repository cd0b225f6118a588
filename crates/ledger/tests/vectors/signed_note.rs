//! The example keys and notes of the Go checksum database's `note` package, and those of the specifications.

use ledger::{Checkpoint, KeyError, Note, NoteError, Signer, Verifier};

const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PETER_SECRET: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const ENOCH: &str = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const TEXT: &str =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const BY_PETER: &str =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const BY_ENOCH: &str =
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

fn key(text: &str) -> Verifier {
    Verifier::parse(text).unwrap()
}

fn note(signatures: &[&str]) -> String {
    format!("{TEXT}\n{}", signatures.concat())
}

fn names(note: &str, keys: &[Verifier]) -> Result<Vec<String>, NoteError> {
    let note = Note::parse(note.as_bytes())?;
    Ok(note.signers(keys)?.into_iter().map(|key| key.name().to_owned()).collect())
}

#[test]
fn a_key_is_read_and_written_alike() {
    assert_eq!(key(PETER).to_string(), PETER);
    assert_eq!((key(PETER).name(), key(PETER).id()), ("PeterNeumann", 0xc74f20a3));
    let signer = Signer::parse(PETER_SECRET).unwrap();
    assert_eq!(signer.secret_text(), PETER_SECRET);
    assert_eq!(signer.verifier(), &key(PETER));
    assert!(!format!("{signer:?}").contains("AYEKFALV"), "a private key is not for log lines");
}

#[test]
fn a_key_cut_or_changed_is_refused() {
    for start in 0..PETER.len() {
        for end in start..=PETER.len() {
            assert!((start, end) == (0, PETER.len()) || Verifier::parse(&PETER[start..end]).is_err(), "{start}..{end}");
        }
    }
    for text in [PETER, PETER_SECRET] {
        for at in 0..text.len() {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] += 1;
            let changed = String::from_utf8(bytes).unwrap();
            assert!(Verifier::parse(&changed).is_err() && Signer::parse(&changed).is_err(), "{changed}");
        }
    }
    for at in 1..PETER_SECRET.len() {
        assert!(Signer::parse(&PETER_SECRET[..at]).is_err() && Signer::parse(&PETER_SECRET[at..]).is_err());
    }
}

#[test]
fn a_key_of_another_length_or_kind_is_refused() {
    let long = "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==";
    let kind = "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    assert!(matches!(Verifier::parse(long), Err(KeyError::Kind | KeyError::Shape)));
    assert_eq!(Verifier::parse(kind), Err(KeyError::Kind));
    // The neutral point: everything is signed by it.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    assert_eq!(Verifier::new("a", neutral), Err(KeyError::Kind));
    for name in ["", "a b", "a+b", "a\u{2003}b", "a\nb"] {
        assert_eq!(Signer::from_seed(name, &[7; 32]).err(), Some(KeyError::Name), "{name}");
    }
}

#[test]
fn signing_gives_the_published_note() {
    let mut made = Note::new(TEXT).unwrap();
    made.sign(&Signer::parse(PETER_SECRET).unwrap());
    assert_eq!(made.to_string(), note(&[BY_PETER]));
    made.sign(&Signer::parse(PETER_SECRET).unwrap());
    assert_eq!(made.to_string(), note(&[BY_PETER]), "one signature a key");
}

#[test]
fn known_keys_are_verified_and_unknown_ones_let_be() {
    let both = note(&[BY_PETER, BY_ENOCH]);
    assert_eq!(Note::parse(both.as_bytes()).unwrap().to_string(), both);
    assert_eq!(names(&both, &[key(PETER)]).unwrap(), ["PeterNeumann"]);
    assert_eq!(names(&both, &[key(ENOCH), key(PETER)]).unwrap(), ["PeterNeumann", "EnochRoot"]);
    assert_eq!(names(&both, &[]), Err(NoteError::NobodyKnown));
    assert_eq!(names(&note(&[BY_PETER, BY_PETER, BY_ENOCH]), &[key(PETER)]).unwrap(), ["PeterNeumann"]);
    let twice = [key(ENOCH), key(PETER), key(ENOCH)];
    assert_eq!(names(&both, &twice), Err(NoteError::Ambiguous("EnochRoot".to_owned(), 0xaf0cfe78)));
    assert_eq!(names(&note(&[BY_PETER]), &twice).unwrap(), ["PeterNeumann"]);
}

#[test]
fn a_false_signature_by_a_known_key_spoils_the_note() {
    let cut = BY_PETER.replace("LLr8pAcE", "LLr8pAcF");
    let invalid = Err(NoteError::Invalid("PeterNeumann".to_owned(), 0xc74f20a3));
    assert_eq!(names(&note(&[BY_ENOCH, &cut]), &[key(PETER), key(ENOCH)]), invalid);
    let inserted = format!("{}ABCD{}", &BY_PETER[..60], &BY_PETER[60..]);
    assert_eq!(names(&note(&[&inserted]), &[key(PETER)]), invalid);
    let other = note(&[BY_PETER]).replace("cryptography", "cryptographY");
    assert_eq!(names(&other, &[key(PETER)]), invalid);
    // The same name with another id, and the same id with another name, are other keys.
    for other in [BY_PETER.replace("x08go", "x08gp"), BY_PETER.replace("PeterNeumann", "CarmenSandiego")] {
        let known = names(&note(&[&other]), &[key(PETER)]);
        assert!(matches!(known, Err(NoteError::NobodyKnown | NoteError::Invalid(..))), "{known:?}");
    }
}

#[test]
fn what_is_no_note_is_refused() {
    let no_end = note(&[BY_PETER]).trim_end().to_owned();
    let malformed = [
        TEXT.to_owned(),
        format!("{TEXT}\n"),
        no_end,
        format!("\u{1}{}", note(&[BY_PETER])),
        note(&[BY_PETER]).replace('\n', "\r\n"),
        note(&["— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBt\n"]),
        note(&["— Bad+Name x08go/ZJkuBS9UG/SffcvIAQxVBt\n"]),
        note(&["-- PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBt\n"]),
        note(&["— PeterNeumann x08gow==\n"]),
        note(&["— PeterNeumann x08go/ZJ kuBS\n"]),
        note(&["— PeterNeumann\n"]),
        note(&[BY_PETER, "Unexpected line.\n"]),
        note(&[BY_PETER, "\n"]),
        note(&[&BY_PETER.repeat(101)]),
        format!("{}{}", "x\n".repeat(500_000), note(&[BY_PETER])),
        String::new(),
    ];
    for text in malformed {
        assert!(Note::parse(text.as_bytes()).is_err(), "{text:.200}");
    }
    let not_text = [b"\xff".as_slice(), note(&[BY_PETER]).as_bytes()].concat();
    assert_eq!(Note::parse(&not_text), Err(NoteError::Characters));
    assert_eq!(Note::new("abc"), Err(NoteError::Shape));
    assert!(Note::parse(note(&[&BY_PETER.repeat(100)]).as_bytes()).is_ok());
}

#[test]
fn the_examples_of_the_specifications_are_read() {
    let poem = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n";
    let whole = format!(
        "{poem}\n— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
    );
    let read = Note::parse(whole.as_bytes()).unwrap();
    assert_eq!((read.text(), read.signatures()[0].name.as_str()), (poem, "quasimodo.example/salvatore"));
    assert_eq!(read.to_string(), whole);

    let whole = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";
    let checkpoint = Checkpoint::parse(Note::parse(whole.as_bytes()).unwrap().text()).unwrap();
    assert_eq!((checkpoint.origin.as_str(), checkpoint.size), ("example.com/behind-the-sofa", 20_852_163));
    assert!(whole.starts_with(&checkpoint.text()));
}
