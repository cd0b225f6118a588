use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    pub path: String,
    pub what: What,
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    GetChanges,
}

#[derive(Deserialize)]
struct File {
    exception: Vec<Exception>,
}

pub fn reviewed() -> Vec<Exception> {
    toml::from_str::<File>(include_str!("exceptions.toml")).unwrap().exception
}

#[test]
fn every_exception_is_of_a_route_and_has_a_reason() {
    for exception in reviewed() {
        assert!(web::router::ROUTES.iter().any(|route| route.path == exception.path), "{}", exception.path);
        assert!(exception.reason.split_whitespace().count() > 10, "{}: {}", exception.path, exception.reason);
    }
}
