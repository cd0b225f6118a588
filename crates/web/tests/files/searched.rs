use crate::{PHOTO, add, at_photos, blobs, photos, send};
use custody::files::Clamd;
use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    thread,
};
use testkit::{House, files::GIF};

/// A clamd that finds malware in whatever holds `EICAR`, and can be sent away.
struct StandIn {
    address: Clamd,
    away: Arc<AtomicBool>,
}

fn clamd() -> StandIn {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = Clamd::from(listener.local_addr().unwrap().to_string());
    let away = Arc::new(AtomicBool::new(false));
    let is_away = away.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            if is_away.load(SeqCst) {
                continue;
            }
            let (mut head, mut all, mut length) = ([0; 10], Vec::new(), [0; 4]);
            stream.read_exact(&mut head).unwrap();
            loop {
                stream.read_exact(&mut length).unwrap();
                let mut piece = vec![0; u32::from_be_bytes(length) as usize];
                if piece.is_empty() {
                    break;
                }
                stream.read_exact(&mut piece).unwrap();
                all.extend(piece);
            }
            let found = all.windows(5).any(|part| part == b"EICAR");
            let answer: &[u8] = if found { b"stream: Test-Signature FOUND\0" } else { b"stream: OK\0" };
            drop(stream.write_all(answer));
        }
    });
    StandIn { address, away }
}

/// A picture with more behind its end.
fn infected() -> Vec<u8> {
    [GIF, b"EICAR"].concat()
}

#[tokio::test]
async fn malware_is_refused_and_nothing_of_it_kept() {
    let stand_in = clamd();
    let house = House::searched_by(stand_in.address.clone()).await;
    let mut client = at_photos(&house).await;
    let page = add(&mut client, &[("bad.gif", &infected()), PHOTO]).await;
    assert_eq!(page.status, 422);
    assert!(page.says("We found a harmful program in “bad.gif”. We have not kept it"), "{}", page.text);
    assert_eq!((photos(&mut client).await.len(), blobs(&house)), (1, 3));
}

#[tokio::test]
async fn what_was_not_searched_yet_is_kept_and_shown_to_nobody_until_it_was() {
    let stand_in = clamd();
    let house = House::searched_by(stand_in.address.clone()).await;
    stand_in.away.store(true, SeqCst);
    let mut client = at_photos(&house).await;
    let page = add(&mut client, &[("good.gif", GIF), ("bad.gif", &infected())]).await;
    assert_eq!(page.status, 303, "the visitor can go on: {}", page.text);
    let page = client.get("/report/fly-tipping/q/photos").await;
    assert!(page.says("We are checking this file") && !page.text.contains("<img class=\"moot-file"), "{}", page.text);
    for id in photos(&mut client).await {
        assert_eq!(client.get(&format!("/report/fly-tipping/file/{id}")).await.status, 404);
    }
    let done = send(&mut client).await;
    let reference = casework::codes::read_reference(done.between("moot-reference\">", "<").unwrap()).unwrap();
    let mut desk = house.staff("north-somerset-council", "officer").await;
    let at = format!("/staff/reports/{reference}");
    assert!(desk.get(&at).await.says("We are checking this file"));
    assert_eq!(house.app.files.sweep(false).await.unwrap().searched, 0, "it is away still");
    stand_in.away.store(false, SeqCst);
    assert_eq!(house.app.files.sweep(false).await.unwrap().searched, 2);
    let page = desk.get(&at).await;
    assert!(page.says("A harmful program was found in this file"), "{}", page.text);
    assert_eq!(page.text.matches("<img class=\"moot-file__picture\"").count(), 1, "the good one is shown");
    let bad = page.text.split("bad.gif").next().unwrap().rsplit("/files/").next().unwrap()[..36].to_owned();
    for size in ["small", "large", "original"] {
        assert_eq!(desk.get(&format!("{at}/file/{bad}/{size}")).await.status, 404, "{size}");
    }
    assert!(desk.get(&format!("{at}/files/{bad}")).await.says("It is kept and shown to nobody"));
}
