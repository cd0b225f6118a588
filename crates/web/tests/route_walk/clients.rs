use testkit::{Client, Filed, House, partner_key, partners, sample, systems};
use uuid::Uuid;

/// Who stands at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Anonymous,
    /// A visitor whose answers are complete and not sent.
    Attempt,
    /// The reporter of the report in the address.
    Reporter,
    /// The reporter of another report, who sends that cookie here.
    Stranger,
    /// A resident who is signed in, whose report it is not.
    Owner,
    /// A program with the token of the report in the address.
    Program,
    /// A program with the token of another report.
    OtherProgram,
    /// The systems of the police, with a key of each door.
    RecordsSystem,
    /// Those of the council, with keys of their own.
    OtherRecords,
    /// Police, where the report is the council's.
    OtherAgency,
    /// An account of the council without any right.
    Nobody,
    CustomerService,
    Officer,
    Leader,
    Administrator,
}

use Who::*;

const POLICE: &str = "avon-and-somerset-police";
const COUNCIL: &str = "north-somerset-council";

impl Who {
    pub const ALL: [Who; 15] = [
        Anonymous,
        Attempt,
        Reporter,
        Stranger,
        Owner,
        Program,
        OtherProgram,
        RecordsSystem,
        OtherRecords,
        OtherAgency,
        Nobody,
        CustomerService,
        Officer,
        Leader,
        Administrator,
    ];

    /// The key of an agency's programs at the Open311 door; with everybody else it is wrong.
    pub fn partner_key(self) -> String {
        match self {
            RecordsSystem => partner_key(POLICE),
            OtherRecords => partner_key(COUNCIL),
            _ => "wrong".to_owned(),
        }
    }

    /// Agency and role of those who sit at a desk.
    pub fn desk(self) -> Option<(&'static str, &'static str)> {
        match self {
            OtherAgency => Some((POLICE, "inspector")),
            Nobody => Some((COUNCIL, "nobody")),
            CustomerService => Some((COUNCIL, "customer_service")),
            Officer => Some((COUNCIL, "officer")),
            Leader => Some((COUNCIL, "team_leader")),
            Administrator => Some((COUNCIL, "administrator")),
            _ => None,
        }
    }
}

/// A house with one browser for each desk.
pub struct Walkers {
    pub house: House,
    /// Of the police, from a report of theirs.
    pub crime: Uuid,
    desks: Vec<(Who, Client)>,
}

impl Walkers {
    pub async fn new() -> Walkers {
        let both = [POLICE, COUNCIL];
        let house = House::with_partners(partners(&both, true), systems(&both)).await;
        let theft = house.file("crime.theft", "shortest").await;
        let crime = house.recorded(&theft, POLICE, "officer").await;
        let mut desks = Vec::new();
        for who in Who::ALL {
            if let Some((agency, role)) = who.desk() {
                desks.push((who, house.staff(agency, role).await));
            }
        }
        Walkers { house, crime, desks }
    }

    /// A report with a photo.
    pub async fn report(&self) -> Filed {
        let mut answers = sample("fly-tipping", "shortest")["answers"].clone();
        answers["photos"] = serde_json::json!(["a photo"]);
        self.house.file_answers("fly-tipping", &answers).await
    }

    /// The id of its photo.
    pub async fn photo(&self, report: &Filed) -> String {
        let id = report.id;
        let test = rights::Actor::House("test");
        let found = self.house.db.read(move |tx| store::held::own(&test, tx, id)).await.unwrap();
        found[0].id.to_string()
    }

    /// A browser of that kind for this report.
    pub async fn client(&self, who: Who, report: &Filed) -> Client {
        match who {
            Anonymous => self.house.visitor(),
            Attempt => complete(&self.house).await,
            Reporter => self.house.reporter(report).await,
            Stranger => {
                let other = self.house.file("fly-tipping", "shortest").await;
                let token = self.house.reporter(&other).await.cookie("visit").unwrap().to_owned();
                let mut client = self.house.visitor();
                client.forge(&report.track(), "visit", &token);
                client
            }
            // Each has an account of its own: one of the routes ends it.
            Owner => self.house.owner(&format!("robin.{}@example.org", report.reference())).await,
            Program => self.house.program(report).await,
            RecordsSystem => self.house.records_system(POLICE),
            OtherRecords => self.house.records_system(COUNCIL),
            OtherProgram => self.house.program(&self.house.file("fly-tipping", "shortest").await).await,
            desk => self.desks.iter().find(|(known, _)| *known == desk).unwrap().1.clone(),
        }
    }
}

async fn complete(house: &House) -> Client {
    let mut client = house.visitor();
    for (question, value) in [
        ("now", "no"),
        ("photos", ""),
        ("where", "Grand Pier"),
        ("land", "road_verge"),
        ("waste", "mattress"),
        ("size", "single_item"),
    ] {
        let name = if question == "where" { "where.text" } else { question };
        let page = client.post(&format!("/report/fly-tipping/q/{question}"), &[(name, value)]).await;
        assert_eq!(page.status, 303, "{}", page.text);
    }
    client
}
