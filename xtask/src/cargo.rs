//! What cargo knows of the workspace: `cargo metadata`, as far as the rules read it.

use std::{path::Path, process::Command};

use anyhow::{Context, bail};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct Metadata {
    pub packages: Vec<Package>,
}

/// `source` is absent for a crate of the workspace.
#[derive(Debug, Deserialize)]
pub struct Package {
    pub name: String,
    pub version: String,
    pub source: Option<String>,
    pub license: Option<String>,
    pub dependencies: Vec<Dependency>,
}

/// `kind` is `dev`, `build` or absent; `path` is there for a crate of the workspace.
#[derive(Debug, Deserialize)]
pub struct Dependency {
    pub name: String,
    pub kind: Option<String>,
    pub path: Option<String>,
}

impl Package {
    /// Where its manifest lies: the crates in `crates/`, the tools at the root.
    pub fn manifest(&self) -> String {
        match self.name.as_str() {
            "bench" | "xtask" => format!("{}/Cargo.toml", self.name),
            name => format!("crates/{name}/Cargo.toml"),
        }
    }

    /// What is compiled into the crate or runs while it is built: all but what only its tests use.
    pub fn shipped(&self) -> impl Iterator<Item = &Dependency> {
        self.dependencies.iter().filter(|dependency| dependency.kind.as_deref() != Some("dev"))
    }
}

/// The crates of the workspace alone; needs no network.
///
/// # Errors
/// When cargo cannot read the manifests.
pub fn workspace(root: &Path) -> anyhow::Result<Metadata> {
    metadata(root, &["--no-deps"])
}

/// Every locked package, for all platforms.
///
/// # Errors
/// When the lock file does not fit the manifests, or a package cannot be fetched.
pub fn locked(root: &Path) -> anyhow::Result<Metadata> {
    metadata(root, &["--locked"])
}

fn metadata(root: &Path, more: &[&str]) -> anyhow::Result<Metadata> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let run = Command::new(cargo).current_dir(root).args(["metadata", "--format-version", "1"]).args(more).output()?;
    if !run.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&run.stderr).trim());
    }
    serde_json::from_slice(&run.stdout).context("cargo metadata")
}

#[cfg(test)]
pub(crate) fn planted(json: serde_json::Value) -> Metadata {
    serde_json::from_value(json).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_names_this_crate() {
        let metadata = workspace(crate::repository::Repository::root()).unwrap();
        let this = metadata.packages.iter().find(|package| package.name == "xtask").unwrap();
        assert!(this.source.is_none() && this.shipped().any(|dependency| dependency.name == "anyhow"));
    }

    #[test]
    fn a_folder_without_a_manifest_is_an_error() {
        assert!(workspace(Path::new("/")).unwrap_err().to_string().contains("Cargo.toml"));
    }
}
