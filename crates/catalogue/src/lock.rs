use crate::source::Faults;
use crate::{Service, Source};
use std::fmt::Write;

const NAME: &str = "services/published.lock";

/// The text of `services/published.lock`: a line for each service, `id version hash`, in the order of the ids.
pub fn lock(services: &[Service]) -> String {
    let mut services: Vec<&Service> = services.iter().collect();
    services.sort_by(|a, b| (&a.id, a.version).cmp(&(&b.id, b.version)));
    let mut text = String::from("# id version hash: a published version never changes. Written by `moothall lock`.\n");
    for service in services {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{} {} {}", service.id, service.version, service.hash);
    }
    text
}

/// Changed content under a published version is a fault. A version that is not in the lock is not yet published.
pub(crate) fn check<'s>(source: &Source, services: impl Iterator<Item = &'s Service> + Clone) -> Vec<crate::Fault> {
    let mut faults = Faults::of(&source.path);
    for (line, text) in source.text.lines().enumerate().map(|(line, text)| (line + 1, text.trim())) {
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let parts: Vec<&str> = text.split_whitespace().collect();
        let [id, version, hash] = parts[..] else {
            faults.add(line, "a line must be `id version hash`");
            continue;
        };
        let Ok(version) = version.parse::<u32>() else {
            faults.add(line, format_args!("`{version}` is not a version"));
            continue;
        };
        let Some(service) = services.clone().find(|service| service.id == id) else { continue };
        if service.version == version && service.hash != hash {
            faults.add(
                line,
                format_args!(
                    "`{id}` version {version} is published and its content has changed: give it version {}",
                    version + 1
                ),
            );
        }
        if service.version < version {
            let now = service.version;
            faults.add(line, format_args!("`{id}` version {version} is published, its file has version {now}"));
        }
    }
    faults.done()
}

pub(crate) fn is_lock(path: &str) -> bool {
    path == NAME
}
