//! What everybody may read of: which kinds of reports, and who deals with them.

use crate::App;

/// Services that everybody may read of, by title.
pub fn services(app: &App) -> Vec<(String, String)> {
    let public = app.setting.catalogue.services().iter().filter(|service| service.public);
    let mut all: Vec<_> = public.map(|service| (service.id.clone(), service.title().to_owned())).collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all
}

/// Agencies that offer one of them.
pub fn agencies(app: &App) -> Vec<(String, String)> {
    let public = services(app);
    let offers = |agency: &&catalogue::Agency| public.iter().any(|(id, _)| agency.offer(id).is_some());
    let all = app.setting.catalogue.agencies().iter().filter(offers);
    all.map(|agency| (agency.id.clone(), agency.name.clone())).collect()
}

/// Groups of services that everybody may read of: each by its name as it stands in an address.
pub fn groups(app: &App) -> Vec<(String, String)> {
    let public = app.setting.catalogue.services().iter().filter(|service| service.public);
    grouped(public.map(|service| service.group.as_str()))
}

/// These groups, each once, by its name as it stands in an address.
pub fn grouped<'a>(groups: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    let mut all: Vec<_> = groups.map(|group| (slug(group), group.to_owned())).collect();
    all.sort();
    all.dedup();
    all
}

/// The services of a group. None has an empty id: what nobody asks for is in no group that is not there.
pub fn in_group(app: &App, group: &str) -> Vec<String> {
    if group.is_empty() {
        return Vec::new();
    }
    let all = app.setting.catalogue.services().iter();
    let found: Vec<String> = all.filter(|one| slug(&one.group) == group).map(|one| one.id.clone()).collect();
    if found.is_empty() { vec![String::new()] } else { found }
}

/// `Street problems` as `street-problems`.
fn slug(words: &str) -> String {
    let letters = words.to_lowercase();
    letters.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// Wards by their codes, sorted by name. Empty where none were loaded.
pub fn wards(app: &App) -> Vec<(String, String)> {
    let geography = app.setting.geography();
    let mut all: Vec<_> = geography.wards().iter().map(|ward| (ward.code.clone(), ward.name.clone())).collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all
}
