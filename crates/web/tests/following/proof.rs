use ledger::{Leaf, ProofFile, Verifier};
use testkit::House;

#[tokio::test]
async fn a_reporter_keeps_a_proof_that_holds_without_us() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let mut client = house.reporter(&filed).await;
    let at = format!("{}/proof", filed.track());
    let page = client.get(&filed.track()).await;
    assert!(page.says("Proof that we have your report") && page.text.contains(&format!("href=\"{at}\"")));
    let early = client.get(&at).await;
    assert_eq!((early.status, early.heading().as_str()), (202, "Your proof is not ready yet"));
    assert_eq!((early.header("retry-after"), early.header("cache-control")), ("60", "no-store"));

    house.app.ledger.step().await.unwrap();
    let page = client.get(&at).await;
    assert_eq!((page.status, page.heading().as_str()), (200, "Proof that we have your report"));
    assert!(page.says("c2sp.org/tlog-proof@v1") && !page.says("do not save it here"), "{}", page.text);
    let proof = client.get(&format!("{at}/file")).await;
    assert_eq!(proof.header("content-disposition"), "attachment; filename=\"proof.tlog-proof\"");
    assert_eq!((proof.status, proof.header("content-type")), (200, "text/plain; charset=utf-8"));
    assert_eq!(proof.header("cache-control"), "no-store");
    assert!(proof.text.starts_with("c2sp.org/tlog-proof@v1\n"), "{}", proof.text);
    let key = Verifier::parse(house.get("/ledger/key").await.text.trim_end()).unwrap();
    let file = ProofFile::parse(proof.text.as_bytes()).unwrap();
    let leaf = file.extra.clone().unwrap();
    file.verify(&leaf, &[key]).unwrap();
    let leaf = Leaf::decode(&leaf).unwrap();
    assert_eq!((leaf.kind.as_str(), leaf.subject), ("report.received", filed.id.to_string()));
    // It says nothing of the matter, and not which report it is to whoever does not know.
    for hidden in [filed.reference(), "fly-tipping", "Grand Pier", "mattress"] {
        assert!(!String::from_utf8_lossy(&file.extra.clone().unwrap()).contains(hidden), "{hidden}");
    }
}

#[tokio::test]
async fn nobody_gets_the_proof_of_another_or_before_their_pin_or_with_a_code_alone() {
    let house = House::embedded().await;
    let (mine, other) = (house.file("fly-tipping", "shortest").await, house.file("fly-tipping", "shortest").await);
    let police = house.file("crime.theft", "everything").await;
    house.open_following(&police).await;
    house.app.ledger.step().await.unwrap();
    let absent = house.get("/nothing-here").await.status;
    assert_eq!(house.get(&format!("{}/proof", mine.track())).await.status, absent);
    assert_eq!(house.get(&format!("{}/proof/file", mine.track())).await.status, absent);
    let mut client = house.reporter(&mine).await;
    let token = client.cookie("visit").unwrap().to_owned();
    client.forge(&other.track(), "visit", &token);
    assert_eq!(client.get(&format!("{}/proof", other.track())).await.status, 404);
    assert_eq!(client.get(&format!("{}/proof/file", other.track())).await.status, 404);
    // The link is open, the PIN is not given yet.
    let mut client = house.visitor();
    assert_eq!(client.post(&police.link(), &[]).await.status, 303);
    assert_eq!(client.get(&format!("{}/proof", police.track())).await.status, 404);
    assert_eq!(client.get(&format!("{}/proof/file", police.track())).await.status, 404);
    assert_eq!(house.reporter(&police).await.get(&format!("{}/proof", police.track())).await.status, 200);
    let mut officer = house.staff("north-somerset-council", "officer").await;
    assert_eq!(officer.get(&format!("{}/proof", mine.track())).await.status, 404);
}
