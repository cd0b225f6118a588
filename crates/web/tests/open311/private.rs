//! Services without public pages: for the agency's own key, and for nobody else (C-77, C-86, C-17).

use crate::*;
use catalogue::Kind;
use testkit::{sample, samples};

/// Codes and keywords.
fn services(page: &Page) -> Vec<(String, String)> {
    assert_eq!(page.status, 200, "{}", page.text);
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    page.json().as_array().unwrap().iter().map(|one| (text(&one["service_code"]), text(&one["keywords"]))).collect()
}

/// What a question to the council needs beside its attributes.
const ENQUIRY: [(&str, &str); 4] =
    [("service_code", "enquiry"), ("lat", "51.3461"), ("long", "-2.9772"), ("description", "When is the fair?")];

#[tokio::test]
async fn with_the_agencys_key_its_private_services_are_there_and_without_it_nothing_of_them_is() {
    let house = house().await;
    let (open, keyed) = (get(&house, "services.json").await, get_keyed(&house, "services.json").await);
    let (all, own) = (services(&open), services(&keyed));
    let private: Vec<&String> = own.iter().filter(|(_, words)| words == "private").map(|(code, _)| code).collect();
    assert!(private.len() >= 3, "{private:?}");
    assert_eq!(own.len(), all.len() + private.len());
    for code in private {
        assert!(!all.iter().any(|(known, _)| known == code), "{code}");
        let definition = get_keyed(&house, &format!("services/{code}.json")).await;
        assert_eq!(definition.json()["service_code"], code.as_str());
        let (without, absent) =
            (get(&house, &format!("services/{code}.json")).await, get(&house, "services/banana.json").await);
        assert_eq!((without.status, &without.text), (404, &absent.text), "{code}");
        let listed = get(&house, &format!("requests.json?service_code={code}")).await;
        let absent = get(&house, "requests.json?service_code=banana").await;
        assert_eq!((listed.status, &listed.text), (404, &absent.text), "{code}");
        assert_eq!(get_keyed(&house, &format!("requests.json?service_code={code}")).await.status, 200);
    }
    assert_eq!(keyed.header("cache-control"), "no-store");
    // What is sensitive, needs more than its link or is held for law enforcement is for no program.
    for agency in [COUNCIL, POLICE] {
        let page = house.get(&format!("{AT}/services.json?api_key={}", partner_key(agency))).await;
        for (code, _) in services(&page) {
            let service = house.setting.catalogue.service(&code).unwrap();
            let fits = !service.sensitive
                && service.tracking != catalogue::Tracking::LinkAndPin
                && (service.public || service.regime == catalogue::Regime::P2);
            assert!(fits, "{agency} {code}");
        }
    }
}

#[tokio::test]
async fn a_private_report_is_created_with_the_key_and_read_with_it_alone() {
    let house = house().await;
    let code = ENQUIRY[0].1;
    let fields = filled(&house, code).await;
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let made = post(&house, "requests.json", &fields).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let reference = ids(&made)[0].clone();
    let row = first(&get_keyed(&house, "requests.json").await);
    assert_eq!(
        (row["service_request_id"].as_str(), row["non_public"].as_i64(), row["status"].as_str()),
        (Some(reference.as_str()), Some(1), Some("open"))
    );
    assert_eq!(row["service_code"], code);
    assert!(row["lat"].is_f64() && !row["description"].as_str().unwrap().is_empty(), "{row}");
    assert_eq!(
        first(&get_keyed(&house, &format!("requests/{reference}.json")).await)["service_request_id"],
        *reference
    );
    for at in ["requests", "tokens"] {
        let page = get(&house, &format!("{at}/{reference}.json")).await;
        let absent = get(&house, &format!("{at}/123456782.json")).await;
        assert_eq!((page.status, &page.text), (404, &absent.text), "{at}");
    }
    // What is said of it is taken in and read, and the filters hold.
    let now = "2026-01-01T00:00:00Z";
    let told = post(&house, "servicerequestupdates.json", &update(&reference, "p1", "IN_PROGRESS", now)).await;
    assert_eq!(told.status, 201, "{}", told.text);
    let read = get_keyed(&house, "servicerequestupdates.json").await;
    assert_eq!(first(&read)["service_request_id"], reference.as_str());
    for (filter, found) in [
        ("status=open", 1),
        ("status=closed", 0),
        ("has_photo=true", 0),
        ("has_photo=false", 1),
        ("lat=51.3461&long=-2.9772&radius=50", 1),
        ("lat=51.40&long=-2.9772&radius=50", 0),
        ("updated_before=2000-01-01", 0),
    ] {
        assert_eq!(ids(&get_keyed(&house, &format!("requests.json?{filter}")).await).len(), found, "{filter}");
    }
    // Nothing of it is on a page for everybody, whatever staff do.
    let mut officer = house.staff(COUNCIL, "officer").await;
    let form = officer.get(&format!("/staff/reports/{reference}")).await.form("/close");
    let closed = officer.submit(&form, &[("outcome", "answered"), ("words", "Done.")]).await;
    assert_eq!(closed.status, 303, "{}", closed.text);
    assert_eq!(ids(&get(&house, "requests.json").await), [""; 0]);
    assert_eq!(house.get(&format!("/reports/{reference}")).await.status, 404);
}

/// Fields that a service needs: its place, words and the first option of each list that must be answered.
async fn filled(house: &House, code: &str) -> Vec<(String, String)> {
    let definition = get_keyed(house, &format!("services/{code}.json")).await.json();
    let mut fields: Vec<(String, String)> =
        ENQUIRY.iter().skip(1).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    fields.push(("service_code".to_owned(), code.to_owned()));
    fields.push(("email".to_owned(), "robin@example.org".to_owned()));
    fields.push(("first_name".to_owned(), "Robin".to_owned()));
    for one in definition["attributes"].as_array().unwrap() {
        if one["required"] != true {
            continue;
        }
        let (code, values) = (one["code"].as_str().unwrap(), one["values"].as_array());
        // The last option of a gate is the harmless one more often than not: "no".
        let no = values.and_then(|all| all.iter().find(|value| value["key"] == "no").or_else(|| all.first()));
        let value = no.map_or("One of them", |value| value["key"].as_str().unwrap());
        fields.push((format!("attribute[{code}]"), value.to_owned()));
    }
    fields
}

#[tokio::test]
async fn evidence_and_restricted_answers_are_in_no_list_with_the_key_or_without() {
    const STAYS: &str = "STAYS-HERE";
    let house = house().await;
    let catalogue = testkit::definitions();
    let (mut marked, mut filed) = (0, 0);
    for offer in &catalogue.agency(COUNCIL).unwrap().services {
        let id = offer.service.as_str();
        let service = house.setting.catalogue.service(id).unwrap().clone();
        for name in samples(id).into_iter().take(2) {
            let mut sample = sample(id, &name);
            if sample["expect"]["end"] != "check" || !sample["expect"]["agencies"].to_string().contains(COUNCIL) {
                continue;
            }
            for question in service.questions.iter().filter(|question| !question.may_leave()) {
                match (&question.kind, sample["answers"].get_mut(&question.id)) {
                    (Kind::LongText { .. }, Some(answer)) if answer.is_string() => {
                        *answer = json!(format!("{STAYS} {}", answer.as_str().unwrap_or_default()));
                        marked += 1;
                    }
                    (Kind::Person { .. }, Some(answer)) => {
                        answer["name"] = json!(STAYS);
                        marked += 1;
                    }
                    _ => {}
                }
            }
            house.file_answers(id, &sample["answers"]).await;
            filed += 1;
        }
    }
    assert!(marked >= 5 && filed >= 20, "{marked} {filed}");
    for format in ["json", "xml"] {
        for rest in ["requests", "servicerequestupdates"] {
            let keyed = get_keyed(&house, &format!("{rest}.{format}")).await;
            assert_eq!(keyed.status, 200);
            assert!(!keyed.text.contains(STAYS), "{}", keyed.text);
            assert!(!keyed.text.contains("example.org"), "nobody is named: {}", keyed.text);
        }
        assert!(!get(&house, &format!("requests.{format}")).await.text.contains(STAYS));
    }
    let keyed = get_keyed(&house, "requests.json").await;
    let sensitive: Vec<&str> = ["asb", "crime.domestic"].into();
    for row in keyed.json().as_array().unwrap() {
        assert!(!sensitive.contains(&row["service_code"].as_str().unwrap()), "{row}");
    }
}

#[tokio::test]
async fn a_service_that_is_off_stays_in_the_list_and_takes_nothing() {
    let offer = |id: &str, keywords: &str| {
        format!(
            "[[service]]\nid = \"{id}\"\nteam = \"TEAM\"\ntarget = {{ days = 1 }}\nfirst_answer = {{ days = 1 }}\n\
             source = \"a test\"\nwhat_next = [\"We read it.\"]\nkeywords = [{keywords}]\n"
        )
    };
    let off = "\"inactive\", \"staff\", \"waste_only\"";
    let more = format!("{}{}", offer("enquiry", off), offer("pothole", "\"staff\""));
    let catalogue = testkit::definitions();
    let team = catalogue.agency(POLICE).unwrap().services[0].team.clone();
    let more = more.replace("TEAM", &team);
    let house = House::with_partners_where(partners(&[POLICE], true), POLICE, &more).await;
    let (key, at) = (partner_key(POLICE), format!("{AT}/services"));
    let known = services(&house.get(&format!("{at}.json?api_key={key}")).await);
    let words = |code: &str| known.iter().find(|(known, _)| known == code).map(|(_, words)| words.as_str());
    assert_eq!(
        (words("enquiry"), words("pothole")),
        (Some("private,inactive,staff,waste_only"), Some("staff")),
        "{known:?}"
    );
    assert_eq!(house.get(&format!("{at}/enquiry.json?api_key={key}")).await.status, 200);
    let mut fields = tipping(&[("service_code", "enquiry")]);
    fields.push(("api_key", &key));
    let page = house.visitor().post(&format!("{AT}/requests.json"), &fields).await;
    let told = vec![(400, "service_code is inactive: no reports of it are taken now".to_owned())];
    assert_eq!((page.status, errors(&page)), (400, told));
}
