use crate::house::{House, report_id, resident};
use ledger::{Leaf, ProofFile, Verifier};
use rights::{Actor, Resident, Sight};
use std::fs;

#[tokio::test]
async fn a_reporter_gets_a_proof_that_holds_by_itself() {
    let house = House::lived().await;
    let ledger = house.ledger().await;
    let key = [Verifier::parse(&ledger.key()).unwrap()];
    for n in [1, 26, 60] {
        let text = ledger.proof(&resident(n), report_id(n)).await.unwrap().unwrap();
        let file = ProofFile::parse(text.as_bytes()).unwrap();
        let body = file.extra.clone().unwrap();
        let leaf = Leaf::decode(&body).unwrap();
        assert_eq!((leaf.kind.as_str(), leaf.subject), ("report.received", report_id(n).to_string()));
        assert_eq!(file.verify(&body, &key).unwrap().size, 600);
        assert!(text.len() < 4096, "{} bytes", text.len());
    }
}

#[tokio::test]
async fn nobody_else_gets_it() {
    let house = House::lived().await;
    let ledger = house.ledger().await;
    let stage = Actor::Resident(Resident { report: report_id(1), sight: Sight::Stage });
    for actor in [resident(2), stage, Actor::Anonymous] {
        let refused = ledger.proof(&actor, report_id(1)).await;
        assert!(matches!(refused, Err(custody::Error::Store(store::Error::NotFound(_)))), "{refused:?}");
    }
}

#[tokio::test]
async fn there_is_none_before_it_is_sealed_and_published() {
    let house = House::lived().await;
    let ledger = house.ledger().await;
    house.live(61, 61).await;
    assert_eq!(ledger.proof(&resident(61), report_id(61)).await.unwrap(), None);
    let old = fs::read(house.folder().join("checkpoint")).unwrap();
    ledger.step().await.unwrap();
    assert!(ledger.proof(&resident(61), report_id(61)).await.unwrap().is_some());
    fs::write(house.folder().join("checkpoint"), old).unwrap();
    assert_eq!(ledger.proof(&resident(61), report_id(61)).await.unwrap(), None);
}

#[tokio::test]
async fn one_that_does_not_hold_is_not_handed_out() {
    let house = House::lived().await;
    let ledger = house.ledger().await;
    for name in ["tile/0/000", "checkpoint"] {
        let path = house.folder().join(name);
        let good = fs::read(&path).unwrap();
        let mut bytes = good.clone();
        bytes[40] ^= 1;
        fs::write(&path, bytes).unwrap();
        let refused = ledger.proof(&resident(1), report_id(1)).await;
        assert!(matches!(refused, Err(custody::Error::Proof(0))), "{name}: {refused:?}");
        fs::write(&path, good).unwrap();
    }
}
