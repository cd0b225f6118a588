//! Every tidy rule over the repository as it stands.

use xtask::{repository::Repository, rules};

fn holds(name: &str) {
    let repository = Repository::read(Repository::root()).unwrap();
    let found = rules::run(rules::named(name).unwrap(), &repository).unwrap();
    print!("{}", found.page(name));
    assert!(found.faults.is_empty(), "{}", found.page(name));
}

#[test]
fn every_rule_is_run_here() {
    let here = include_str!("tidy.rs");
    for rule in rules::ALL {
        assert!(here.contains(&format!("holds(\"{}\")", rule.name)), "{} is not run", rule.name);
    }
}

#[test]
fn no_arrow_points_up() {
    holds("arrows");
}

#[test]
fn pure_crates_do_no_io_and_know_no_clock() {
    holds("pure");
}

#[test]
fn sql_stands_in_store_alone() {
    holds("sql");
}

#[test]
fn html_is_made_in_web_and_courier_alone() {
    holds("html");
}

#[test]
fn journeys_do_not_know_each_other() {
    holds("journeys");
}

#[test]
fn no_code_names_a_service_or_an_agency() {
    holds("ids");
}

#[test]
fn files_stay_short() {
    holds("size");
}

#[test]
fn no_name_says_nothing() {
    holds("names");
}

#[test]
fn nothing_is_put_off_switched_off_or_bound_to_one_machine() {
    holds("leftovers");
}

#[test]
fn links_in_pages_lead_somewhere() {
    holds("links");
}

#[test]
fn pages_of_report_types_are_those_of_the_definitions() {
    holds("report-types");
}

#[test]
fn standing_words_are_easy_to_read() {
    holds("reading");
}

#[test]
fn standing_words_are_spelt_right() {
    holds("spelling");
}

#[test]
fn built_files_hold_nothing_foreign() {
    holds("built");
}

#[test]
fn every_package_has_an_allowed_licence_and_source() {
    holds("licences");
}

#[test]
fn only_the_binary_reads_the_environment() {
    holds("ambient");
}
