use crate::{
    clients::{Walkers, Who},
    exceptions::{What, reviewed},
    expected::{Expected, table},
    kept::{changed, kept},
};
use store::sub_case::SubCase;
use testkit::{Client, Filed, Page};
use web::router::ROUTES;

/// The same of a program about a report and a service that never were: the errors of Open311 say what is not there.
async fn of_nothing(client: &mut Client, row: &Expected, key: &str) -> Page {
    let put = |text: &str| text.replace("{ref}", "123456782").replace("fly-tipping", "nothing").replace("{key}", key);
    if row.method == "GET" {
        return client.get(&put(row.at)).await;
    }
    let fields: Vec<(&str, String)> = row.fields.iter().map(|(name, value)| (*name, put(value))).collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client.post(&put(row.at), &fields).await
}

#[test]
fn every_method_of_every_route_is_expected_and_nothing_else() {
    let drawn: Vec<(&str, &str)> =
        ROUTES.iter().flat_map(|route| route.methods.iter().map(|method| (*method, route.path))).collect();
    let mut expected: Vec<(&str, &str)> = table().map(|row| (row.method, row.path)).collect();
    for pair in &drawn {
        assert!(expected.contains(pair), "{pair:?} is a route nobody expects");
    }
    for pair in &expected {
        assert!(drawn.contains(pair), "{pair:?} is expected and is no route");
    }
    let all = expected.len();
    expected.sort_unstable();
    expected.dedup();
    assert_eq!(expected.len(), all, "a route is expected twice");
}

/// The part of the agency that answers for the report.
async fn part(walkers: &Walkers, report: &Filed) -> SubCase {
    let id = report.id;
    let cases = walkers.house.db.read(move |tx| store::sub_case::of_report(tx, id)).await.unwrap();
    cases[0].clone()
}

async fn send(
    client: &mut Client,
    row: &Expected,
    report: &Filed,
    (photo, crime): (&str, &str),
    (part, key): (&SubCase, &str),
) -> Page {
    let put = |text: &str| {
        let text = text.replace("{ref}", report.reference()).replace("{file}", photo).replace("{crime}", crime);
        let text = text.replace("{key}", key);
        text.replace("{version}", &part.version.to_string()).replace("{number}", &part.number.to_string())
    };
    let at = put(row.at);
    if row.method == "GET" {
        return client.get(&at).await;
    }
    if let Some(json) = row.json {
        // A report of this walk is sent once.
        let key = format!("route-walk-{}", report.reference());
        return client.post_json(&at, &json.parse().unwrap(), &[("idempotency-key", &key)]).await;
    }
    let fields: Vec<(&str, String)> = row.fields.iter().map(|(name, value)| (*name, put(value))).collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client.post(&at, &fields).await
}

/// Status, headers and text, but for the id of the request.
pub fn bytes(page: &Page) -> (u16, Vec<String>, String) {
    let mut headers: Vec<String> = page
        .headers
        .iter()
        .filter(|(name, _)| *name != "x-request-id")
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    headers.sort();
    (page.status, headers, page.text.clone())
}

/// What is wrong with an answer, if anything is.
fn fault(outcome: &str, page: &Page, absent: &Page) -> Option<String> {
    let (status, words) = outcome.split_once(' ').unwrap_or((outcome, ""));
    if page.status.to_string() != status {
        return Some(format!("{} to {} with {}", page.status, page.location, page.heading()));
    }
    let shown = if page.status == 303 { page.location.clone() } else { page.heading() };
    if !shown.starts_with(words) {
        return Some(format!("{status} with {shown}"));
    }
    (status == "404" && bytes(page) != bytes(absent)).then(|| "its not-found is another one".to_owned())
}

/// What the journal must gain; anything else may only come beside an entry, or in the client's own attempt, visit or session
/// (of staff or of a resident).
fn wrong_change(row: &Expected, entries: &str, status: u16, changes: &[String]) -> Option<String> {
    let is_entry = |change: &&String| change.starts_with("journal ");
    let found: Vec<&str> = changes.iter().filter(is_entry).map(|change| &change["journal ".len()..]).collect();
    let expected: Vec<String> = entries.split(", ").filter(|e| !e.is_empty()).map(|e| format!("{e} +1")).collect();
    if found != expected {
        return Some(format!("entries {found:?}"));
    }
    // A refused sign-in or code is remembered by its origin alone, which is not counted.
    let own = |change: &&String| {
        ["attempt ", "visit ", "session ", "signed_in "].iter().any(|table| change.starts_with(table))
    };
    let quiet = row.method == "GET" || status >= 400;
    let excused = row.method == "GET" && reviewed().iter().any(|e| e.what == What::GetChanges && e.path == row.path);
    let beside = |change: &&String| !is_entry(change) && !change.starts_with("unsealed ");
    let silent = changes.iter().filter(beside).filter(|change| !own(change) || (quiet && !excused));
    let left: Vec<&String> = silent.collect();
    (expected.is_empty() || quiet).then_some(left).filter(|left| !left.is_empty()).map(|left| format!("{left:?}"))
}

#[tokio::test]
async fn each_client_gets_what_is_expected_at_each_route() {
    let walkers = Walkers::new().await;
    let crime = walkers.crime.to_string();
    let mut faults = Vec::new();
    for row in table() {
        for who in Who::ALL {
            let report = walkers.report().await;
            let photo = walkers.photo(&report).await;
            let mut client = match who.desk() {
                // A session that ends here must be of no use to the rows after.
                Some((agency, role)) if row.path == "/staff/sign-out" => walkers.house.staff(agency, role).await,
                _ => walkers.client(who, &report).await,
            };
            let part = part(&walkers, &report).await;
            let nothing = if row.path.starts_with("/api/") { "/api/nothing-here" } else { "/nothing-here" };
            let absent = match row.method {
                _ if row.path.starts_with("/open311/") => {
                    of_nothing(&mut client.clone(), row, &who.partner_key()).await
                }
                "GET" => client.clone().get(nothing).await,
                _ => client.clone().post(nothing, &[]).await,
            };
            let before = kept(&walkers.house).await;
            let page = send(&mut client, row, &report, (&photo, &crime), (&part, &who.partner_key())).await;
            let changes = changed(&before, &kept(&walkers.house).await);
            let (outcome, entries) = row.of(who).split_once(" | ").unwrap_or((row.of(who), ""));
            let wrong = fault(outcome, &page, &absent).or_else(|| wrong_change(row, entries, page.status, &changes));
            faults.extend(wrong.map(|wrong| format!("{} {} by {who:?}: {wrong}", row.method, row.at)));
            if row.path == "/staff/sign-out" && who.desk().is_some() {
                assert_eq!(client.cookie("staff"), None);
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[tokio::test]
async fn a_method_a_route_does_not_take_is_refused_and_keeps_nothing() {
    let walkers = Walkers::new().await;
    let report = walkers.house.file("fly-tipping", "shortest").await;
    let mut leader = walkers.client(Who::Leader, &report).await;
    let before = kept(&walkers.house).await;
    for row in table() {
        let at = row.at.replace("{ref}", report.reference());
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
            let route = ROUTES.iter().find(|route| route.path == row.path).unwrap();
            if route.methods.contains(&method) {
                continue;
            }
            let request = axum::http::Request::builder().method(method).uri(&at);
            let page = leader.send(request.body(axum::body::Body::empty()).unwrap()).await;
            let heading = if row.path.starts_with("/open311/") { "" } else { "That does not work here" };
            assert_eq!((page.status, page.heading().as_str()), (405, heading), "{method} {at}");
        }
    }
    assert_eq!(changed(&before, &kept(&walkers.house).await), Vec::<String>::new());
}
