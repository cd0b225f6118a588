//! What the sealer counts, and its spans.

use crate::house::House;
use std::fs;
use telemetry::{Source, Tracer, Value, Word};

/// Sealed, signed, failures, rounds.
fn numbers(source: &dyn Source) -> [i64; 4] {
    let mut out = Vec::new();
    source.readings(&mut out);
    let values: Vec<i64> = out
        .iter()
        .map(|reading| match &reading.value {
            Value::Whole(n) => *n,
            Value::Spread(spread) => spread.count() as i64,
            other => panic!("{other:?}"),
        })
        .collect();
    values.try_into().unwrap()
}

#[tokio::test]
async fn rounds_that_seal_are_counted_and_are_spans() {
    let house = House::embedded().await;
    let (ledger, tracer) = (house.ledger().await, Tracer::new(1.0));
    ledger.trace(tracer.clone());
    ledger.step().await.unwrap();
    // A checkpoint of nothing.
    assert_eq!(numbers(&ledger), [0, 1, 0, 0]);
    assert!(tracer.take().is_empty(), "where nothing waits there is no span");
    house.live(1, 25).await;
    ledger.step().await.unwrap();
    assert_eq!(numbers(&ledger), [250, 2, 0, 1]);
    let spans = tracer.take();
    let named = |name: &str| spans.iter().filter(|span| span.name.0 == name).collect::<Vec<_>>();
    let (round, chunks, published) = (named("ledger.round"), named("ledger.seal"), named("ledger.publish"));
    assert_eq!((round.len(), chunks.len(), published.len()), (1, 3, 1));
    assert_eq!(round[0].words, [("moothall.entries", Word::Number(250))]);
    assert!(chunks.iter().chain(&published).all(|span| span.parent == round[0].id));
    assert!(named("db.write").iter().any(|span| span.parent == chunks[0].id));
}

#[tokio::test]
async fn a_ledger_that_does_not_go_on_is_counted() {
    let house = House::lived().await;
    let (ledger, tracer) = (house.ledger().await, Tracer::new(1.0));
    ledger.trace(tracer.clone());
    ledger.step().await.unwrap();
    // Where tiles should go there is a file.
    let tiles = house.folder().join("tile");
    fs::rename(&tiles, house.folder().join("elsewhere")).unwrap();
    fs::write(&tiles, "").unwrap();
    house.live(500, 501).await;
    ledger.step().await.unwrap_err();
    let [_, _, failures, _] = numbers(&ledger);
    assert_eq!(failures, 1);
    let round = tracer.take().into_iter().find(|span| span.name.0 == "ledger.round");
    assert!(round.unwrap().failed);
}
