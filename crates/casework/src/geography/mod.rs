//! Places in memory: boundaries, postcodes and names of the data sets in force, with their dates.

pub mod layer;
pub mod outline;
pub mod team;

use crate::offer::Offers;
use catalogue::{Catalogue, Finder, How, Land, LandStop, Met, Place, Service, Shut, Territory, Who};
use places::{
    Point, Postcode,
    boundary::{Area, Boundaries},
    cell::{self, Resolution},
    gazetteer::{Gazetteer, Kind, Named},
};
use std::sync::{Arc, PoisonError, RwLock};
use store::{Result, Tx, area, data_set::DataSet, place, report::Spot};

/// Matches shown at most when several places have a name.
const MATCHES: usize = 8;

/// The kind of boundary that lists and figures are cut by.
const WARD: &str = "ward";

pub struct Geography {
    boundaries: Boundaries,
    /// The country around, drawn under the areas. It answers no question: it stands apart from the boundaries.
    land: Vec<Area>,
    /// Of neighbourhood teams: they say whose page a place has, and never which agency answers.
    teams: Boundaries,
    /// Land that decides within an agency's area: it says nothing of where that area is.
    layers: Boundaries,
    gazetteer: Gazetteer,
    sets: Vec<DataSet>,
    catalogue: Option<Arc<Catalogue>>,
    /// What staff changed of services, as the rules have it.
    offers: Arc<RwLock<Arc<Offers>>>,
}

/// The map cells a report lies in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    pub town: Option<i64>,
    pub neighbourhood: Option<i64>,
    pub street: Option<i64>,
}

impl Geography {
    /// Reads every data set in force. Some tens of milliseconds; a running server does it when the generation rises.
    pub fn load(tx: &mut Tx) -> Result<Geography> {
        let sets = store::data_set::all(tx)?;
        let (land, areas): (Vec<Area>, Vec<Area>) = area::in_force(tx)?
            .into_iter()
            .filter_map(|row| Area::from_row(&row.kind, &row.code, &row.name, &row.dated, &row.geometry).ok())
            .partition(|area| area.kind == "land");
        let (layers, areas) = areas.into_iter().partition(layer::is_layer);
        let (mut postcodes, mut outwards, mut named) = (Vec::new(), Vec::new(), Vec::new());
        place::postcodes(tx, |row| match (Postcode::parse(&row.postcode), Point::new(row.lat, row.lon)) {
            (Some(postcode), Some(point)) => postcodes.push((postcode, point)),
            // The first half alone: the middle of many.
            (None, Some(point)) => outwards.push((row.postcode, point)),
            (_, None) => {}
        })?;
        for row in place::places(tx)? {
            if let Some(point) = Point::new(row.lat, row.lon) {
                let within = Some(row.within).filter(|within| !within.is_empty());
                named.push(Named { name: row.name, kind: row.kind, within, point });
            }
        }
        Ok(Geography {
            boundaries: Boundaries::new(areas),
            land,
            layers: Boundaries::new(layers),
            teams: team::load(tx)?,
            gazetteer: Gazetteer::new(postcodes, outwards, named),
            sets,
            catalogue: None,
            offers: Arc::default(),
        })
    }

    /// With the definitions that say which agency answers for which area.
    pub(crate) fn knowing(self, catalogue: &Arc<Catalogue>, offers: &Arc<RwLock<Arc<Offers>>>) -> Geography {
        Geography { catalogue: Some(catalogue.clone()), offers: offers.clone(), ..self }
    }

    /// The data sets in force, for the dates shown beside whatever rests on them (UI-7).
    pub fn sets(&self) -> &[DataSet] {
        &self.sets
    }

    /// What a report keeps of the boundaries it was routed by.
    pub fn boundaries_label(&self) -> String {
        let labels: Vec<String> = self
            .sets
            .iter()
            .filter(|set| set.kind.starts_with("boundaries"))
            .map(|set| format!("{} {}", set.name, set.dated))
            .collect();
        labels.join("; ")
    }

    /// The areas a point lies in.
    pub fn areas(&self, lat: f64, lon: f64) -> Vec<&Area> {
        Point::new(lat, lon).map(|point| self.boundaries.at(point)).unwrap_or_default()
    }

    /// The area of a kind with this code.
    pub fn area(&self, kind: &str, code: &str) -> Option<&Area> {
        self.boundaries.get(kind, code)
    }

    /// The ward a point lies in, where wards were loaded.
    pub fn ward(&self, lat: f64, lon: f64) -> Option<&Area> {
        self.boundaries.at_kind(WARD, Point::new(lat, lon)?)
    }

    /// Every ward, by code.
    pub fn wards(&self) -> &[Area] {
        self.boundaries.of_kind(WARD)
    }

    /// The ward of this code.
    pub fn ward_of(&self, code: &str) -> Option<&Area> {
        self.boundaries.get(WARD, code)
    }

    /// Every agency whose area holds the point.
    pub fn agencies_at(&self, lat: f64, lon: f64) -> Vec<String> {
        let Some(catalogue) = &self.catalogue else { return Vec::new() };
        let codes: Vec<&str> = self.areas(lat, lon).iter().map(|area| area.code.as_str()).collect();
        catalogue
            .agencies()
            .iter()
            .filter(|agency| agency.areas.iter().any(|code| codes.contains(&code.as_str())))
            .map(|agency| agency.id.clone())
            .collect()
    }

    /// The agencies of the place that offer the service.
    fn who_offers(&self, service: &Service, place: &Place) -> Vec<String> {
        let (Some(catalogue), Some((lat, lon))) = (&self.catalogue, place.point) else { return Vec::new() };
        let offers = |id: &String| catalogue.agency(id).is_some_and(|agency| agency.offer(&service.id).is_some());
        self.agencies_at(lat, lon).into_iter().filter(offers).collect()
    }

    pub(super) fn offers(&self) -> Arc<Offers> {
        self.offers.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Words for a point, from the places in memory.
    pub(crate) fn words(&self, point: Point) -> Option<String> {
        self.gazetteer.describe(point)
    }

    /// The columns of a report that say where it is, and its map cells.
    pub(crate) fn spot(&self, place: Option<&Place>) -> (Spot, Cells) {
        let label = place.map(|place| place.label.clone()).unwrap_or_default();
        let point = place.and_then(|place| place.point).and_then(|(lat, lon)| Point::new(lat, lon));
        let area = match point {
            // The smallest named area: a ward before a district.
            Some(point) => {
                let areas = self.boundaries.at(point);
                let named = |kind: &str| areas.iter().find(|area| area.kind == kind).map(|area| area.name.clone());
                named("ward").or_else(|| named("district")).unwrap_or_default()
            }
            None => String::new(),
        };
        let cell = |resolution: Resolution| point.map(|point| cell::cell(point, resolution));
        let spot = Spot { place: label, area, lat: point.map(|p| p.lat), lon: point.map(|p| p.lon) };
        let cells = Cells {
            town: cell(Resolution::TOWN),
            neighbourhood: cell(Resolution::NEIGHBOURHOOD),
            street: cell(Resolution::STREET),
        };
        (spot, cells)
    }
}

impl Finder for Geography {
    fn find(&self, text: &str) -> Vec<catalogue::Found> {
        let mut found = self.gazetteer.find(text, MATCHES);
        // One place of just that name is taken, and no list of others that begin like it is asked through.
        if found.iter().filter(|one| one.exact).count() == 1 {
            found.retain(|one| one.exact);
        }
        found
            .into_iter()
            .map(|found| catalogue::Found {
                how: match found.kind {
                    Kind::Postcode | Kind::Outward => How::Postcode,
                    Kind::GridReference | Kind::Degrees | Kind::PlusCode => How::Figures,
                    Kind::Named(_) => How::Named,
                },
                postcode: (found.kind == Kind::Postcode).then(|| found.label.clone()),
                lat: found.point.lat,
                lon: found.point.lon,
                label: found.label,
                detail: found.detail,
            })
            .collect()
    }

    fn describe(&self, lat: f64, lon: f64) -> Option<String> {
        self.gazetteer.describe(Point::new(lat, lon)?)
    }
}

impl Territory for Geography {
    fn who(&self, service: &Service, place: &Place) -> Who {
        self.who_for(service, place, None)
    }

    fn land(&self, service: &Service, place: &Place) -> Land {
        match (place.point, self.who_offers(service, place)) {
            (Some(point), here) if !here.is_empty() => self.land_at(service, point, here),
            _ => Land::default(),
        }
    }

    fn own_stop(
        &self,
        service: &Service,
        stop: Option<&str>,
        place: Option<&Place>,
        now: &jiff::ZonedDateTime,
    ) -> Option<LandStop> {
        let catalogue = self.catalogue.as_ref()?;
        let point = place.and_then(|place| place.point);
        let agencies = match place.filter(|_| point.is_some()) {
            Some(place) => self.who_offers(service, place),
            None => catalogue.offering(&service.id).into_iter().map(|agency| agency.id.clone()).collect(),
        };
        let ward = point.and_then(|(lat, lon)| self.ward(lat, lon)).map(|ward| ward.code.as_str());
        let met = Met {
            service: &service.id,
            stop,
            agencies: &agencies,
            placed: place.is_some(),
            ward,
            wall: now.datetime(),
        };
        catalogue.own_stop(&met)
    }

    fn shut(&self, service: &Service) -> Option<Shut> {
        self.shut_for(service, None)
    }
}

/// The same places, for what an agency's own staff and programs send: they send what only staff may send too.
pub struct ForStaff {
    pub places: Arc<Geography>,
    pub agency: String,
}

impl Territory for ForStaff {
    fn who(&self, service: &Service, place: &Place) -> Who {
        self.places.who_for(service, place, Some(&self.agency))
    }

    fn land(&self, service: &Service, place: &Place) -> Land {
        self.places.land(service, place)
    }

    fn own_stop(
        &self,
        service: &Service,
        stop: Option<&str>,
        place: Option<&Place>,
        now: &jiff::ZonedDateTime,
    ) -> Option<LandStop> {
        self.places.own_stop(service, stop, place, now)
    }

    fn shut(&self, service: &Service) -> Option<Shut> {
        self.places.shut_for(service, Some(&self.agency))
    }
}

impl Geography {
    fn shut_for(&self, service: &Service, of: Option<&str>) -> Option<Shut> {
        let offering = self.catalogue.as_ref()?.offering(&service.id);
        self.offers().shut(offering.iter().map(|agency| agency.id.as_str()), &service.id, of)
    }

    fn who_for(&self, service: &Service, place: &Place, of: Option<&str>) -> Who {
        let Some(catalogue) = &self.catalogue else { return Who::Unknown };
        let Some((lat, lon)) = place.point else { return Who::Unknown };
        let offered = self.who_offers(service, place);
        if !offered.is_empty() {
            let mut land = self.land_at(service, (lat, lon), offered);
            if let Some(stop) = land.stop {
                return Who::Stopped(stop);
            }
            let offers = self.offers();
            let shut = offers.shut(land.agencies.iter().map(String::as_str), &service.id, of);
            land.agencies.retain(|agency| offers.takes(agency, &service.id, of));
            return shut.map_or(Who::Answered(land.agencies), Who::Shut);
        }
        // Not one of ours: the body of the same kind as the agencies that offer it elsewhere (P-14, C-5).
        let kinds: Vec<&str> = catalogue.offering(&service.id).iter().map(|agency| agency.kind.as_str()).collect();
        let bodies = self.areas(lat, lon).into_iter().filter_map(|area| catalogue.body_for(&area.code));
        let fitting = bodies.clone().find(|body| kinds.contains(&body.kind.as_str()));
        match fitting.or_else(|| bodies.into_iter().next()) {
            Some(body) => Who::Elsewhere(body.clone()),
            None => Who::Elsewhere(nobody_known(kinds.contains(&"police"))),
        }
    }
}

/// Where no boundary we hold says who answers: the national finders (never a dead end).
fn nobody_known(police: bool) -> catalogue::Body {
    let (id, name, kind, url) = if police {
        ("police-uk", "the police force for that place", "police", "https://www.police.uk/pu/find-a-police-force/")
    } else {
        ("find-local-council", "the council for that place", "council", "https://www.gov.uk/find-local-council")
    };
    catalogue::Body {
        id: id.into(),
        name: name.into(),
        kind: kind.into(),
        areas: Vec::new(),
        url: url.into(),
        phone: police.then(|| "101".to_owned()),
        verify: None,
    }
}
