//! `moothall user`: accounts for staff, made, changed and ended. The password and the secrets are shown once.

use crate::{Args, house::House};
use anyhow::{Result, bail};
use casework::{
    Draw, codes,
    staff::{
        account::{self, Change},
        totp,
    },
};
use rights::Actor;

pub async fn add(args: &Args) -> Result<()> {
    args.known(&["agency", "login", "name", "role", "team", "service", "ward"])?;
    let need = |name: &str| args.flag(name).map(str::to_owned).ok_or_else(|| anyhow::anyhow!("--{name} is needed"));
    let (agency, login, name) = (need("agency")?, need("login")?, need("name")?);
    let (roles, teams) = (args.all("role"), args.all("team"));
    let (services, wards) = (args.all("service"), args.all("ward"));
    let house = House::open(args.config()?).await?;
    let wished = Wished { roles: Some(&roles), teams: Some(&teams), services: Some(&services) };
    wished.known(&house, &agency)?;
    if roles.is_empty() {
        bail!("--role: at least one role is needed");
    }
    let mut draw = house.draw();
    let drawn = Drawn::new(&mut draw)?;
    let (keys, of) = (house.setting.keys.clone(), drawn.clone());
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
                services: &services,
                wards: &wards,
                password: &of.hash,
                totp_secret: &of.secret,
            };
            account::add(&Actor::House("user add"), tx, &keys, &mut draw.clone(), &new)
        })
        .await?;
    println!("added {login} to {agency}; these are shown once:");
    shown_once(&login, &drawn, &recovery);
    Ok(())
}

/// What a new account is opened with.
#[derive(Clone)]
pub(super) struct Drawn {
    password: String,
    pub hash: String,
    pub secret: Vec<u8>,
}

impl Drawn {
    pub fn new(draw: &mut Draw) -> Result<Drawn> {
        // Four groups of a drawn code: 80 bits, readable aloud.
        let password = codes::show_token(&draw.bytes()[..10])
            .as_bytes()
            .chunks(4)
            .map(String::from_utf8_lossy)
            .collect::<Vec<_>>()
            .join("-");
        let hash = account::hash_password(draw, &password)?;
        let secret = draw.bytes()[..20].to_vec();
        Ok(Drawn { password, hash, secret })
    }
}

pub(super) fn shown_once(login: &str, drawn: &Drawn, recovery: &[String]) {
    let secret = totp::show_secret(&drawn.secret);
    println!("  password        {}", drawn.password);
    println!("  authenticator   otpauth://totp/Moothall:{login}?secret={secret}&issuer=Moothall");
    println!("  recovery codes  {}", recovery.join(" "));
}

/// What is asked for, where anything is.
struct Wished<'a> {
    roles: Option<&'a [String]>,
    teams: Option<&'a [String]>,
    services: Option<&'a [String]>,
}

impl Wished<'_> {
    /// Whether the agency has all of it.
    fn known(&self, house: &House, agency: &str) -> Result<()> {
        let Some(known) = house.setting.catalogue.agency(agency) else {
            bail!("--agency: there is no agency `{agency}`")
        };
        for role in self.roles.unwrap_or_default() {
            if !known.roles.iter().any(|r| r.id == *role) {
                bail!("--role: {agency} has no role `{role}`");
            }
        }
        for team in self.teams.unwrap_or_default() {
            if !known.teams.iter().any(|t| t.id == *team) {
                bail!("--team: {agency} has no team `{team}`");
            }
        }
        for service in self.services.unwrap_or_default() {
            if known.offer(service).is_none() {
                bail!("--service: {agency} does not offer `{service}`");
            }
        }
        Ok(())
    }
}

/// Other roles, teams or limits; a list that is not given stays. `--no-limits` takes all limits away.
pub async fn change(args: &Args) -> Result<()> {
    args.known(&["agency", "login", "role", "team", "service", "ward", "no-limits"])?;
    let given = |name: &str| Some(args.all(name)).filter(|all| !all.is_empty());
    let free = args.flag("no-limits").is_some().then(Vec::new);
    let to = Change {
        ends: false,
        roles: given("role"),
        teams: given("team"),
        services: given("service").or(free.clone()),
        wards: given("ward").or(free),
    };
    if [&to.roles, &to.teams, &to.services, &to.wards].iter().all(|list| list.is_none()) {
        bail!("say what changes: --role, --team, --service, --ward or --no-limits");
    }
    put(args, to).await.map(|login| println!("changed {login}, who is signed out everywhere"))
}

/// Closes the account. What its person had goes back to their teams.
pub async fn end(args: &Args) -> Result<()> {
    args.known(&["agency", "login"])?;
    put(args, Change { ends: true, ..Change::default() })
        .await
        .map(|login| println!("ended {login}, who is signed out everywhere"))
}

async fn put(args: &Args, to: Change) -> Result<String> {
    let need = |name: &str| args.flag(name).map(str::to_owned).ok_or_else(|| anyhow::anyhow!("--{name} is needed"));
    let (agency, login) = (need("agency")?, need("login")?);
    let house = House::open(args.config()?).await?;
    let wished = Wished { roles: to.roles.as_deref(), teams: to.teams.as_deref(), services: to.services.as_deref() };
    wished.known(&house, &agency)?;
    let draw = house.draw();
    let of = login.clone();
    let done = house
        .db
        .write(move |tx| account::change(&Actor::House("user"), tx, &mut draw.clone(), (&agency, &of), &to))
        .await;
    match done {
        Ok(0) => Ok(login),
        Ok(released) => Ok(format!("{login} (gave back {released} reports)")),
        Err(casework::Error::NotFound(_)) => bail!("--login: there is no open account `{login}` there"),
        Err(error) => Err(error.into()),
    }
}
