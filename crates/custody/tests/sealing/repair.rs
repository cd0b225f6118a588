//! Killed at any point, the next start repairs; what contradicts a signed checkpoint is not signed over.

use crate::house::{House, copy_folder};
use custody::Error;
use std::fs;

async fn whole_again(house: &House, what: &str) {
    house.live(61, 63).await;
    house.ledger().await.step().await.unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(house.faults().await, Vec::<String>::new(), "{what}");
    assert_eq!(house.verify().await.leaves, 630, "{what}");
}

#[tokio::test]
async fn whatever_is_missing_or_half_written_of_the_folder_is_made_again() {
    let house = House::lived().await;
    for what in ["checkpoint", "tile/0/002.p/88", "tile/entries/002.p/88", "tile/1/000.p/2", "tile/0", "tile", ""] {
        let copy = house.copy().await;
        let path = copy.folder().join(what);
        if path.is_dir() {
            fs::remove_dir_all(&path).unwrap()
        } else {
            fs::remove_file(&path).unwrap()
        }
        whole_again(&copy, &format!("without {what:?}")).await;
    }
    for what in ["tile/0/002.p/88", "tile/entries/002.p/88", "tile/1/000.p/2"] {
        let copy = house.copy().await;
        let path = copy.folder().join(what);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        fs::write(copy.folder().join("tile/0/003.unfinished"), "half").unwrap();
        whole_again(&copy, &format!("half of {what}")).await;
    }
}

#[tokio::test]
async fn leaves_that_were_sealed_and_not_published_before_a_kill_are_published_after() {
    let house = House::lived().await;
    let before = house.copy().await;
    house.live(61, 61).await;
    house.ledger().await.step().await.unwrap();
    // The folder and the checkpoints as before, the leaves as after: the kill came between the two.
    fs::remove_dir_all(house.folder()).unwrap();
    copy_folder(&before.folder(), &house.folder());
    house.tamper("DELETE FROM checkpoint WHERE size > 600");
    let found = house.verify().await;
    assert_eq!((found.faults.len(), found.unsigned, found.leaves), (0, 10, 610));
    assert_eq!(house.ledger().await.publish().await.unwrap(), 610);
    let found = house.verify().await;
    assert_eq!((found.faults.len(), found.unsigned), (0, 0));
}

#[tokio::test]
async fn the_checkpoint_was_signed_and_not_shown_before_a_kill() {
    let house = House::lived().await;
    let old = fs::read(house.folder().join("checkpoint")).unwrap();
    house.live(61, 61).await;
    house.ledger().await.step().await.unwrap();
    fs::write(house.folder().join("checkpoint"), old).unwrap();
    let faults = house.faults().await;
    assert!(faults.len() == 1 && faults[0].contains("size 600") && faults[0].contains("of 610"), "{faults:?}");
    assert_eq!(house.ledger().await.publish().await.unwrap(), 610);
    assert_eq!(house.faults().await, Vec::<String>::new());
}

#[tokio::test]
async fn an_older_database_put_back_is_recognised_and_nothing_more_is_sealed_or_signed() {
    let house = House::lived().await;
    let old = house.copy().await;
    house.live(61, 61).await;
    house.ledger().await.step().await.unwrap();
    fs::remove_dir_all(old.folder()).unwrap();
    copy_folder(&house.folder(), &old.folder());
    old.live(62, 62).await;
    let step = old.ledger().await.step().await;
    assert!(matches!(step, Err(Error::Forked { size: 610 })), "{step:?}");
    assert_eq!(old.verify().await.waiting, 10);
    let faults = old.faults().await;
    assert!(
        faults.iter().any(|fault| fault == "the checkpoint of size 610 is missing from the database"),
        "{faults:?}"
    );
}

#[tokio::test]
async fn rows_that_were_changed_are_not_published_over_what_was_signed() {
    let house = House::lived().await;
    house.tamper("UPDATE leaf SET body = CAST('made up' AS BLOB) WHERE idx = 17");
    fs::remove_file(house.folder().join("tile/0/002.p/88")).unwrap();
    let tile = fs::read(house.folder().join("tile/entries/000")).unwrap();
    let published = house.ledger().await.publish().await;
    assert!(matches!(published, Err(Error::Forked { size: 600 })), "{published:?}");
    assert_eq!(fs::read(house.folder().join("tile/entries/000")).unwrap(), tile);
}
