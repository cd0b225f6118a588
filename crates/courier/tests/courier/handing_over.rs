//! One mail and a server in every mood: who gets what, and what the row says.

use crate::{
    house::{House, NOW, id, smtp},
    stand_in::{Mood, StandIn},
};
use courier::{Courier, Fate, Post, Smtp, Tls};
use store::delivery::{Delivery, State};

struct Scene {
    house: House,
    server: StandIn,
    courier: Courier,
    delivery: Delivery,
}

async fn scene(moods: &[Mood]) -> Scene {
    let house = House::new().await;
    let server = StandIn::new(moods).await;
    let courier = house.courier(Post::Smtp(smtp(server.port)));
    let delivery = house.queue(1).await;
    Scene { house, server, courier, delivery }
}

impl Scene {
    async fn step(&self) -> Option<Fate> {
        self.courier.step().await.unwrap()
    }

    async fn row(&self) -> Delivery {
        self.house.row(&self.delivery).await
    }

    /// However long we wait, it is not sent again.
    async fn stays(&self, mails: usize) {
        for _ in 0..4 {
            self.house.clock.forward(7 * 24 * 3600);
            assert_eq!(self.step().await, None);
        }
        assert_eq!(self.server.taken().len(), mails);
        assert!(self.server.is_done());
    }
}

#[tokio::test]
async fn a_mail_that_is_accepted_is_sent_once() {
    let scene = scene(&[]).await;
    assert_eq!(scene.step().await, Some(Fate::Sent));
    let row = scene.row().await;
    assert_eq!((row.state, row.sent_at, row.problem, row.claim), (State::Sent, Some(NOW), None, None));
    let mail = &scene.server.taken()[0];
    assert!(mail.contains("\nTo: robin1@example.org\n"), "{mail}");
    assert!(mail.contains("\nAuto-Submitted: auto-generated\n"), "{mail}");
    assert!(mail.contains(&format!("\nMessage-ID: <{}@moothall.example>\n", id(5, 1))), "{mail}");
    assert!(mail.contains("\nDate: Tue, 24 Nov 2026 10:00:00 +0000\n"), "{mail}");
    scene.stays(1).await;
}

#[tokio::test]
async fn a_server_that_says_451_once_gets_it_again_after_half_a_minute() {
    let scene = scene(&[Mood::AtRecipient("451 robin1@example.org is greylisted")]).await;
    assert_eq!(scene.step().await, Some(Fate::Again("the mail server said 451 (recipient)".into())));
    let row = scene.row().await;
    assert_eq!((row.state, row.tries, row.claim), (State::Waiting, 1, None));
    assert!((27..=33).contains(&((row.next_at.micros() - NOW.micros()) / 1_000_000)), "{}", row.next_at);
    assert_eq!(scene.step().await, None, "not before its time");
    scene.house.clock.forward(34);
    assert_eq!(scene.step().await, Some(Fate::Sent));
    assert_eq!(scene.row().await.problem, None);
    scene.stays(1).await;
}

#[tokio::test]
async fn a_4xx_after_the_text_is_tried_again_too() {
    let scene = scene(&[Mood::AfterText("452 no room")]).await;
    assert_eq!(scene.step().await, Some(Fate::Again("the mail server said 452 (text)".into())));
    scene.house.clock.forward(34);
    assert_eq!(scene.step().await, Some(Fate::Sent));
    scene.stays(2).await;
}

#[tokio::test]
async fn a_5xx_is_final_and_the_row_says_the_code_and_no_more() {
    for mood in [Mood::AtRecipient("550 no robin1@example.org here"), Mood::AfterText("554 robin1@example.org spam")] {
        let scene = scene(&[mood]).await;
        assert!(matches!(scene.step().await, Some(Fate::Dead(_) | Fate::Refused(_))));
        let row = scene.row().await;
        let problem = row.problem.unwrap();
        assert_eq!(row.state, State::Dead);
        assert!(problem.contains("550") || problem.contains("554"), "{problem}");
        assert!(!problem.contains("robin") && !problem.contains('@'), "{problem}");
        scene.stays(scene.server.taken().len()).await;
    }
}

#[tokio::test]
async fn a_server_that_refuses_us_before_it_hears_of_the_mail_loses_no_mail() {
    let scene = scene(&[Mood::Greet("554 not you")]).await;
    assert_eq!(scene.step().await, Some(Fate::Again("the mail server said 554 (greeting)".into())));
    scene.house.clock.forward(34);
    assert_eq!(scene.step().await, Some(Fate::Sent));
    scene.stays(1).await;
}

#[tokio::test]
async fn a_line_that_breaks_before_the_end_of_the_text_is_tried_again() {
    for mood in [Mood::HangUpEarly, Mood::Greet("220"), Mood::Greet("?")] {
        let scene = scene(&[mood]).await;
        assert!(matches!(scene.step().await, Some(Fate::Again(_))), "{mood:?}");
        scene.house.clock.forward(34);
        assert_eq!(scene.step().await, Some(Fate::Sent));
        scene.stays(1).await;
    }
}

#[tokio::test]
async fn a_line_that_breaks_in_the_text_never_sends_twice() {
    // Whether we had written the end already is a race between us and the server; either way nobody gets two.
    let scene = scene(&[Mood::HangUpInText]).await;
    let fate = scene.step().await.unwrap();
    assert!(matches!(fate, Fate::Again(_) | Fate::Dead(_)), "{fate:?}");
    scene.house.clock.forward(34);
    let again = scene.step().await;
    assert_eq!(again, matches!(fate, Fate::Again(_)).then_some(Fate::Sent));
    scene.stays(usize::from(again.is_some())).await;
}

#[tokio::test]
async fn a_line_that_breaks_after_the_text_may_have_sent_it_and_it_is_not_sent_again() {
    for mood in [Mood::HangUpAfterText, Mood::SilentAfterText, Mood::AfterText("what?")] {
        let scene = scene(&[mood]).await;
        assert_eq!(scene.step().await, Some(Fate::Dead("may have been sent".into())), "{mood:?}");
        let row = scene.row().await;
        assert_eq!((row.state, row.problem.as_deref()), (State::Dead, Some("may have been sent")));
        scene.stays(1).await;
    }
}

#[tokio::test]
async fn a_line_that_cannot_be_made_private_carries_nothing() {
    for (mood, tls) in [(Mood::Accept, Tls::Starttls), (Mood::FalseTls, Tls::Starttls), (Mood::Accept, Tls::Implicit)] {
        let scene = scene(&[mood]).await;
        let strict = Smtp { tls, ..smtp(scene.server.port) };
        let fate = scene.house.courier(Post::Smtp(strict)).step().await.unwrap();
        let step = if tls == Tls::Starttls { "starttls" } else { "greeting" };
        assert_eq!(fate, Some(Fate::Again(format!("the mail server does not answer ({step})"))));
        assert!(scene.server.taken().is_empty());
    }
}

#[tokio::test]
async fn a_password_that_is_not_taken_keeps_the_mail_waiting_until_it_is() {
    let scene = scene(&[Mood::AtSignIn("535 hunter2 is wrong"), Mood::AtSignIn("235 welcome")]).await;
    let signed = Smtp { user: Some("u".into()), password: Some("hunter2".into()), ..smtp(scene.server.port) };
    let courier = scene.house.courier(Post::Smtp(signed));
    let again = Some(Fate::Again("the mail server said 535 (sign-in)".into()));
    assert_eq!(courier.step().await.unwrap(), again);
    scene.house.clock.forward(34);
    assert_eq!(courier.step().await.unwrap(), Some(Fate::Sent));
    scene.stays(1).await;
}

#[tokio::test]
async fn a_plain_line_to_another_machine_is_not_used() {
    let scene = scene(&[]).await;
    // 192.0.2.0/24 is for documentation (RFC 5737): were it tried, it would not say "not on this machine".
    let far = Smtp { host: "192.0.2.1".into(), ..smtp(scene.server.port) };
    let fate = scene.house.courier(Post::Smtp(far)).step().await.unwrap();
    assert_eq!(fate, Some(Fate::Again("the mail server is not on this machine".into())));
}

#[tokio::test]
async fn a_sender_that_is_not_set_up_keeps_the_mail_waiting() {
    let scene = scene(&[]).await;
    let broken = Smtp { from: "nobody".into(), ..smtp(scene.server.port) };
    assert!(matches!(scene.house.courier(Post::Smtp(broken)).step().await.unwrap(), Some(Fate::Again(_))));
    assert_eq!(scene.row().await.state, State::Waiting);
    assert!(scene.server.taken().is_empty());
}

#[tokio::test]
async fn in_the_demonstration_nothing_leaves_and_the_row_is_sent() {
    let scene = scene(&[]).await;
    let courier = scene.house.courier(Post::Demonstration);
    assert_eq!(courier.step().await.unwrap(), Some(Fate::Sent));
    assert_eq!(scene.row().await.state, State::Sent);
    assert!(scene.server.taken().is_empty());
    assert!(courier::compose(&scene.house.setting, &scene.row().await).is_ok(), "the outbox page can show it");
}

#[tokio::test]
async fn a_server_that_never_takes_it_is_given_up_after_about_three_days() {
    let scene = scene(&[Mood::AtRecipient("451 later"); 18]).await;
    let mut tries = 0;
    while scene.row().await.state == State::Waiting {
        scene.house.clock.forward(7 * 3600);
        assert!(scene.step().await.is_some());
        tries += 1;
    }
    let row = scene.row().await;
    assert_eq!((row.state, tries), (State::Dead, 18));
    assert!(row.problem.unwrap().contains("451"));
    scene.stays(0).await;
}
