use super::*;
use proptest::prelude::*;

fn first() -> Leaf {
    Leaf {
        verb: "collection".to_owned(),
        kind: "submitted".to_owned(),
        actor: None,
        role: "resident".to_owned(),
        organisation: Some("avonshire".to_owned()),
        subject: "0197f6a4-0000-7000-8000-000000000001".to_owned(),
        counter: 1,
        previous: None,
        time: 1_767_225_600_000_000,
        facts: Hash([0; 32]),
        content: Some(Hash([255; 32])),
    }
}

#[test]
fn a_leaf_has_this_form_for_good() {
    let expected = concat!(
        r#"{"actor":null,"content":"//////////////////////////////////////////8=","counter":1,"#,
        r#""facts":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","kind":"submitted","organisation":"avonshire","#,
        r#""previous":null,"role":"resident","subject":"0197f6a4-0000-7000-8000-000000000001","#,
        r#""time":1767225600000000,"verb":"collection","version":1}"#
    );
    assert_eq!(String::from_utf8(first().encode().unwrap()).unwrap(), expected);
    assert_eq!(Leaf::decode(expected.as_bytes()).unwrap(), first());
}

#[test]
fn a_counter_without_its_previous_leaf_is_refused() {
    for (counter, previous) in [(0, None), (0, Some(Hash([1; 32]))), (1, Some(Hash([1; 32]))), (2, None)] {
        assert_eq!(Leaf { counter, previous, ..first() }.encode(), Err(LeafError::Counter(counter)));
    }
    let text = String::from_utf8(first().encode().unwrap()).unwrap();
    let second = text.replace(r#""counter":1"#, r#""counter":2"#);
    assert_eq!(Leaf::decode(second.as_bytes()), Err(LeafError::Counter(2)));
}

#[test]
fn a_leaf_of_another_form_is_refused_by_name() {
    let text = String::from_utf8(first().encode().unwrap()).unwrap();
    let decode = |from: &str, to: &str| Leaf::decode(text.replace(from, to).as_bytes()).unwrap_err();
    assert_eq!(decode(r#""version":1"#, r#""version":2"#), LeafError::Version(2));
    assert_eq!(decode(r#","version":1"#, ""), LeafError::Field("version"));
    assert_eq!(decode(r#""verb":"collection","#, ""), LeafError::Field("verb"));
    assert_eq!(decode(r#""role":"resident""#, r#""role":null"#), LeafError::Field("role"));
    assert_eq!(decode(r#""facts":"AAA"#, r#""facts":"AA"#), LeafError::Field("facts"));
    assert_eq!(decode(r#""counter":1"#, r#""counter":-1"#), LeafError::Field("counter"));
    assert_eq!(decode(r#""version":1"#, r#""version":1,"zeal":3"#), LeafError::Unknown("zeal".to_owned()));
    assert_eq!(decode(r#""time":"#, r#""time": "#), LeafError::Canonical(CanonicalError::NotCanonical));
}

#[test]
fn a_leaf_that_does_not_fit_the_log_is_refused() {
    let room = LONGEST - first().encode().unwrap().len();
    let long = |more: usize| Leaf { kind: "submitted".to_owned() + &"x".repeat(more), ..first() };
    assert_eq!(long(room).encode().unwrap().len(), LONGEST);
    assert_eq!(long(room + 1).encode(), Err(LeafError::TooLong(TooLong(LONGEST + 1))));
    assert_eq!(Leaf { time: i64::MAX, ..first() }.encode(), Err(LeafError::Canonical(CanonicalError::Number)));
}

proptest! {
    #[test]
    fn a_leaf_is_read_back_as_it_was(
        words in prop::array::uniform4(any::<String>()), actor: Option<String>, organisation: Option<String>,
        counter in 1u64..9, time in -canonical::MOST..=canonical::MOST, hashes: [[u8; 32]; 3], content: bool,
    ) {
        let [verb, kind, role, subject] = words;
        let [previous, facts, words] = hashes.map(Hash);
        let leaf = Leaf {
            verb, kind, actor, role, organisation, subject, counter, time, facts,
            previous: (counter > 1).then_some(previous),
            content: content.then_some(words),
        };
        prop_assert_eq!(Leaf::decode(&leaf.encode().unwrap()).unwrap(), leaf);
    }

    #[test]
    fn a_changed_byte_is_another_leaf_or_none(at: prop::sample::Index, bit in 0..8) {
        let mut bytes = first().encode().unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1u8 << bit;
        if let Ok(leaf) = Leaf::decode(&bytes) {
            prop_assert_ne!(&leaf, &first());
            prop_assert_eq!(leaf.encode().unwrap(), bytes);
        }
    }
}
