use crate::{COUNCIL, page_of, public};
use testkit::{
    Client, Filed, House, Page,
    files::{GIF, photo_at},
};

const STILL: (&str, &str) = ("says", "still");
const FIXED: (&str, &str) = ("says", "fixed");

#[tokio::test]
async fn whoever_is_not_signed_in_is_shown_the_door_and_a_report_that_is_not_public_is_not_there() {
    let house = House::embedded().await;
    let (filed, _) = public(&house, "shortest").await;
    let say = format!("{}/say", page_of(&filed));
    assert_eq!(house.visitor().get(&say).await.location, "/account/sign-in");
    assert_eq!(house.visitor().post(&say, &[STILL, ("words", "")]).await.location, "/account/sign-in");
    let waits = house.file("fly-tipping", "shortest").await;
    let mut robin = house.owner("robin@example.org").await;
    let say = format!("{}/say", page_of(&waits));
    assert_eq!(robin.get(&say).await.status, 404);
    assert_eq!(robin.post(&say, &[STILL, ("words", "")]).await.status, 404);
}

#[tokio::test]
async fn whoever_signs_in_to_say_something_comes_back_to_say_it() {
    let house = House::embedded().await;
    let (filed, _) = public(&house, "shortest").await;
    let say = format!("{}/say", page_of(&filed));
    let mut robin = house.visitor();
    robin.get(&say).await;
    robin.post("/account/sign-in", &[("email", "robin@example.org")]).await;
    let token = house.sign_in_token("robin@example.org").await.unwrap();
    let page = robin.post(&format!("/account/link/{token}"), &[]).await;
    assert_eq!(page.location, say);
    assert_eq!(robin.get(&say).await.status, 200);
}

#[tokio::test]
async fn a_claim_counts_each_person_once_and_names_nobody() {
    let house = House::embedded().await;
    let (filed, _) = public(&house, "shortest").await;
    let say = format!("{}/say", page_of(&filed));
    for name in ["robin", "robin", "alex"] {
        let mut client = house.owner(&format!("{name}@example.org")).await;
        let page = client.post(&say, &[STILL, ("words", "")]).await;
        assert_eq!(page.location, format!("{}?done=said", page_of(&filed)), "{}", page.text);
    }
    let page = house.get(&page_of(&filed)).await;
    assert!(page.says("2 people say that it is still there."), "{}", page.text);
    assert!(!page.text.contains("robin") && !page.text.contains("alex"));
}

#[tokio::test]
async fn two_who_say_that_it_is_fixed_put_it_before_staff() {
    let house = House::embedded().await;
    let (filed, mut officer) = public(&house, "shortest").await;
    let say = format!("{}/say", page_of(&filed));
    house.owner("robin@example.org").await.post(&say, &[FIXED, ("words", "")]).await;
    assert!(!officer.get("/staff").await.says("People say it is fixed"));
    house.owner("alex@example.org").await.post(&say, &[FIXED, ("words", "")]).await;
    let list = officer.get("/staff").await;
    assert!(list.says("People say it is fixed"), "{}", list.text);
    assert!(house.get(&page_of(&filed)).await.says("2 people say that it is fixed."));
}

#[tokio::test]
async fn words_wait_until_staff_show_them_and_go_when_they_hide_them() {
    let house = House::embedded().await;
    let (filed, mut officer) = public(&house, "shortest").await;
    let say = format!("{}/say", page_of(&filed));
    let mut robin = house.owner("robin@example.org").await;
    let words = "It has <b>grown</b> by the hedge.";
    let page = robin.post(&say, &[("says", "more"), ("words", words)]).await;
    assert_eq!(page.location, format!("{}?done=waits", page_of(&filed)), "{}", page.text);
    assert!(!house.get(&page_of(&filed)).await.says("by the hedge"));
    assert!(officer.get("/staff").await.says("People said something: read it"));
    let desk = officer.get(&filed.desk()).await;
    assert!(desk.says("by the hedge"), "{}", desk.text);
    officer.submit(&desk.form("/remarks/"), &[]).await;
    let page = house.get(&page_of(&filed)).await;
    assert!(page.text.contains("grown") && !page.text.contains("<b>grown"), "{}", page.text);
    let desk = officer.get(&filed.desk()).await;
    officer.submit(&desk.form("/remarks/"), &[]).await;
    assert!(!house.get(&page_of(&filed)).await.says("by the hedge"));
    // The reporter's own thread does not hold what strangers wrote.
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(!own.says("by the hedge"), "{}", own.text);
}

#[tokio::test]
async fn what_cannot_be_kept_is_told_and_nothing_is_lost() {
    let house = House::embedded().await;
    let (filed, _) = public(&house, "shortest").await;
    let say = format!("{}/say", page_of(&filed));
    let mut robin = house.owner("robin@example.org").await;
    let page = robin.post(&say, &[("words", "By the hedge.")]).await;
    assert!(page.status == 422 && page.says("Choose how it is now") && page.says("By the hedge."), "{}", page.text);
    let page = robin.post(&say, &[("says", "more"), ("words", " ")]).await;
    assert!(page.status == 422 && page.says("Say what it is"), "{}", page.text);
    let long = "x".repeat(1001);
    let page = robin.post(&say, &[STILL, ("words", &long)]).await;
    assert!(page.status == 422 && page.text.contains(&long), "too long");
}

const RULES: &str = "[remarks]\n";

#[tokio::test]
async fn where_updates_are_closed_to_all_nobody_adds_one_and_the_page_says_so() {
    let house = House::where_agency_says_instead(COUNCIL, RULES, "[remarks]\nremarks_closed = \"all\"\n").await;
    let (filed, _) = public(&house, "everything").await;
    let page = house.get(&page_of(&filed)).await;
    assert!(page.says("We take no updates about this kind of report here."), "{}", page.text);
    assert!(!page.text.contains("/say\""), "{}", page.text);
    let say = format!("{}/say", page_of(&filed));
    let closed = format!("{}?done=closed", page_of(&filed));
    let mut own = house.owner("robin@example.org").await;
    assert_eq!(own.get(&say).await.location, closed);
    assert_eq!(own.post(&say, &[STILL, ("words", "")]).await.location, closed);
    assert!(house.get(&closed).await.says("You cannot add an update to this report."));
    assert!(!house.get(&page_of(&filed)).await.says("One person says"));
}

#[tokio::test]
async fn where_updates_are_closed_to_others_the_reporter_adds_one() {
    let kind = "id = \"fly-tipping\"\n";
    let house = House::where_agency_says_instead(COUNCIL, kind, &format!("{kind}remarks_closed = \"others\"\n")).await;
    let (filed, _) = public(&house, "everything").await;
    let page = house.get(&page_of(&filed)).await;
    assert!(page.says("Only the person who reported it can add an update."), "{}", page.text);
    let say = format!("{}/say", page_of(&filed));
    let mut other = house.owner("alex@example.org").await;
    assert_eq!(other.post(&say, &[STILL, ("words", "")]).await.location, format!("{}?done=closed", page_of(&filed)));
    let mut own = house.owner("robin@example.org").await;
    let form = own.get(&say).await.form("/say");
    assert_eq!(own.submit(&form, &[STILL]).await.location, format!("{}?done=said", page_of(&filed)));
    assert!(house.get(&page_of(&filed)).await.says("One person says that it is still there."));
}

#[tokio::test]
async fn updates_close_so_many_days_after_the_report_and_open_again_with_it() {
    let house = House::where_agency_says_instead(COUNCIL, RULES, "[remarks]\nremarks_days = 30\n").await;
    let (filed, mut officer) = public(&house, "everything").await;
    let form = officer.get(&filed.desk()).await.form("/close");
    officer.submit(&form, &[("outcome", "fixed"), ("words", "It is gone.")]).await;
    let say = format!("{}/say", page_of(&filed));
    let still = [STILL, ("words", "")];
    let mut alex = house.owner("alex@example.org").await;
    assert_eq!(alex.post(&say, &still).await.location, format!("{}?done=said", page_of(&filed)));
    house.clock.forward_seconds(30 * 24 * 60 * 60);
    let page = house.get(&page_of(&filed)).await;
    assert!(page.says("updates are closed too") && !page.text.contains("/say\""), "{}", page.text);
    let mut alex = house.owner("alex@example.org").await;
    assert_eq!(alex.post(&say, &still).await.location, format!("{}?done=closed", page_of(&filed)));
    let mut reporter = house.visitor();
    reporter.post("/track", &[("reference", filed.reference()), ("code", &filed.receipt.code)]).await;
    let form = reporter.get(&format!("{}/reopen", filed.track())).await.form("/reopen");
    reporter.submit(&form, &[("words", "It is back.")]).await;
    assert!(house.get(&page_of(&filed)).await.text.contains("/say\""));
}

async fn said(client: &mut Client, filed: &Filed, words: &str, photos: &[(&str, &[u8])]) -> Page {
    let say = format!("{}/say", page_of(filed));
    let files: Vec<(&str, &str, &[u8])> = photos.iter().map(|(name, bytes)| ("new", *name, *bytes)).collect();
    client.upload(&say, &[("says", "still"), ("words", words)], &files).await
}

/// Addresses of the photos that the public page shows of what people said.
async fn photos(house: &House, filed: &Filed) -> Vec<String> {
    let text = house.get(&page_of(filed)).await.text;
    let begin = format!("src=\"{}/photo/", page_of(filed));
    text.split(&begin)
        .skip(1)
        .filter_map(|rest| Some(format!("{}/photo/{}", page_of(filed), rest.split('"').next()?)))
        .collect()
}

#[tokio::test]
async fn photos_of_an_update_wait_for_staff_and_are_hidden_and_shown_with_it() {
    let house = House::embedded().await;
    let (filed, mut officer) = public(&house, "shortest").await;
    let mut robin = house.owner("robin@example.org").await;
    let form = robin.get(&format!("{}/say", page_of(&filed))).await;
    assert!(form.says("3 photos at most") && form.text.contains("multipart/form-data"), "{}", form.text);
    let photo = photo_at(51.3461, -2.9772, "2026:05:22 09:14:00");
    let page = said(&mut robin, &filed, "", &[("one.jpg", &photo), ("two.gif", GIF)]).await;
    assert_eq!(page.location, format!("{}?done=photos", page_of(&filed)), "{}", page.text);
    assert!(house.get(&page.location).await.says("A person looks at what you sent"));
    assert!(photos(&house, &filed).await.is_empty());
    assert!(officer.get("/staff").await.says("People said something: read it"));
    let desk = officer.get(&filed.desk()).await;
    assert!(desk.says("one.jpg") && desk.says("two.gif") && desk.says("It is still there"), "{}", desk.text);
    officer.submit(&desk.form("/remarks/"), &[]).await;
    let shown = photos(&house, &filed).await;
    assert_eq!(shown.len(), 2);
    let small = house.get(&shown[0]).await;
    assert_eq!((small.status, small.header("content-type")), (200, "image/jpeg"));
    assert!(!small.bytes.windows(4).any(|four| four == b"Exif"), "where it was taken is in no picture that is shown");
    assert_eq!(house.get(&shown[0].replace("/small", "/original")).await.status, 404);
    // The reporter's own photos are another thing.
    let own = house.reporter(&filed).await.get(&format!("{}/files", filed.track())).await;
    assert!(!own.says("one.jpg"), "{}", own.text);
    // One is hidden, then all that was said.
    let desk = officer.get(&filed.desk()).await;
    let file = desk.between("/files/", "\"").unwrap().to_owned();
    let one = officer.get(&format!("{}/files/{file}", filed.desk())).await;
    let hidden = officer.submit(&one.form("/hide"), &[("words", "A face.")]).await;
    assert_eq!(hidden.status, 303, "{}", hidden.text);
    assert_eq!(photos(&house, &filed).await.len(), 1);
    let desk = officer.get(&filed.desk()).await;
    officer.submit(&desk.form("/remarks/"), &[]).await;
    assert!(photos(&house, &filed).await.is_empty());
    for path in &shown {
        assert_eq!(house.get(path).await.status, 404, "what was hidden cannot be reached by its address");
    }
}

#[tokio::test]
async fn a_photo_that_is_none_is_told_and_the_good_one_is_kept_for_the_next_try() {
    let house = House::embedded().await;
    let (filed, mut officer) = public(&house, "shortest").await;
    let mut robin = house.owner("robin@example.org").await;
    let page = said(&mut robin, &filed, "By the gate.", &[("good.gif", GIF), ("bad.jpg", b"MZ not a photo")]).await;
    assert_eq!(page.status, 422, "{}", page.text);
    assert!(page.says("is not a photo we can use") && page.says("We have kept: good.gif."), "{}", page.text);
    assert!(page.says("By the gate.") && page.says("2 photos at most"), "{}", page.text);
    let token = page.between("name=\"photos\" value=\"", "\"").unwrap().to_owned();
    let say = format!("{}/say", page_of(&filed));
    let fields = [("photos", token.as_str()), ("says", "still"), ("words", "By the gate.")];
    let page = robin.upload(&say, &fields, &[]).await;
    assert_eq!(page.location, format!("{}?done=photos", page_of(&filed)), "{}", page.text);
    let desk = officer.get(&filed.desk()).await;
    assert!(desk.says("good.gif") && !desk.says("bad.jpg"), "{}", desk.text);
    // The token holds nothing any more.
    let page = robin.upload(&say, &[("photos", &token), ("says", "more"), ("words", "")], &[]).await;
    assert_eq!(page.status, 422, "{}", page.text);
}

#[tokio::test]
async fn more_photos_than_the_agency_takes_are_left_out_and_none_where_it_takes_none() {
    let house = House::embedded().await;
    let (filed, _) = public(&house, "shortest").await;
    let mut robin = house.owner("robin@example.org").await;
    let four = [("1.gif", GIF), ("2.gif", GIF), ("3.gif", GIF), ("4.gif", GIF)];
    let page = said(&mut robin, &filed, "", &four).await;
    assert!(page.status == 422 && page.says("“4.gif” was left out"), "{}", page.text);
    assert!(["1.gif", "2.gif", "3.gif"].iter().all(|name| page.says(name)), "{}", page.text);
    assert!(!page.text.contains("type=\"file\""), "{}", page.text);
    let house = House::where_agency_says_instead(COUNCIL, "photos = 3\n", "").await;
    let (filed, _) = public(&house, "shortest").await;
    let mut robin = house.owner("robin@example.org").await;
    let form = robin.get(&format!("{}/say", page_of(&filed))).await;
    assert!(!form.text.contains("type=\"file\""), "{}", form.text);
    assert_eq!(said(&mut robin, &filed, "", &four[..1]).await.status, 422);
}

#[tokio::test]
async fn who_says_that_it_is_this_one_is_offered_to_add_a_photo() {
    let house = House::embedded().await;
    let (filed, _) = public(&house, "shortest").await;
    let mut visitor = house.visitor();
    let done = visitor.post(&format!("{}/me-too", page_of(&filed)), &[]).await.location;
    let page = visitor.get(&done).await;
    assert!(page.says("Add a note or a photo"), "{}", page.text);
    assert!(!house.get(&page_of(&filed)).await.says("Add a note or a photo"));
}
