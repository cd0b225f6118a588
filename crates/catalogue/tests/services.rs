//! The services of this repository, as data.

mod ours;

#[test]
fn every_definition_loads_without_a_fault() {
    if let Err(faults) = catalogue::load(&ours::sources()) {
        panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }
}
