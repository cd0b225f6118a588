use testkit::House;

#[tokio::test]
async fn one_list_mixes_the_police_and_the_council() {
    let page = House::embedded().await.get("/report").await;
    assert_eq!(page.status, 200);
    for path in ["/report/fly-tipping", "/report/crime.theft"] {
        assert!(page.text.contains(&format!("href=\"{path}\"")), "{path}");
    }
}

#[tokio::test]
async fn a_few_words_lead_to_the_right_service_first() {
    let house = House::embedded().await;
    for (words, path) in [("mattress+dumped", "/report/fly-tipping"), ("bike+stolen", "/report/crime.bicycle")] {
        let page = house.get(&format!("/report?q={words}")).await;
        assert_eq!(page.between("moot-door__name govuk-link\" href=\"", "\""), Some(path), "{words}");
    }
}

#[tokio::test]
async fn words_that_find_nothing_leave_ways_on_and_stay_words() {
    let page = House::embedded().await.get("/report?q=%3Cscript%3Exyzzy&q=again").await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("try other words") && page.text.contains("tel:101") && page.text.contains("tel:999"));
    assert!(!page.text.contains("<script>xyzzy"));
}

#[tokio::test]
async fn a_point_is_read_back_in_words() {
    let house = House::embedded().await;
    let page = house.get("/places/near?lat=51.3461&lon=-2.9772").await;
    assert!(page.status == 200 && page.text.contains("\"words\":\""), "{}", page.text);
    for bad in ["/places/near", "/places/near?lat=91&lon=0", "/places/near?lat=NaN&lon=0", "/places/near?lat=a&lon=b"] {
        assert_eq!(house.get(bad).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn an_unknown_service_or_question_is_not_found() {
    let house = House::embedded().await;
    for path in ["/report/nothing", "/report/fly-tipping/q/nothing", "/report/fly-tipping/nothing"] {
        assert_eq!(house.get(path).await.status, 404, "{path}");
    }
}
