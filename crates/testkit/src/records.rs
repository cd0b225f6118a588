//! Crimes recorded from reports, and an agency's records system at the door.

use crate::{client::Client, filed::Filed, house::House};
use casework::{
    partners::{Partner, Partners},
    records::{System, Systems, hash_key},
    report::{
        acts::On,
        crime::{self, Typed},
    },
};
use rights::Actor;
use store::sub_case::SubCase;
use uuid::Uuid;

/// What the records system of an agency shows at the door of a test house.
pub fn records_key(agency: &str) -> String {
    format!("a-long-and-random-key-of-{agency}")
}

/// Records systems of these agencies, which are told what happens.
pub fn systems(agencies: &[&str]) -> Systems {
    let system = |agency: &&str| System { keys: vec![hash_key(&records_key(agency))], told: true };
    agencies.iter().map(|agency| ((*agency).to_owned(), system(agency))).collect()
}

/// What a program of an agency shows at the Open311 door of a test house.
pub fn partner_key(agency: &str) -> String {
    format!("an-open311-key-of-{agency}")
}

/// Programs of these agencies; those of a plain system know open and closed alone.
pub fn partners(agencies: &[&str], extended: bool) -> Partners {
    let partner = |agency: &&str| Partner {
        keys: vec![hash_key(&partner_key(agency))],
        extended,
        clients: vec!["fixmystreet".to_owned()],
    };
    agencies.iter().map(|agency| ((*agency).to_owned(), partner(agency))).collect()
}

impl House {
    /// The agency's records system, with its key.
    pub fn records_system(&self, agency: &str) -> Client {
        let mut client = self.visitor();
        client.token = Some(records_key(agency));
        client
    }

    /// Staff of this role as they act, without a browser.
    pub async fn actor(&self, agency: &str, role: &str) -> Actor {
        let id = self.person(agency, role).id;
        let row = self.db.write(move |tx| store::staff::by_id(&Actor::House("test"), tx, id)).await.unwrap().unwrap();
        Actor::Staff(self.setting.staff(&row))
    }

    /// The agency's part of a report, as it is now.
    pub async fn part(&self, filed: &Filed, agency: &str) -> SubCase {
        let id = filed.id;
        let cases = self.db.read(move |tx| store::sub_case::of_report(tx, id)).await.unwrap();
        cases.into_iter().find(|case| case.agency == agency).unwrap()
    }

    /// A crime that staff record from the report, under the agency's first offence class and without a number.
    pub async fn recorded(&self, filed: &Filed, agency: &str, role: &str) -> Uuid {
        let actor = self.actor(agency, role).await;
        let (version, reference) = (self.part(filed, agency).await.version, filed.reference().to_owned());
        let offence = self.setting.offences(agency).remove(0).0;
        let (setting, draw, id) = (self.setting.clone(), self.draw(), filed.id);
        let crime = self.db.write(move |tx| {
            let before = store::crime::of_report(tx, id)?;
            let typed = Typed { offence: offence.clone(), ..Typed::default() };
            let on = On { reference: &reference, version };
            crime::record(&actor, tx, &setting, &mut draw.clone(), on, &typed, "We recorded it.")?;
            let mut now = store::crime::of_report(tx, id)?;
            now.retain(|one| !before.contains(one));
            Ok::<_, casework::Error>(now.pop())
        });
        crime.await.unwrap().unwrap().id
    }
}
