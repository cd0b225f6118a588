//! Spans on their way to a collector that takes them, refuses, talks nonsense, says nothing or is not there.

use crate::{
    house::{House, smtp},
    stand_in::{Mood, StandIn},
};
use courier::{Collector, Post, Unsent};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use telemetry::{Kind, Reading, Root, Source, Tracer, Value};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A collector that keeps what it got and says this; nothing at all where that is empty.
async fn collector(says: &'static str) -> (String, Arc<Mutex<Vec<Vec<u8>>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = format!("http://{}", listener.local_addr().unwrap());
    let got = Arc::<Mutex<Vec<Vec<u8>>>>::default();
    let keep = got.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(take(stream, says, keep.clone()));
        }
    });
    (at, got)
}

async fn take(mut stream: TcpStream, says: &str, got: Arc<Mutex<Vec<Vec<u8>>>>) {
    let (mut request, mut part) = (Vec::new(), [0; 4096]);
    while !whole(&request) {
        match stream.read(&mut part).await {
            Ok(n) if n > 0 => request.extend_from_slice(&part[..n]),
            _ => return,
        }
    }
    got.lock().unwrap().push(request);
    if says.is_empty() {
        std::future::pending::<()>().await;
    }
    // The one who asked may have had enough.
    let _ = stream.write_all(says.as_bytes()).await;
}

fn whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_ascii_lowercase();
    let Some((head, _)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.split_once("content-length: ").map_or("0", |(_, rest)| rest.split("\r\n").next().unwrap());
    request.len() >= head.len() + 4 + length.parse::<usize>().unwrap()
}

fn with(spans: usize, at: &str) -> Collector {
    let tracer = Tracer::new(1.0);
    for n in 0..spans {
        let id = (n as u128 + 1).to_be_bytes();
        tracer.begin(Root { name: ("a.span", ""), kind: Kind::Internal, id, at: 0, parent: None });
    }
    Collector::new(tracer, at.parse().unwrap(), "1")
}

/// How many were sent, lost, dropped.
fn fates(tracer: &Tracer) -> Vec<Value> {
    let mut out: Vec<Reading> = Vec::new();
    tracer.readings(&mut out);
    out.into_iter().map(|reading| reading.value).collect()
}

fn counted(sent: i64, lost: i64) -> Vec<Value> {
    [sent, lost, 0].map(Value::Whole).to_vec()
}

const TAKEN: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\ncontent-length: 0\r\n\r\n";

#[tokio::test]
async fn spans_are_sent_in_batches_as_protobuf() {
    let (at, got) = collector(TAKEN).await;
    let collector = with(1_100, &at);
    assert_eq!(collector.step().await.unwrap(), 1_100);
    assert_eq!(fates(&collector.tracer), counted(1_100, 0));
    let got = got.lock().unwrap();
    assert_eq!(got.len(), 3);
    let first = String::from_utf8_lossy(&got[0]);
    assert!(first.starts_with("POST /v1/traces HTTP/1.1\r\n"), "{first}");
    assert!(first.contains("content-type: application/x-protobuf\r\n"), "{first}");
    assert_eq!(first.matches("a.span").count(), 512);
}

#[tokio::test]
async fn where_nothing_ended_nobody_is_asked() {
    let (at, got) = collector(TAKEN).await;
    assert_eq!(with(0, &at).step().await.unwrap(), 0);
    assert!(got.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_a_collector_does_not_take_is_lost_and_counted() {
    for says in [
        "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 3\r\n\r\nno!",
        "HTTP/1.1 302 Found\r\nlocation: http://203.0.113.7/\r\ncontent-length: 0\r\n\r\n",
        "SSH-2.0-OpenSSH\r\n",
        "\0\u{1}\u{2}",
        "HTTP/1.1 200",
    ] {
        let (at, got) = collector(says).await;
        let collector = with(700, &at);
        let why = collector.step().await.unwrap_err();
        assert_eq!(
            matches!(why, Unsent::Refused(503 | 302)),
            says.starts_with("HTTP/1.1 503") || says.contains("302"),
            "{says}: {why}"
        );
        assert_eq!(fates(&collector.tracer), counted(0, 700), "{says}");
        assert_eq!(got.lock().unwrap().len(), 1, "what comes after the first batch is not tried: {says}");
    }
}

#[tokio::test]
async fn a_collector_that_says_nothing_holds_nobody_for_long() {
    let (at, _got) = collector("").await;
    let collector = Collector { patience: Duration::from_millis(50), ..with(3, &at) };
    assert!(matches!(collector.step().await, Err(Unsent::Slow)));
    assert_eq!(fates(&collector.tracer), counted(0, 3));
}

#[tokio::test]
async fn where_nobody_listens_a_stop_is_a_stop() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let collector = with(3, &format!("http://{free}"));
    collector.run(async {}).await;
    assert_eq!(fates(&collector.tracer), counted(0, 3));
}

#[tokio::test]
async fn a_delivery_is_a_span_that_says_what_became_of_it_and_not_of_whom() {
    let house = House::new().await;
    let server = StandIn::new(&[Mood::AtRecipient("550 no robin901@example.org"), Mood::Accept]).await;
    house.queue(901).await;
    house.queue(902).await;
    let tracer = Tracer::new(1.0);
    let courier = house.courier(Post::Smtp(smtp(server.port))).traced(Some(tracer.clone()));
    while courier.step().await.unwrap().is_some() {}
    let spans = tracer.take();
    let named = |name: &str| spans.iter().filter(|span| span.name.0 == name).collect::<Vec<_>>();
    let (deliveries, exchanges) = (named("mail.deliver"), named("mail.hand_over"));
    assert_eq!((deliveries.len(), exchanges.len(), named("db.write").len()), (2, 2, 2));
    assert_eq!((exchanges[0].trace, exchanges[0].parent), (deliveries[0].trace, deliveries[0].id));
    let said = format!("{:?} {:?}", deliveries[0].words, deliveries[1].words);
    assert!(said.contains("\"dead\"") && said.contains("\"sent\""), "{said}");
    let bytes = String::from_utf8_lossy(&telemetry::encode(&spans, "1")).into_owned();
    for word in ["robin", "example.org", "550", "bench", "track"] {
        assert!(!bytes.contains(word), "{word}");
    }
}

/// One number of the courier, by name and by the value of one label.
fn number(source: &dyn Source, name: &str, labels: &[&str]) -> i64 {
    let mut out = Vec::new();
    source.readings(&mut out);
    let fits = |reading: &&Reading| {
        reading.family.name == name && labels.iter().all(|label| reading.labels.iter().any(|(_, value)| value == label))
    };
    match out.iter().find(fits).map(|reading| &reading.value) {
        Some(Value::Whole(n)) => *n,
        Some(Value::Spread(spread)) => spread.count() as i64,
        other => panic!("{name} {labels:?}: {other:?}"),
    }
}

#[tokio::test]
async fn deliveries_are_counted_by_message_and_fate() {
    let house = House::new().await;
    let server =
        StandIn::new(&[Mood::AtRecipient("550 no"), Mood::AfterText("451 later"), Mood::HangUpAfterText, Mood::Accept])
            .await;
    for n in 901..=904 {
        house.queue(n).await;
    }
    house.queue_with(905, None, |_| {}).await;
    let courier = house.courier(Post::Smtp(smtp(server.port)));
    while courier.step().await.unwrap().is_some() {}
    let of = |fate| {
        ["receipt", "update", "question", "link", "other"]
            .map(|message| number(&courier, "moothall_deliveries", &[message, fate]))
            .iter()
            .sum::<i64>()
    };
    assert_eq!((of("sent"), of("again"), of("dead"), of("held")), (1, 1, 2, 1));
    assert_eq!(number(&courier, "moothall_delivery_duration", &[]), 4);
    assert_eq!(number(&courier, "moothall_deliveries_running", &[]), 0);
}
