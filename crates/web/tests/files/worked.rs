use crate::{filed, held};
use store::journal;
use testkit::{Client, Filed, House, files::GIF};

async fn version(house: &House, report: &Filed) -> String {
    let id = report.id;
    house.db.read(move |tx| store::sub_case::of_report(tx, id)).await.unwrap()[0].version.to_string()
}

async fn kinds(house: &House, report: &Filed) -> Vec<String> {
    let (id, test) = (report.id, rights::Actor::House("test"));
    let all = house.db.read(move |tx| journal::of_report(&test, tx, id)).await.unwrap();
    all.into_iter().map(|entry| entry.kind).collect()
}

async fn act(house: &House, desk: &mut Client, report: &Filed, at: &str, fields: &[(&str, &str)]) -> testkit::Page {
    let version = version(house, report).await;
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("version", version.as_str())]).collect();
    desk.post(&format!("{}/{at}", report.desk()), &fields).await
}

#[tokio::test]
async fn staff_hide_a_photo_with_a_reason_and_show_it_again() {
    let house = House::embedded().await;
    let report = filed(&house, 1).await;
    let file = held(&house, report.id).await.remove(0).id;
    let mut desk = house.staff("north-somerset-council", "officer").await;
    let mut reporter = house.reporter(&report).await;
    let picture = format!("{}/file/{file}/small", report.track());
    let hide = format!("files/{file}/hide");
    let refused = act(&house, &mut desk, &report, &hide, &[("hide", "yes"), ("words", "")]).await;
    assert_eq!(refused.status, 422, "a reason is needed");
    act(&house, &mut desk, &report, &hide, &[("hide", "yes"), ("words", "A face.")]).await;
    assert_eq!(reporter.get(&picture).await.status, 404);
    let mut other = house.staff("north-somerset-council", "customer_service").await;
    assert_eq!(other.get(&format!("{}/files/{file}", report.desk())).await.status, 404);
    let page = desk.get(&format!("{}/files/{file}", report.desk())).await;
    assert!(page.says("This is hidden"), "{}", page.text);
    act(&house, &mut desk, &report, &hide, &[("hide", "no"), ("words", "It is nobody's.")]).await;
    assert_eq!(reporter.get(&picture).await.status, 200);
    let kinds = kinds(&house, &report).await;
    assert!(kinds.contains(&"file.hidden".to_owned()) && kinds.contains(&"file.shown".to_owned()), "{kinds:?}");
}

#[tokio::test]
async fn staff_black_out_a_part_and_every_version_is_kept() {
    let house = House::embedded().await;
    let report = filed(&house, 1).await;
    let file = held(&house, report.id).await.remove(0).id;
    let mut desk = house.staff("north-somerset-council", "officer").await;
    let black = format!("files/{file}/black");
    let nowhere = act(&house, &mut desk, &report, &black, &[("words", "A face.")]).await;
    assert_eq!(nowhere.status, 422, "{}", nowhere.text);
    assert!(nowhere.says("Say which part to black out"));
    act(&house, &mut desk, &report, &black, &[("words", "A face."), ("patch", "0,0,1000,1000")]).await;
    let numbers = [("words", "A plate."), ("left", "0"), ("top", "0"), ("width", "50"), ("height", "50")];
    act(&house, &mut desk, &report, &black, &numbers).await;
    let now = held(&house, report.id).await.remove(0);
    assert_eq!(now.version, 2);
    for version in 0..=2 {
        let kept = house.db.read(move |tx| store::rendition::of(tx, file, version)).await.unwrap();
        assert_eq!(kept.len(), 2, "version {version}");
        for made in kept {
            let name = custody::files::Name::Rendition(file, version, made.longest);
            assert!(house.app.files.blobs.get(name).await.is_ok());
        }
    }
    let original = desk.get(&format!("{}/file/{file}/original", report.desk())).await;
    assert_eq!(original.bytes, GIF, "the original is untouched");
    let page = desk.get(&report.desk()).await;
    assert!(page.says("Blacked out parts of a photo") && page.says("A plate."), "{}", page.text);
}

#[tokio::test]
async fn a_picture_that_somebody_else_blacks_out_at_the_same_time_is_not_written_over() {
    let house = House::embedded().await;
    let report = filed(&house, 1).await;
    let file = held(&house, report.id).await.remove(0).id;
    let theirs = custody::files::Name::Rendition(file, 1, 800);
    house.app.files.blobs.put_new(theirs, b"theirs").await.unwrap();
    let mut desk = house.staff("north-somerset-council", "officer").await;
    let black = format!("files/{file}/black");
    act(&house, &mut desk, &report, &black, &[("words", "A face."), ("patch", "0,0,1000,1000")]).await;
    assert_eq!(house.app.files.blobs.get(theirs).await.unwrap(), b"theirs");
    assert_eq!(held(&house, report.id).await[0].version, 2, "the next number is taken");
    let page = desk.get(&format!("{}/file/{file}/small", report.desk())).await;
    assert_eq!(page.status, 200);
    act(&house, &mut desk, &report, &black, &[("words", "A plate."), ("patch", "0,0,10,10")]).await;
    assert_eq!(held(&house, report.id).await[0].version, 3);
}

#[tokio::test]
async fn staff_add_a_file_for_themselves_or_for_the_resident_too() {
    let house = House::embedded().await;
    let report = filed(&house, 0).await;
    let mut desk = house.staff("north-somerset-council", "officer").await;
    let at = format!("{}/files", report.desk());
    for (name, to) in [("ours.gif", "no"), ("after.gif", "yes")] {
        let version = version(&house, &report).await;
        let page = desk.upload(&at, &[("version", &version), ("to_resident", to)], &[("new", name, GIF)]).await;
        assert_eq!(page.location, format!("{}?done=saved", report.desk()), "{}", page.text);
    }
    let mut reporter = house.reporter(&report).await;
    let own = reporter.get(&format!("{}/files", report.track())).await;
    assert!(own.says("after.gif") && !own.says("ours.gif"), "{}", own.text);
    let page = desk.get(&report.desk()).await;
    assert!(page.says("after.gif") && page.says("ours.gif"));
    let mut police = house.staff("avon-and-somerset-police", "inspector").await;
    let foreign = police.upload(&at, &[("version", "1")], &[("new", "x.gif", GIF)]).await;
    assert_eq!(foreign.status, 404, "another agency's report is not there");
}

#[tokio::test]
async fn evidence_is_for_those_who_hold_its_right() {
    let house = House::embedded().await;
    let report = house.file("fly-tipping", "everything").await;
    let evidence = held(&house, report.id).await.into_iter().find(|held| held.question == "evidence").unwrap();
    let at = format!("{}/files/{}", report.desk(), evidence.id);
    let mut enforcement = house.staff("north-somerset-council", "enforcement").await;
    let page = enforcement.get(&at).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let mut officer = house.staff("north-somerset-council", "officer").await;
    assert_eq!(officer.get(&report.desk()).await.status, 200);
    assert_eq!(officer.get(&at).await.status, 404);
    let bytes = officer.get(&format!("{}/file/{}/small", report.desk(), evidence.id)).await;
    assert_eq!(bytes.status, 404);
    let black = format!("files/{}/black", evidence.id);
    let refused = act(&house, &mut officer, &report, &black, &[("words", "x"), ("patch", "0,0,9,9")]).await;
    assert_eq!(refused.status, 404);
}
