use crate::{add, at_photos, blobs, photos};
use testkit::{
    House,
    files::{GIF, WAV},
};

#[tokio::test]
async fn what_is_no_photo_is_refused_in_words_and_the_others_stay() {
    let house = House::embedded().await;
    let mut client = at_photos(&house).await;
    let large = vec![b'x'; 20 * 1024 * 1024 + 1];
    for (name, bytes, words) in [
        ("empty.jpg", &b""[..], "“empty.jpg” is empty"),
        ("large.jpg", &large, "“large.jpg” is larger than 20 MB"),
        ("page.jpg", b"<html><script>alert(1)</script>", "“page.jpg” is not a photo we can use"),
        ("drawing.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "“drawing.svg” is not a photo we can use"),
        ("sound.png", WAV, "“sound.png” is not a photo we can use"),
        ("cut.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "We could not open “cut.jpg”"),
    ] {
        let page = add(&mut client, &[("good.gif", GIF), (name, bytes)]).await;
        assert_eq!(page.status, 422, "{name}");
        assert!(page.says(words), "{name}: {}", page.text);
        assert!(page.text.contains("href=\"#photos.new\""), "the summary leads to the input");
        assert!(page.says("good.gif"), "what went well is there: {}", page.text);
    }
    let kept = photos(&mut client).await.len();
    assert_eq!(kept, 6, "one good photo of each try");
    assert_eq!(blobs(&house), kept * 3, "nothing of what was refused lies anywhere");
}

#[tokio::test]
async fn more_than_the_service_takes_are_left_out_and_named() {
    let house = House::embedded().await;
    let mut client = at_photos(&house).await;
    let names: Vec<String> = (1..=12).map(|n| format!("photo-{n}.gif")).collect();
    let all: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), GIF)).collect();
    let page = add(&mut client, &all).await;
    assert_eq!(page.status, 422);
    assert!(page.says("You can add 10 at most. “photo-11.gif” was left out"), "{}", page.text);
    assert!(page.says("“photo-12.gif” was left out"));
    assert_eq!(photos(&mut client).await.len(), 10);
    let full = client.get("/report/fly-tipping/q/photos").await;
    assert!(full.says("That is the most we can take") && !full.text.contains("type=\"file\""), "{}", full.text);
}

#[tokio::test]
async fn a_name_is_shown_as_text_whatever_it_is() {
    let house = House::embedded().await;
    let mut client = at_photos(&house).await;
    add(&mut client, &[("<img src=x onerror=alert(1)>.gif", GIF), ("../../etc/passwd", GIF)]).await;
    let page = client.get("/report/fly-tipping/q/photos").await;
    assert!(!page.text.contains("<img src=x"), "{}", page.text);
    assert!(page.says("passwd") && !page.says("../"));
    for entry in std::fs::read_dir(house.files()).unwrap() {
        assert_eq!(entry.unwrap().file_name().len(), 2, "folders are named by us");
    }
}

#[tokio::test]
async fn a_form_that_was_cut_off_is_refused_and_what_came_before_is_kept() {
    let house = House::embedded().await;
    let mut client = at_photos(&house).await;
    let head = "--b\r\nContent-Disposition: form-data; name=\"photos.new\"; filename=\"a.gif\"\r\n\r\n";
    let cut = [head.as_bytes(), &GIF[..20]].concat();
    let page = client.post_raw("/report/fly-tipping/files/photos", "multipart/form-data; boundary=b", cut).await;
    assert_eq!(page.status, 400, "{}", page.text);
    assert_eq!(blobs(&house), 0);
    add(&mut client, &[("a.gif", GIF)]).await;
    assert_eq!(photos(&mut client).await.len(), 1);
}

#[tokio::test]
async fn files_are_asked_for_only_where_the_service_does() {
    let house = House::embedded().await;
    let mut client = at_photos(&house).await;
    for question in ["now", "nothing", "where"] {
        let page =
            client.upload(&format!("/report/fly-tipping/files/{question}"), &[], &[("x.new", "a.gif", GIF)]).await;
        assert_eq!(page.status, 404, "{question}");
    }
    assert_eq!(blobs(&house), 0);
}

#[tokio::test]
async fn where_bytes_cannot_be_kept_the_visitor_is_told_and_loses_nothing() {
    let house = House::embedded().await;
    let mut client = at_photos(&house).await;
    add(&mut client, &[("a.gif", GIF)]).await;
    // The place is gone: a file stands where the folder was.
    let away = house.files().with_extension("away");
    std::fs::rename(house.files(), &away).unwrap();
    std::fs::write(house.files(), "no folder").unwrap();
    let page = add(&mut client, &[("b.gif", GIF)]).await;
    assert_eq!(page.status, 503, "{}", page.text);
    assert!(page.says("We cannot save anything just now"), "{}", page.text);
    std::fs::remove_file(house.files()).unwrap();
    std::fs::rename(&away, house.files()).unwrap();
    add(&mut client, &[("b.gif", GIF)]).await;
    assert_eq!(photos(&mut client).await.len(), 2);
}

#[tokio::test]
async fn who_has_sent_too_much_today_is_told_what_to_do_and_goes_on() {
    let limits =
        casework::report::room::Limits { of_an_origin_a_day: casework::report::room::LEAST, unclaimed: i64::MAX };
    let house = House::tuned(|options| options.room = limits).await;
    let mut client = at_photos(&house).await;
    let page = add(&mut client, &[("one.gif", GIF), ("two.gif", GIF)]).await;
    assert_eq!(page.status, 422, "{}", page.text);
    assert!(page.says("Leave “two.gif” out for now, and add it to your report tomorrow"), "{}", page.text);
    assert!(page.says("one.gif"), "what went well is there");
    assert_eq!(photos(&mut client).await.len(), 1);
}
