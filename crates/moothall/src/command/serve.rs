//! `moothall serve`: pages, courier, sealer and the clocks that sweep, until asked to stop.

use crate::{Args, command::retain, house::House, process::Process, records, watched::Watched};
use anyhow::{Context, Result};
use casework::{
    Geography,
    casefile::closing,
    report::{booking, clock, property, questionnaire, waiting},
    stuck,
};
use courier::{Alerts, Allowed, Bell, Courier, Offices, Payments, PhotoLinks, Post, Records};
use rights::Actor;
use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};
use store::{data_set, ward};
use telemetry::Source;
use tokio::{
    net::TcpListener,
    sync::{Notify, watch},
    task::JoinSet,
};
use web::{App, Custody, Options};

/// How often a running server asks whether another process changed what it holds in memory.
const POLL: Duration = Duration::from_secs(2);
/// How often what has run out is removed.
const SWEEP: Duration = Duration::from_secs(60);
/// How often limits are looked at, and how many in one transaction.
const TICK: Duration = Duration::from_secs(30);
const TICK_MOST: i64 = 50;
/// How often what is due by the rules of retention is done, and how long after the start: a server that starts has other things to do.
const RETAIN: Duration = Duration::from_secs(24 * 60 * 60);
const RETAIN_FIRST: Duration = Duration::from_secs(10 * 60);

pub async fn run(args: &Args) -> Result<()> {
    args.known(&[])?;
    let house = House::open(args.config()?).await?;
    let post = match &house.config.mail {
        Some(smtp) => {
            smtp.check().context("[mail]")?;
            Some(Post::Smtp(smtp.clone()))
        }
        None => {
            tracing::warn!("no [mail] in the configuration: messages wait until there is one");
            None
        }
    };
    let listener = bind(house.config.server.listen).await?;
    start(house, listener, post, false, || {}).await
}

pub async fn bind(listen: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))
}

/// Serves until the process is told to stop; `ready` is called once requests are taken.
pub async fn start(
    house: House,
    listener: TcpListener,
    post: Option<Post>,
    demonstration: bool,
    ready: impl FnOnce(),
) -> Result<()> {
    let house = Arc::new(house);
    let watched = Watched::open(&house.config).await?;
    let bell = Arc::new(Notify::new());
    let server = &house.config.server;
    let options = Options {
        public_url: server.public_url.clone(),
        trusted_proxies: server.trusted_proxies.clone(),
        framed_by: server.framed_by.clone(),
        demonstration,
        posts_per_minute: server.posts_per_minute,
        room: house.config.files.room(),
        dist: server.dist.clone(),
        compose: demonstration.then_some(crate::demo::compose as web::Compose),
        tracer: watched.tracer(),
        parent_from_proxy: house.config.traces.parent_from_proxy,
    };
    let ledger = house.ledger().await?;
    let files = house.files()?;
    let app = App::new(
        house.db.clone(),
        house.setting.clone(),
        house.clock.clone(),
        house.rng.clone(),
        options,
        Custody { ledger: ledger.clone(), files: files.clone() },
        bell.clone(),
    )?;
    app.set_basemap(basemap(&house).await?);
    // Everybody who counts.
    let mut sources: Vec<Arc<dyn Source>> = vec![
        Arc::new(app.clone()),
        Arc::new(house.db.clone()),
        Arc::new(ledger.clone()),
        Arc::new(files.clone()),
        Arc::new(Process { started: house.clock.now() }),
    ];
    watched.tracer().into_iter().for_each(|tracer| ledger.trace(tracer));
    let (stop, stopped) = watch::channel(false);
    let mut leaving = JoinSet::new();
    let (of_mail, of_records) = (Bell::default(), Bell::default());
    tokio::spawn(ring(bell, of_mail.clone(), of_records.clone()));
    if let Some(post) = post {
        let (db, setting, clock, rng) =
            (house.db.clone(), house.setting.clone(), house.clock.clone(), house.rng.clone());
        let alerts = Alerts {
            db: db.clone(),
            setting: setting.clone(),
            clock: clock.clone(),
            rng: rng.clone(),
            bell: of_mail.clone(),
        };
        let mut alerts_stopped = stopped.clone();
        leaving.spawn(async move {
            alerts.run(async move { drop(alerts_stopped.wait_for(|stop| *stop).await) }).await;
        });
        let courier = Courier::new(db, setting, post, clock, rng, of_mail).traced(watched.tracer());
        sources.push(Arc::new(courier.clone()));
        let mut stopped = stopped.clone();
        leaving.spawn(async move {
            courier.run(async move { drop(stopped.wait_for(|stop| *stop).await) }).await;
        });
    }
    let gateways = records::gateways(&house.config)?;
    if !gateways.is_empty() {
        let (db, setting, clock, rng) =
            (house.db.clone(), house.setting.clone(), house.clock.clone(), house.rng.clone());
        let payments = Payments::new(db, setting, gateways, clock, rng, of_records.clone());
        sources.push(Arc::new(payments.clone()));
        let mut stopped = stopped.clone();
        leaving.spawn(async move {
            payments.run(async move { drop(stopped.wait_for(|stop| *stop).await) }).await;
        });
    }
    let lines = records::lines(&house.config)?;
    if !lines.is_empty() {
        let (db, clock, rng) = (house.db.clone(), house.clock.clone(), house.rng.clone());
        let records = Records::new(db, lines, clock, rng, of_records.clone())?;
        sources.push(Arc::new(records.clone()));
        let mut stopped = stopped.clone();
        leaving.spawn(async move {
            records.run(async move { drop(stopped.wait_for(|stop| *stop).await) }).await;
        });
    }
    // Only programs with a key give addresses of photos.
    if !house.config.open311.is_empty() {
        let (db, setting, clock, rng) =
            (house.db.clone(), house.setting.clone(), house.clock.clone(), house.rng.clone());
        let allowed = Allowed(house.config.files.fetched_from.clone());
        let photos =
            PhotoLinks::new(db, setting, (crate::house::keep(files.clone()), allowed), clock, rng, of_records.clone());
        let mut stopped = stopped.clone();
        leaving.spawn(async move {
            photos.run(async move { drop(stopped.wait_for(|stop| *stop).await) }).await;
        });
    }
    let offices = records::offices(&house.config)?;
    if !offices.is_empty() {
        let (db, setting, clock, rng) =
            (house.db.clone(), house.setting.clone(), house.clock.clone(), house.rng.clone());
        let offices = Offices::new(db, setting, offices, clock, rng, of_records)?;
        let offices = offices.with_pictures(crate::house::give(files.clone()));
        let mut stopped = stopped.clone();
        leaving.spawn(async move {
            offices.run(async move { drop(stopped.wait_for(|stop| *stop).await) }).await;
        });
    }
    let watching = watched.run(&app, sources, &stopped);
    let mut sealer_stopped = stopped.clone();
    let sealer = tokio::spawn(async move {
        ledger.run(async move { drop(sealer_stopped.wait_for(|stop| *stop).await) }).await;
    });
    let mut sweeper_stopped = stopped.clone();
    let sweeper = tokio::spawn(async move {
        files.run(async move { drop(sweeper_stopped.wait_for(|stop| *stop).await) }).await;
    });
    tokio::spawn(refresh(house.clone(), app.clone()));
    tokio::spawn(refresh_told(house.clone()));
    tokio::spawn(renew_wards(house.clone()));
    tokio::spawn(sweep(house.clone()));
    tokio::spawn(tick(house.clone(), app.bell.clone()));
    tokio::spawn(compare(house.clone()));
    tokio::spawn(close(house.clone(), app.bell.clone()));
    if house.config.retention.daily {
        tokio::spawn(retain(house.clone()));
    }
    tokio::spawn(bookings(house.clone(), app.bell.clone()));
    ready();
    let service = web::router::router(app);
    web::serve(listener, service, told_to_stop()).await?;
    // What courier and sealer have begun they end, so that nothing is left in doubt.
    stop.send_replace(true);
    sealer.await?;
    sweeper.await?;
    while let Some(ended) = leaving.join_next().await {
        ended?;
    }
    watching.join_all().await;
    Ok(())
}

/// One bell is rung by those who write; each of those who send hears one of its own.
async fn ring(rung: Arc<Notify>, of_mail: Bell, of_records: Bell) {
    loop {
        rung.notified().await;
        of_mail.notify_one();
        of_records.notify_waiters();
    }
}

async fn told_to_stop() {
    let mut terminate = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(signal) => signal,
        Err(_) => return std::future::pending().await,
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

/// The base map in force lies in the data folder under the number of its load; a file once written never changes.
async fn basemap(house: &House) -> Result<Option<web::tile::Archive>> {
    let sets = house.db.read(data_set::all).await?;
    let Some(set) = sets.iter().find(|set| set.kind == "basemap") else { return Ok(None) };
    let path = basemap_path(house, set.load);
    match web::tile::Archive::new_with_path(&path).await {
        Ok(archive) => Ok(Some(archive)),
        Err(error) => {
            tracing::warn!(%error, "the base map cannot be opened; pages go without");
            Ok(None)
        }
    }
}

pub fn basemap_path(house: &House, load: i64) -> PathBuf {
    house.config.data.dir.join(format!("basemap-{load}.pmtiles"))
}

/// Another process may import data beside a running server.
async fn refresh(house: Arc<House>, app: App) {
    let mut known = house.db.read(data_set::generation).await.unwrap_or_default();
    loop {
        tokio::time::sleep(POLL).await;
        match house.db.read(data_set::generation).await {
            Ok(now) if now != known => {
                match house.db.read(Geography::load).await {
                    Ok(geography) => {
                        house.setting.set_geography(geography);
                        known = now;
                    }
                    Err(error) => tracing::error!(%error, "cannot read the places anew"),
                }
                if let Ok(archive) = basemap(&house).await {
                    app.set_basemap(archive);
                }
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "cannot read the generation"),
        }
    }
}

/// What staff changed of services, and what they say on the site, may be written by another server, or begin today.
async fn refresh_told(house: Arc<House>) {
    let mut known = None;
    loop {
        let now = house.clock.now();
        let generations = |tx: &mut store::Tx| {
            Ok::<_, store::Error>((store::offer::generation(tx)?, store::site_message::generation(tx)?))
        };
        match house.db.read(generations).await {
            // A day begins by the clock and by nobody's act.
            Ok(generations) if known != Some((generations, casework::offer::day(now))) => {
                let told = move |tx: &mut store::Tx| {
                    Ok::<_, casework::Error>((casework::offer::load(tx, now)?, casework::site_message::load(tx, now)?))
                };
                match house.db.read(told).await {
                    Ok((offers, messages)) => {
                        house.setting.set_offers(offers);
                        house.setting.set_messages(messages);
                        known = Some((generations, casework::offer::day(now)));
                    }
                    Err(error) => tracing::error!(%error, "cannot read anew what staff changed"),
                }
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "cannot read the generation"),
        }
        tokio::time::sleep(POLL).await;
    }
}

/// Wards of reports, after boundaries have changed: a step at a time, so that a server goes on answering. What a stopped server
/// did not end, the next begins anew.
async fn renew_wards(house: Arc<House>) {
    loop {
        tokio::time::sleep(TICK).await;
        let generations =
            house.db.read(|tx| Ok::<_, store::Error>((data_set::generation(tx)?, ward::renewed(tx)?))).await;
        let Ok((now, done)) = generations else { continue };
        if now == done {
            continue;
        }
        // Longer than `refresh` waits: the places in memory are those of this generation.
        tokio::time::sleep(2 * POLL).await;
        let mut behind = Some(uuid::Uuid::nil());
        while let Some(last) = behind {
            let setting = house.setting.clone();
            match house.db.write(move |tx| casework::report::ward::renew(tx, &setting, last)).await {
                Ok(next) => behind = next,
                Err(error) => {
                    tracing::error!(%error, "cannot work out the wards of reports anew");
                    break;
                }
            }
        }
        if behind.is_none()
            && let Err(error) = house.db.write(move |tx| ward::set_renewed(tx, now)).await
        {
            tracing::error!(%error, "cannot keep that wards were worked out");
        }
    }
}

async fn sweep(house: Arc<House>) {
    loop {
        tokio::time::sleep(SWEEP).await;
        let now = house.clock.now();
        let done = house
            .db
            .write(move |tx| {
                store::throttle::sweep(tx, now.plus_hours(-24))?;
                casework::account::sweep(tx, now)?;
                casework::report::reply::sweep(tx, now)?;
                store::access::sweep(tx, now)
            })
            .await;
        if let Err(error) = done {
            tracing::error!(%error, "cannot sweep");
        }
    }
}

/// How long reports are kept, once a day (J-43): what is due is done.
async fn retain(house: Arc<House>) {
    loop {
        tokio::time::sleep(RETAIN_FIRST).await;
        match retain::once(&house, None, true, |_, _| {}).await {
            Ok(counts) if counts.is_empty() => {}
            Ok(counts) => tracing::info!(?counts, "reports whose time is over"),
            Err(error) => tracing::error!(%error, "cannot do what is due by the rules of how long reports are kept"),
        }
        tokio::time::sleep(RETAIN.saturating_sub(RETAIN_FIRST)).await;
    }
}

/// Things that stand in two reports: what came in at the same moment, and all of them again each night.
async fn compare(house: Arc<House>) {
    loop {
        let draw = house.draw();
        match house.db.write(move |tx| property::tick(tx, &mut draw.clone(), TICK_MOST)).await {
            Ok(n) if n as i64 == TICK_MOST => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "cannot compare what is lost with what is found"),
        }
        tokio::time::sleep(TICK).await;
    }
}

/// Cases that nothing happens in: their complainants are told that they close, and then they close.
async fn close(house: Arc<House>, bell: Arc<Notify>) {
    loop {
        let (setting, draw) = (house.setting.clone(), house.draw());
        let done = house.db.write(move |tx| closing::tick(tx, &setting, &mut draw.clone(), TICK_MOST)).await;
        match done {
            Ok(n) if n as i64 == TICK_MOST => continue,
            Ok(0) => {}
            Ok(_) => bell.notify_one(),
            Err(error) => tracing::error!(%error, "cannot look after cases that are to close"),
        }
        tokio::time::sleep(TICK).await;
    }
}

/// What was missed or ordered and has waited too long. Days that people booked: those that nobody paid for are given back,
/// and people are reminded of the others. Whether it is fixed is asked some weeks after a report was sent.
async fn bookings(house: Arc<House>, bell: Arc<Notify>) {
    loop {
        let (setting, draw) = (house.setting.clone(), house.draw());
        let done = house.db.write(move |tx| {
            let mut draw = draw.clone();
            let raised = waiting::tick(tx, &mut draw, TICK_MOST)?;
            let of_days = booking::tick(tx, &setting, &mut draw, TICK_MOST)?;
            let asked = questionnaire::tick(tx, &setting, &mut draw, TICK_MOST)?;
            Ok::<_, casework::Error>(raised.max(of_days).max(asked))
        });
        let done = done.await;
        match done {
            Ok(n) if n as i64 == TICK_MOST => continue,
            Ok(0) => {}
            Ok(_) => bell.notify_one(),
            Err(error) => tracing::error!(%error, "cannot look after what is booked or asked"),
        }
        tokio::time::sleep(TICK).await;
    }
}

/// Limits that end, and the steps before them. What a server that stood still has missed it does when it runs again.
async fn tick(house: Arc<House>, bell: Arc<Notify>) {
    loop {
        let (setting, draw) = (house.setting.clone(), house.draw());
        let done = house.db.write(move |tx| clock::tick(tx, &setting, &mut draw.clone(), TICK_MOST)).await;
        match done {
            Ok(n) if n as i64 == TICK_MOST => continue,
            Ok(0) => {}
            Ok(_) => bell.notify_one(),
            Err(error) => tracing::error!(%error, "cannot look after the clocks"),
        }
        let (setting, draw) = (house.setting.clone(), house.draw());
        let job = move |tx: &mut store::Tx| stuck::tick(&Actor::House("clock"), tx, &setting, &mut draw.clone());
        match house.db.write(job).await {
            Ok(0) => {}
            Ok(_) => bell.notify_one(),
            Err(error) => tracing::error!(%error, "cannot say what is stuck"),
        }
        tokio::time::sleep(TICK).await;
    }
}
