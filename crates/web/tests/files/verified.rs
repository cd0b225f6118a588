use crate::{filed, held};
use custody::{files::Name, verify};
use store::held::Held;
use testkit::{Filed, House, files::GIF};
use uuid::Uuid;

/// A sealed house with a report of two photos, the first of them blacked out once.
async fn sealed() -> (House, Filed, Vec<Held>) {
    let house = House::embedded().await;
    let report = filed(&house, 2).await;
    let files = held(&house, report.id).await;
    let mut desk = house.staff("north-somerset-council", "officer").await;
    let at = format!("{}/files/{}/black", report.desk(), files[0].id);
    let page = desk.post(&at, &[("version", "1"), ("words", "A face."), ("patch", "0,0,500,500")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    while house.app.ledger.step().await.unwrap() > 0 {}
    (house, report, files)
}

async fn faults(house: &House) -> Vec<String> {
    let seed = house.setting.keys.ledger_seed();
    let mut found = verify::whole(&house.db, house.shelf(), seed).await.unwrap();
    verify::files(&house.db, &house.app.files.blobs, &mut found).await.unwrap();
    assert_eq!(found.recorded.count(), 2);
    found.faults.iter().map(ToString::to_string).collect()
}

async fn change(house: &House, sql: &'static str, id: Uuid) {
    let n = house.db.write(move |tx| tx.run(sql, &[&id])).await.unwrap();
    assert!(n > 0, "{sql} changes nothing");
}

#[tokio::test]
async fn a_house_with_photos_in_which_nothing_was_changed_is_sound() {
    let (house, _, _) = sealed().await;
    assert_eq!(faults(&house).await, Vec::<String>::new());
}

#[tokio::test]
async fn bytes_that_were_changed_swapped_or_taken_away_are_named() {
    let (house, _, files) = sealed().await;
    let blobs = &house.app.files.blobs;
    let names =
        [Name::Original(files[0].id), Name::Rendition(files[0].id, 0, 800), Name::Rendition(files[0].id, 1, 2048)];
    for name in names {
        let kept = blobs.get(name).await.unwrap();
        blobs.put(name, b"something else").await.unwrap();
        assert_eq!(faults(&house).await, [format!("the bytes of {name} were changed")]);
        std::fs::remove_file(house.files().join(name.path())).unwrap();
        assert_eq!(faults(&house).await, [format!("the bytes of {name} are missing")]);
        blobs.put(name, &kept).await.unwrap();
    }
    // The two photos are alike, so theirs are made to differ first: swapped, both are named.
    let other = [GIF, b"more"].concat();
    blobs.put(Name::Original(files[0].id), &other).await.unwrap();
    assert_eq!(faults(&house).await.len(), 1);
    blobs.put(Name::Original(files[0].id), GIF).await.unwrap();
    assert_eq!(faults(&house).await, Vec::<String>::new());
}

#[tokio::test]
async fn rows_that_were_changed_put_in_or_taken_out_are_named() {
    for (sql, words) in [
        ("UPDATE held SET sha256 = X'00' WHERE id = $1", "the row of file {file} was changed"),
        ("UPDATE held SET size = 99 WHERE id = $1", "the row of file {file} was changed"),
        ("DELETE FROM held WHERE id = $1", "file {file} of report {report} is missing"),
        (
            "UPDATE held SET entry = (SELECT id FROM journal WHERE kind = 'file.redacted') WHERE id = $1",
            "file {file} was put in",
        ),
        ("UPDATE rendition SET sha256 = X'00' WHERE held = $1 AND longest = 800", "the row of the picture "),
        ("DELETE FROM rendition WHERE held = $1 AND longest = 800", "the row of the picture "),
    ] {
        let (house, report, files) = sealed().await;
        change(&house, sql, files[0].id).await;
        let words = words.replace("{file}", &files[0].id.to_string()).replace("{report}", &report.id.to_string());
        let found = faults(&house).await;
        assert!(found.iter().any(|fault| fault.starts_with(&words)), "{sql}: {found:?}");
    }
}

/// Closes the report, lets so many months go by, and does the first thing that is due.
async fn over(house: &House, report: &Filed, months: i64) -> casework::retention::Done {
    let mut desk = house.staff("north-somerset-council", "officer").await;
    let form = desk.get(&report.desk()).await.form("/close");
    let page = desk.submit(&form, &[("outcome", "fixed"), ("words", "It is gone.")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    house.db.write(|tx| tx.run("UPDATE delivery SET state = 'sent', sent_at = created_at", &[])).await.unwrap();
    house.clock.forward_seconds(months * 31 * 24 * 60 * 60);
    let (setting, now) = (house.setting.clone(), house.draw().now());
    let start = casework::retention::Cursor::default();
    let job = move |tx: &mut store::Tx| casework::retention::due(tx, &setting, now, "north-somerset-council", &start);
    let due = house.db.read(job).await.unwrap().due.remove(0);
    let (setting, draw) = (house.setting.clone(), house.draw());
    let done = house.db.write(move |tx| casework::retention::apply(tx, &setting, &mut draw.clone(), &due)).await;
    while house.app.ledger.step().await.unwrap() > 0 {}
    house.app.files.sweep(true).await.unwrap();
    done.unwrap()
}

#[tokio::test]
async fn photos_that_everybody_may_see_outlive_who_reported_them_and_hidden_ones_do_not() {
    let (house, report, files) = sealed().await;
    let mut desk = house.staff("north-somerset-council", "officer").await;
    let form = desk.get(&report.desk()).await.form("/acknowledge");
    assert_eq!(desk.submit(&form, &[]).await.status, 303);
    let at = format!("{}/files/{}/hide", report.desk(), files[1].id);
    let version = desk
        .get(&report.desk())
        .await
        .form("/note")
        .fields
        .iter()
        .find(|(name, ..)| name == "version")
        .unwrap()
        .1
        .clone();
    let page = desk.post(&at, &[("version", &version), ("hide", "yes"), ("words", "A face.")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    assert_eq!(over(&house, &report, 25).await, casework::retention::Done::Anonymised);
    let left = held(&house, report.id).await;
    assert_eq!(left.iter().map(|held| held.id).collect::<Vec<_>>(), [files[0].id]);
    assert_eq!(left[0].name, "");
    let page = house.get(&format!("/reports/{}", report.reference())).await;
    let shown = format!("/reports/{}/photo/{}", report.reference(), files[0].id);
    assert!(page.text.contains(&shown), "{}", page.text);
    let seed = house.setting.keys.ledger_seed();
    let mut found = verify::whole(&house.db, house.shelf(), seed).await.unwrap();
    verify::files(&house.db, &house.app.files.blobs, &mut found).await.unwrap();
    assert_eq!(found.faults.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
}

#[tokio::test]
async fn what_a_report_had_that_was_deleted_is_disposed_of_and_no_fault() {
    let (house, report, _) = sealed().await;
    assert_eq!(over(&house, &report, 80).await, casework::retention::Done::Deleted);
    assert_eq!(crate::blobs(&house), 0, "the bytes go with it");
    let seed = house.setting.keys.ledger_seed();
    let mut found = verify::whole(&house.db, house.shelf(), seed).await.unwrap();
    verify::files(&house.db, &house.app.files.blobs, &mut found).await.unwrap();
    assert_eq!(found.faults.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    assert!(found.disposed > 0 && found.withheld == 0, "{} {}", found.disposed, found.withheld);
}
