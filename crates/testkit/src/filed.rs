//! Reports filed from the services' own samples, past the pages, for tests of what comes after.

use crate::{Client, House, data::repository};
use casework::report::submit::{self, Receipt};
use catalogue::{Answers, Context};
use rights::Actor;
use serde_json::Value as Json;
use std::fs;
use uuid::Uuid;

/// The PIN of every report filed here that has one.
pub const PIN: &str = "407193";

/// A report as its sender knows it.
#[derive(Clone, Debug)]
pub struct Filed {
    pub id: Uuid,
    pub receipt: Receipt,
}

impl Filed {
    pub fn reference(&self) -> &str {
        &self.receipt.reference
    }

    /// The page of its reporter.
    pub fn track(&self) -> String {
        format!("/track/{}", self.reference())
    }

    /// The page of the desk.
    pub fn desk(&self) -> String {
        format!("/staff/reports/{}", self.reference())
    }

    pub fn link(&self) -> String {
        format!("/track/link/{}", self.receipt.link.as_deref().expect("this report has a link"))
    }
}

/// The names of a service's samples.
pub fn samples(service: &str) -> Vec<String> {
    let folder = fs::read_dir(repository().join("services").join(service).join("samples")).unwrap();
    let stem = |entry: fs::DirEntry| entry.path().file_stem().unwrap().to_string_lossy().into_owned();
    let mut names: Vec<String> = folder.map(|entry| stem(entry.unwrap())).collect();
    names.sort();
    names
}

/// One sample: `answers` and `expect`.
pub fn sample(service: &str, name: &str) -> Json {
    let path = repository().join("services").join(service).join("samples").join(format!("{name}.json"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

impl House {
    /// Files the answers of a sample.
    pub async fn file(&self, service: &str, name: &str) -> Filed {
        self.file_answers(service, &sample(service, name)["answers"]).await
    }

    pub async fn file_answers(&self, service: &str, answers: &Json) -> Filed {
        self.file_as(service, answers, false).await
    }

    /// Files the answers; `named`: with the box ticked that shows the reporter's name.
    pub async fn file_as(&self, service: &str, answers: &Json, named: bool) -> Filed {
        let service = self.setting.catalogue.service(service).unwrap().clone();
        let (answers, holder) = self.hold_files(&service, answers).await;
        let answers = Answers::from_json(&service, &answers).unwrap();
        let geography = self.setting.geography();
        let now = web::page::when::local(casework::Clock::now(&*self.clock));
        let context = Context { now: &now, finder: &*geography, territory: &*geography };
        let ready = submit::ready(&self.setting, &service, &answers, Some(PIN), &context).unwrap().named(named);
        let (setting, draw) = (self.setting.clone(), self.draw());
        let (id, receipt) = self
            .db
            .write(move |tx| submit::file(&Actor::Anonymous, tx, &setting, &mut draw.clone(), &ready, &holder, "web"))
            .await
            .unwrap();
        Filed { id, receipt }
    }

    /// A browser with these answers in progress, as if its questions had been answered one by one.
    pub async fn begun(&self, service: &str, answers: &Json) -> Client {
        self.begun_after(service, answers, None).await
    }

    /// The same, sent after another report of the same person.
    pub async fn begun_after(&self, service: &str, answers: &Json, after: Option<Uuid>) -> Client {
        let definition = self.setting.catalogue.service(service).unwrap().clone();
        let (answers, received) = self.receive_files(&definition, answers).await;
        let draft = casework::attempt::Draft { answers, pin: Some(PIN.to_owned()), receipt: None, after, filing: None };
        let (name, draw) = (service.to_owned(), self.draw());
        let begun = self.db.write(move |tx| {
            let token = casework::attempt::begin(tx, &mut draw.clone(), &name, &draft)?;
            received.iter().try_for_each(|file| casework::report::files::hold(tx, &draw, &token, file))?;
            Ok::<_, casework::Error>(token)
        });
        let begun = begun.await.unwrap();
        let mut client = self.visitor();
        client.forge(&format!("/report/{service}"), "attempt", &begun);
        client
    }

    /// The answers in progress of a browser, with their version.
    pub async fn draft(&self, client: &Client) -> Option<(Json, i64)> {
        let (token, now) = (client.cookie("attempt")?.to_owned(), casework::Clock::now(&*self.clock));
        let found = self.db.read(move |tx| casework::attempt::find(tx, &token, now)).await.unwrap()?;
        Some((found.draft.answers, found.version))
    }

    /// A program that bears the token of this report.
    pub async fn program(&self, filed: &Filed) -> Client {
        let tracking = store::report::Tracking::from_name(&filed.receipt.tracking).unwrap();
        self.open_following(filed).await;
        let (id, draw) = (filed.id, self.draw());
        let token = self.db.write(move |tx| casework::access::make_bearer(tx, &mut draw.clone(), id, tracking)).await;
        let mut client = self.visitor();
        client.token = Some(token.unwrap());
        client
    }

    /// An officer has heard from the victim that following a sensitive report online is safe (P-92).
    pub async fn open_following(&self, filed: &Filed) {
        let (id, now) = (filed.id, casework::Clock::now(&*self.clock));
        let opened = self.db.write(move |tx| {
            if store::report::by_id(tx, id)?.follow_waits() {
                store::report::open_following(&Actor::House("test"), tx, id, now)?;
            }
            Ok::<_, store::Error>(())
        });
        opened.await.unwrap();
    }

    /// A browser in which the reporter has opened the link, and given the PIN where there is one.
    pub async fn reporter(&self, filed: &Filed) -> Client {
        self.open_following(filed).await;
        let mut client = self.visitor();
        let page = client.post(&filed.link(), &[]).await;
        assert_eq!(page.location, filed.track(), "{}", page.text);
        if filed.receipt.tracking == store::report::Tracking::LinkAndPin.name() {
            let page = client.post(&format!("{}/pin", filed.track()), &[("pin", PIN)]).await;
            assert_eq!(page.status, 303, "{}", page.text);
        }
        client
    }
}
