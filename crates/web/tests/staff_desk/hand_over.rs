use crate::kept::{changed, kept};
use rights::Group;
use testkit::{Client, Filed, House, Page};

const POLICE: &str = "avon-and-somerset-police";
const COUNCIL: &str = "north-somerset-council";

/// One thing of each group of answers of the fullest fly-tip, as a page shows it.
const TOLD: &[(Group, &str)] = &[
    (Group::Place, "51.34710"),
    (Group::Account, "a broken boat"),
    (Group::Evidence, "Two people in dark coats"),
    (Group::Contact, "robin@example.org"),
];

struct Two {
    house: House,
    filed: Filed,
    council: Client,
    police: Client,
}

async fn two() -> Two {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let council = house.staff(COUNCIL, "enforcement").await;
    let police = house.staff(POLICE, "inspector").await;
    Two { house, filed, council, police }
}

async fn act(client: &mut Client, filed: &Filed, act: &str, fields: &[(&str, &str)]) -> Page {
    let form = client.get(&filed.desk()).await.form(&format!("/{act}"));
    client.submit(&form, fields).await
}

async fn propose(two: &mut Two, shares: &[&str]) {
    let mut fields = vec![("agency", POLICE), ("words", "A van was seen. Please look.")];
    fields.extend(shares.iter().map(|group| ("share", *group)));
    let page = act(&mut two.council, &two.filed, "transfer", &fields).await;
    assert_eq!(page.status, 303, "{}", page.text);
}

fn sees(page: &Page, groups: &[&str]) {
    for (group, words) in TOLD {
        assert_eq!(page.says(words), groups.contains(&group.name()), "{group:?}: {words}: {}", page.text);
    }
}

#[tokio::test]
async fn an_agency_that_is_asked_sees_a_summary_and_nothing_of_the_report() {
    let mut two = two().await;
    assert_eq!(two.police.get(&two.filed.desk()).await.status, 404);
    propose(&mut two, &["place", "account", "evidence", "contact"]).await;
    assert!(two.police.get("/staff").await.says("Another agency asks you to take"));
    let page = two.police.get(&two.filed.desk()).await;
    assert!(page.says("A van was seen. Please look."), "{}", page.text);
    sees(&page, &[]);
    let own = two.house.reporter(&two.filed).await.get(&two.filed.track()).await;
    assert!(
        own.says("asked Avon and Somerset Police to take the report") && !own.says("A van was seen"),
        "{}",
        own.text
    );
    for act in ["acknowledge", "stage", "ask", "note", "close", "transfer", "take-back"] {
        assert!(!page.text.contains(&format!("/{act}\"")), "{act}");
        let page = two.police.post(&format!("{}/{act}", two.filed.desk()), &[("version", "1"), ("words", "w")]).await;
        assert_eq!(page.status, 404, "{act}");
    }
}

#[tokio::test]
async fn an_agency_that_takes_it_sees_what_was_ticked_and_no_more() {
    for shares in
        [&["account"][..], &["place", "evidence"], &["contact"], &["place", "account", "evidence", "contact"], &[]]
    {
        let mut two = two().await;
        propose(&mut two, shares).await;
        let before = kept(&two.house).await;
        let page = act(&mut two.police, &two.filed, "accept", &[]).await;
        assert_eq!(page.status, 303, "{}", page.text);
        assert!(changed(&before, &kept(&two.house).await).contains(&"journal transfer.accepted +1".to_owned()));
        let page = two.police.get(&two.filed.desk()).await;
        sees(&page, shares);
        // The sender keeps the thread and loses the report.
        let sender = two.council.get(&two.filed.desk()).await;
        sees(&sender, &[]);
        assert!(!sender.text.contains("/close\"") && sender.says("Avon and Somerset Police has the report now"));
        let own = two.house.reporter(&two.filed).await.get(&two.filed.track()).await;
        assert!(own.says("Avon and Somerset Police has the report now. North Somerset Council handed it over."));
    }
}

#[tokio::test]
async fn nobody_passes_on_what_they_were_not_given() {
    let mut two = two().await;
    propose(&mut two, &["account"]).await;
    act(&mut two.police, &two.filed, "accept", &[]).await;
    let page = two.police.get(&two.filed.desk()).await;
    for group in ["place", "evidence", "contact", "restricted"] {
        assert!(!page.text.contains(&format!("value=\"{group}\"")), "{group} is offered");
    }
    let fields = [("agency", COUNCIL), ("words", "Yours after all."), ("share", "contact"), ("share", "account")];
    assert_eq!(act(&mut two.police, &two.filed, "transfer", &fields).await.status, 303);
    let mut council = two.house.staff(COUNCIL, "team_leader").await;
    assert_eq!(act(&mut council, &two.filed, "accept", &[]).await.status, 303);
    // It comes back to those who held it whole; theirs is what it was.
    let page = council.get(&two.filed.desk()).await;
    assert!(page.says("a broken boat") && page.says("robin@example.org"), "{}", page.text);
}

#[tokio::test]
async fn a_report_that_is_handed_back_was_never_lost() {
    let mut two = two().await;
    propose(&mut two, &["account"]).await;
    for (fields, why) in [
        (vec![("reason", ""), ("words", "No time.")], "Choose a reason"),
        (vec![("reason", "nothing"), ("words", "No time.")], "Choose a reason"),
        (vec![("reason", "not_our_power"), ("words", "")], "Write some words"),
    ] {
        let page = act(&mut two.police, &two.filed, "hand-back", &fields).await;
        assert!(page.status == 422 && page.says(why) && page.says(fields[1].1), "{}", page.text);
    }
    let fields = [("reason", "not_our_power"), ("words", "This is waste.")];
    let page = act(&mut two.police, &two.filed, "hand-back", &fields).await;
    assert_eq!(page.location, "/staff");
    assert_eq!(two.police.get(&two.filed.desk()).await.status, 404);
    assert!(!two.police.get("/staff").await.says("Another agency asks"));
    let page = two.council.get(&two.filed.desk()).await;
    assert!(page.says("handed it back: We have no power") && page.says("This is waste."), "{}", page.text);
    sees(&page, &["place", "account", "evidence", "contact"]);
    let own = two.house.reporter(&two.filed).await.get(&two.filed.track()).await;
    assert!(!own.says("This is waste."), "{}", own.text);
    propose(&mut two, &[]).await;
}

#[tokio::test]
async fn a_request_is_made_once_and_taken_back_by_who_made_it() {
    let mut two = two().await;
    let form = two.council.get(&two.filed.desk()).await.form("/transfer");
    propose(&mut two, &[]).await;
    let again = two.council.submit(&form, &[("agency", POLICE), ("words", "Twice.")]).await;
    assert!(again.status == 422 && again.says("Another agency has been asked already"), "{}", again.text);
    assert_eq!(act(&mut two.council, &two.filed, "take-back", &[]).await.status, 303);
    assert_eq!(two.police.get(&two.filed.desk()).await.status, 404);
    assert_eq!(two.police.post(&format!("{}/accept", two.filed.desk()), &[]).await.status, 404);
    let page = two.council.post(&format!("{}/take-back", two.filed.desk()), &[("version", "1")]).await;
    assert!(page.status == 422 && page.says("done already"), "{}", page.text);
}

#[tokio::test]
async fn taking_it_twice_is_taking_it_once() {
    let mut two = two().await;
    propose(&mut two, &["account"]).await;
    let mut other = two.house.staff(POLICE, "sergeant").await;
    let before = kept(&two.house).await;
    let at = format!("{}/accept", two.filed.desk());
    let (one, another) = tokio::join!(two.police.post(&at, &[]), other.post(&at, &[]));
    let mut statuses = [one.status, another.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 404]);
    let changes = changed(&before, &kept(&two.house).await);
    assert!(changes.contains(&"journal transfer.accepted +1".to_owned()), "{changes:?}");
    assert!(changes.contains(&"sub_case +1".to_owned()), "{changes:?}");
}

#[tokio::test]
async fn the_same_acts_on_a_foreign_report_are_not_there() {
    let mut two = two().await;
    let mine = two.house.file("crime.theft", "shortest").await;
    let before = kept(&two.house).await;
    for act in [
        "acknowledge",
        "assign",
        "stage",
        "ask",
        "note",
        "transfer",
        "take-back",
        "accept",
        "hand-back",
        "close",
        "reopen",
    ] {
        let fields = [
            ("version", "1"),
            ("words", "w"),
            ("agency", COUNCIL),
            ("reason", "other"),
            ("outcome", "fixed"),
            ("stage", "planned"),
        ];
        let page = two.council.post(&format!("{}/{act}", mine.desk()), &fields).await;
        assert_eq!(page.status, 404, "{act}");
    }
    assert!(changed(&before, &kept(&two.house).await).is_empty());
}

/// A public fly-tip that a person of the council has read.
async fn read(house: House) -> Two {
    let filed = house.file("fly-tipping", "everything").await;
    let (council, police) = (house.staff(COUNCIL, "team_leader").await, house.staff(POLICE, "inspector").await);
    let mut two = Two { house, filed, council, police };
    act(&mut two.council, &two.filed, "acknowledge", &[]).await;
    assert_eq!(public(&two).await.status, 200);
    two
}

async fn public(two: &Two) -> Page {
    two.house.get(&format!("/reports/{}", two.filed.reference())).await
}

#[tokio::test]
async fn a_public_report_that_is_taken_by_who_shows_nothing_is_kept_private_until_it_comes_back() {
    let mut two = read(House::embedded().await).await;
    propose(&mut two, &["place", "account"]).await;
    assert_eq!(public(&two).await.status, 200, "it was only asked for");
    act(&mut two.police, &two.filed, "accept", &[]).await;
    assert_eq!(public(&two).await.status, 404);
    assert!(!two.house.get("/reports").await.text.contains(two.filed.reference()));
    assert!(two.police.get(&two.filed.desk()).await.says("Private. Only staff and the person who reported it"));
    let fields = [("agency", COUNCIL), ("words", "It is waste."), ("share", "account"), ("share", "place")];
    assert_eq!(act(&mut two.police, &two.filed, "transfer", &fields).await.status, 303);
    assert_eq!(act(&mut two.council, &two.filed, "accept", &[]).await.status, 303);
    assert_eq!(public(&two).await.status, 404, "nobody has said that it is shown again");
    let page = act(&mut two.council, &two.filed, "private", &[("words", "It is ours again.")]).await;
    assert_eq!((page.status, public(&two).await.status), (303, 200), "{}", page.text);
}

#[tokio::test]
async fn a_public_report_belongs_to_who_has_it_now() {
    let says = "\n[publication]\nconfirm_days = 31\nreopen_days = 90\nobjections_an_hour = 10\nsource = \"Test\"\n";
    let mut two = read(House::where_agency_says(POLICE, says).await).await;
    propose(&mut two, &["place", "account"]).await;
    act(&mut two.police, &two.filed, "accept", &[]).await;
    let page = public(&two).await;
    for words in [
        "Avon and Somerset Police deals with it",
        "Avon and Somerset Police has the report now",
        "North Somerset Council has read it",
    ] {
        assert!(page.says(words), "{words}: {}", page.text);
    }
    // Who had it before can hide it no more; who takes it can.
    assert!(!two.council.get(&two.filed.desk()).await.text.contains("/publication\""));
    let fields = [("agency", COUNCIL), ("words", "It is waste."), ("share", "account"), ("share", "place")];
    assert_eq!(act(&mut two.police, &two.filed, "transfer", &fields).await.status, 303);
    assert_eq!(act(&mut two.council, &two.filed, "accept", &[]).await.status, 303);
    assert!(public(&two).await.says("North Somerset Council deals with it"));
    let page = act(&mut two.council, &two.filed, "publication", &[("words", "A face in it.")]).await;
    assert_eq!((page.status, public(&two).await.status), (303, 404), "{}", page.text);
}

#[tokio::test]
async fn a_hand_over_passes_no_flag_of_what_was_not_shared_and_nobody_reads_one_without_the_right_to_its_answer() {
    let mut two = two().await;
    let told = ["Vehicle known", "Will make a statement"];
    let says = |page: &Page| told.map(|flag| page.says(flag));
    assert_eq!(says(&two.council.get("/staff").await), [true; 2]);
    assert_eq!(says(&two.house.staff(COUNCIL, "customer_service").await.get("/staff").await), [false; 2]);
    propose(&mut two, &["place", "account"]).await;
    act(&mut two.police, &two.filed, "accept", &[]).await;
    let list = two.police.get("/staff").await;
    assert!(list.text.contains(&two.filed.desk()) && says(&list) == [false; 2], "{}", list.text);
    assert_eq!(says(&two.police.get(&two.filed.desk()).await), [false; 2]);
}
