//! A whole house whose council takes cards for bins, with prices made up for the test.

use crate::gateway::{KEY, Pay};
use casework::report::payment::Answer;
use courier::{Gateways, GovUkPay, Payments};
use rights::Actor;
use serde_json::json;
use std::{
    sync::{Arc, Once},
    time::Duration,
};
use store::payment::{self, Payment};
use testkit::{Client, Filed, House};

pub const COUNCIL: &str = "north-somerset-council";
pub const HOUSE: Actor = Actor::House("test");

pub const CHARGE: &str = r#"
[[charge]]
service = "container-request"
what = "Bins and boxes"
rows = "containers"
kind = "kind"
times = "quantity"
prices = { rubbish_bin = 4250, recycling_box = 500 }
when = { question = "reason", in = ["extra", "missing"] }
unpaid_minutes = 30
refund_days = 14
source = "made up"
"#;

pub struct World {
    pub house: House,
    pub pay: Pay,
    pub payments: Payments,
}

impl World {
    pub async fn new() -> World {
        static TLS: Once = Once::new();
        TLS.call_once(|| rustls::crypto::ring::default_provider().install_default().unwrap());
        let house = House::paid_by_card(COUNCIL, CHARGE).await;
        let pay = Pay::new().await;
        let payments = node(&house, &pay);
        World { house, pay, payments }
    }

    /// Two bins at £42.50 and a box at £5.
    pub async fn asked(&self) -> (Filed, Client) {
        let mut answers = testkit::sample("container-request", "shortest")["answers"].clone();
        answers["reason"] = json!("missing");
        answers["containers"] =
            json!([{ "kind": "rubbish_bin", "quantity": 2 }, { "kind": "recycling_box", "quantity": 1 }]);
        let filed = self.house.file_answers("container-request", &answers).await;
        let client = self.house.reporter(&filed).await;
        (filed, client)
    }

    pub async fn row(&self, filed: &Filed) -> Payment {
        let id = filed.id;
        self.house.db.read(move |tx| payment::own(&HOUSE, tx, id)).await.unwrap().unwrap()
    }

    pub async fn step(&self) -> Option<Answer> {
        self.payments.step(COUNCIL).await.unwrap()
    }

    pub fn forward(&self, seconds: i64) {
        self.house.clock.forward_seconds(seconds);
    }

    /// Kinds of the entries of a report that speak of paying, in order.
    pub async fn entries(&self, filed: &Filed) -> Vec<String> {
        let id = filed.id;
        let all = self.house.db.read(move |tx| store::journal::for_resident(&HOUSE, tx, id)).await.unwrap();
        all.into_iter().map(|entry| entry.kind).filter(|kind| kind.starts_with("payment.")).collect()
    }
}

/// One that asks, as another node would be.
pub fn node(house: &House, pay: &Pay) -> Payments {
    let gateway = GovUkPay::new(pay.url().parse().unwrap(), KEY).unwrap().patient(Duration::from_millis(400));
    let gateways: Gateways = [(COUNCIL.to_owned(), Arc::new(gateway) as _)].into();
    Payments::new(
        house.db.clone(),
        house.setting.clone(),
        gateways,
        house.clock.clone(),
        house.rng.clone(),
        Default::default(),
    )
}
