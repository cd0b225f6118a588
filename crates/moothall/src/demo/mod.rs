//! `moothall demo`: the whole house on this machine alone, with made-up people and reports.

mod bins;
mod seed;
mod teams;

use crate::{
    Args,
    command::{
        assets,
        import::{self, Label},
        layers::{self, Whose},
        serve,
    },
    house::{self, House},
};
use anyhow::{Result, bail};
use casework::{Setting, asset, geography::layer};
use courier::Post;
use std::path::PathBuf;
use store::{data_set, delivery::Delivery};
use web::demo::outbox::Mail;

pub async fn run(args: &Args) -> Result<()> {
    args.known(&[])?;
    let mut config = args.config()?;
    if args.flag("data").is_none() {
        config.data.dir = PathBuf::from("data/demo");
    }
    // It shows passwords and codes, so nobody outside this machine may reach it.
    if !config.server.listen.ip().is_loopback() {
        bail!("a demonstration listens on this machine alone: use an address such as 127.0.0.1:8080");
    }
    config.server.posts_per_minute = 100_000;
    house::database(&config)?.migrate().await?;
    let house = House::open(config).await?;
    load_places(&house).await?;
    let seeded = seed::seed(&house).await?;
    teams::seed(&house).await?;
    bins::seed(&house).await?;
    let listener = serve::bind(house.config.server.listen).await?;
    let at = listener.local_addr()?;
    let url = format!("http://{at}");
    serve::start(house, listener, Some(Post::Demonstration), true, move || welcome(&url, seeded)).await
}

/// How the outbox page shows a message: as the courier would have written it.
pub fn compose(setting: &Setting, delivery: &Delivery) -> Option<Mail> {
    let mail = courier::compose(setting, delivery).ok()?;
    Some(Mail { to: mail.to, subject: mail.subject, text: mail.text, html: mail.html })
}

/// The rough hand-drawn geography, where no open data was imported.
async fn load_places(house: &House) -> Result<()> {
    let there = house.db.read(data_set::all).await?;
    let label = |name: &str| Label {
        name: name.to_owned(),
        dated: "drawn by hand, November 2026".to_owned(),
        attribution: "Rough shapes and points drawn by hand for this demonstration. Do not rely on them.".to_owned(),
        demonstration: true,
    };
    let dir = house.config.definitions.dir.join("geography/demo");
    for (set, kind, area_kind, file, name) in [
        ("boundaries-district", "boundaries", Some("district"), "districts.geojson", "Council areas (rough)"),
        ("boundaries-police-force", "boundaries", Some("police-force"), "police.geojson", "Police area (rough)"),
        ("postcodes", "postcodes", None, "outward.csv", "Postcode districts (rough)"),
        ("places", "places", None, "places.csv", "Places (a few)"),
        ("land", "land", None, "land.geojson", "Coast and land around (rough)"),
    ] {
        if !there.iter().any(|known| known.kind == set) {
            import::import(house, kind, area_kind, &[dir.join(file)], label(name), false).await?;
        }
    }
    for agency in house.setting.catalogue.agencies() {
        for layer in &agency.layers {
            let whose = || Whose { agency: agency.id.clone(), layer: layer.id.clone() };
            let made_up = || label(&format!("{} (made up)", layer.name));
            let file = dir.join(format!("layers/{}.geojson", layer.id));
            let known = there.iter().any(|known| known.kind == layer::set(&agency.id, &layer.id));
            if !known && file.is_file() {
                layers::import(house, &[file], &whose(), made_up(), false).await?;
            }
            let file = dir.join(format!("assets/{}.geojson", layer.id));
            let known = there.iter().any(|known| known.kind == asset::set(&agency.id, &layer.id));
            if !known && file.is_file() {
                assets::import(house, &[file], &whose(), made_up(), false).await?;
            }
        }
    }
    let geography = house.db.read(casework::Geography::load).await?;
    house.setting.set_geography(geography);
    Ok(())
}

fn welcome(url: &str, seeded: seed::Seeded) {
    println!("\nMoothall is running: {url}\n");
    println!("Everything in it is made up. It listens on this machine alone.\n");
    println!("  Report something    {url}/report");
    println!("  Follow a report     {url}/track");
    println!("  My local officers   {url}/officers");
    println!("  Bin days            {url}/bins");
    println!("  Mail it would send  {url}/demo/outbox");
    println!("  Staff sign-in       {url}/staff/sign-in\n");
    println!("Staff ({} accounts; password: {})", seeded.staff.len(), web::demo::staff::PASSWORD);
    for (login, agency) in &seeded.staff {
        println!("  {login:<44} {agency}");
    }
    println!("  The code that changes every 30 seconds: {url}/demo/staff\n");
    println!("{} reports are in it. Stop with Ctrl-C; what you did stays in the data folder.", seeded.reports);
}
