//! A house that was filled from an older copy: its ledger rests until it is known what was published after the copy.

use crate::house::{House, SEED, entry_id, report_id, resident};
use custody::{Error, Fit, Published, begin_anew, fit, go_on, published, signer};
use ledger::{Checkpoint, Hash, ProofFile, Verifier};
use rights::Actor;
use std::{collections::BTreeMap, fs};
use store::{Time, log};

const OPERATOR: Actor = Actor::House("test");
const NAME: &str = "moothall.example/ledger";

async fn rests(house: &House) {
    house.db.write(|tx| log::rest(&OPERATOR, tx)).await.unwrap();
}

fn shown(house: &House) -> Vec<u8> {
    fs::read(house.folder().join("checkpoint")).unwrap()
}

/// A copy of 600 leaves, and the checkpoint of 620 that was published after it.
async fn older() -> (House, Vec<u8>) {
    let house = House::lived().await;
    let old = house.copy().await;
    rests(&old).await;
    house.live(61, 62).await;
    house.ledger().await.step().await.unwrap();
    (old, shown(&house))
}

#[tokio::test]
async fn nothing_is_sealed_or_signed_while_it_rests() {
    let house = House::lived().await;
    let running = house.ledger().await;
    running.publish().await.unwrap();
    rests(&house).await;
    house.live(61, 61).await;
    for ledger in [running, house.ledger().await] {
        let step = ledger.step().await;
        assert!(matches!(step, Err(Error::Rests)), "{step:?}");
    }
    let found = house.verify().await;
    assert_eq!((found.leaves, found.waiting, found.faults.len()), (600, 10, 0));
    // Nor while the house is only being filled.
    house.tamper("UPDATE generation SET name = 'filling' WHERE name = 'ledger rests'");
    assert!(matches!(house.ledger().await.step().await, Err(Error::Rests)));
    house.tamper("DELETE FROM generation WHERE name = 'filling'");
    assert_eq!(house.ledger().await.step().await.unwrap(), 10);
}

#[tokio::test]
async fn a_copy_that_holds_all_that_was_published_goes_on_under_its_name() {
    let house = House::lived().await;
    let newest = shown(&house);
    assert!(matches!(go_on(&house.db, SEED, newest.clone()).await, Err(Error::Awake)));
    rests(&house).await;
    let holds = Fit::Holds { size: 600, here: 600, newest: true, last: Some(Time(1_790_000_609_000_000)) };
    assert_eq!(fit(&house.db, SEED, newest.clone()).await.unwrap(), holds);
    assert_eq!(go_on(&house.db, SEED, newest).await.unwrap(), holds);
    house.live(61, 61).await;
    assert_eq!(house.ledger().await.step().await.unwrap(), 10);
    assert_eq!(house.faults().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_checkpoint_from_before_the_copy_says_nothing_of_what_came_after_it() {
    let house = House::lived().await;
    rests(&house).await;
    let old = house.db.read(|tx| store::checkpoint::of_size(tx, 310)).await.unwrap().unwrap().note.into_bytes();
    let said = go_on(&house.db, SEED, old).await.unwrap();
    assert!(matches!(said, Fit::Holds { size: 310, here: 600, newest: false, .. }), "{said:?}");
    assert!(house.db.read(log::rests).await.unwrap());
    let nothing = house.db.read(|tx| store::checkpoint::of_size(tx, 0)).await.unwrap().unwrap().note.into_bytes();
    assert!(matches!(fit(&house.db, SEED, nothing).await.unwrap(), Fit::Holds { size: 0, newest: false, .. }));
}

#[tokio::test]
async fn an_older_copy_is_recognised_by_what_was_published_after_it_and_does_not_go_on() {
    let (old, published) = older().await;
    old.live(70, 70).await;
    let said = go_on(&old.db, SEED, published).await.unwrap();
    let last = Some(Time(1_790_000_609_000_000));
    assert_eq!(said, Fit::Beyond { size: 620, here: 600, waiting: 10, last });
    assert!(matches!(old.ledger().await.step().await, Err(Error::Rests)));
}

#[tokio::test]
async fn a_checkpoint_over_other_leaves_or_by_another_key_is_told() {
    let house = House::lived().await;
    rests(&house).await;
    let made = |name: &str, seed: [u8; 32], size: u64| {
        let note = Checkpoint::new(name, size, Hash([3; 32])).sign(&signer(name, &seed).unwrap()).unwrap();
        note.to_string().into_bytes()
    };
    for size in [1, 256, 600] {
        assert_eq!(go_on(&house.db, SEED, made(NAME, SEED, size)).await.unwrap(), Fit::Differs { size });
    }
    for foreign in [made(NAME, [6; 32], 600), made("elsewhere.example/ledger", SEED, 600), b"nonsense".to_vec()] {
        let refused = go_on(&house.db, SEED, foreign).await;
        assert!(matches!(refused, Err(Error::Foreign(_))), "{refused:?}");
    }
    assert!(house.db.read(log::rests).await.unwrap());
}

#[tokio::test]
async fn after_a_loss_the_log_goes_on_under_the_next_name_and_nothing_is_signed_twice_under_the_old() {
    let (old, published) = older().await;
    let running = old.ledger().await;
    let name = begin_anew(&old.db, &OPERATOR, entry_id(9000), Time(7)).await.unwrap();
    assert_eq!(name, "moothall.example/ledger-2");
    // Who runs still under the old name signs nothing more.
    assert!(matches!(running.step().await, Err(Error::Renamed(_))));
    old.live(70, 70).await;
    let ledger = old.ledger().await;
    assert_eq!(ledger.step().await.unwrap(), 11);
    assert_eq!(old.faults().await, Vec::<String>::new());
    let key = [Verifier::parse(&ledger.key()).unwrap()];
    let now = Checkpoint::open(&shown(&old), &key).unwrap();
    assert_eq!((now.origin.as_str(), now.size), ("moothall.example/ledger-2", 611));
    // Proofs hold for reports from before and after.
    for n in [1, 70] {
        let text = ledger.proof(&resident(n), report_id(n)).await.unwrap().unwrap();
        let file = ProofFile::parse(text.as_bytes()).unwrap();
        assert_eq!(file.verify(&file.extra.clone().unwrap(), &key).unwrap().size, 611);
    }
    // What was published of the first history still does not fit, and a third name comes after the second.
    let said = fit(&old.db, SEED, published).await.unwrap();
    assert!(matches!(said, Fit::Beyond { size: 620, .. }), "{said:?}");
    rests(&old).await;
    assert_eq!(begin_anew(&old.db, &OPERATOR, entry_id(9001), Time(8)).await.unwrap(), "moothall.example/ledger-3");
    old.ledger().await.step().await.unwrap();
    assert_eq!(old.faults().await, Vec::<String>::new());
    assert!(matches!(begin_anew(&old.db, &OPERATOR, entry_id(9002), Time(9)).await, Err(Error::Awake)));
}

#[tokio::test]
async fn a_new_name_is_shown_before_its_first_entry_is_sealed_nowhere() {
    let (old, _) = older().await;
    begin_anew(&old.db, &OPERATOR, entry_id(9000), Time(7)).await.unwrap();
    // A node with an empty shelf: what it shows first is what was signed of that size.
    let other = old.folder().with_file_name("other");
    let ledger = old.ledger_in(&other).await;
    assert_eq!(ledger.publish().await.unwrap(), 600);
    assert_eq!(fs::read(other.join("checkpoint")).unwrap(), shown(&old));
    assert_eq!(ledger.step().await.unwrap(), 1);
}

#[tokio::test]
async fn a_name_that_goes_back_is_named() {
    let (old, _) = older().await;
    begin_anew(&old.db, &OPERATOR, entry_id(9000), Time(7)).await.unwrap();
    old.ledger().await.step().await.unwrap();
    old.tamper("UPDATE log SET origin = 'moothall.example/ledger'");
    old.live(71, 71).await;
    // Who can change the database cannot make the house go back: the newest checkpoint is by no key of that name.
    let step = old.ledger().await.step().await;
    assert!(matches!(step, Err(Error::Unsigned { size: 601, .. })), "{step:?}");
}

#[tokio::test]
async fn a_checkpoint_of_an_older_name_behind_one_of_a_newer_is_named() {
    let (old, _) = older().await;
    begin_anew(&old.db, &OPERATOR, entry_id(9000), Time(7)).await.unwrap();
    old.ledger().await.step().await.unwrap();
    old.live(71, 71).await;
    old.ledger().await.step().await.unwrap();
    let newest = old.db.read(store::checkpoint::latest).await.unwrap().unwrap();
    let root = Hash(newest.root.try_into().unwrap());
    let note = Checkpoint::new(NAME, 611, root).sign(&signer(NAME, &SEED).unwrap()).unwrap().to_string();
    old.tamper(&format!("UPDATE checkpoint SET note = '{note}' WHERE size = 611"));
    let faults = old.faults().await;
    assert!(faults.iter().any(|fault| fault.contains("size 611") && fault.contains("an older name")), "{faults:?}");
}

#[tokio::test]
async fn what_a_copy_takes_of_the_ledger_is_what_lies_on_the_shelf() {
    let house = House::lived().await;
    house.live(61, 61).await;
    let made = house
        .db
        .read(|tx| {
            let mut files = BTreeMap::new();
            let done = published::<Error>(tx, |name, bytes| {
                files.insert(name.to_owned(), bytes.to_vec());
                Ok(())
            })?;
            Ok::<_, Error>((done, files))
        })
        .await
        .unwrap();
    assert_eq!(made.0, Published::Sound(String::from_utf8(shown(&house)).unwrap()));
    let mut wanted: Vec<String> = ledger::Tile::all(600).map(|tile| tile.path()).collect();
    wanted.push("checkpoint".to_owned());
    wanted.sort();
    assert_eq!(made.1.keys().cloned().collect::<Vec<_>>(), wanted);
    for (name, bytes) in made.1 {
        assert_eq!(fs::read(house.folder().join(&name)).unwrap(), bytes, "{name}");
    }
}

#[tokio::test]
async fn a_copy_says_when_the_leaves_do_not_lead_to_what_was_signed() {
    let house = House::lived().await;
    for sql in [
        "UPDATE leaf SET body = CAST('made up' AS BLOB) WHERE idx = 17",
        "DELETE FROM leaf WHERE idx = 300",
        "DELETE FROM leaf WHERE idx > 300",
        "UPDATE checkpoint SET root = x'00' WHERE size = 600",
        "UPDATE checkpoint SET note = 'nonsense' WHERE size = 600",
    ] {
        let copy = house.copy().await;
        copy.tamper(sql);
        let done = copy.db.read(|tx| published::<Error>(tx, |_, _| Ok(()))).await.unwrap();
        assert_eq!(done, Published::Unsound { size: 600 }, "{sql}");
    }
    let empty = House::embedded().await;
    assert_eq!(empty.db.read(|tx| published::<Error>(tx, |_, _| Ok(()))).await.unwrap(), Published::Nothing);
}
