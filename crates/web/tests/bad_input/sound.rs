//! What every answer to bad input has in common.

use crate::kept::{Kept, changed, kept};
use testkit::{Client, House, Page};

/// Everything kept, before something bad is sent.
pub struct Before {
    rows: Kept,
    draft: Option<(serde_json::Value, i64)>,
}

pub async fn before(house: &House, client: &Client) -> Before {
    Before { rows: kept(house).await, draft: house.draft(client).await }
}

/// A page in words, no fault of ours, and nothing kept.
pub async fn nothing_happened(house: &House, client: &Client, before: &Before, page: &Page, case: &str) {
    assert!(page.status < 500, "{case}: {}", page.status);
    let in_words = page.status == 303 || !page.heading().is_empty();
    assert!(in_words || page.header("content-type").starts_with("text/plain"), "{case}: {}", page.text);
    assert_eq!(changed(&before.rows, &kept(house).await), Vec::<String>::new(), "{case}");
    assert_eq!(house.draft(client).await, before.draft, "{case}");
}

/// An error named in the summary that leads to a field, and the title says so.
pub fn is_named(page: &Page, words: &str, case: &str) {
    assert_eq!(page.status, 422, "{case}: {} {}", page.heading(), page.location);
    let errors = page.errors();
    assert!(errors.iter().any(|(_, said)| said.contains(words)), "{case}: {errors:?}");
    assert!(page.title().starts_with("Error: "), "{case}: {}", page.title());
    for (id, _) in errors {
        assert!(page.text.contains(&format!("id=\"{id}\"")), "{case}: {id} leads nowhere");
    }
}

/// Sends one answer and expects it to be refused with these words, with everything typed still there.
pub async fn refused(house: &House, client: &mut Client, at: &str, fields: &[(&str, &str)], words: &str) {
    let case = format!(
        "{at} {:?}",
        fields.iter().map(|(n, v)| (*n, v.chars().take(40).collect())).collect::<Vec<(&str, String)>>()
    );
    let before = before(house, client).await;
    let page = client.post(at, fields).await;
    is_named(&page, words, &case);
    let form = page.form(at.split('?').next().unwrap());
    for (name, value) in fields {
        let there = form.fields.iter().any(|(n, v, sent)| n == name && v == value && *sent);
        // What is no option of ours cannot be ticked again.
        let offered = form.fields.iter().any(|(n, _, sent)| n == name && !*sent);
        assert!(there || offered, "{case}: {name} is gone: {:?}", form.fields);
    }
    nothing_happened(house, client, &before, &page, &case).await;
}
