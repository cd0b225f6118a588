//! What everybody may read of reports, and what nobody else's business is.

mod alike;
mod asked;
mod confirm;
mod data;
mod filters;
mod named;
mod never;
mod object;
mod read;
mod say;
mod seen;
mod statistics;
mod worded;

use testkit::{Client, Filed, House};

const COUNCIL: &str = "north-somerset-council";

/// A fly-tip that a person of the council has read, so that everybody can.
async fn public(house: &House, sample: &str) -> (Filed, Client) {
    let filed = house.file("fly-tipping", sample).await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/acknowledge");
    let page = officer.submit(&form, &[]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    (filed, officer)
}

fn page_of(filed: &Filed) -> String {
    format!("/reports/{}", filed.reference())
}
