//! What goes out about alerts.

use crate::House;
use courier::{Alerts, Courier, Post};
use store::delivery::{self, Delivery};

impl House {
    /// Compares and writes, as a running house does every few seconds.
    pub fn alerts(&self) -> Alerts {
        Alerts {
            db: self.db.clone(),
            setting: self.setting.clone(),
            clock: self.clock.clone(),
            rng: self.rng.clone(),
            bell: self.app.bell.clone(),
        }
    }

    /// Sends all that is due, as the demonstration does.
    pub async fn send_all(&self) {
        let (db, setting) = (self.db.clone(), self.setting.clone());
        let post = Post::Demonstration;
        let courier = Courier::new(db, setting, post, self.clock.clone(), self.rng.clone(), self.app.bell.clone());
        while courier.step().await.unwrap().is_some() {}
    }

    /// All mail to this address that has gone out, the oldest first.
    pub async fn mail_to(&self, address: &str) -> Vec<courier::Mail> {
        let rows = self.db.read(|tx| delivery::latest(&rights::Actor::House("test"), tx)).await.unwrap();
        let sent = |row: &&Delivery| row.address == address && row.state == delivery::State::Sent;
        rows.iter().rev().filter(sent).map(|row| courier::compose(&self.setting, row).unwrap()).collect()
    }
}
