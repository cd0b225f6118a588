//! One TOML file; every key also as `MOOTHALL_SECTION__KEY`. An unknown or bad key stops the start with its name.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fmt,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub server: Server,
    pub database: Database,
    pub data: Data,
    pub keys: Keys,
    pub definitions: Definitions,
    pub files: Files,
    pub decode: custody::decode::Limits,
    /// Without it nothing is sent: deliveries wait.
    pub mail: Option<courier::Smtp>,
    /// Where answers to our mails come. Without a domain they are not invited.
    pub replies: casework::report::reply::Replies,
    /// Hours and limits of mails about public reports.
    pub alerts: casework::alerts::Rules,
    pub retention: Retention,
    pub metrics: Metrics,
    pub traces: Traces,
    /// Records systems, by id of their agency.
    pub records: BTreeMap<String, Records>,
    /// Gateways that take cards, by id of the agency that is paid.
    pub payments: BTreeMap<String, Payments>,
    /// Programs that speak Open311, by id of the agency they act for.
    pub open311: BTreeMap<String, Open311>,
    /// Back offices that speak Open311, by id of their agency, whose file says how. Without one nothing goes there.
    pub office: BTreeMap<String, Office>,
}

/// How long reports are kept: the rules themselves are the agencies' (`[[retention]]`).
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Retention {
    /// A running server does once a day what is due; else `moothall retain --apply` does.
    pub daily: bool,
}

impl Default for Retention {
    fn default() -> Retention {
        Retention { daily: true }
    }
}

/// The back office of one agency.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Office {
    /// Below it lie `requests.xml` and the rest: `https://…`
    pub url: String,
    /// What it knows us by; sent as `api_key`.
    pub key: Option<String>,
}

/// The programs of one agency.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Open311 {
    /// SHA-256 of each key they show us, 64 hexadecimal digits.
    pub key_hashes: Vec<String>,
    /// They know more words for a state than open and closed.
    pub extended: bool,
    /// Names of clients with a base address of their own, `/open311/v2/for/<name>/`: what changed in their window is theirs.
    pub clients: Vec<String>,
}

/// GOV.UK Pay for one agency. Never printed.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Payments {
    /// `https://publicapi.payments.service.gov.uk`
    pub url: String,
    /// The key of the agency's account.
    pub key: String,
}

/// The records system of one agency.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Records {
    /// Where it takes signed webhooks: `https://…`. Without it it is told nothing.
    pub url: Option<String>,
    /// What they are signed with: `whsec_…`; two while they change.
    pub secrets: Vec<String>,
    /// SHA-256 of each key it shows us, 64 hexadecimal digits. Without one it may say and ask nothing.
    pub key_hashes: Vec<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Metrics {
    /// Without it nothing is listened on.
    pub listen: Option<SocketAddr>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Traces {
    /// A collector of OTLP over HTTP: `http://127.0.0.1:4318`. Without it no span is made.
    pub endpoint: Option<String>,
    /// The share of the requests that are traced, 0 to 1.
    pub ratio: f64,
    /// A trusted proxy begins traces itself and lets no visitor's `traceparent` through.
    pub parent_from_proxy: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    pub listen: SocketAddr,
    /// As visitors see it, without a slash at the end: `https://moothall.example`.
    pub public_url: String,
    /// Addresses whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Sites that may show `/widget/list` in a frame: `https://council.example`.
    pub framed_by: Vec<String>,
    /// Posts one origin may make in a minute.
    pub posts_per_minute: u32,
    /// Built CSS and JS, read by debug builds only.
    pub dist: PathBuf,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Database {
    /// `postgres://…`; without it an embedded database lies in the data folder.
    pub url: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Data {
    pub dir: PathBuf,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Keys {
    /// 64 hexadecimal digits; without it the file `secret.key` of the data folder holds them.
    pub secret: Option<String>,
}

/// Photos and other files.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Files {
    /// A folder, or `s3://bucket/prefix`; without it `files` in the data folder.
    pub place: Option<String>,
    /// Where a clamd listens: `/run/clamav/clamd.ctl`, or `127.0.0.1:3310`. Without it files are not searched for malware.
    pub clamd: Option<custody::files::Clamd>,
    /// The most pixels of the longer side of the pictures that are shown: on phones, at desks.
    pub longest: Vec<u32>,
    /// Pictures with more pixels are refused.
    pub most_pixels: u64,
    /// Files that are taken in at the same time.
    pub at_once: usize,
    /// Bytes that no row names are swept away after this long.
    pub orphan_seconds: i64,
    /// Megabytes that one origin may give in a day. Many telephones share one address.
    pub origin_megabytes: i64,
    /// Megabytes that wait in all for a report to claim them; more are refused until some are claimed or have run out.
    pub unclaimed_megabytes: i64,
    /// Photos that programs give as addresses come from the public internet, at its usual ports. From these addresses with
    /// their ports they come too, wherever those lie: `["10.1.2.3:8443"]`.
    pub fetched_from: Vec<SocketAddr>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Definitions {
    /// The folder that holds `services/` and `agencies/`.
    pub dir: PathBuf,
}

impl Default for Server {
    fn default() -> Server {
        Server {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: "http://127.0.0.1:8080".to_owned(),
            trusted_proxies: Vec::new(),
            framed_by: Vec::new(),
            posts_per_minute: 120,
            dist: PathBuf::from("dist"),
        }
    }
}

impl Default for Traces {
    fn default() -> Traces {
        // One in twenty tells where time goes, and keeps spans few.
        Traces { endpoint: None, ratio: 0.05, parent_from_proxy: false }
    }
}

impl Default for Data {
    fn default() -> Data {
        Data { dir: PathBuf::from("data") }
    }
}

impl Default for Files {
    fn default() -> Files {
        let treatment = custody::files::Treatment::default();
        Files {
            place: None,
            clamd: None,
            longest: treatment.longest,
            most_pixels: treatment.most_pixels,
            at_once: treatment.at_once,
            orphan_seconds: treatment.orphan_seconds,
            origin_megabytes: 2_000,
            unclaimed_megabytes: 10_000,
            fetched_from: Vec::new(),
        }
    }
}

impl Files {
    pub fn room(&self) -> casework::report::room::Limits {
        let bytes = |megabytes: i64| megabytes.saturating_mul(1 << 20);
        casework::report::room::Limits {
            of_an_origin_a_day: bytes(self.origin_megabytes),
            unclaimed: bytes(self.unclaimed_megabytes),
        }
    }
}

impl Default for Definitions {
    fn default() -> Definitions {
        Definitions { dir: PathBuf::from(".") }
    }
}

// Secrets are never printed: a database address may hold a password.
impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.url.is_some() { "Database(server)" } else { "Database(embedded)" })
    }
}

impl fmt::Debug for Payments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Payments(…)")
    }
}

impl fmt::Debug for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Records({} secrets, {} keys)", self.secrets.len(), self.key_hashes.len())
    }
}

impl fmt::Debug for Open311 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Open311({} keys, extended: {})", self.key_hashes.len(), self.extended)
    }
}

impl fmt::Debug for Office {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Office(key: {})", self.key.is_some())
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// Reads the file, if one is named, then the environment over it.
pub fn read(file: Option<&Path>, environment: impl Iterator<Item = (String, String)>) -> Result<Config> {
    let text = match file {
        Some(path) => std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?,
        None => String::new(),
    };
    let name = file.map_or_else(|| "the configuration".to_owned(), |path| path.display().to_string());
    let mut table: toml::Table = toml::from_str(&text).map_err(|e| anyhow::anyhow!("{name}: {}", plain(&e)))?;
    for (key, value) in environment {
        let Some((section, key_in)) = key.strip_prefix("MOOTHALL_").and_then(|rest| rest.split_once("__")) else {
            continue;
        };
        let (section, key_in) = (section.to_lowercase(), key_in.to_lowercase());
        let section_table = table
            .entry(section.clone())
            .or_insert_with(|| toml::Value::Table(toml::Table::new()))
            .as_table_mut()
            .with_context(|| format!("{key}: `{section}` is not a section"))?;
        match key_in.split_once("__") {
            // The records system of an agency: its id with `_` in place of `-`.
            Some((agency, key_in)) => {
                let agency = agency.replace('_', "-");
                let inner = section_table
                    .entry(agency)
                    .or_insert_with(|| toml::Value::Table(toml::Table::new()))
                    .as_table_mut()
                    .with_context(|| format!("{key}: there is a value where it needs a section"))?;
                inner.insert(key_in.to_owned(), typed(&value));
            }
            None => {
                section_table.insert(key_in, typed(&value));
            }
        }
        // Tried key by key, so that the message names the variable and never its value.
        if let Err(error) = Config::deserialize(toml::Value::Table(table.clone())) {
            bail!("{key}: {}", without_values(&plain(&error)));
        }
    }
    let config = toml::from_str::<Config>(&toml::to_string(&table)?);
    let config = match config {
        Ok(config) => config,
        // The file's own text gives the line; the merged one does not.
        Err(merged) => match toml::from_str::<Config>(&text) {
            Err(error) => bail!("{name}: {}", plain(&error)),
            Ok(_) => bail!("{name}: {}", plain(&merged)),
        },
    };
    check(&config)?;
    Ok(config)
}

fn check(config: &Config) -> Result<()> {
    if let Some(bad) = config.server.framed_by.iter().find(|site| !web::is_site(site)) {
        bail!("server.framed_by: expected sites such as https://council.example, without a path, and not {bad:?}");
    }
    let url = &config.server.public_url;
    if !(url.starts_with("https://") || url.starts_with("http://")) || url.ends_with('/') {
        bail!("server.public_url: expected an address such as https://moothall.example, without a slash at the end");
    }
    if config.metrics.listen.is_some_and(|listen| listen == config.server.listen && listen.port() != 0) {
        bail!("metrics.listen: expected an address other than server.listen");
    }
    let replies = &config.replies;
    if !replies.is_sound() {
        bail!("replies.domain: expected the name of a domain, such as replies.moothall.example");
    }
    if !(1..=365).contains(&replies.days) {
        bail!("replies.days: expected 1 to 365");
    }
    if !(10_000..=50_000_000).contains(&replies.most_bytes) {
        bail!("replies.most_bytes: expected 10000 to 50000000");
    }
    let traces = &config.traces;
    if !(0.0..=1.0).contains(&traces.ratio) {
        bail!("traces.ratio: expected a number from 0 to 1");
    }
    if let Some(endpoint) = &traces.endpoint {
        endpoint.parse::<courier::Endpoint>().context("traces.endpoint")?;
    }
    for agency in config.records.keys() {
        crate::records::system(config, agency)?;
        crate::records::line(config, agency)?;
    }
    crate::records::partners(config)?;
    crate::records::gateways(config)?;
    crate::records::offices(config)?;
    Ok(())
}

/// A value of the environment as TOML would read it; anything else is text.
fn typed(value: &str) -> toml::Value {
    toml::from_str::<toml::Table>(&format!("v = {value}"))
        .ok()
        .and_then(|mut table| table.remove("v"))
        .unwrap_or_else(|| toml::Value::String(value.to_owned()))
}

fn plain(error: &dyn fmt::Display) -> String {
    error.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Messages quote what they met; what they met may be a secret.
fn without_values(message: &str) -> String {
    message.split('"').enumerate().map(|(i, part)| if i % 2 == 0 { part } else { "…" }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &[(&str, &str)]) -> Result<Config> {
        read(None, pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())))
    }

    #[test]
    fn every_key_may_come_from_the_environment() {
        let config = with(&[
            ("MOOTHALL_SERVER__LISTEN", "0.0.0.0:9000"),
            ("MOOTHALL_SERVER__POSTS_PER_MINUTE", "7"),
            ("MOOTHALL_DECODE__MEMORY", "500000000"),
            ("MOOTHALL_DATABASE__URL", "postgres://someone:secret@db/moothall"),
            ("MOOTHALL_SERVER__TRUSTED_PROXIES", r#"["10.0.0.1"]"#),
            ("PATH", "/bin"),
        ])
        .unwrap();
        assert_eq!(config.server.listen.port(), 9000);
        assert_eq!(config.server.posts_per_minute, 7);
        assert_eq!((config.decode.memory, config.decode.at_once), (500_000_000, 2));
        assert_eq!(config.server.trusted_proxies.len(), 1);
        assert!(!format!("{config:?}").contains("secret"));
    }

    #[test]
    fn an_unknown_or_bad_key_is_named_and_its_value_is_not() {
        let error = with(&[("MOOTHALL_SERVER__LISTEM", "x")]).unwrap_err().to_string();
        assert!(error.contains("MOOTHALL_SERVER__LISTEM"), "{error}");
        let error = with(&[("MOOTHALL_SERVER__POSTS_PER_MINUTE", "hunter2hunter2")]).unwrap_err().to_string();
        assert!(error.contains("POSTS_PER_MINUTE") && !error.contains("hunter2"), "{error}");
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "[server]\nlisten = \"127.0.0.1:1\"\n\n[servre]\n").unwrap();
        let error = read(Some(file.path()), std::iter::empty()).unwrap_err().to_string();
        assert!(error.contains("servre") && error.contains("expected"), "{error}");
    }

    #[test]
    fn numbers_and_traces_are_off_and_what_they_cannot_be_is_refused_by_name() {
        let config = with(&[]).unwrap();
        assert!(config.metrics.listen.is_none() && config.traces.endpoint.is_none());
        let on = with(&[
            ("MOOTHALL_METRICS__LISTEN", "127.0.0.1:9464"),
            ("MOOTHALL_TRACES__ENDPOINT", "http://127.0.0.1:4318"),
            ("MOOTHALL_TRACES__RATIO", "1"),
        ])
        .unwrap();
        assert_eq!((on.metrics.listen.unwrap().port(), on.traces.ratio), (9464, 1.0));
        for (key, value) in [
            ("MOOTHALL_METRICS__LISTEN", "127.0.0.1:8080"),
            ("MOOTHALL_TRACES__ENDPOINT", "https://user:hunter2@collector"),
            ("MOOTHALL_TRACES__RATIO", "1.5"),
            ("MOOTHALL_TRACES__RATIO", "nan"),
        ] {
            let error = format!("{:#}", with(&[(key, value)]).unwrap_err());
            let name = key.strip_prefix("MOOTHALL_").unwrap().to_lowercase().replace("__", ".");
            assert!(error.contains(&name) && !error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn where_answers_come_is_a_domain_and_limits_that_make_sense() {
        assert_eq!(with(&[]).unwrap().replies.domain, "");
        let on = with(&[("MOOTHALL_REPLIES__DOMAIN", "replies.moothall.example"), ("MOOTHALL_REPLIES__DAYS", "60")]);
        assert_eq!(on.unwrap().replies.days, 60);
        for (key, value) in [
            ("MOOTHALL_REPLIES__DOMAIN", "replies@moothall.example"),
            ("MOOTHALL_REPLIES__DOMAIN", "replies..example"),
            ("MOOTHALL_REPLIES__DAYS", "0"),
            ("MOOTHALL_REPLIES__MOST_BYTES", "1"),
        ] {
            let error = format!("{:#}", with(&[(key, value)]).unwrap_err());
            assert!(error.contains(&key["MOOTHALL_REPLIES__".len()..].to_lowercase()), "{error}");
        }
    }

    #[test]
    fn a_records_system_may_come_from_the_environment_and_is_never_printed() {
        const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let hash = format!("[\"{}\"]", "ab".repeat(32));
        let secrets = format!("[\"{SECRET}\"]");
        let all = [
            ("MOOTHALL_RECORDS__EXAMPLE_POLICE__URL", "https://records.example/hunter2"),
            ("MOOTHALL_RECORDS__EXAMPLE_POLICE__SECRETS", secrets.as_str()),
            ("MOOTHALL_RECORDS__EXAMPLE_POLICE__KEY_HASHES", hash.as_str()),
        ];
        let config = with(&all).unwrap();
        assert!(config.records.contains_key("example-police"), "{config:?}");
        assert!(!format!("{config:?}").contains("whsec") && !format!("{config:?}").contains("hunter2"));
        for (at, value, names) in [
            (0, "http://records.example/hunter2", "records.example-police.url"),
            (1, "[\"whsec_hunter2\"]", "records.example-police.secrets"),
            (1, "[]", "records.example-police.secrets"),
            (2, "[\"hunter2\"]", "records.example-police.key_hashes"),
            (2, "\"hunter2\"", "KEY_HASHES"),
        ] {
            let mut bad = all;
            bad[at].1 = value;
            let error = format!("{:#}", with(&bad).unwrap_err());
            assert!(error.contains(names) && !error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn keys_of_open311_come_as_hashes_and_are_never_printed() {
        let hash = format!("[\"{}\"]", "ab".repeat(32));
        let config = with(&[
            ("MOOTHALL_OPEN311__EXAMPLE_COUNCIL__KEY_HASHES", hash.as_str()),
            ("MOOTHALL_OPEN311__EXAMPLE_COUNCIL__EXTENDED", "true"),
        ])
        .unwrap();
        assert!(crate::records::partners(&config).unwrap().extended("example-council"));
        assert!(!format!("{config:?}").contains("abab"));
        let error = with(&[("MOOTHALL_OPEN311__EXAMPLE_COUNCIL__KEY_HASHES", "[\"hunter2\"]")]).unwrap_err();
        let error = format!("{error:#}");
        assert!(error.contains("open311.example-council.key_hashes") && !error.contains("hunter2"), "{error}");
    }

    #[test]
    fn a_public_address_with_a_slash_at_its_end_is_refused() {
        assert!(with(&[("MOOTHALL_SERVER__PUBLIC_URL", "https://moothall.example/")]).is_err());
    }
}
