//! What the child may use: memory and time by `setrlimit`, files by landlock, system calls by seccomp (`calls.rs`).

use super::{calls, heic::Converter};
use anyhow::{Context, Result};
use landlock::{
    ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetStatus, Scope,
    path_beneath_rules,
};
use rlimit::Resource;

/// What a converter needs to open besides its picture: pipes and libraries.
const CONVERTER_FILES: u64 = 64;
/// The newest landlock that was tried; an older kernel gives what it has.
const LANDLOCK: ABI = ABI::V6;

pub struct Bounds {
    /// Bytes of address space beside what the program itself takes as it begins, which grows with it. The allocator reserves 64 MB
    /// at a time (`custody::Decoder` tells it so).
    pub memory: u64,
    /// What the program took as it began, by [`taken`].
    pub taken: u64,
    pub cpu_seconds: u64,
}

impl Bounds {
    /// After [`files`]. From here on there is no way back.
    ///
    /// # Errors
    /// When a limit or the filter cannot be laid: then nothing hostile may be read.
    pub fn lay(&self, starts_a_converter: bool) -> Result<()> {
        self.resources(starts_a_converter).context("setrlimit")?;
        calls::only(starts_a_converter).context("seccomp")
    }

    fn resources(&self, starts_a_converter: bool) -> Result<()> {
        let (files, bytes) = if starts_a_converter { (CONVERTER_FILES, self.memory) } else { (0, 0) };
        lower(Resource::CORE, 0, 0)?;
        lower(Resource::NOFILE, files, files)?;
        // A converter reads its picture from a file in memory, which counts; a file on disk landlock forbids.
        lower(Resource::FSIZE, bytes, bytes)?;
        if !starts_a_converter {
            // It counts all processes of the user, so it can only be none.
            lower(Resource::NPROC, 0, 0)?;
        }
        let most = self.memory.saturating_add(self.taken);
        lower(Resource::AS, most, most)?;
        // The first ends it with SIGXCPU, which says why; the second with SIGKILL.
        lower(Resource::CPU, self.cpu_seconds, self.cpu_seconds.saturating_add(1))
    }
}

/// Bytes of address space that this process has now; none where the system does not say, so that the limit is the closer one.
/// Before [`files`]: after it nothing can be opened.
pub fn taken() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let size = status.lines().find_map(|line| line.strip_prefix("VmSize:")?.trim().strip_suffix(" kB"));
    size.and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0).saturating_mul(1024)
}

/// Never raises: what the operator has set lower stays.
fn lower(resource: Resource, soft: u64, hard: u64) -> Result<()> {
    let most = resource.get_hard()?;
    resource.set(soft.min(most), hard.min(most)).with_context(|| resource.as_name())
}

/// Nothing may be opened but what a converter needs. False where this kernel has no landlock.
///
/// # Errors
/// When a rule cannot be made.
pub fn files(converter: Option<&Converter>) -> Result<bool> {
    let read = AccessFs::ReadFile | AccessFs::ReadDir;
    let (runs, libraries) = converter.map(|one| (one.runs(), one.libraries())).unwrap_or_default();
    let status = Ruleset::default()
        .handle_access(AccessFs::from_all(LANDLOCK))?
        .handle_access(AccessNet::from_all(LANDLOCK))?
        .scope(Scope::from_all(LANDLOCK))?
        .create()?
        .add_rules(path_beneath_rules(runs, read | AccessFs::Execute))?
        .add_rules(path_beneath_rules(libraries, read))?
        .restrict_self()?;
    Ok(status.ruleset != RulesetStatus::NotEnforced)
}

#[cfg(test)]
mod tests;
