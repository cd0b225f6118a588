use crate::sound::refused;
use testkit::{House, sample};

const ITEM: &str = "/report/crime.theft/q/prop.item";
const CONTACT: &str = "/report/crime.theft/q/contact";
const VEHICLE: &str = "/report/fly-tipping/q/vehicle";

#[tokio::test]
async fn a_value_that_is_no_money_is_named() {
    let house = House::embedded().await;
    let mut client = house.begun("crime.theft", &sample("crime.theft", "everything")["answers"]).await;
    let long = "9".repeat(400);
    for value in [
        "NaN",
        "inf",
        "-inf",
        "Infinity",
        "-1",
        "1e9",
        "1e400",
        "0x10",
        "1.234",
        "ten",
        "5 or 6",
        "1_000",
        "٥",
        "½",
        "99999999999999999999",
        "170141183460469231731687303715884105728",
        &long,
        "<b>",
        "=1+1",
        "5\u{202e}6",
    ] {
        let fields = [("prop.item.0.kind", "phone"), ("prop.item.0.value", value)];
        refused(&house, &mut client, ITEM, &fields, "").await;
    }
}

#[tokio::test]
async fn contact_details_that_reach_nobody_are_named() {
    let house = House::embedded().await;
    let mut client = house.begun("crime.theft", &sample("crime.theft", "everything")["answers"]).await;
    let long = format!("{}@example.org", "a".repeat(300));
    for (field, value) in [
        ("contact.email", "robin"),
        ("contact.email", "robin@"),
        ("contact.email", "@example.org"),
        ("contact.email", "robin@example"),
        ("contact.email", "robin example@example.org"),
        ("contact.email", "a@example.org,b@example.org"),
        ("contact.email", "a@example.org\r\nBcc: b@example.org"),
        ("contact.email", "a@example.org\nBcc: b@example.org"),
        ("contact.email", "\"<script>\"@example.org\u{7}"),
        ("contact.email", &long),
        ("contact.phone", "call me"),
        ("contact.phone", "12"),
        ("contact.phone", "07700 900123 900123 900123"),
        ("contact.phone", "07700900123\r\nX: y"),
        ("contact.name", "Robin\r\nBcc: b@example.org"),
        ("contact.name", "Robin\u{0}Example\u{1}"),
    ] {
        if value.contains('\0') {
            let page = client.post(CONTACT, &[(field, value)]).await;
            assert_eq!((page.status, page.heading().as_str()), (400, "We could not read that"));
            continue;
        }
        refused(&house, &mut client, CONTACT, &[(field, value)], "").await;
    }
}

#[tokio::test]
async fn a_safe_way_that_is_none_is_named_so_that_nobody_is_called_by_mistake() {
    let house = House::embedded().await;
    let mut client = house.begun("crime.theft", &sample("crime.theft", "everything")["answers"]).await;
    let only = ("contact.safe_mode", "only");
    for fields in [
        vec![("contact.safe_mode", "perhaps")],
        vec![only],
        vec![only, ("contact.safe", "carrier pigeon")],
        vec![only, ("contact.safe", "email"), ("contact.never_via", "email")],
        vec![only, ("contact.safe", "email"), ("contact.windows.0.from", "15:00"), ("contact.windows.0.to", "09:00")],
        vec![only, ("contact.safe", "email"), ("contact.windows.0.from", "late"), ("contact.windows.0.to", "later")],
        vec![only, ("contact.safe", "email"), ("contact.windows.0.from", "24:01"), ("contact.windows.0.to", "25:00")],
        vec![only, ("contact.safe", "email"), ("contact.windows.0.days", "someday")],
        vec![only, ("contact.safe", "email"), ("contact.codeword", "a\u{202e}b")],
    ] {
        let mut all = vec![("contact.email", "robin@example.org")];
        all.extend(fields);
        refused(&house, &mut client, CONTACT, &all, "").await;
    }
}

#[tokio::test]
async fn options_nobody_offered_are_refused() {
    let house = House::embedded().await;
    let mut client = house.begun("fly-tipping", &sample("fly-tipping", "everything")["answers"]).await;
    for (question, value) in [
        ("size", "enormous"),
        ("size", "Single_Item"),
        ("size", "single_item "),
        ("land", "<script>"),
        ("waste", "gold"),
        ("waste", ""),
        ("seen", "saw_it,no"),
        ("papers", "true"),
        ("papers", "perhaps"),
        ("now", "1"),
        ("main_waste", "tyres"),
    ] {
        let at = format!("/report/fly-tipping/q/{question}");
        let before = crate::sound::before(&house, &client).await;
        let page = client.post(&at, &[(question, value)]).await;
        if value.ends_with(' ') && page.status == 303 {
            continue;
        }
        crate::sound::is_named(&page, "", &format!("{question} {value}"));
        crate::sound::nothing_happened(&house, &client, &before, &page, question).await;
    }
    let long = "A".repeat(60);
    for registration in ["<b>", "AB12\u{7}CDE", "AB12\u{202e}CDE", long.as_str()] {
        refused(&house, &mut client, VEHICLE, &[("vehicle.registration", registration)], "").await;
    }
}
