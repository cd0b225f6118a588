//! The systems of agencies in the configuration: where records systems listen, what is signed with, whose keys open a door.

use crate::config::{Config, Open311, Records};
use anyhow::{Context, Result, bail};
use casework::{
    partners::{Partner, Partners},
    records::{System, Systems},
};
use courier::{Address, BackOffice, Gateways, GovUkPay, Line, Secret};
use data_encoding::HEXLOWER_PERMISSIVE;
use std::{collections::BTreeMap, sync::Arc};

fn of<'c>(config: &'c Config, agency: &str) -> Result<&'c Records> {
    config.records.get(agency).with_context(|| format!("records.{agency} is not there"))
}

/// What the rules know of an agency's system. Nothing of a value is repeated in an error.
pub fn system(config: &Config, agency: &str) -> Result<System> {
    let said = of(config, agency)?;
    let keys = keys(&said.key_hashes, &format!("records.{agency}.key_hashes"))?;
    Ok(System { keys, told: said.url.is_some() })
}

fn keys(hashes: &[String], name: &str) -> Result<Vec<[u8; 32]>> {
    let mut keys = Vec::new();
    for hash in hashes {
        let bytes = HEXLOWER_PERMISSIVE.decode(hash.as_bytes()).ok();
        match bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()) {
            Some(hash) => keys.push(hash),
            None => bail!("{name}: expected the SHA-256 of each key, 64 hexadecimal digits"),
        }
    }
    Ok(keys)
}

/// The programs that speak Open311, by the agency they act for.
pub fn partners(config: &Config) -> Result<Partners> {
    let partner = |(agency, said): (&String, &Open311)| {
        let keys = keys(&said.key_hashes, &format!("open311.{agency}.key_hashes"))?;
        let plain = |name: &String| {
            let sign = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            !name.is_empty() && name.len() <= 40 && name.bytes().all(sign)
        };
        if !said.clients.iter().all(plain) {
            bail!("open311.{agency}.clients: a name is small letters, digits and hyphens");
        }
        Ok((agency.clone(), Partner { keys, extended: said.extended, clients: said.clients.clone() }))
    };
    config.open311.iter().map(partner).collect()
}

/// The gateways that take cards, by the agency that is paid. Nothing of a value is repeated in an error.
pub fn gateways(config: &Config) -> Result<Gateways> {
    let mut gateways = Gateways::new();
    for (agency, said) in &config.payments {
        let base: Address = said.url.parse().with_context(|| format!("payments.{agency}.url"))?;
        let gateway = GovUkPay::new(base, &said.key).with_context(|| format!("payments.{agency}.key"))?;
        gateways.insert(agency.clone(), Arc::new(gateway));
    }
    Ok(gateways)
}

/// The line to an agency's system, if it is to be told anything.
pub fn line(config: &Config, agency: &str) -> Result<Option<Line>> {
    let said = of(config, agency)?;
    let secrets: Vec<Secret> = said
        .secrets
        .iter()
        .map(|secret| secret.parse())
        .collect::<Result<_, _>>()
        .with_context(|| format!("records.{agency}.secrets"))?;
    let Some(url) = &said.url else { return Ok(None) };
    let at: Address = url.parse().with_context(|| format!("records.{agency}.url"))?;
    if secrets.is_empty() {
        bail!("records.{agency}.secrets: what is sent to records.{agency}.url must be signed");
    }
    Ok(Some(Line { at, secrets }))
}

pub fn systems(config: &Config) -> Result<Systems> {
    config.records.keys().map(|agency| Ok((agency.clone(), system(config, agency)?))).collect()
}

pub fn lines(config: &Config) -> Result<BTreeMap<String, Line>> {
    let mut lines = BTreeMap::new();
    for agency in config.records.keys() {
        lines.extend(line(config, agency)?.map(|line| (agency.clone(), line)));
    }
    Ok(lines)
}

/// The back offices, by their agency. Nothing of a value is repeated in an error.
pub fn offices(config: &Config) -> Result<BTreeMap<String, BackOffice>> {
    let mut offices = BTreeMap::new();
    for (agency, said) in &config.office {
        let at: Address = said.url.parse().with_context(|| format!("office.{agency}.url"))?;
        if said.key.as_ref().is_some_and(|key| key.trim().is_empty()) {
            bail!("office.{agency}.key is empty");
        }
        offices.insert(agency.clone(), BackOffice { at, key: said.key.clone() });
    }
    Ok(offices)
}
