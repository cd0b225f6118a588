use crate::house::{House, entry_id, report_id};
use custody::CHUNK;
use ledger::{Checkpoint, Leaf};
use rights::Actor;
use std::{fs, sync::Arc};
use store::{leaf, log, subject};

const HOUSE: Actor = Actor::House("test");

#[tokio::test]
async fn every_entry_becomes_a_leaf_in_its_subjects_history() {
    let house = House::embedded().await;
    let ledger = house.ledger().await;
    assert_eq!(ledger.step().await.unwrap(), 0);
    house.live(1, 25).await;
    assert_eq!(ledger.step().await.unwrap(), 250);
    assert_eq!(ledger.step().await.unwrap(), 0);
    let rows = house.db.read(|tx| leaf::stretch(&HOUSE, tx, 0, 1000)).await.unwrap();
    assert_eq!(rows.len(), 250);
    let leaves: Vec<Leaf> = rows.iter().map(|row| Leaf::decode(&row.leaf.body).unwrap()).collect();
    let of = |subject: &str| leaves.iter().filter(|leaf| leaf.subject == subject).count();
    assert_eq!(of(&report_id(7).to_string()), 8);
    // What is no report's own: the looks of one member of staff, and what the house did by itself.
    let other: Vec<&Leaf> = leaves.iter().filter(|leaf| !leaf.subject.starts_with("0190")).collect();
    assert_eq!(other.len(), 50);
    assert_eq!(other.iter().map(|leaf| leaf.counter).max(), Some(25));
    assert_eq!(rows[13].leaf.entry, entry_id(23));
    let found = house.verify().await;
    assert_eq!(found.faults, []);
    assert_eq!((found.leaves, found.subjects, found.words, found.answers), (250, 27, 125, 25));
    assert_eq!((found.checkpoints, found.unsigned, found.waiting, found.withheld), (2, 0, 0, 0));
}

#[tokio::test]
async fn the_newest_checkpoint_is_of_all_that_was_sealed_and_opens_with_the_published_key() {
    let house = House::lived().await;
    let ledger = house.ledger().await;
    let key = ledger::Verifier::parse(&ledger.key()).unwrap();
    assert_eq!(key.name(), "moothall.example/ledger");
    let note = ledger.checkpoint().unwrap().unwrap();
    assert_eq!(Checkpoint::open(&note, &[key]).unwrap().size, 600);
    assert_eq!(house.db.read(log::state).await.unwrap().size, 600);
}

/// Several servers on one database: each seals, each has tiles of its own, all are alike.
async fn sealed_at_once(house: House) {
    let house = Arc::new(house);
    let mut tasks = Vec::new();
    for n in 0..4u64 {
        let house = house.clone();
        tasks.push(tokio::spawn(async move {
            let folder = house.folder().join(format!("node-{n}"));
            let ledger = house.ledger_in(&folder).await;
            for round in 0..6 {
                let n = 1 + n * 60 + round * 10;
                house.live(n, n + 9).await;
                ledger.step().await.unwrap();
            }
            (ledger, folder)
        }));
    }
    let mut nodes = Vec::new();
    for task in tasks {
        nodes.push(task.await.unwrap());
    }
    let mut notes = Vec::new();
    for (ledger, folder) in &nodes {
        ledger.step().await.unwrap();
        ledger.publish().await.unwrap();
        notes.push(fs::read(folder.join("checkpoint")).unwrap());
        let shelf = Arc::new(custody::Folder::new(folder));
        let found = custody::verify::whole(&house.db, shelf, crate::house::SEED).await.unwrap();
        assert_eq!(found.faults, []);
        assert_eq!((found.leaves, found.waiting, found.unsigned), (2400, 0, 0));
    }
    assert!(notes.windows(2).all(|pair| pair[0] == pair[1]));
    let heads = house.db.read(|tx| subject::after(&HOUSE, tx, uuid::Uuid::nil(), 1000)).await.unwrap();
    assert_eq!(heads.len(), 242);
    assert_eq!(heads.iter().map(|head| head.count).sum::<i64>(), 2400);
}

#[tokio::test]
async fn many_sealers_make_one_log_on_sqlite() {
    sealed_at_once(House::embedded().await).await;
}

#[tokio::test]
async fn many_sealers_make_one_log_on_postgres() {
    if let Some(house) = House::on_a_server().await {
        sealed_at_once(house).await;
    }
}

#[tokio::test]
async fn a_round_takes_no_more_than_it_may_and_the_next_goes_on() {
    let house = House::embedded().await;
    let ledger = house.ledger().await;
    house.live(1, 600).await;
    assert_eq!(ledger.step().await.unwrap(), 50 * CHUNK);
    assert_eq!(ledger.step().await.unwrap(), 1000);
    assert_eq!(house.faults().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_log_keeps_its_name_when_the_house_moves() {
    let house = House::lived().await;
    let means = custody::Means {
        db: house.db.clone(),
        shelf: Arc::new(custody::Folder::new(house.folder())),
        seed: crate::house::SEED,
        origin: custody::origin("https://elsewhere.example"),
        draw: Arc::new(|| unreachable!("nothing is sealed")),
    };
    let moved = custody::Ledger::open(means).await.unwrap();
    assert_eq!(moved.key(), house.ledger().await.key());
    assert_eq!(moved.publish().await.unwrap(), 600);
}
