use super::*;
use proptest::{collection::btree_map, prelude::*};

fn text(value: &str) -> Value<'_> {
    Value::Text(value.into())
}

fn object<'a>(pairs: &[(&'a str, Value<'a>)]) -> Object<'a> {
    pairs.iter().cloned().collect()
}

#[test]
fn names_are_sorted_and_nothing_stands_between() {
    let it = object(&[("b", Value::Null), ("a", Value::Integer(-7)), ("a_b", text("x"))]);
    assert_eq!(encode(&it).unwrap(), br#"{"a":-7,"a_b":"x","b":null}"#);
    assert_eq!(encode(&Object::new()).unwrap(), b"{}");
    assert_eq!(decode(b"{}").unwrap(), Object::new());
}

#[test]
fn signs_are_written_as_rfc_8785_says() {
    // Section 3.2.2.2: the string of its example, without the parts that are no text.
    let value = "\u{20ac}$\u{f}\nA'B\"\\\\\"/";
    let expected = "{\"a\":\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}";
    assert_eq!(String::from_utf8(encode(&object(&[("a", text(value))])).unwrap()).unwrap(), expected);
    assert_eq!(decode(expected.as_bytes()).unwrap(), object(&[("a", text(value))]));
    let controls = encode(&object(&[("a", text("\u{8}\t\n\u{b}\u{c}\r\u{1f}\u{7f}"))])).unwrap();
    assert_eq!(controls, b"{\"a\":\"\\b\\t\\n\\u000b\\f\\r\\u001f\x7f\"}");
}

#[test]
fn a_number_that_a_double_cannot_hold_is_refused() {
    for number in [MOST, -MOST, 0] {
        let bytes = encode(&object(&[("a", Value::Integer(number))])).unwrap();
        assert_eq!(decode(&bytes).unwrap(), object(&[("a", Value::Integer(number))]));
    }
    for number in [MOST + 1, -MOST - 1, i64::MIN] {
        assert_eq!(encode(&object(&[("a", Value::Integer(number))])), Err(CanonicalError::Number));
        assert!(decode(format!("{{\"a\":{number}}}").as_bytes()).is_err());
    }
}

#[test]
fn a_name_with_other_signs_is_refused() {
    for name in ["", "A", "a b", "é", "a\"", "a1"] {
        assert_eq!(encode(&object(&[(name, Value::Null)])), Err(CanonicalError::Name), "{name}");
    }
}

#[test]
fn every_other_spelling_is_refused() {
    let wrong = [
        r#" {"a":1}"#,
        r#"{"a":1} "#,
        r#"{"a": 1}"#,
        r#"{"a":1,}"#,
        r#"{,"a":1}"#,
        r#"{"b":1,"a":2}"#,
        r#"{"a":1,"a":1}"#,
        r#"{"a":1,"a":2}"#,
        r#"{"a":01}"#,
        r#"{"a":+1}"#,
        r#"{"a":-0}"#,
        r#"{"a":1.0}"#,
        r#"{"a":1e2}"#,
        r#"{"a":true}"#,
        r#"{"a":[1]}"#,
        r#"{"a":{}}"#,
        r#"{"a":"\u0041"}"#,
        r#"{"a":"\u000A"}"#,
        r#"{"a":"\u000a"}"#,
        r#"{"a":"\u001F"}"#,
        r#"{"a":"\/"}"#,
        r#"{"a":"\ud83d\ude00"}"#,
        r#"{"a":"\u+041"}"#,
        r#"{"a":"\u00"}"#,
        r#"{"a":"b\"}"#,
        r#"{"a":"\é"}"#,
        r#"{"\u0061":1}"#,
        "{\"a\":\"\n\"}",
        r#"{"a":"b}"#,
        r#"{"a":null"#,
        r#"{"a"}"#,
        "[]",
        "null",
        "",
        "\u{feff}{}",
    ];
    for wrong in wrong {
        assert_eq!(decode(wrong.as_bytes()), Err(CanonicalError::NotCanonical), "{wrong}");
    }
    assert_eq!(decode(b"{\"a\":\"\xff\"}"), Err(CanonicalError::NotCanonical));
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        texts in btree_map("[a-m_]{1,6}", any::<String>(), 0..6),
        numbers in btree_map("[n-z]{1,6}", -MOST..=MOST, 0..6),
    ) {
        let mut it: Object<'_> = texts.iter().map(|(name, value)| (name.as_str(), text(value))).collect();
        it.extend(numbers.iter().map(|(name, value)| (name.as_str(), Value::Integer(*value))));
        let bytes = encode(&it).unwrap();
        prop_assert_eq!(decode(&bytes).unwrap(), it);
    }

    #[test]
    fn what_is_read_is_what_would_be_written(bytes in r#"\{("[a-z]{1,2}":(-?[0-9]{1,3}|null|"[\\a-z0-9é\n]{0,4}"),?){0,3}\}"#) {
        if let Ok(it) = decode(bytes.as_bytes()) {
            prop_assert_eq!(encode(&it).unwrap(), bytes.as_bytes());
        }
    }
}
