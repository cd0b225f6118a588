use crate::{
    client::{Client, Page},
    data,
    numbers::Numbers,
    people,
    people::Person,
    still::{StillClock, StillRng},
};
use axum::Router;
use casework::{
    Clock, Draw, Geography, Keys, Rng, Setting, office::Offices, partners::Partners, records::Systems,
    report::reply::Replies,
};
use catalogue::Catalogue;
use custody::{
    decode::Decoder,
    files::{Blobs, Clamd, Files, Means, Treatment},
};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering::Relaxed},
    },
};
use store::{DatabasePlace, Db, definition};
use telemetry::Source;
use tempfile::TempDir;
use web::{App, Custody, Options};

/// A whole Moothall.
pub struct House {
    pub app: App,
    pub db: Db,
    pub setting: Arc<Setting>,
    pub clock: Arc<StillClock>,
    pub rng: Arc<StillRng>,
    pub people: Vec<Person>,
    router: Router,
    metrics: Router,
    visitors: AtomicU16,
    folder: TempDir,
}

impl House {
    /// On an embedded database in a folder of its own.
    pub async fn embedded() -> House {
        let folder = tempfile::tempdir().unwrap();
        let place = DatabasePlace::File(folder.path().join("moothall.db"));
        House::on(&place, folder, data::definitions(), None, Systems::default(), |_| {}).await
    }

    /// The same, where the file of an agency says this as well.
    pub async fn where_agency_says(agency: &str, more: &str) -> House {
        let folder = tempfile::tempdir().unwrap();
        let place = DatabasePlace::File(folder.path().join("moothall.db"));
        let catalogue = data::definitions_with(&format!("agencies/{agency}.toml"), more);
        House::on(&place, folder, catalogue, None, Systems::default(), |_| {}).await
    }

    /// The same, where the file of an agency says one thing in place of another, which must be there.
    pub async fn where_agency_says_instead(agency: &str, before: &str, now: &str) -> House {
        let folder = tempfile::tempdir().unwrap();
        let place = DatabasePlace::File(folder.path().join("moothall.db"));
        let catalogue = data::definitions_where(&format!("agencies/{agency}.toml"), |text| {
            assert!(text.contains(before), "{before}");
            text.replacen(before, now, 1)
        });
        House::on(&place, folder, catalogue, None, Systems::default(), |_| {}).await
    }

    /// The same, where the agency has a gateway that takes cards as well.
    pub async fn paid_by_card(agency: &str, more: &str) -> House {
        let folder = tempfile::tempdir().unwrap();
        let place = DatabasePlace::File(folder.path().join("moothall.db"));
        let catalogue = data::definitions_with(&format!("agencies/{agency}.toml"), more);
        let systems = (Systems::default(), Partners::default(), vec![agency.to_owned()]);
        House::behind(&place, folder, catalogue, None, systems, |_| {}).await
    }

    /// The same, where this clamd searches files for malware.
    pub async fn searched_by(clamd: Clamd) -> House {
        let folder = tempfile::tempdir().unwrap();
        let place = DatabasePlace::File(folder.path().join("moothall.db"));
        House::on(&place, folder, data::definitions(), Some(clamd), Systems::default(), |_| {}).await
    }

    /// The same, built with other options.
    pub async fn tuned(change: impl FnOnce(&mut Options)) -> House {
        let folder = tempfile::tempdir().unwrap();
        let place = DatabasePlace::File(folder.path().join("moothall.db"));
        House::on(&place, folder, data::definitions(), None, Systems::default(), change).await
    }

    /// The same, where some agencies have a records system.
    pub async fn with_records(systems: Systems) -> House {
        let folder = tempfile::tempdir().unwrap();
        let place = DatabasePlace::File(folder.path().join("moothall.db"));
        House::on(&place, folder, data::definitions(), None, systems, |_| {}).await
    }

    /// The same, where programs act for some agencies at the Open311 door.
    pub async fn with_partners(partners: Partners, systems: Systems) -> House {
        let folder = tempfile::tempdir().unwrap();
        let place = DatabasePlace::File(folder.path().join("moothall.db"));
        House::behind(&place, folder, data::definitions(), None, (systems, partners, Vec::new()), |_| {}).await
    }

    /// The same, where the file of an agency says this as well.
    pub async fn with_partners_where(partners: Partners, agency: &str, more: &str) -> House {
        let folder = tempfile::tempdir().unwrap();
        let place = DatabasePlace::File(folder.path().join("moothall.db"));
        let catalogue = data::definitions_with(&format!("agencies/{agency}.toml"), more);
        House::behind(&place, folder, catalogue, None, (Systems::default(), partners, Vec::new()), |_| {}).await
    }

    /// The same, where this agency has a back office that its file says this of. On the database of an address, where one is given.
    pub async fn with_office(url: Option<&str>, agency: &str, more: &str) -> House {
        let folder = tempfile::tempdir().unwrap();
        let place = match url {
            Some(url) => DatabasePlace::parse(url),
            None => DatabasePlace::File(folder.path().join("moothall.db")),
        };
        let catalogue = data::definitions_with(&format!("agencies/{agency}.toml"), more);
        let offices = [agency.to_owned()].into_iter().collect();
        let beside = (Systems::default(), Partners::default(), Vec::new(), offices);
        House::beside(&place, folder, catalogue, None, beside, |_| {}).await
    }

    /// The same, without the demonstration's own routes.
    pub async fn earnest() -> House {
        House::tuned(|options| options.demonstration = false).await
    }

    /// On the database of this address, which must be empty.
    pub async fn at(url: &str) -> House {
        House::tuned_at(url, |_| {}).await
    }

    /// The same, built with other options.
    pub async fn tuned_at(url: &str, change: impl FnOnce(&mut Options)) -> House {
        let folder = tempfile::tempdir().unwrap();
        House::on(&DatabasePlace::parse(url), folder, data::definitions(), None, Systems::default(), change).await
    }

    async fn on(
        place: &DatabasePlace,
        folder: TempDir,
        catalogue: Catalogue,
        clamd: Option<Clamd>,
        systems: Systems,
        change: impl FnOnce(&mut Options),
    ) -> House {
        House::behind(place, folder, catalogue, clamd, (systems, Partners::default(), Vec::new()), change).await
    }

    async fn behind(
        place: &DatabasePlace,
        folder: TempDir,
        catalogue: Catalogue,
        clamd: Option<Clamd>,
        (systems, partners, gateways): (Systems, Partners, Vec<String>),
        change: impl FnOnce(&mut Options),
    ) -> House {
        let beside = (systems, partners, gateways, Offices::default());
        House::beside(place, folder, catalogue, clamd, beside, change).await
    }

    async fn beside(
        place: &DatabasePlace,
        folder: TempDir,
        catalogue: Catalogue,
        clamd: Option<Clamd>,
        (systems, partners, gateways, offices): (Systems, Partners, Vec<String>, Offices),
        change: impl FnOnce(&mut Options),
    ) -> House {
        let db = Db::open(place).unwrap();
        db.migrate().await.unwrap();
        data::geography(&db).await;
        let (clock, rng) = (Arc::new(StillClock::default()), Arc::new(StillRng::default()));
        let keys = Keys::new([9; 32]);
        let catalogue = Arc::new(catalogue);
        data::bins(&db, &catalogue).await;
        data::teams(&db, &data::agency_with_teams(&catalogue)).await;
        let geography = db.read(Geography::load).await.unwrap();
        let setting = Setting::new(catalogue, keys.clone(), "http://moothall.test".into(), geography);
        let setting = setting.with_records(systems).with_partners(partners).with_offices(offices);
        let replies = Replies { domain: "replies.moothall.test".into(), ..Replies::default() };
        let setting = Arc::new(setting.with_gateways(gateways).with_replies(replies));
        keep_definitions(&db, &setting).await;
        let mut draw = Draw::from(&*clock, &*rng);
        let people = people::add(&db, &keys, &setting, &mut draw).await;
        let mut options = Options {
            public_url: "http://moothall.test".into(),
            trusted_proxies: vec![],
            framed_by: vec![],
            demonstration: true,
            posts_per_minute: u32::MAX,
            room: casework::report::room::Limits { of_an_origin_a_day: i64::MAX, unclaimed: i64::MAX },
            dist: data::repository().join("dist"),
            compose: None,
            tracer: None,
            parent_from_proxy: false,
        };
        change(&mut options);
        let ledger = ledger(&db, &keys, clock.clone(), folder.path().join("ledger")).await;
        let files = files(&db, clock.clone(), folder.path().join("files"), clamd);
        let (of_db, of_ledger, of_files) = (db.clone(), ledger.clone(), files.clone());
        let (its_clock, its_rng, bell) = (clock.clone(), rng.clone(), Arc::default());
        let app = App::new(db.clone(), setting.clone(), its_clock, its_rng, options, Custody { ledger, files }, bell)
            .unwrap();
        let router = web::router::router(app.clone());
        let sources: Vec<Arc<dyn Source>> =
            vec![Arc::new(app.clone()), Arc::new(of_db), Arc::new(of_ledger), Arc::new(of_files)];
        let metrics = web::metrics::router(app.clone(), sources);
        House { router, metrics, app, db, setting, clock, rng, people, visitors: AtomicU16::new(0), folder }
    }

    /// Where the bytes of files lie.
    pub fn files(&self) -> PathBuf {
        self.folder.path().join("files")
    }

    /// Takes in photos that were fetched.
    pub fn keep(&self) -> courier::Keep {
        let files = self.app.files.clone();
        Arc::new(move |id, name, bytes, most| {
            let files = files.clone();
            Box::pin(async move {
                let taken = files.receive_picture(id, &name, &bytes, most).await;
                taken.map_err(|why| courier::Unkept::Unfit(why.to_string()))
            })
        })
    }

    /// Gives out pictures that were made from photos.
    pub fn give(&self) -> courier::Give {
        let files = self.app.files.clone();
        Arc::new(move |held, version, longest| {
            let files = files.clone();
            Box::pin(async move { files.blobs.get(custody::files::Name::Rendition(held, version, longest)).await.ok() })
        })
    }

    /// Where the tiles of the ledger lie.
    /// What does not follow from the entries that say so (`custody::verify`).
    pub async fn adrift(&self) -> Vec<String> {
        let faults = custody::verify::stands(&self.db).await.unwrap();
        faults.iter().map(ToString::to_string).collect()
    }

    pub fn shelf(&self) -> Arc<dyn custody::Shelf> {
        Arc::new(custody::Folder::new(self.folder.path().join("ledger")))
    }

    pub fn draw(&self) -> Draw {
        Draw::from(&*self.clock, &*self.rng)
    }

    /// A browser without a cookie.
    pub fn visitor(&self) -> Client {
        Client::new(self.router.clone(), self.visitors.fetch_add(1, Relaxed))
    }

    /// Somebody who reaches the listener of the numbers.
    pub fn operator(&self) -> Client {
        Client::new(self.metrics.clone(), self.visitors.fetch_add(1, Relaxed))
    }

    /// What the numbers say now.
    pub async fn numbers(&self) -> Numbers {
        // What lies in the database is asked for once in five seconds.
        self.clock.forward_seconds(6);
        Numbers::read(&self.operator().get("/metrics").await.text)
    }

    pub fn person(&self, agency: &str, role: &str) -> &Person {
        self.people.iter().find(|p| p.agency == agency && p.role == role).unwrap()
    }

    /// A browser in which that member of staff is signed in.
    pub async fn staff(&self, agency: &str, role: &str) -> Client {
        // A code opens the door once: each sign-in has a moment of its own.
        self.clock.forward_seconds(60);
        let person = self.person(agency, role);
        let mut client = self.visitor();
        let code = person.code(casework::Clock::now(&*self.clock));
        let page = client
            .post("/staff/sign-in", &[("login", &person.login), ("password", people::PASSWORD), ("code", &code)])
            .await;
        assert_eq!((page.status, page.location.as_str()), (303, "/staff"), "{}", page.text);
        client
    }

    /// A browser in which a resident is signed in to the account of this address.
    pub async fn owner(&self, email: &str) -> Client {
        // The newest mail is known by its time.
        self.clock.forward_seconds(1);
        let mut client = self.visitor();
        let page = client.post("/account/sign-in", &[("email", email)]).await;
        assert_eq!(page.status, 200, "{}", page.text);
        let token = self.sign_in_token(email).await.unwrap();
        let page = client.post(&format!("/account/link/{token}"), &[]).await;
        assert_eq!((page.status, page.location.as_str()), (303, "/account"), "{}", page.text);
        client
    }

    /// The token in the newest mail to sign in that waits for this address.
    pub async fn sign_in_token(&self, email: &str) -> Option<String> {
        let mail = self.db.read(|tx| store::delivery::latest(&rights::Actor::House("test"), tx)).await.unwrap();
        let mine = mail.iter().find(|mail| mail.template == casework::account::SIGN_IN && mail.address == email)?;
        Some(self.setting.keys.link_token(mine.facts["link"].as_str()?.parse().ok()?))
    }

    /// Everything a GET answers, for tests that compare two houses.
    pub async fn get(&self, path: &str) -> Page {
        self.visitor().get(path).await
    }
}

/// Pictures are decoded in this process. Its randomness is its own, so that the house draws the same with and without it.
fn files(db: &Db, clock: Arc<StillClock>, path: PathBuf, clamd: Option<Clamd>) -> Files {
    let rng = StillRng::default();
    let again = clock.clone();
    Files::new(Means {
        db: db.clone(),
        blobs: Blobs::folder(&path).unwrap(),
        arriving: std::env::temp_dir(),
        #[expect(clippy::disallowed_methods, reason = "a test has no program to start a child of")]
        decoder: Decoder::Here(picture::develop),
        clamd,
        treatment: Treatment::default(),
        now: Arc::new(move || clock.now()),
        entry: Arc::new(move || Draw::from(&*again, &rng).id()),
    })
}

/// With a checkpoint of nothing. Nobody seals unless a test asks for it: `house.app.ledger.step()`. Its randomness is its
/// own, so that the house draws the same with and without it.
async fn ledger(db: &Db, keys: &Keys, clock: Arc<StillClock>, path: PathBuf) -> custody::Ledger {
    let rng = StillRng::default();
    let means = custody::Means {
        db: db.clone(),
        shelf: Arc::new(custody::Folder::new(path)),
        seed: keys.ledger_seed(),
        origin: custody::origin("http://moothall.test"),
        draw: Arc::new(move || custody::Drawn { now: clock.now(), seed: rng.seed() }),
    };
    let ledger = custody::Ledger::open(means).await.unwrap();
    ledger.publish().await.unwrap();
    ledger
}

async fn keep_definitions(db: &Db, setting: &Arc<Setting>) {
    let setting = setting.clone();
    db.write(move |tx| {
        for service in setting.catalogue.services() {
            definition::keep(
                tx,
                &definition::Definition {
                    hash: service.hash.clone(),
                    service: service.id.clone(),
                    version: i64::from(service.version),
                    body: service.text.clone(),
                    words: service.words_text.clone(),
                },
                store::Time(0),
            )?;
        }
        Ok::<_, store::Error>(())
    })
    .await
    .unwrap();
}
