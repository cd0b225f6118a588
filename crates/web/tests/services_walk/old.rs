use serde_json::json;
use std::sync::Arc;
use store::definition::{self, Definition};
use testkit::House;

/// A definition was published, answered, and then changed: the report is still shown by the one it answered (P-1).
#[tokio::test]
async fn a_report_is_shown_by_the_version_it_answered() {
    let house = House::embedded().await;
    let now = house.setting.catalogue.service("fly-tipping").unwrap().clone();
    let words =
        now.words_text.replace("[service]", "[service]\n# as it was").replacen("title = \"", "title = \"Once ", 1);
    let body = now.text.replacen("options = [\"single_bag\"", "options = [\"a_heap\", \"single_bag\"", 1);
    assert_ne!(body, now.text);
    let words =
        words.replacen("[question.size.options]", "[question.size.options]\na_heap = \"A heap of long ago\"", 1);
    let old = Arc::new(catalogue::definition(&body, &words).unwrap_or_else(|faults| panic!("{faults:#?}")));
    assert_ne!(old.hash, now.hash);
    let row = Definition { hash: old.hash.clone(), service: old.id.clone(), version: 0, body, words };
    let kept = row.clone();
    house.db.write(move |tx| definition::keep(tx, &kept, store::Time(0))).await.unwrap();

    let filed = house.file("fly-tipping", "shortest").await;
    let (id, hash) = (filed.id, old.hash.clone());
    let answered = json!({ "now": "no", "land": "road_verge", "waste": ["mattress"], "size": "a_heap" });
    let written = house.db.write(move |tx| {
        tx.run("UPDATE report SET definition = $1 WHERE id = $2", &[&hash, &id])?;
        tx.run("UPDATE answer SET body = $1 WHERE report = $2 AND part = 'plain'", &[&answered, &id])
    });
    written.await.unwrap();

    let stored = house.db.read(definition::all).await.unwrap();
    house.setting.remember(&stored);
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    let desk = house.staff("north-somerset-council", "officer").await.get(&filed.desk()).await;
    assert!(own.says("A heap of long ago") && desk.says("A heap of long ago"), "{}", own.text);
    assert!(own.heading().starts_with("Once "), "{}", own.heading());
}
