//! C-73: what staff take away is what they may see, safe to open, and written down.

use testkit::{Client, House, Page};

const COUNCIL: &str = "north-somerset-council";

const REPORTS: &str = "/staff/export/reports.csv";
const UPDATES: &str = "/staff/export/updates.csv";

/// Lines of quoted and bare cells: enough of RFC 4180 for what is written here.
fn table(page: &Page) -> Vec<Vec<String>> {
    assert_eq!(page.header("content-type"), "text/csv; charset=utf-8", "{}", page.text);
    assert_eq!(page.header("cache-control"), "no-store");
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = page.text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    assert!(rows.iter().all(|one: &Vec<String>| one.len() == rows[0].len()), "{}", page.text);
    rows
}

/// The cells of a column.
fn column(rows: &[Vec<String>], name: &str) -> Vec<String> {
    let at = rows[0].iter().position(|head| head == name).unwrap_or_else(|| panic!("{name}: {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

async fn entries(house: &House, kind: &'static str) -> Vec<serde_json::Value> {
    let read = move |tx: &mut store::Tx| -> store::Result<Vec<(serde_json::Value,)>> {
        tx.all("SELECT facts FROM journal WHERE kind = $1 ORDER BY id", &[&kind])
    };
    house.db.read(read).await.unwrap().into_iter().map(|(facts,)| facts).collect()
}

async fn said(house: &House, officer: &mut Client) -> String {
    let mut answers = testkit::sample("fly-tipping", "everything")["answers"].clone();
    answers["details"] = "=HYPERLINK(\"http://example.org\")".into();
    let filed = house.file_answers("fly-tipping", &answers).await;
    let form = officer.get(&filed.desk()).await.form("/acknowledge");
    officer.submit(&form, &[]).await;
    filed.reference().to_owned()
}

#[tokio::test]
async fn a_table_has_the_columns_asked_for_one_for_each_answer_and_no_cell_that_runs() {
    let house = House::embedded().await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let reference = said(&house, &mut officer).await;
    let rows = table(&officer.get(&format!("{REPORTS}?service=fly-tipping")).await);
    assert_eq!(column(&rows, "id"), [reference.as_str()]);
    assert_eq!(column(&rows, "details"), ["'=HYPERLINK(\"http://example.org\")"]);
    assert!(!column(&rows, "size")[0].is_empty() && !column(&rows, "acknowledged")[0].is_empty());
    let east: f64 = column(&rows, "easting")[0].parse().unwrap();
    assert!((300_000.0..400_000.0).contains(&east), "{east}");
    assert!(column(&rows, "latitude")[0].parse::<f64>().is_ok() && column(&rows, "longitude")[0].starts_with('-'));
    assert!(column(&rows, "url")[0].ends_with(&format!("/staff/reports/{reference}")));
    assert_eq!(column(&rows, "device"), [""]);
    assert_eq!(column(&rows, "site"), ["web"]);
    assert_eq!(column(&rows, "filed_as"), ["resident"]);
    let told = table(&officer.get(UPDATES).await);
    assert!(column(&told, "report_id").iter().all(|id| *id == reference) && told.len() > 2, "{told:?}");
}

#[tokio::test]
async fn evidence_and_who_reported_are_in_no_table_of_those_without_the_right() {
    let house = House::embedded().await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    said(&house, &mut officer).await;
    let answers = testkit::sample("fly-tipping", "everything")["answers"].clone();
    let who = answers["who"].as_str().unwrap().to_owned();
    let email = answers["contact"]["email"].as_str().unwrap().to_owned();
    let plain = officer.get(REPORTS).await;
    assert!(!plain.text.contains(&who) && !table(&plain)[0].contains(&"who".to_owned()), "{}", plain.text);
    let mut enforcement = house.staff(COUNCIL, "enforcement").await;
    let all = enforcement.get(REPORTS).await;
    assert_eq!(column(&table(&all), "who"), [who]);
    for page in [&plain, &all, &officer.get(UPDATES).await] {
        assert!(!page.text.contains(&email), "{}", page.text);
    }
    // Another agency takes nothing of it away.
    let mut police = house.staff("avon-and-somerset-police", "inspector").await;
    assert_eq!(table(&police.get(REPORTS).await).len(), 1);
    for role in ["administrator", "nobody", "councillor"] {
        let mut other = house.staff(COUNCIL, role).await;
        assert_eq!(other.get(REPORTS).await.status, 404, "{role}");
    }
}

#[tokio::test]
async fn a_long_table_comes_in_pieces_each_written_down_with_all_its_reports() {
    let house = House::embedded().await;
    let mut all = Vec::new();
    for _ in 0..105 {
        all.push(house.file("fly-tipping", "shortest").await.reference().to_owned());
    }
    let mut officer = house.staff(COUNCIL, "officer").await;
    let rows = table(&officer.get(REPORTS).await);
    let mut found = column(&rows, "id");
    found.sort();
    all.sort();
    assert_eq!(found, all);
    let seen = entries(&house, "list.seen").await;
    let mut named: Vec<String> = Vec::new();
    for facts in seen.iter().filter(|facts| facts["reason"] == "export") {
        assert!(facts["groups"].as_array().unwrap().iter().any(|group| group == "plain"), "{facts}");
        named.extend(facts["references"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()));
    }
    named.sort();
    assert_eq!(named, all, "two pieces, and each report in one of them");
    // The filters of the list are those of the table.
    assert_eq!(table(&officer.get(&format!("{REPORTS}?view=closed")).await).len(), 1);
    assert_eq!(table(&officer.get(&format!("{REPORTS}?stage=nothing")).await).len(), 1);
    let page = officer.get("/staff?service=fly-tipping").await;
    assert!(page.text.contains(&format!("{REPORTS}?service=fly-tipping")), "{}", page.text);
}
