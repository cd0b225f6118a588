//! Files: their rows against the entries that record them, their bytes against both.

use super::{Fault, Findings};
use crate::{
    Error, HOUSE,
    files::{Blobs, Lost, Name},
};
use data_encoding::HEXLOWER;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use store::{Db, held, rendition};
use uuid::Uuid;

/// Rows read at once.
const PAGE: i64 = 1000;

/// What sealed entries say of files: the reports they are of, and the hashes of the pictures that were made.
#[derive(Debug, Default)]
pub struct Recorded {
    files: HashMap<Uuid, Option<Uuid>>,
    /// By file, version and size.
    pictures: HashMap<(Uuid, i64, i64), String>,
    /// Files that entries of erasure name: they are lawfully gone.
    erased: HashSet<Uuid>,
}

impl Recorded {
    /// Files that entries record.
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// Takes down what an entry says of files, if it does.
    pub fn note(&mut self, report: Option<Uuid>, facts: &Json) {
        for file in facts["files"].as_array().into_iter().flatten() {
            if let Some(id) = uuid(&file["id"]) {
                self.files.insert(id, report);
                self.made(id, 0, &file["made"]);
            }
        }
        self.erased.extend(facts["erased"].as_array().into_iter().flatten().filter_map(uuid));
        if let (Some(id), Some(version)) = (uuid(&facts["file"]), facts["version"].as_i64()) {
            self.made(id, version, &facts["made"]);
        }
    }

    fn made(&mut self, id: Uuid, version: i64, made: &Json) {
        for one in made.as_array().into_iter().flatten() {
            if let (Some(longest), Some(hash)) = (one["longest"].as_i64(), one["sha256"].as_str()) {
                self.pictures.insert((id, version, longest), hash.to_owned());
            }
        }
    }
}

fn uuid(json: &Json) -> Option<Uuid> {
    json.as_str().and_then(|id| Uuid::try_parse(id).ok())
}

/// Reads every file there is. It may run beside a server: what is new is looked at as far as it is there.
pub async fn files(db: &Db, blobs: &Blobs, findings: &mut Findings) -> Result<(), Error> {
    let mut known = HashSet::new();
    let mut last = Uuid::nil();
    loop {
        let page = db.read(move |tx| held::kept(&HOUSE, tx, last, PAGE)).await?;
        let Some(end) = page.last() else { break };
        last = end.id;
        for kept in page {
            known.insert(kept.id);
            findings.files += 1;
            findings.faults.extend(row(&kept));
            // Bytes that nobody claimed may go at any time, and were acknowledged to nobody for good.
            if kept.report.is_some() {
                bytes(blobs, Name::Original(kept.id), &kept.sha256, findings).await;
            }
        }
    }
    for (file, report) in &findings.recorded.files {
        if !known.contains(file) && !findings.recorded.erased.contains(file) {
            findings.faults.push(Fault::FileMissing { file: *file, report: report.unwrap_or_default() });
        }
    }
    pictures(db, blobs, findings).await
}

/// The row of a file against what was sealed of it.
fn row(kept: &held::Kept) -> Option<Fault> {
    kept.report?;
    let Some(facts) = &kept.facts else { return Some(Fault::FileUnrecorded(kept.id)) };
    let said = facts["files"].as_array().into_iter().flatten().find(|said| uuid(&said["id"]) == Some(kept.id));
    let Some(said) = said else { return Some(Fault::FileUnrecorded(kept.id)) };
    let same =
        said["sha256"].as_str() == Some(&HEXLOWER.encode(&kept.sha256)) && said["size"].as_i64() == Some(kept.size);
    (!same).then_some(Fault::FileRow(kept.id))
}

async fn bytes(blobs: &Blobs, name: Name, sha256: &[u8], findings: &mut Findings) {
    findings.faults.extend(match blobs.get(name).await {
        Ok(found) if Sha256::digest(&found).as_slice() == sha256 => None,
        Ok(_) => Some(Fault::BytesChanged(name.to_string())),
        Err(Lost::Missing(_)) => Some(Fault::BytesMissing(name.to_string())),
        Err(why) => Some(Fault::BytesUnread { name: name.to_string(), why: why.to_string() }),
    });
}

async fn pictures(db: &Db, blobs: &Blobs, findings: &mut Findings) -> Result<(), Error> {
    let mut last = (Uuid::nil(), 0, 0);
    let mut seen = HashSet::new();
    loop {
        let page = db.read(move |tx| rendition::kept(&HOUSE, tx, last, PAGE)).await?;
        let Some(end) = page.last() else { break };
        last = (end.held, end.version, end.longest);
        for made in page {
            let place = (made.held, made.version, made.longest);
            let name = Name::Rendition(made.held, made.version, made.longest);
            seen.insert(place);
            // What was made of a file that nobody claimed is recorded nowhere yet.
            let said = findings.recorded.pictures.get(&place).cloned();
            let Some(said) = said else { continue };
            if said != HEXLOWER.encode(&made.sha256) {
                findings.faults.push(Fault::PictureRow(name.to_string()));
            }
            bytes(blobs, name, &made.sha256, findings).await;
        }
    }
    let gone = &findings.recorded.erased;
    let lost = findings.recorded.pictures.keys().filter(|place| !seen.contains(place) && !gone.contains(&place.0));
    let lost: Vec<Fault> =
        lost.map(|(id, v, n)| Fault::PictureMissing(Name::Rendition(*id, *v, *n).to_string())).collect();
    findings.faults.extend(lost);
    Ok(())
}
