//! `moothall user add`: an account for staff. The password and the secrets are shown once.

use crate::{Args, house::House};
use anyhow::{Result, bail};
use casework::{codes, staff::account, staff::totp};
use rights::Actor;

pub async fn add(args: &Args) -> Result<()> {
    args.known(&["agency", "login", "name", "role", "team"])?;
    let need = |name: &str| args.flag(name).map(str::to_owned).ok_or_else(|| anyhow::anyhow!("--{name} is needed"));
    let (agency, login, name) = (need("agency")?, need("login")?, need("name")?);
    let (roles, teams) = (args.all("role"), args.all("team"));
    let house = House::open(args.config()?).await?;
    let Some(known) = house.setting.catalogue.agency(&agency) else { bail!("--agency: there is no agency `{agency}`") };
    for role in &roles {
        if !known.roles.iter().any(|r| r.id == *role) {
            bail!("--role: {agency} has no role `{role}`");
        }
    }
    for team in &teams {
        if !known.teams.iter().any(|t| t.id == *team) {
            bail!("--team: {agency} has no team `{team}`");
        }
    }
    if roles.is_empty() {
        bail!("--role: at least one role is needed");
    }
    let mut draw = house.draw();
    // Four groups of a drawn code: 80 bits, readable aloud.
    let password = codes::show_token(&draw.bytes()[..10])
        .as_bytes()
        .chunks(4)
        .map(String::from_utf8_lossy)
        .collect::<Vec<_>>()
        .join("-");
    let hash = account::hash_password(&mut draw, &password)?;
    let secret = draw.bytes()[..20].to_vec();
    let keys = house.setting.keys.clone();
    let totp_shown = totp::show_secret(&secret);
    let (agency_of, login_of) = (agency.clone(), login.clone());
    let (_, recovery) = house
        .db
        .write(move |tx| {
            let new = account::NewAccount {
                agency: &agency_of,
                login: &login_of,
                name: &name,
                roles: &roles,
                teams: &teams,
                password: &hash,
                totp_secret: &secret,
            };
            account::add(&Actor::House("user add"), tx, &keys, &mut draw.clone(), &new)
        })
        .await?;
    println!("added {login} to {agency}; these are shown once:");
    println!("  password        {password}");
    println!("  authenticator   otpauth://totp/Moothall:{login}?secret={totp_shown}&issuer=Moothall");
    println!("  recovery codes  {}", recovery.join(" "));
    Ok(())
}
