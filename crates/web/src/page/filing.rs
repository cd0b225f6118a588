//! Whether a request is of staff who file a report for somebody (C-70). The pages of a report are then asked under an address of
//! the desk, so that no cookie of a resident reaches them, and none of theirs the pages of residents.

/// Where staff begin, and what the addresses of these pages begin with.
pub const AT: &str = "/staff/new";

tokio::task_local! {
    static HERE: bool;
}

/// Whether the request is under that address.
pub fn is_here() -> bool {
    HERE.try_with(|here| *here).unwrap_or_default()
}

pub fn is_under(path: &str) -> bool {
    path.strip_prefix(AT).is_some_and(|rest| rest.starts_with('/'))
}

pub async fn held<F: Future>(here: bool, running: F) -> F::Output {
    HERE.scope(here, running).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_pages_of_a_report_that_is_filed_are_under_it() {
        assert!(is_under("/staff/new/litter/all") && !is_under("/staff/new") && !is_under("/staff/newer/litter"));
        assert!(!is_here());
        assert!(held(true, async { is_here() }).await);
    }
}
