//! Limits in working days, days and months, with the list of bank holidays that is shipped.

use jiff::civil::{Date, Weekday, date};
use places::Holidays;
use places::working_days::{
    add_days, add_months, add_working_days, end_of, london_day, start_of, working_days_between,
};
use proptest::prelude::*;

fn holidays() -> Holidays {
    toml::from_str(include_str!("../../../agencies/holidays/england-and-wales.toml")).unwrap()
}

/// PT-3.
#[test]
fn told_on_2_april_2026_ends_on_13_april_and_enhanced_on_7_april() {
    let told = date(2026, 4, 2);
    assert_eq!(add_working_days(told, 5, &holidays()), date(2026, 4, 13));
    assert_eq!(add_working_days(told, 1, &holidays()), date(2026, 4, 7));
}

#[test]
fn the_start_day_is_day_nought_even_on_a_sunday() {
    let sunday = date(2026, 11, 22);
    assert_eq!(add_working_days(sunday, 0, &holidays()), sunday);
    assert_eq!(add_working_days(sunday, 1, &holidays()), date(2026, 11, 23));
}

#[test]
fn christmas_and_its_substitute_days_are_left_out() {
    assert_eq!(add_working_days(date(2026, 12, 24), 1, &holidays()), date(2026, 12, 29));
    assert_eq!(add_working_days(date(2027, 12, 24), 1, &holidays()), date(2027, 12, 29));
}

#[test]
fn a_limit_ends_at_the_midnight_that_closes_its_last_day() {
    assert_eq!(end_of(date(2026, 4, 13)).to_string(), "2026-04-14T00:00:00+01:00[Europe/London]");
    assert_eq!(end_of(date(2026, 11, 24)).to_string(), "2026-11-25T00:00:00+00:00[Europe/London]");
    // The clocks go back at 2 in the morning: the day is 25 hours long.
    let day = date(2026, 10, 25);
    assert_eq!(start_of(day).timestamp().duration_until(end_of(day).timestamp()).as_hours(), 25);
    assert!(end_of(Date::MAX).timestamp() <= jiff::Timestamp::MAX);
}

#[test]
fn an_instant_belongs_to_the_day_of_london() {
    assert_eq!(london_day("2026-06-30T23:30:00Z".parse().unwrap()), date(2026, 7, 1));
    assert_eq!(london_day("2026-12-31T23:30:00Z".parse().unwrap()), date(2026, 12, 31));
}

#[test]
fn a_month_ends_on_the_last_day_where_the_date_does_not_exist() {
    assert_eq!(add_months(date(2026, 1, 31), 1), date(2026, 2, 28));
    assert_eq!(add_months(date(2028, 1, 31), 1), date(2028, 2, 29));
    assert_eq!(add_months(date(2026, 8, 31), 3), date(2026, 11, 30));
    assert_eq!(add_months(date(2026, 4, 15), 12), date(2027, 4, 15));
    assert_eq!(add_days(date(2026, 4, 2), 7), date(2026, 4, 9));
    assert_eq!(add_months(date(2026, 1, 1), u32::MAX), Date::MAX);
    assert_eq!(add_days(date(2026, 1, 1), u32::MAX), Date::MAX);
}

#[test]
fn a_year_outside_the_list_is_known_to_be_outside() {
    assert!(holidays().covers(date(2028, 12, 31)) && !holidays().covers(date(2029, 1, 1)));
}

#[test]
fn a_list_out_of_order_is_refused() {
    let head = "name = \"x\"\nsource = \"x\"\nchecked = \"2026-11-24\"\nfirst_year = 2026\nlast_year = 2026\n";
    let day = |text: &str| format!("[[holiday]]\ndate = \"{text}\"\nname = \"x\"\n");
    let told = toml::from_str::<Holidays>(&format!("{head}{}{}", day("2026-04-06"), day("2026-04-03"))).unwrap_err();
    assert!(told.to_string().contains("2026-04-03 must come after 2026-04-06"), "{told}");
}

/// The Act's own rules, worked out a second way.
#[test]
fn the_shipped_list_is_what_the_act_gives() {
    let mut expected = Vec::new();
    for year in 2024..=2028 {
        let easter = easter(year);
        let first = |month: i8, weekday| date(year, month, 1).nth_weekday_of_month(1, weekday).unwrap();
        let last = |month: i8, weekday| date(year, month, 1).nth_weekday_of_month(-1, weekday).unwrap();
        expected.extend([moved(date(year, 1, 1), &[]), add_back(easter, -2), add_back(easter, 1)]);
        expected.extend([first(5, Weekday::Monday), last(5, Weekday::Monday), last(8, Weekday::Monday)]);
        let boxing = moved(date(year, 12, 26), &[]);
        let christmas = moved(date(year, 12, 25), &[boxing]);
        expected.extend([christmas, moved(date(year, 12, 26), &[christmas])]);
    }
    expected.sort();
    let listed: Vec<_> = holidays().days.iter().map(|holiday| holiday.date).collect();
    assert_eq!(listed, expected);
}

fn add_back(day: Date, days: i32) -> Date {
    day.checked_add(jiff::Span::new().days(days)).unwrap()
}

/// The next weekday that is not taken, where a holiday falls on a weekend.
fn moved(day: Date, taken: &[Date]) -> Date {
    let mut day = day;
    while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) || taken.contains(&day) {
        day = day.tomorrow().unwrap();
    }
    day
}

/// Easter Sunday by the Gregorian rule (Meeus, Jones and Butcher).
fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    date(year, (n / 31) as i8, (n % 31 + 1) as i8)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn counting_gives_back_what_was_added(start in 0i32..1_400, n in 0u32..200) {
        let (holidays, start) = (holidays(), add_back(date(2024, 1, 1), start));
        let end = add_working_days(start, n, &holidays);
        prop_assert_eq!(working_days_between(start, end, &holidays), i64::from(n));
        prop_assert_eq!(working_days_between(end, start, &holidays), -i64::from(n));
        prop_assert!(n == 0 || holidays.is_working_day(end));
    }
}
