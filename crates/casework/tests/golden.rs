//! Each clock rule of the agencies, with dates worked out by hand: bank holidays, both clock changes, a leap day, ends of
//! months. A rule without a row here fails.

use catalogue::ENHANCED;
use jiff::Timestamp;
use std::collections::BTreeSet;
use store::Time;
use testkit::House;

const POLICE: &str = "avon-and-somerset-police";
const COUNCIL: &str = "north-somerset-council";

/// Which limit of the rule.
#[derive(Clone, Copy)]
enum Of {
    Anybody,
    Enhanced,
    AtRisk,
    /// Agreed with the resident, by the flag that says so.
    Agreed(&'static str),
}

use Of::{Agreed, Anybody, AtRisk, Enhanced};

/// Agency, rule, which limit, when it began, the instant after which it is broken.
const GOLDEN: &[(&str, &str, Of, &str, &str)] = &[
    // 25 October 2026: the hour from one to two comes twice; hours are elapsed ones.
    (POLICE, "first_look", Anybody, "2026-10-24T22:50Z", "2026-10-25T22:50Z"),
    (POLICE, "first_look", AtRisk, "2026-10-25T00:30Z", "2026-10-25T02:30Z"),
    // PT-2: a Friday at 23:50; and the night of 28 March 2027, which has no hour from one to two.
    (POLICE, "crime_recorded", Anybody, "2026-11-27T23:50Z", "2026-11-28T23:50Z"),
    (POLICE, "crime_recorded", Anybody, "2027-03-27T23:50Z", "2027-03-28T23:50Z"),
    // Over 29 February 2028.
    (POLICE, "first_answer", Anybody, "2028-02-28T10:00Z", "2028-03-01T10:00Z"),
    // Christmas Eve 2026; Boxing Day is a Saturday, so Monday 28 stands for it.
    (POLICE, "support_referral", Anybody, "2026-12-24T10:00Z", "2026-12-31T00:00Z"),
    // PT-3: Thursday 2 April 2026, before Good Friday and Easter Monday.
    (POLICE, "told_no_investigation", Anybody, "2026-04-02T09:00Z", "2026-04-13T23:00Z"),
    (POLICE, "told_no_investigation", Enhanced, "2026-04-02T09:00Z", "2026-04-07T23:00Z"),
    // Friday 30 April 2027, before the early May bank holiday.
    (POLICE, "told_suspect_event", Anybody, "2027-04-30T15:00Z", "2027-05-10T23:00Z"),
    (POLICE, "told_suspect_event", Enhanced, "2027-04-30T15:00Z", "2027-05-04T23:00Z"),
    (POLICE, "told_court", Anybody, "2026-12-18T12:00Z", "2026-12-30T00:00Z"),
    (POLICE, "told_court", Enhanced, "2026-12-18T12:00Z", "2026-12-22T00:00Z"),
    // 31 January and a month: the last day of February, in a leap year and in another.
    (POLICE, "update_due", Anybody, "2027-01-31T12:00Z", "2027-03-01T00:00Z"),
    (POLICE, "update_due", Anybody, "2028-01-31T12:00Z", "2028-03-01T00:00Z"),
    (POLICE, "update_due", Agreed("news_weekly"), "2027-03-22T12:00Z", "2027-03-29T23:00Z"),
    (POLICE, "update_due", Agreed("news_fortnightly"), "2026-10-18T12:00Z", "2026-11-02T00:00Z"),
    // 30 November and three months, over 28 February.
    (POLICE, "agreement_review", Anybody, "2026-11-30T09:00Z", "2027-03-01T00:00Z"),
    // Thursday before Easter 2027.
    (POLICE, "message_answer", Anybody, "2027-03-25T17:00Z", "2027-03-31T23:00Z"),
    // PT-10: a Monday at nine, and Thursday at nine.
    (POLICE, "team_answer", Anybody, "2026-11-23T09:00Z", "2026-11-26T09:00Z"),
    (POLICE, "complaint_ack", Anybody, "2026-12-14T09:00Z", "2026-12-31T00:00Z"),
    // 30 November and three months.
    (POLICE, "vrr_window", Anybody, "2026-11-30T09:00Z", "2027-03-01T00:00Z"),
    (POLICE, "vrr_ack", Anybody, "2026-12-14T09:00Z", "2026-12-31T00:00Z"),
    (POLICE, "vrr_result", Anybody, "2027-03-01T09:00Z", "2027-04-14T23:00Z"),
    // 1 October in summer time; the day ends in winter time.
    (POLICE, "footage_loss", Anybody, "2026-10-01T20:00Z", "2026-10-30T00:00Z"),
    (POLICE, "rtc_24h", Anybody, "2027-03-27T12:00Z", "2027-03-28T12:00Z"),
    (POLICE, "footage_7d", Anybody, "2027-03-22T23:30Z", "2027-03-29T23:00Z"),
    (POLICE, "nip_14d", Anybody, "2028-02-16T08:00Z", "2028-03-02T00:00Z"),
    (POLICE, "transfer_answer", Anybody, "2027-02-26T16:00Z", "2027-03-02T00:00Z"),
    (POLICE, "transfer_answer", AtRisk, "2026-10-24T23:00Z", "2026-10-25T03:00Z"),
    (COUNCIL, "first_look", Anybody, "2026-12-24T10:00Z", "2026-12-31T00:00Z"),
    (COUNCIL, "first_look", AtRisk, "2027-03-27T20:00Z", "2027-03-28T20:00Z"),
    (COUNCIL, "first_answer", Anybody, "2026-04-02T09:00Z", "2026-04-08T23:00Z"),
    (COUNCIL, "transfer_answer", Anybody, "2027-04-30T15:00Z", "2027-05-04T23:00Z"),
    (COUNCIL, "transfer_answer", AtRisk, "2027-03-28T00:30Z", "2027-03-28T04:30Z"),
];

fn at(text: &str) -> Time {
    Time(text.parse::<Timestamp>().unwrap().as_microsecond())
}

#[tokio::test]
async fn each_rule_ends_where_it_was_worked_out_by_hand() {
    let house = House::embedded().await;
    for (agency, id, of, from, due) in GOLDEN {
        let rule = house.setting.catalogue.agency(agency).unwrap().clock(id).unwrap();
        let flags = match of {
            Enhanced => vec![ENHANCED.to_owned()],
            Agreed(flag) => vec![(*flag).to_owned()],
            Anybody | AtRisk => Vec::new(),
        };
        let limit = rule.limit(&flags, matches!(of, AtRisk));
        assert_eq!(house.setting.ends(agency, &limit, at(from)), at(due), "{agency} {id} from {from}: {limit:?}");
    }
}

#[tokio::test]
async fn every_rule_and_each_of_its_limits_has_a_date() {
    let worked: BTreeSet<String> = GOLDEN
        .iter()
        .map(|(agency, id, of, ..)| match of {
            Anybody => format!("{agency} {id}"),
            Enhanced => format!("{agency} {id} enhanced"),
            AtRisk => format!("{agency} {id} at risk"),
            Agreed(flag) => format!("{agency} {id} {flag}"),
        })
        .collect();
    let mut there = BTreeSet::new();
    for agency in House::embedded().await.setting.catalogue.agencies() {
        for rule in &agency.clocks {
            let name = format!("{} {}", agency.id, rule.id);
            there.extend(rule.enhanced.map(|_| format!("{name} enhanced")));
            there.extend(rule.at_risk.map(|_| format!("{name} at risk")));
            there.extend(rule.agreed.iter().map(|(flag, _)| format!("{name} {flag}")));
            there.insert(name);
        }
    }
    assert_eq!(worked, there);
}
