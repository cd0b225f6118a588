use crate::sound::{before, nothing_happened};
use testkit::{House, sample};

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn a_body_that_cannot_be_read_is_refused_whole() {
    let house = House::embedded().await;
    let mut client = house.begun("fly-tipping", &sample("fly-tipping", "shortest")["answers"]).await;
    let large = format!("size={}", "a".repeat(400_000));
    let many = "size=tipper&".repeat(1001);
    let cases: Vec<(&str, &[u8], u16)> = vec![
        (FORM, b"size=%ff", 400),
        (FORM, b"size=%", 400),
        (FORM, b"size=%4", 400),
        (FORM, b"size=%zz", 400),
        (FORM, b"size=%00", 400),
        (FORM, b"size=tipper%00", 400),
        (FORM, b"%00=tipper", 400),
        (FORM, b"size=\xff\xfe", 400),
        (FORM, b"size=\xc3\x28", 400),
        (FORM, b"size=%ed%a0%80", 400),
        (FORM, b"size=%c0%80", 400),
        (FORM, b"size=%f4%90%80%80", 400),
        (FORM, b"\xef\xbb\xbfsize=tipper\xff", 400),
        (FORM, large.as_bytes(), 413),
        (FORM, many.as_bytes(), 413),
        ("text/plain", b"size=tipper", 400),
        ("application/json", b"{\"size\":\"tipper\"}", 400),
        ("application/xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", 400),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=\"size\"\r\n\r\ntipper\r\n--x--",
            400,
        ),
        ("", b"size=tipper", 400),
        ("application/x-www-form-urlencoded-not", b"size=tipper", 400),
        ("application/octet-stream", b"\x00\x01\x02", 400),
    ];
    for (kind, body, status) in cases {
        let case = format!("{kind} {}", String::from_utf8_lossy(&body[..body.len().min(40)]));
        let before = before(&house, &client).await;
        let page = client.post_raw("/report/fly-tipping/q/size", kind, body.to_vec()).await;
        assert_eq!(page.status, status, "{case}");
        nothing_happened(&house, &client, &before, &page, &case).await;
    }
}

#[tokio::test]
async fn a_post_of_nothing_is_an_error_by_the_field() {
    let house = House::embedded().await;
    let mut client = house.begun("fly-tipping", &sample("fly-tipping", "shortest")["answers"]).await;
    for body in [
        "",
        "&",
        "&&&&",
        "=",
        "===",
        "size",
        "size=",
        "size=+",
        "SIZE=tipper",
        "size%5B%5D=tipper",
        "x=y",
        "size=%E2%80%8B",
    ] {
        let before = before(&house, &client).await;
        let page = client.post_raw("/report/fly-tipping/q/size", FORM, body).await;
        assert_eq!((page.status, page.errors().len()), (422, 1), "{body}: {}", page.text);
        nothing_happened(&house, &client, &before, &page, body).await;
    }
}
