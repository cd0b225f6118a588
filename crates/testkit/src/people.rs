//! Made-up staff, one of each role.

use casework::{
    Keys,
    staff::{account, totp},
};
use rights::Actor;
use store::{Db, Time};
use uuid::Uuid;

pub const PASSWORD: &str = "correct horse battery";

/// Agency and role of each member of staff a test house has. Nobody's role is in no agency's file: it has no right.
pub const ROLES: &[(&str, &str)] = &[
    ("avon-and-somerset-police", "triage"),
    ("avon-and-somerset-police", "officer"),
    ("avon-and-somerset-police", "sergeant"),
    ("avon-and-somerset-police", "inspector"),
    ("avon-and-somerset-police", "crime_registrar"),
    ("north-somerset-council", "customer_service"),
    ("north-somerset-council", "officer"),
    ("north-somerset-council", "team_leader"),
    ("north-somerset-council", "enforcement"),
    ("north-somerset-council", "waste_supervisor"),
    ("north-somerset-council", "claims_officer"),
    ("north-somerset-council", "administrator"),
    ("north-somerset-council", "nobody"),
    ("north-somerset-council", "councillor"),
];

#[derive(Clone, Debug)]
pub struct Person {
    pub id: Uuid,
    pub agency: &'static str,
    pub role: &'static str,
    pub login: String,
    pub secret: Vec<u8>,
    pub recovery: Vec<String>,
}

impl Person {
    /// The code of this moment.
    pub fn code(&self, now: Time) -> String {
        totp::code(&self.secret, totp::step_of(now))
    }
}

pub(crate) async fn add(db: &Db, keys: &Keys, setting: &casework::Setting, draw: &mut casework::Draw) -> Vec<Person> {
    let hash = account::hash_password(draw, PASSWORD).unwrap();
    let mut people = Vec::new();
    for (agency, role) in ROLES {
        let login = format!("{role}@{agency}.example.org");
        let secret = draw.bytes()[..20].to_vec();
        let teams: Vec<String> = setting.teams_of(agency).into_iter().take(1).map(|(id, _)| id).collect();
        let (keys, hash, secret_of, login_of) = (keys.clone(), hash.clone(), secret.clone(), login.clone());
        let own = casework::Draw::new(draw.now(), draw.bytes());
        let (id, recovery) = db
            .write(move |tx| {
                let new = account::NewAccount {
                    agency,
                    login: &login_of,
                    name: &format!("{role} of {agency}"),
                    roles: &[(*role).to_owned()],
                    teams: &teams,
                    services: &[],
                    wards: &[],
                    password: &hash,
                    totp_secret: &secret_of,
                };
                account::add(&Actor::House("test"), tx, &keys, &mut own.clone(), &new)
            })
            .await
            .unwrap();
        people.push(Person { id, agency, role, login, secret, recovery });
    }
    people
}
