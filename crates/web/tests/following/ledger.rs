use ledger::{Checkpoint, Hash, Level, Tile, Verifier};
use rights::Actor;
use serde_json::json;
use store::journal::{self, Audience, NewEntry, Verb};
use testkit::House;

async fn happened(house: &House, n: usize) {
    let draw = house.draw();
    let write = move |tx: &mut store::Tx| {
        let mut draw = draw.clone();
        (0..n).try_for_each(|n| {
            let entry = NewEntry {
                id: draw.id(),
                at: draw.now(),
                verb: Verb::Alteration,
                kind: "something",
                report: None,
                agency: None,
                audience: Audience::Audit,
                facts: json!({ "n": n }),
                content: None,
                salt: draw.salt(),
            };
            journal::write(&Actor::House("test"), tx, &entry)
        })
    };
    house.db.write(write).await.unwrap();
}

#[tokio::test]
async fn everybody_reads_checkpoint_key_and_tiles() {
    let house = House::earnest().await;
    let key = Verifier::parse(house.get("/ledger/key").await.text.trim_end()).unwrap();
    assert_eq!(key.name(), "moothall.test/ledger");
    let open = |text: &str| Checkpoint::open(text.as_bytes(), std::slice::from_ref(&key)).unwrap();
    let empty = house.get("/ledger/checkpoint").await;
    assert_eq!(open(&empty.text).size, 0);
    assert_eq!(
        (empty.header("content-type"), empty.header("cache-control")),
        ("text/plain; charset=utf-8", "no-cache")
    );
    happened(&house, 300).await;
    while house.app.ledger.step().await.unwrap() > 0 {}
    let head = open(&house.get("/ledger/checkpoint").await.text);
    assert!(head.size >= 300);
    let mut hashes = Vec::new();
    for tile in Tile::all(head.size) {
        let page = house.get(&format!("/ledger/{tile}")).await;
        if tile.level() == Level::Entries {
            assert_eq!(page.status, 404, "{tile}: entries say when something happened, and where");
            continue;
        }
        assert_eq!((page.status, page.header("content-type")), (200, "application/octet-stream"), "{tile}");
        let kept = if tile.width() == 256 { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
        assert_eq!(page.header("cache-control"), kept, "{tile}");
        if tile.level() == Level::Hashes(0) {
            hashes.extend(page.bytes.chunks(32).map(|hash| Hash(hash.try_into().unwrap())));
        }
    }
    assert_eq!(ledger::tree_hash(&hashes), head.root);
}

#[tokio::test]
async fn a_tile_has_one_address_and_what_is_none_is_not_there() {
    let house = House::earnest().await;
    happened(&house, 300).await;
    while house.app.ledger.step().await.unwrap() > 0 {}
    assert_eq!(house.get("/ledger/tile/0/000").await.status, 200);
    let absent = house.get("/nothing-here").await;
    for at in [
        "tile/0/0",
        "tile/0/001",
        "tile/0/0000",
        "tile/00/000",
        "tile/8/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000/",
        "tile/0//000",
        "tile/0/000.p/007",
        "tile/0/%30%30%30",
        "tile/0/../0/000",
        "tile/0/..%2f..%2fcheckpoint",
        "tile/../checkpoint",
        "tile/entries/000",
        "tile/entries/000.unfinished",
        "tile/",
        "tile",
        "tile/x",
        "tile/0/000?x",
        "nothing",
    ] {
        let page = house.get(&format!("/ledger/{at}")).await;
        // A question mark begins a query, which no tile has: it is let be.
        let expected = if at.ends_with("?x") { 200 } else { 404 };
        assert_eq!(page.status, expected, "{at}");
        assert!(expected == 200 || page.text == absent.text, "{at}: {}", page.text);
    }
}
