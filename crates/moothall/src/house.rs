//! Wiring: the database, the definitions and the keys, as every command needs them.

use crate::{
    ambient::{MachineClock, MachineRng},
    config::Config,
    records,
};
use anyhow::{Context, Result, bail};
use casework::{Clock, Draw, Geography, Keys, Rng, Setting, office::Offices};
use catalogue::{Catalogue, Source};
use courier::{Give, Keep, Unkept};
use custody::{
    decode::Decoder,
    files::{self, Blobs, Files, Name, Treatment, Unfit},
};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};
use store::{DatabasePlace, Db, definition};

pub struct House {
    pub config: Config,
    pub db: Db,
    pub setting: Arc<Setting>,
    pub clock: Arc<dyn Clock>,
    pub rng: Arc<dyn Rng>,
}

impl House {
    pub fn draw(&self) -> Draw {
        Draw::from(&*self.clock, &*self.rng)
    }

    /// Opens everything a running house needs. The schema must be there.
    pub async fn open(config: Config) -> Result<House> {
        let db = database(&config)?;
        if db.read(store::backup::filling).await.context("cannot read the database")? {
            bail!("this house was being restored from a backup and that was cut off: restore it again");
        }
        House::on(config, db).await
    }

    /// As [`House::open`], also where the house is only being filled.
    pub async fn on(config: Config, db: Db) -> Result<House> {
        let catalogue = Arc::new(definitions(&config.definitions.dir)?);
        for fault in catalogue.untold().iter().chain(catalogue.stale()) {
            tracing::warn!(%fault, "people get English instead of a translation");
        }
        let systems = records::systems(&config)?;
        if let Some(stranger) = systems.agencies().find(|agency| catalogue.agency(agency).is_none()) {
            bail!("records.{stranger}: there is no agency of this id");
        }
        let partners = records::partners(&config)?;
        if let Some(stranger) = partners.agencies().find(|agency| catalogue.agency(agency).is_none()) {
            bail!("open311.{stranger}: there is no agency of this id");
        }
        if let Some(stranger) = config.payments.keys().find(|agency| catalogue.agency(agency).is_none()) {
            bail!("payments.{stranger}: there is no agency of this id");
        }
        let offices: Offices = records::offices(&config)?.into_keys().collect();
        let told = |agency: &&str| catalogue.agency(agency).is_some_and(|agency| agency.office.is_some());
        if let Some(stranger) = offices.agencies().find(|agency| !told(agency)) {
            bail!("office.{stranger}: there is no agency of this id, or its file has no [office]");
        }
        let keys = keys(&config)?;
        let geography = db.read(Geography::load).await.context("cannot read the places in the database")?;
        let setting = Setting::new(catalogue, keys, config.server.public_url.clone(), geography);
        let setting = setting.with_records(systems).with_partners(partners).with_offices(offices);
        let setting = setting.with_gateways(config.payments.keys().cloned()).with_alerts(config.alerts);
        let setting = setting.with_replies(config.replies.clone());
        let now = MachineClock.now();
        let told = move |tx: &mut store::Tx| {
            Ok::<_, casework::Error>((casework::offer::load(tx, now)?, casework::site_message::load(tx, now)?))
        };
        let (offers, messages) = db.read(told).await.context("cannot read what staff changed")?;
        setting.set_offers(offers);
        setting.set_messages(messages);
        let house =
            House { config, db, setting: Arc::new(setting), clock: Arc::new(MachineClock), rng: Arc::new(MachineRng) };
        house.keep_definitions().await?;
        Ok(house)
    }

    /// The ledger, with its tiles in the data folder.
    pub async fn ledger(&self) -> Result<custody::Ledger> {
        let (clock, rng) = (self.clock.clone(), self.rng.clone());
        let means = custody::Means {
            db: self.db.clone(),
            shelf: shelf(&self.config),
            seed: self.setting.keys.ledger_seed(),
            origin: custody::origin(&self.config.server.public_url),
            draw: Arc::new(move || custody::Drawn { now: clock.now(), seed: rng.seed() }),
        };
        custody::Ledger::open(means).await.context("cannot open the ledger")
    }

    /// Files, in the data folder or where the configuration says.
    pub fn files(&self) -> Result<Files> {
        let said = &self.config.files;
        let program = std::env::current_exe().context("cannot tell which program this is")?;
        let (clock, again, rng) = (self.clock.clone(), self.clock.clone(), self.rng.clone());
        Ok(Files::new(files::Means {
            db: self.db.clone(),
            blobs: blobs(&self.config)?,
            arriving: self.config.data.dir.clone(),
            decoder: Decoder::child(program, self.config.decode),
            clamd: said.clamd.clone(),
            treatment: Treatment {
                longest: said.longest.clone(),
                most_pixels: said.most_pixels,
                at_once: said.at_once,
                orphan_seconds: said.orphan_seconds,
            },
            now: Arc::new(move || clock.now()),
            entry: Arc::new(move || Draw::from(&*again, &*rng).id()),
        }))
    }

    /// Every definition in use lies in the database by its hash, so that old reports keep theirs. Nothing is written where
    /// all are there: most commands change no definition.
    async fn keep_definitions(&self) -> Result<()> {
        let kept = self.db.read(definition::all).await.context("cannot read the definitions")?;
        let new = |service: &&Arc<catalogue::Service>| kept.iter().all(|kept| kept.hash != service.hash);
        let missing: Vec<definition::Definition> =
            self.setting.catalogue.services().iter().filter(new).map(kept_as).collect();
        self.setting.remember(&kept);
        if missing.is_empty() {
            return Ok(());
        }
        let now = self.clock.now();
        self.db
            .write(move |tx| missing.iter().try_for_each(|definition| definition::keep(tx, definition, now)))
            .await
            .context("cannot keep the definitions")
    }
}

fn kept_as(service: &Arc<catalogue::Service>) -> definition::Definition {
    definition::Definition {
        hash: service.hash.clone(),
        service: service.id.clone(),
        version: i64::from(service.version),
        body: service.text.clone(),
        words: service.words_text.clone(),
    }
}

pub fn database(config: &Config) -> Result<Db> {
    let place = match &config.database.url {
        Some(url) => DatabasePlace::parse(url),
        None => {
            fs::create_dir_all(&config.data.dir)
                .with_context(|| format!("cannot make the data folder {}", config.data.dir.display()))?;
            DatabasePlace::File(database_file(config))
        }
    };
    Db::open(&place).context("cannot open the database")
}

/// Reads `services/` and `agencies/`; every fault is named with file, line and reason.
pub fn definitions(dir: &Path) -> Result<Catalogue> {
    let sources = sources(dir)?;
    catalogue::load(&sources).map_err(|faults| {
        let lines: Vec<String> =
            faults.iter().map(|fault| format!("  {}:{}: {}", fault.file, fault.line, fault.reason)).collect();
        anyhow::anyhow!("{} in the definitions:\n{}", counted(faults.len(), "fault"), lines.join("\n"))
    })
}

/// As [`database`], of a house that must be there already: nothing is made.
pub fn known_database(config: &Config) -> Result<Db> {
    if config.database.url.is_none() && !database_file(config).exists() {
        bail!("there is no house in {}", config.data.dir.display());
    }
    database(config)
}

fn database_file(config: &Config) -> PathBuf {
    config.data.dir.join("moothall.db")
}

pub fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// Every definition file below the folder, by its path from there.
pub fn sources(dir: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for top in ["services", "agencies"] {
        if !dir.join(top).is_dir() {
            bail!("{} has no folder `{top}`: name the right one with definitions.dir", dir.display());
        }
        let mut folders: Vec<PathBuf> = vec![dir.join(top)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
                let path = entry?.path();
                let is_text = path.extension().is_some_and(|e| e == "toml" || e == "lock");
                if path.is_dir() && path.file_name().is_some_and(|name| name != "samples") {
                    folders.push(path);
                } else if is_text {
                    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
                    let path = path.strip_prefix(dir)?.to_string_lossy().into_owned();
                    sources.push(Source { path, text });
                }
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

/// Where the bytes of files lie.
pub fn blobs(config: &Config) -> Result<Blobs> {
    let blobs = match &config.files.place {
        Some(url) if url.starts_with("s3://") => Blobs::bucket(url),
        Some(folder) => Blobs::folder(Path::new(folder)),
        None => Blobs::folder(&config.data.dir.join("files")),
    };
    blobs.context("cannot open the place of files")
}

/// Where the tiles of the ledger lie.
pub fn shelf(config: &Config) -> Arc<dyn custody::Shelf> {
    Arc::new(custody::Folder::new(config.data.dir.join("ledger")))
}

/// The secret as it is, for a command that must make none.
pub fn known_keys(config: &Config) -> Result<Keys> {
    match known_secret(config)? {
        Some(text) => keys_of(&text),
        None => bail!("there is no secret: neither keys.secret nor {}", secret_path(config).display()),
    }
}

/// The secret of the configuration, or of the file in the data folder, if there is one.
pub fn known_secret(config: &Config) -> Result<Option<String>> {
    let path = secret_path(config);
    match &config.keys.secret {
        Some(text) => Ok(Some(text.trim().to_owned())),
        None if !path.exists() => Ok(None),
        None => {
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            Ok(Some(text.trim().to_owned()))
        }
    }
}

fn secret_path(config: &Config) -> PathBuf {
    config.data.dir.join("secret.key")
}

/// The secret that is known, or a new one in the data folder on the first start.
fn keys(config: &Config) -> Result<Keys> {
    if known_secret(config)?.is_none() {
        let secret: String = MachineRng.seed().iter().map(|b| format!("{b:02x}")).collect();
        keep_secret(config, &secret)?;
    }
    known_keys(config)
}

pub fn keys_of(text: &str) -> Result<Keys> {
    let mut secret = [0; 32];
    let digits = text.trim().as_bytes();
    if digits.len() != 64 {
        bail!("keys.secret: expected 64 hexadecimal digits");
    }
    for (byte, pair) in secret.iter_mut().zip(digits.chunks(2)) {
        let pair = std::str::from_utf8(pair)?;
        *byte =
            u8::from_str_radix(pair, 16).map_err(|_| anyhow::anyhow!("keys.secret: expected 64 hexadecimal digits"))?;
    }
    Ok(Keys::new(secret))
}

/// Puts the secret into the data folder: readable by its owner alone, and on disk before it is used.
pub fn keep_secret(config: &Config, secret: &str) -> Result<()> {
    let path = secret_path(config);
    fs::create_dir_all(&config.data.dir)?;
    write_secret(&path, secret).with_context(|| format!("cannot write {}", path.display()))
}

fn write_secret(path: &Path, secret: &str) -> Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    writeln!(file, "{secret}")?;
    file.sync_all()?;
    Ok(())
}

/// Takes in photos that were fetched.
pub fn keep(files: Files) -> Keep {
    Arc::new(move |id, name, bytes, most| {
        let files = files.clone();
        Box::pin(async move {
            files.receive_picture(id, &name, &bytes, most).await.map_err(|why| match why {
                Unfit::Lost(_) => Unkept::Lost,
                unfit => Unkept::Unfit(unfit.to_string()),
            })
        })
    })
}

/// Gives out pictures that were made from photos.
pub fn give(files: Files) -> Give {
    Arc::new(move |held, version, longest| {
        let files = files.clone();
        Box::pin(async move { files.blobs.get(Name::Rendition(held, version, longest)).await.ok() })
    })
}
