//! No input gives 500, and none an answer that is no XML or JSON (C-84).

use crate::*;

/// A small generator of its own (xorshift): the same inputs each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const PATHS: [&str; 12] = [
    "requests.json",
    "requests.xml",
    "requests/123456782.json",
    "requests/%F0%9F%92%A9.json",
    "services.json",
    "services/fly-tipping.json",
    "services/..%2f..%2fetc.xml",
    "tokens/x.json",
    "servicerequestupdates.json",
    "servicerequestupdates.xml",
    "for/a%20b/requests.json",
    "discovery.json",
];
const NAMES: [&str; 34] = [
    "jurisdiction_id",
    "api_key",
    "service_request_id",
    "service_code",
    "status",
    "start_date",
    "end_date",
    "updated_after",
    "updated_before",
    "lat",
    "long",
    "radius",
    "agency_responsible",
    "has_photo",
    "page",
    "page_size",
    "after",
    "description",
    "attribute[now]",
    "attribute[land]",
    "attribute[waste]",
    "attribute[waste][]",
    "attribute[size]",
    "attribute[seen]",
    "attribute[seen_when]",
    "attribute[]",
    "attribute[",
    "address_string",
    "address_id",
    "update_id",
    "updated_datetime",
    "email",
    "phone",
    "media_url",
];
const VALUES: [&str; 38] = [
    "",
    " ",
    "north-somerset-council",
    "avon-and-somerset-police",
    "an-open311-key-of-north-somerset-council",
    "fly-tipping",
    "open",
    "closed",
    "open,closed",
    "FIXED",
    "BANANA",
    "2026-05-22T10:05:00Z",
    "2026-05-22T10:05:00+01:00",
    "2026-05-22",
    "-009999-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "0000-00-00",
    "51.3461",
    "-2.9772",
    "NaN",
    "inf",
    "1e308",
    "-1e308",
    "0",
    "-1",
    "1",
    "18446744073709551615",
    "99999999999999999999999",
    "true",
    "no",
    "mattress",
    "road_verge",
    "single_item",
    "123456782,123456790",
    "9223372036854775807.x",
    "-9223372036854775808.00000000-0000-0000-0000-000000000000",
    "\u{202e}hidden\u{7}",
    "💩<&>\"'é\u{feff}",
];

#[tokio::test]
async fn no_input_gives_500_and_each_answer_has_the_format_of_its_address() {
    let house = house().await;
    let reference = sent(&house).await;
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    for round in 0..1_500 {
        let path = dice.pick(&PATHS);
        let mut fields: Vec<(&str, &str)> = Vec::new();
        if dice.below(2) == 0 {
            fields.push(("api_key", "an-open311-key-of-north-somerset-council"));
        }
        if dice.below(3) == 0 {
            fields.extend(TIPPING);
        }
        if dice.below(4) == 0 {
            fields.push(("service_request_id", &reference));
        }
        for _ in 0..dice.below(8) {
            fields.push((dice.pick(&NAMES), dice.pick(&VALUES)));
        }
        // The first of several values counts: what was thrown goes before what is right.
        fields.reverse();
        let at = format!("{AT}/{path}");
        let page = if dice.below(2) == 0 {
            house.visitor().post(&at, &fields).await
        } else {
            let pairs: Vec<String> =
                fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
            house.get(&format!("{at}?{}", pairs.join("&"))).await
        };
        assert!(page.status < 500, "{round} {at} {fields:?}: {} {}", page.status, page.text);
        let json = path.ends_with(".json");
        let fits = if json { serde_json::from_str::<Json>(&page.text).is_ok() } else { page.text.starts_with("<?xml") };
        assert!(fits, "{round} {at} {fields:?}: {}", page.text);
        let kind = if json { "application/json; charset=utf-8" } else { "text/xml; charset=utf-8" };
        assert_eq!(page.header("content-type"), kind, "{round} {at} {fields:?}");
    }
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
