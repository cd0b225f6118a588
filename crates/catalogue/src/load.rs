use crate::source::Faults;
use crate::translation::{self, Told};
use crate::{
    Agency, Body, Fault, Hit, HolidayList, Language, Service, Source, agency, compose, definition, language, lock,
    search,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Every service and agency, as it stood when it was read.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    services: Vec<Arc<Service>>,
    agencies: Vec<Agency>,
    bodies: Vec<Body>,
    pub(crate) holidays: BTreeMap<String, HolidayList>,
    languages: Vec<Arc<Language>>,
    told: Told,
}

/// Services under one heading of the list.
#[derive(Clone, Debug)]
pub struct Group<'c> {
    pub name: &'c str,
    pub services: Vec<&'c Arc<Service>>,
}

/// Reads all files, or names every fault of every file.
///
/// Read are `services/<id>/service.toml` with its `en.toml`, `services/published.lock`, `agencies/<id>.toml`,
/// `agencies/bodies.toml` and `agencies/holidays/<name>.toml`. Samples and other files are left alone.
pub fn load(sources: &[Source]) -> Result<Catalogue, Vec<Fault>> {
    let mut catalogue = Catalogue::default();
    let mut faults = Vec::new();
    let mut sorted: Vec<&Source> = sources.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    for source in &sorted {
        let parts: Vec<&str> = source.path.split('/').collect();
        match parts[..] {
            ["services", folder, "service.toml"] => service(folder, source, &sorted, &mut catalogue, &mut faults),
            ["services", folder, "en.toml"] => {
                let definition = format!("services/{folder}/service.toml");
                if !sorted.iter().any(|source| source.path == definition) {
                    faults.push(whole(&source.path, format_args!("there is no {definition}")));
                }
            }
            ["agencies", "bodies.toml"] => {
                keep(agency::bodies(source), &mut faults, |found| catalogue.bodies.extend(found))
            }
            ["agencies", file] if file.ends_with(".toml") => {
                keep(agency::agency(source), &mut faults, |agency| catalogue.agencies.push(agency));
            }
            ["agencies", "holidays", file] if file.ends_with(".toml") => {
                keep(agency::holidays(source), &mut faults, |list: HolidayList| {
                    catalogue.holidays.insert(list.name.clone(), list);
                });
            }
            ["services", "languages.toml"] => {
                let mut found = Faults::of(&source.path);
                catalogue.languages = language::read(source, &mut found).into_iter().map(Arc::new).collect();
                faults.append(&mut found.done());
            }
            ["services", "parts", _] if !compose::is_taken(source, &sorted) => {
                faults.push(whole(&source.path, "no service takes this part"));
            }
            _ => {}
        }
    }
    if let Some(source) = sorted.iter().find(|source| lock::is_lock(&source.path)) {
        faults.extend(lock::check(source, catalogue.services.iter().map(Arc::as_ref)));
    }
    faults.extend(across(&catalogue));
    catalogue.told = translation::read(&catalogue.languages, &catalogue.services, &sorted);
    faults.sort();
    faults.dedup();
    if faults.is_empty() { Ok(catalogue) } else { Err(faults) }
}

fn whole(file: &str, reason: impl ToString) -> Fault {
    Fault { file: file.to_owned(), line: 0, reason: reason.to_string() }
}

fn keep<T>(read: Result<T, Vec<Fault>>, faults: &mut Vec<Fault>, take: impl FnOnce(T)) {
    match read {
        Ok(read) => take(read),
        Err(mut found) => faults.append(&mut found),
    }
}

fn service(folder: &str, source: &Source, all: &[&Source], catalogue: &mut Catalogue, faults: &mut Vec<Fault>) {
    let words_path = format!("services/{folder}/en.toml");
    let Some(words) = all.iter().find(|source| source.path == words_path) else {
        faults.push(whole(&source.path, format_args!("there is no {words_path}")));
        return;
    };
    let composed = match compose::compose(source, words, all) {
        Ok(composed) => composed,
        Err(mut found) => return faults.append(&mut found),
    };
    let read = definition::read(&source.path, &composed.text, &words.path, &composed.words);
    match read.map_err(|found| found.into_iter().map(|fault| composed.placed(fault, words)).collect()) {
        Ok(service) if service.id != folder => {
            faults.push(whole(&source.path, format_args!("the folder is `{folder}`, the id `{}`", service.id)));
        }
        Ok(service) => catalogue.services.push(Arc::new(service)),
        Err(found) => {
            let mut found: Vec<Fault> = found;
            faults.append(&mut found);
        }
    }
}

/// What can be told only with all files at hand.
fn across(catalogue: &Catalogue) -> Vec<Fault> {
    let mut faults = Vec::new();
    for service in &catalogue.services {
        let mut found = Faults::of(&format!("services/{}/service.toml", service.id));
        for stop in &service.stops {
            if let Some(go) = stop.go.as_ref().filter(|go| catalogue.service(go).is_none()) {
                found.add(stop.line, format_args!("stop `{}` leads to service `{go}`, which is not there", stop.id));
            }
        }
        let offering = catalogue.offering(&service.id);
        for lead in &service.leads {
            let unknown = |kind: &&String| !offering.iter().any(|agency| agency.kind == **kind);
            // Without an agency the catalogue is read for its services alone.
            for kind in std::iter::once(&lead.lead).chain(&lead.assist).filter(unknown).filter(|_| !offering.is_empty())
            {
                found.add(lead.line, format_args!("lead `{}` names `{kind}`: no such agency offers it", lead.id));
            }
        }
        faults.extend(found.done());
    }
    // A body without an area is one that a layer of land names.
    let named = |id: &String| catalogue.agencies.iter().any(|agency| agency.swaps_to(id));
    let mut found = Faults::of("agencies/bodies.toml");
    for body in catalogue.bodies.iter().filter(|body| body.areas.is_empty() && !named(&body.id)) {
        found.add(0, format_args!("body `{}` has no `areas`, and no layer names it", body.id));
    }
    faults.extend(found.done());
    let mut ids = BTreeSet::new();
    for agency in &catalogue.agencies {
        let mut found = Faults::of(&agency.file);
        if !ids.insert(&agency.id) {
            found.add(0, format_args!("there are two agencies `{}`", agency.id));
        }
        agency::across(agency, catalogue, &mut found);
        faults.extend(found.done());
    }
    faults
}

impl Catalogue {
    /// In the order of their ids.
    pub fn services(&self) -> &[Arc<Service>] {
        &self.services
    }

    pub fn service(&self, id: &str) -> Option<&Arc<Service>> {
        self.services.iter().find(|service| service.id == id)
    }

    /// The service with the words of another language, where all of them are there.
    pub fn service_in(&self, id: &str, tag: &str) -> Option<&Arc<Service>> {
        self.told.services.get(tag)?.get(id)
    }

    /// Languages that anything can be offered in beside English, in the order of the file.
    pub fn languages(&self) -> &[Arc<Language>] {
        &self.languages
    }

    /// What is wrong with translations: people get English instead, and the house runs.
    pub fn untold(&self) -> &[Fault] {
        &self.told.faults
    }

    /// Translations of an older version than the service has: people get English until they are made anew.
    pub fn stale(&self) -> &[Fault] {
        &self.told.stale
    }

    pub fn service_by_hash(&self, hash: &str) -> Option<&Arc<Service>> {
        self.services.iter().find(|service| service.hash == hash)
    }

    pub fn agencies(&self) -> &[Agency] {
        &self.agencies
    }

    pub fn agency(&self, id: &str) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.id == id)
    }

    /// The agencies that offer a service, in the order of their ids.
    pub fn offering(&self, service: &str) -> Vec<&Agency> {
        self.agencies.iter().filter(|agency| agency.offer(service).is_some()).collect()
    }

    pub fn bodies(&self) -> &[Body] {
        &self.bodies
    }

    /// Who answers in an area that no agency here has.
    pub fn body_for(&self, area_code: &str) -> Option<&Body> {
        self.bodies.iter().find(|body| body.areas.iter().any(|area| area == area_code))
    }

    pub fn holiday_lists(&self) -> impl Iterator<Item = &HolidayList> {
        self.holidays.values()
    }

    pub fn holidays(&self, name: &str) -> Option<&HolidayList> {
        self.holidays.get(name)
    }

    /// Every service, in the language where it speaks it.
    fn services_in(&self, tag: &str) -> impl Iterator<Item = &Arc<Service>> {
        let told = self.told.services.get(tag);
        self.services.iter().map(move |service| told.and_then(|told| told.get(&service.id)).unwrap_or(service))
    }

    /// The list page: headings in alphabetical order, services by title.
    pub fn groups(&self) -> Vec<Group<'_>> {
        self.groups_in("en")
    }

    /// The same in another language, in the order of that language's titles.
    pub fn groups_in(&self, tag: &str) -> Vec<Group<'_>> {
        let mut groups: BTreeMap<&str, Vec<&Arc<Service>>> = BTreeMap::new();
        for service in self.services_in(tag) {
            groups.entry(&service.group).or_default().push(service);
        }
        let sorted = groups.into_iter().map(|(name, mut services)| {
            services.sort_by_key(|service| service.title().to_lowercase());
            Group { name, services }
        });
        sorted.collect()
    }

    /// Services for a few words, best first; the same words always give the same list.
    pub fn search(&self, words: &str, limit: usize) -> Vec<Hit> {
        self.search_in("en", words, limit)
    }

    /// The same in another language; the English words find too.
    pub fn search_in(&self, tag: &str, words: &str, limit: usize) -> Vec<Hit> {
        let pairs = self.services_in(tag).zip(&self.services).map(|(told, english)| (&**told, &**english));
        search::search(pairs, words, limit)
    }
}
