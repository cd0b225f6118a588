use crate::{filed, held};
use testkit::{
    House,
    files::{GIF, photo_at},
};

#[tokio::test]
async fn the_reporter_sees_their_photos_adds_more_and_reads_of_it() {
    let house = House::embedded().await;
    let report = filed(&house, 2).await;
    let mut reporter = house.reporter(&report).await;
    let own = reporter.get(&report.track()).await;
    assert!(own.says("See your 2 photos or files, or add more"), "{}", own.text);
    let page = reporter.upload(&format!("{}/files", report.track()), &[], &[("new", "later.gif", GIF)]).await;
    assert_eq!(page.location, format!("{}/files?done=added", report.track()));
    let page = reporter.follow(page).await;
    assert!(page.says("We have added it to your report") && page.says("later.gif"), "{}", page.text);
    let own = reporter.get(&report.track()).await;
    assert!(own.says("You added a photo or file"), "{}", own.text);
    let kept = held(&house, report.id).await;
    assert_eq!(kept.len(), 3);
    for file in &kept {
        let at = |size: &str| format!("{}/file/{}/{size}", report.track(), file.id);
        assert_eq!(reporter.get(&at("small")).await.header("content-type"), "image/jpeg");
        let original = reporter.get(&at("original")).await;
        assert_eq!(original.bytes, GIF, "as it came, byte for byte");
        assert!(original.header("content-disposition").starts_with("attachment;"), "never drawn in place");
    }
    let stranger = house.visitor().get(&format!("{}/file/{}/small", report.track(), kept[0].id)).await;
    assert_eq!(stranger.status, 404);
}

#[tokio::test]
async fn nothing_chosen_is_said_and_what_is_wrong_is_named() {
    let house = House::embedded().await;
    let report = filed(&house, 0).await;
    let mut reporter = house.reporter(&report).await;
    let at = format!("{}/files", report.track());
    assert!(reporter.upload(&at, &[], &[]).await.says("Choose a photo or file first"));
    let page = reporter.upload(&at, &[], &[("new", "a.gif", GIF), ("new", "b.exe", b"MZ\x90\0")]).await;
    assert_eq!(page.status, 422);
    assert!(page.says("“b.exe” is not a file we can take"), "{}", page.text);
    assert_eq!(held(&house, report.id).await.len(), 1, "the good one is there");
}

#[tokio::test]
async fn what_others_see_holds_nothing_of_what_the_file_says_of_itself() {
    let house = House::embedded().await;
    let report = filed(&house, 0).await;
    let photo = photo_at(51.3461, -2.9772, "2026:05:22 09:14:00");
    let mut reporter = house.reporter(&report).await;
    reporter.upload(&format!("{}/files", report.track()), &[], &[("new", "pier.jpg", &photo)]).await;
    let file = held(&house, report.id).await.remove(0);
    let at = |size: &str| format!("{}/file/{}/{size}", report.desk(), file.id);
    let mut desk = house.staff("north-somerset-council", "officer").await;
    for size in ["small", "large"] {
        let picture = desk.get(&at(size)).await;
        assert_eq!(picture.header("content-type"), "image/jpeg");
        let holds = |part: &[u8]| picture.bytes.windows(part.len()).any(|found| found == part);
        assert!(!holds(b"Exif") && !holds(b"2026:05:22"), "{size}");
    }
    assert_eq!(desk.get(&at("original")).await.bytes, photo);
    let page = desk.get(&format!("{}/files/{}", report.desk(), file.id)).await;
    assert!(page.says("51.34610, -2.97720 by the file itself"), "{}", page.text);
    assert!(page.says("22 May 2026 at 9:14am by the clock in the camera") && page.says("no search is set up here"));
}
