//! What goes in comes out, on both engines.

use crate::engine::Fresh;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::{Value as Json, json};
use store::{Column, Error, Param, Time, Tx};
use uuid::Uuid;

/// Each case is a durable write, so they are fewer than usual.
fn runner() -> TestRunner {
    TestRunner::new(Config { cases: 100, failure_persistence: None, ..Config::default() })
}

fn table(fresh: &Fresh) {
    fresh
        .write(|tx| {
            tx.run("CREATE TABLE kept (n BIGINT, x DOUBLE PRECISION, b BOOLEAN, t TEXT, y BYTEA, u UUID, j JSONB)", &[])
                .map(|_| ())
        })
        .unwrap();
}

/// Writes a value into a column and reads it back, in one write.
fn through<T: Param + Column + Clone + Send + 'static>(fresh: &Fresh, column: &str, value: &T) -> Result<T, Error> {
    let (insert, value) = (format!("INSERT INTO kept ({column}) VALUES ($1) RETURNING {column}"), value.clone());
    let select = format!("SELECT {column} FROM kept");
    fresh.write(move |tx: &mut Tx| {
        tx.run("DELETE FROM kept", &[])?;
        let (returned,): (T,) = tx.one(&insert, &[&value])?;
        let (kept,): (T,) = tx.one(&select, &[])?;
        drop(returned);
        Ok(kept)
    })
}

fn json_value() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        (-1e15..1e15f64).prop_map(Json::from),
        "[^\0]*".prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
            prop::collection::btree_map("[^\0]{0,8}", inner, 0..6).prop_map(|m| Json::Object(m.into_iter().collect())),
        ]
    })
}

/// An object or an array at the top: the JSONB columns hold nothing else.
fn document() -> impl Strategy<Value = Json> {
    json_value().prop_map(|value| if value.is_object() || value.is_array() { value } else { json!([value]) })
}

on_both!(any_text_without_u0000_comes_back, |fresh| {
    table(fresh);
    runner()
        .run(&prop_oneof!["[^\0]*", "\\PC*", any::<String>().prop_map(|s| s.replace('\0', ""))], |text| {
            prop_assert_eq!(through(fresh, "t", &text).unwrap(), text);
            Ok(())
        })
        .unwrap();
});

on_both!(any_json_comes_back_with_its_hash, |fresh| {
    table(fresh);
    runner()
        .run(&document(), |json| {
            let kept = through(fresh, "j", &json).unwrap();
            prop_assert_eq!(&kept, &json);
            prop_assert_eq!(store::journal::content_hash(b"salt", &kept), store::journal::content_hash(b"salt", &json));
            Ok(())
        })
        .unwrap();
});

on_both!(any_bytes_floats_and_ids_come_back, |fresh| {
    table(fresh);
    let finite = any::<f64>().prop_filter("a place is a number", |x| x.is_finite());
    runner()
        .run(&(any::<Vec<u8>>(), finite, any::<u128>(), any::<i64>()), |(bytes, x, u, n)| {
            prop_assert_eq!(through(fresh, "y", &bytes).unwrap(), bytes);
            prop_assert_eq!(through(fresh, "x", &x).unwrap(), x);
            prop_assert_eq!(through(fresh, "u", &Uuid::from_u128(u)).unwrap(), Uuid::from_u128(u));
            prop_assert_eq!(through(fresh, "n", &n).unwrap(), n);
            Ok(())
        })
        .unwrap();
});

on_both!(the_last_numbers_come_back, |fresh| {
    table(fresh);
    for n in [i64::MIN, -1, 0, 1, i64::MAX] {
        assert_eq!(through(fresh, "n", &n).unwrap(), n);
        assert_eq!(through(fresh, "n", &Time(n)).unwrap(), Time(n));
    }
    for x in [f64::MIN, f64::MAX, f64::MIN_POSITIVE, 0.0, 51.346_4, 5.0, 1e-300] {
        assert_eq!(through(fresh, "x", &x).unwrap(), x);
    }
    for b in [true, false] {
        assert_eq!(through(fresh, "b", &b).unwrap(), b);
    }
});

on_both!(nothing_stays_nothing, |fresh| {
    table(fresh);
    assert_eq!(through(fresh, "n", &None::<i64>).unwrap(), None);
    assert_eq!(through(fresh, "x", &None::<f64>).unwrap(), None);
    assert_eq!(through(fresh, "b", &None::<bool>).unwrap(), None);
    assert_eq!(through(fresh, "t", &None::<String>).unwrap(), None);
    assert_eq!(through(fresh, "y", &None::<Vec<u8>>).unwrap(), None);
    assert_eq!(through(fresh, "u", &None::<Uuid>).unwrap(), None);
    assert_eq!(through(fresh, "j", &None::<Json>).unwrap(), None);
    assert_eq!(through(fresh, "t", &Some(String::new())).unwrap(), Some(String::new()));
    assert_eq!(through(fresh, "y", &Some(Vec::new())).unwrap(), Some(Vec::new()));
    let misread = fresh.write(|tx| tx.one::<(i64,)>("SELECT n FROM kept", &[]));
    assert!(matches!(misread, Err(Error::Misread { column: 0, .. })), "{misread:?}");
});

on_both!(u0000_is_refused_and_the_connection_goes_on, |fresh| {
    table(fresh);
    for _ in 0..20 {
        let text = through(fresh, "t", &"a\0b".to_owned());
        assert!(matches!(text, Err(Error::Refused(_))), "{text:?}");
    }
    for bad in [json!({ "a": ["b\0"] }), json!({ "a\0": 1 })] {
        let kept = through(fresh, "j", &bad);
        assert!(matches!(kept, Err(Error::Refused(_))), "{kept:?}");
    }
    assert_eq!(through(fresh, "y", &b"a\0b".to_vec()).unwrap(), b"a\0b");
    assert_eq!(through(fresh, "t", &"after".to_owned()).unwrap(), "after");
});

on_both!(a_wrong_number_of_parameters_is_an_error, |fresh| {
    for params in [0, 2] {
        let done = fresh.write(move |tx| {
            let all: [&dyn Param; 2] = [&1_i64, &2_i64];
            tx.all::<(i64,)>("SELECT CAST($1 AS BIGINT)", &all[..params])
        });
        assert!(matches!(done, Err(Error::Other(_))), "{done:?}");
    }
});

on_both!(a_wrong_kind_of_parameter_is_an_error_or_is_kept, |fresh| {
    table(fresh);
    let done = fresh.write(|tx| tx.run("INSERT INTO kept (n) VALUES ($1)", &[&"not a number"]));
    // SQLite keeps what it is given; the contract suite and PostgreSQL find such a mistake.
    assert_eq!(done.is_ok(), fresh.is_sqlite(), "{done:?}");
    fresh.read(|tx| tx.columns()).unwrap();
});

#[test]
fn a_place_is_a_server_by_its_scheme_alone() {
    use store::DatabasePlace::{File, Server};
    assert_eq!(store::DatabasePlace::parse("postgres://a/b"), Server("postgres://a/b".into()));
    assert_eq!(store::DatabasePlace::parse("postgresql://a/b"), Server("postgresql://a/b".into()));
    assert_eq!(store::DatabasePlace::parse("/data/postgres"), File("/data/postgres".into()));
}

#[test]
fn every_named_value_is_read_back_from_its_name() {
    use store::{answer::Part, delivery::State, journal::Verb, report::Tracking, sub_case::Core};
    assert!(Part::ALL.iter().all(|v| Part::from_name(v.name()) == Some(*v)));
    assert!(State::ALL.iter().all(|v| State::from_name(v.name()) == Some(*v)));
    assert!(Verb::ALL.iter().all(|v| Verb::from_name(v.name()) == Some(*v)));
    assert!(Tracking::ALL.iter().all(|v| Tracking::from_name(v.name()) == Some(*v)));
    assert!(Core::ALL.iter().all(|v| Core::from_name(v.name()) == Some(*v)));
    assert_eq!(Part::from_name("nothing"), None);
}

#[test]
fn times_add_up() {
    assert_eq!(Time(1).plus_seconds(2), Time(2_000_001));
    assert_eq!(Time(0).plus_hours(1).micros(), 3_600_000_000);
    assert_eq!(Time(5).to_string(), "5µs");
}
