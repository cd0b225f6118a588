use serde_json::json;
use testkit::{House, sample};

/// Three nights; in the middle one the clocks went back and half past one came twice.
const NIGHTS: [[&str; 4]; 3] = [
    ["2026-10-23", "10pm", "1:15am", "Drums through the wall."],
    ["2026-10-24", "11pm", "1:30am", "Drums and singing."],
    ["2026-10-25", "1:30am", "1:30am", "Drums again."],
];

fn fields(nights: &[[&'static str; 4]]) -> Vec<(String, String)> {
    let row = |(n, night): (usize, &[&'static str; 4])| {
        let parts = ["date", "start", "end", "description"].into_iter().zip(*night);
        parts.map(move |(part, typed)| (format!("diary.{n}.{part}"), typed.to_owned())).collect::<Vec<_>>()
    };
    nights.iter().enumerate().flat_map(row).collect()
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test]
async fn a_diary_over_three_nights_asks_once_which_hour_was_meant_and_keeps_it() {
    let house = House::embedded().await;
    let mut answers = sample("noise", "shortest")["answers"].clone();
    answers.as_object_mut().unwrap().remove("diary");
    let mut client = house.begun("noise", &answers).await;
    let at = "/report/noise/q/diary?from=check";
    // Row by row, as without script: the button adds one and loses nothing.
    let mut typed = fields(&NIGHTS[..1]);
    typed.push(("diary.add".into(), "yes".into()));
    let page = client.post(at, &borrowed(&typed)).await;
    assert!(
        page.status == 200 && page.says("Time 2") && page.text.contains("Drums through the wall."),
        "{}",
        page.text
    );
    let form = page.form("/q/diary");
    assert!(form.takes("diary.1.start", "11pm") && !form.takes("diary.1.start_fold", "first"));

    let mut typed = fields(&NIGHTS);
    let page = client.post(at, &borrowed(&typed)).await;
    assert_eq!(page.status, 422, "{}", page.text);
    let errors: Vec<String> = page.errors().into_iter().map(|(field, _)| field).collect();
    // The first of the two radios has the id of its name.
    assert_eq!(errors, ["diary.1.end_fold", "diary.2.start_fold", "diary.2.end_fold"], "{}", page.text);
    for field in &errors {
        assert!(page.text.contains(&format!("id=\"{field}\"")), "{field} leads nowhere: {}", page.text);
    }
    assert!(page.text.contains("Drums and singing."), "what was typed is still there");

    for (name, which) in [("1.end_fold", "second"), ("2.start_fold", "first"), ("2.end_fold", "second")] {
        typed.push((format!("diary.{name}"), which.to_owned()));
    }
    let kept = client.post(at, &borrowed(&typed)).await;
    assert_eq!((kept.status, kept.location.as_str()), (303, "/report/noise/check"), "{}", kept.text);
    let (draft, _) = house.draft(&client).await.unwrap();
    let whens: Vec<_> = draft["diary"].as_array().unwrap().iter().map(|entry| entry["when"].clone()).collect();
    assert_eq!(
        json!(whens),
        json!([
            { "from": "2026-10-23T22:00:00+01:00", "to": "2026-10-24T01:15:00+01:00" },
            { "from": "2026-10-24T23:00:00+01:00", "to": "2026-10-25T01:30:00+00:00" },
            { "from": "2026-10-25T01:30:00+01:00", "to": "2026-10-25T01:30:00+00:00" },
        ])
    );

    let check = client.follow(kept).await;
    assert!(check.says("Sunday 25 October 2026 at 1:30am (before the clocks went back)"), "{}", check.text);
    assert!(check.says("Sunday 25 October 2026 at 1:30am (after the clocks went back)"), "{}", check.text);
    // Opened again, the page holds what was meant, and Continue changes nothing.
    let again = client.get(at).await.form("/q/diary");
    let page = client.submit(&again, &[]).await;
    assert_eq!(page.location, "/report/noise/check", "{}", page.text);
    assert_eq!(house.draft(&client).await.unwrap().0["diary"], draft["diary"]);
}

#[tokio::test]
async fn noise_is_never_reported_without_a_name_and_planes_lead_to_others() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    let page = client.post("/report/noise/q/gate", &[("gate", "aircraft")]).await;
    assert!(page.status == 200 && page.says("Airports deal with the noise of planes"), "{}", page.text);
    assert_eq!(client.cookie("attempt"), None);
    let page = client.post("/report/noise/q/gate", &[("gate", "traffic")]).await;
    assert!(page.text.contains("href=\"/report/asb\""), "{}", page.text);
    let mut answers = sample("noise", "shortest")["answers"].clone();
    answers.as_object_mut().unwrap().remove("contact");
    let mut client = house.begun("noise", &answers).await;
    assert_eq!(client.get("/report/noise/check").await.location, "/report/noise/q/contact");
    let page = client.post("/report/noise/q/contact", &[("contact.name", "Robin Example")]).await;
    assert_eq!((page.status, page.errors().len()), (422, 1), "{}", page.text);
}
