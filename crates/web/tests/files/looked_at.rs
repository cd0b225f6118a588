use crate::{filed, held};
use store::answer::Part;
use testkit::{
    House,
    files::{GIF, WAV, photo_at},
};

#[tokio::test]
async fn the_reporter_sees_their_photos_adds_more_and_reads_of_it() {
    let house = House::embedded().await;
    let report = filed(&house, 2).await;
    let mut reporter = house.reporter(&report).await;
    let own = reporter.get(&report.track()).await;
    assert!(own.says("See your 2 photos or files, or add more"), "{}", own.text);
    let page =
        reporter.upload(&format!("{}/files?for=photos", report.track()), &[], &[("new", "later.gif", GIF)]).await;
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
    let at = format!("{}/files?for=other", report.track());
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
    reporter.upload(&format!("{}/files?for=photos", report.track()), &[], &[("new", "pier.jpg", &photo)]).await;
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

#[tokio::test]
async fn who_adds_a_file_later_says_what_it_is_and_evidence_is_kept_as_that() {
    let house = House::embedded().await;
    let report = house.file("noise", "shortest").await;
    let mut reporter = house.reporter(&report).await;
    let at = format!("{}/files", report.track());
    let page = reporter.get(&at).await;
    assert!(page.says("What do you want to add?") && page.says("Recording") && !page.text.contains("type=\"file\""));
    for unsaid in [at.clone(), format!("{at}?for=truth"), format!("{at}?for=nothing")] {
        let page = reporter.upload(&unsaid, &[], &[("new", "night.wav", WAV)]).await;
        assert!(page.status == 422 && page.says("Choose what you want to add first"), "{unsaid}: {}", page.text);
    }
    assert_eq!(held(&house, report.id).await.len(), 0);
    let of = format!("{at}?for=recording");
    let page = reporter.get(&of).await;
    assert!(page.says("Sound or video, up to") && page.says("Add: Recording"), "{}", page.text);
    assert!(reporter.upload(&of, &[], &[("new", "a.gif", GIF)]).await.says("is not a file we can take"));
    let page = reporter.upload(&of, &[], &[("new", "night.wav", WAV)]).await;
    assert_eq!(page.location, format!("{at}?done=added"));
    reporter.upload(&format!("{at}?for=other"), &[], &[("new", "letter.gif", GIF)]).await;
    let kept = held(&house, report.id).await;
    assert_eq!(kept.iter().map(|held| held.part).collect::<Vec<_>>(), [Part::Evidence, Part::Personal]);
    let mut officer = house.staff("north-somerset-council", "officer").await;
    let page = officer.get(&report.desk()).await;
    assert!(page.says("letter.gif") && !page.says("night.wav"), "{}", page.text);
    assert!(house.staff("north-somerset-council", "enforcement").await.get(&report.desk()).await.says("night.wav"));
}

#[tokio::test]
async fn a_case_takes_as_many_files_as_its_agency_allows() {
    let house = House::embedded().await;
    let report = house.file("noise", "shortest").await;
    let mut reporter = house.reporter(&report).await;
    let allowed = house.setting.cases("north-somerset-council").unwrap().files as usize;
    let files = vec![("new", "night.wav", WAV); allowed + 1];
    let page = reporter.upload(&format!("{}/files?for=recording", report.track()), &[], &files).await;
    assert!(page.status == 422 && page.says("as many files as it can have"), "{}", page.text);
    assert_eq!(held(&house, report.id).await.len(), allowed);
}

#[tokio::test]
async fn a_file_opens_no_report_whose_days_are_over() {
    let house = House::where_agency_says_instead("north-somerset-council", "reopen_days = 90", "reopen_days = 2").await;
    let report = house.file("fly-tipping", "shortest").await;
    let mut officer = house.staff("north-somerset-council", "officer").await;
    let form = officer.get(&report.desk()).await.form("/close");
    let closed = officer.submit(&form, &[("outcome", "fixed"), ("words", "It is gone.")]).await;
    assert_eq!(closed.status, 303, "{}", closed.text);
    let at = format!("{}/files?for=other", report.track());
    house.clock.forward_seconds(3 * 24 * 60 * 60);
    let mut reporter = house.reporter(&report).await;
    let page = reporter.upload(&at, &[], &[("new", "late.gif", GIF)]).await;
    assert!(page.status == 422 && page.says("This report is over"), "{}", page.text);
    assert_eq!(held(&house, report.id).await.len(), 0);
    let mut leader = house.staff("north-somerset-council", "team_leader").await;
    assert!(leader.get(&report.desk()).await.says("Closed"), "it is not opened again");
}
