//! `moothall user import`: the people of an agency from a CSV file (C-74, C-75). Without `--apply` it says what it would do. Every row
//! is judged before any is written, and then all are, or none.

use super::user::{Drawn, shown_once};
use crate::{
    Args,
    house::{House, counted},
};
use anyhow::{Context, Result, bail};
use casework::{
    Draw,
    staff::account::{self, Change, NewAccount},
};
use catalogue::Agency;
use csv::{ReaderBuilder, StringRecord, Trim};
use rights::Actor;
use serde_json::json;
use std::{collections::BTreeSet, fmt, fs::File, io::Read};
use store::staff::{self, Staff};

/// Columns, in any order; the first three must be there. Several values of one stand between semicolons.
const COLUMNS: [&str; 6] = ["name", "email", "roles", "teams", "services", "wards"];
const NEEDED: usize = 3;
/// Nobody has as many people; a file that has is another one.
const MOST_ROWS: usize = 10_000;
const MOST_NAME: usize = 100;
const MOST_EMAIL: usize = 254;

const HOUSE: Actor = Actor::House("user import");

/// What is wrong with the file, and where.
#[derive(Debug, PartialEq, Eq)]
struct Fault {
    line: u64,
    column: &'static str,
    reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}: {}", self.line, self.column, self.reason)
    }
}

/// One person, as the file says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Person {
    line: u64,
    name: String,
    login: String,
    roles: Vec<String>,
    teams: Vec<String>,
    services: Vec<String>,
    wards: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    Adds,
    Changes,
    Stays,
}

impl Does {
    const fn word(self) -> &'static str {
        match self {
            Does::Adds => "add",
            Does::Changes => "change",
            Does::Stays => "as it is",
        }
    }
}

pub async fn run(args: &Args, file: &str) -> Result<()> {
    args.known(&["agency", "apply"])?;
    let agency = args.flag("agency").context("--agency says whose people these are")?.to_owned();
    let house = House::open(args.config()?).await?;
    let Some(known) = house.setting.catalogue.agency(&agency) else { bail!("--agency: there is no agency `{agency}`") };
    let from = File::open(file).with_context(|| format!("cannot read {file}"))?;
    let (people, mut faults) = read(from).with_context(|| file.to_owned())?;
    for person in &people {
        judge(&house, known, person, &mut faults);
    }
    let logins: Vec<String> = people.iter().map(|person| person.login.clone()).collect();
    let find = move |tx: &mut store::Tx| {
        logins.iter().map(|login| staff::by_login(&HOUSE, tx, login)).collect::<store::Result<Vec<_>>>()
    };
    let there = house.db.read(find).await.context("cannot read the accounts")?;
    let mut done = Vec::new();
    for (person, row) in people.into_iter().zip(there) {
        match does(&agency, &person, row.as_ref()) {
            Ok(does) => done.push((does, person)),
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        faults.sort_by_key(|fault| fault.line);
        let lines: Vec<String> = faults.iter().map(|fault| format!("  {file} {fault}")).collect();
        bail!("{}; nothing was changed:\n{}", counted(faults.len(), "fault"), lines.join("\n"));
    }
    print!("{}", table(&done));
    if args.flag("apply").is_none() {
        println!("nothing was changed: say --apply to do it");
        return Ok(());
    }
    apply(&house, agency, done).await
}

/// The rows of the file, and what is wrong with those that are none.
fn read(from: impl Read) -> Result<(Vec<Person>, Vec<Fault>)> {
    let mut reader = ReaderBuilder::new().flexible(true).trim(Trim::All).from_reader(from);
    let header: Vec<String> =
        reader.headers()?.iter().map(|name| name.trim_start_matches('\u{feff}').trim().to_lowercase()).collect();
    if let Some(lacking) = COLUMNS[..NEEDED].iter().find(|name| !header.iter().any(|column| column == *name)) {
        bail!("it has no column `{lacking}`");
    }
    if let Some(strange) = header.iter().find(|column| !COLUMNS.contains(&column.as_str())) {
        bail!("line 1: there is no column `{strange}`; there are {}", COLUMNS.join(", "));
    }
    let (mut people, mut faults, mut logins) = (Vec::new(), Vec::new(), BTreeSet::new());
    for row in reader.records() {
        let row = row?;
        let line = row.position().map_or(0, csv::Position::line);
        if row.len() > header.len() {
            faults.push(Fault { line, column: "row", reason: "it has more columns than the first line".into() });
            continue;
        }
        let person = person(line, &header, &row);
        if !logins.insert(person.login.clone()) {
            faults.push(Fault { line, column: "email", reason: "it stands in the file twice".into() });
        }
        people.push(person);
        if people.len() > MOST_ROWS {
            bail!("it has more than {MOST_ROWS} rows");
        }
    }
    Ok((people, faults))
}

fn person(line: u64, header: &[String], row: &StringRecord) -> Person {
    let cell =
        |name: &str| header.iter().position(|column| column == name).and_then(|at| row.get(at)).unwrap_or_default();
    let list = |name: &str| {
        cell(name).split(';').map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    Person {
        line,
        name: cell("name").to_owned(),
        login: cell("email").to_lowercase(),
        roles: list("roles"),
        teams: list("teams"),
        services: list("services"),
        wards: list("wards"),
    }
}

/// Whether the agency has all that the row names.
fn judge(house: &House, agency: &Agency, person: &Person, faults: &mut Vec<Fault>) {
    let mut wrong = |column: &'static str, reason: String| faults.push(Fault { line: person.line, column, reason });
    if person.name.is_empty() || person.name.chars().count() > MOST_NAME || person.name.chars().any(char::is_control) {
        wrong("name", format!("expected a name of 1 to {MOST_NAME} letters"));
    }
    if !is_address(&person.login) {
        wrong("email", "expected one e-mail address".into());
    }
    if person.roles.is_empty() {
        wrong("roles", "expected at least one".into());
    }
    for role in person.roles.iter().filter(|role| agency.role(role).is_none()) {
        wrong("roles", format!("{} has no role `{role}`", agency.id));
    }
    for team in person.teams.iter().filter(|team| !agency.teams.iter().any(|known| known.id == **team)) {
        wrong("teams", format!("{} has no team `{team}`", agency.id));
    }
    for service in person.services.iter().filter(|service| agency.offer(service).is_none()) {
        wrong("services", format!("{} does not offer `{service}`", agency.id));
    }
    let places = house.setting.geography();
    for ward in person.wards.iter().filter(|ward| places.ward_of(ward).is_none()) {
        wrong("wards", format!("there is no ward `{ward}` in the boundaries that were imported"));
    }
}

fn is_address(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_graphic() && !b"<>,;:\"()[]\\".contains(&b);
    let parts = text.split_once('@').filter(|(local, domain)| !local.is_empty() && !domain.contains('@'));
    text.len() <= MOST_EMAIL
        && text.bytes().all(plain)
        && parts.is_some_and(|(_, domain)| domain.contains('.') && domain.split('.').all(|label| !label.is_empty()))
}

/// What comes of a row beside the account that is there.
fn does(agency: &str, person: &Person, there: Option<&Staff>) -> Result<Does, Fault> {
    let wrong = |column, reason: &str| Err(Fault { line: person.line, column, reason: reason.to_owned() });
    match there {
        None => Ok(Does::Adds),
        Some(row) if row.agency != agency => wrong("email", "there is an account of this name at another agency"),
        Some(row) if !row.active => wrong("email", "this account was ended, and none begins again"),
        Some(row) if row.name != person.name => {
            wrong("name", "the account of this address has another name: end it first, or put the name right here")
        }
        Some(row) => {
            let lists = [
                (&row.roles, &person.roles),
                (&row.teams, &person.teams),
                (&row.services, &person.services),
                (&row.wards, &person.wards),
            ];
            Ok(if lists.iter().all(|(kept, said)| **kept == json!(said)) { Does::Stays } else { Does::Changes })
        }
    }
}

/// What would be done, a line for each row, and the sum.
fn table(done: &[(Does, Person)]) -> String {
    use fmt::Write;
    let mut text = String::new();
    let width = done.iter().map(|(_, person)| person.login.chars().count()).max().unwrap_or(0);
    for (does, person) in done {
        let lists = [
            ("roles", &person.roles),
            ("teams", &person.teams),
            ("services", &person.services),
            ("wards", &person.wards),
        ];
        let said: Vec<String> = lists
            .iter()
            .filter(|(_, list)| !list.is_empty())
            .map(|(name, list)| format!("{name} {}", list.join(", ")))
            .collect();
        // Writing to a string never fails.
        let _ = writeln!(text, "{:<8}  {:<width$}  {}  ({})", does.word(), person.login, person.name, said.join("; "));
    }
    let count = |of: Does| done.iter().filter(|(does, _)| *does == of).count();
    let _ = writeln!(
        text,
        "{} to add, {} to change, {} as it is; whoever is not in the file stays",
        count(Does::Adds),
        count(Does::Changes),
        count(Does::Stays)
    );
    text
}

/// Writes all rows in one transaction, then shows what each new person needs, once.
async fn apply(house: &House, agency: String, done: Vec<(Does, Person)>) -> Result<()> {
    let mut rows: Vec<(Does, Person, Option<Drawn>, Draw)> = Vec::new();
    for (does, person) in done.into_iter().filter(|(does, _)| *does != Does::Stays) {
        let mut draw = house.draw();
        let drawn = if does == Does::Adds { Some(Drawn::new(&mut draw)?) } else { None };
        rows.push((does, person, drawn, draw));
    }
    let keys = house.setting.keys.clone();
    let write = move |tx: &mut store::Tx| -> casework::Result<Vec<(String, Drawn, Vec<String>)>> {
        let mut shown = Vec::new();
        for (_, person, drawn, draw) in &rows {
            let mut draw = draw.clone();
            let Some(drawn) = drawn else {
                let to = Change {
                    ends: false,
                    roles: Some(person.roles.clone()),
                    teams: Some(person.teams.clone()),
                    services: Some(person.services.clone()),
                    wards: Some(person.wards.clone()),
                };
                account::change(&HOUSE, tx, &mut draw, (&agency, &person.login), &to)?;
                continue;
            };
            let new = NewAccount {
                agency: &agency,
                login: &person.login,
                name: &person.name,
                roles: &person.roles,
                teams: &person.teams,
                services: &person.services,
                wards: &person.wards,
                password: &drawn.hash,
                totp_secret: &drawn.secret,
            };
            let (_, recovery) = account::add(&HOUSE, tx, &keys, &mut draw, &new)?;
            shown.push((person.login.clone(), drawn.clone(), recovery));
        }
        Ok(shown)
    };
    let shown = house.db.write(write).await.context("nothing was changed")?;
    println!("done; these are shown once:");
    for (login, drawn, recovery) in &shown {
        println!("{login}");
        shown_once(login, drawn, recovery);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(text: &str) -> (Vec<Person>, Vec<String>) {
        let (people, faults) = read(text.as_bytes()).unwrap();
        (people, faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn rows_are_read_by_the_names_of_their_columns() {
        let (people, faults) = people(
            "\u{feff}Email,Name,Roles,wards\nKit@Example.org, Kit Sample ,officer; team_leader,E05000001;E05000002\n",
        );
        assert!(faults.is_empty());
        assert_eq!((people[0].login.as_str(), people[0].name.as_str()), ("kit@example.org", "Kit Sample"));
        assert_eq!((people[0].roles.len(), people[0].wards.len(), people[0].teams.len()), (2, 2, 0));
        assert_eq!(people[0].line, 2);
    }

    #[test]
    fn what_is_no_such_file_and_what_stands_twice_is_named() {
        let broken = |text: &str| read(text.as_bytes()).unwrap_err().to_string();
        assert!(broken("name,email\n").contains("no column `roles`"));
        assert!(broken("name,email,roles,shoe\n").contains("no column `shoe`"));
        let (_, faults) = people("name,email,roles\nA,a@example.org,x\nB,A@example.org,x\nC,c@example.org,x,y\n");
        assert_eq!(
            faults,
            ["line 3, email: it stands in the file twice", "line 4, row: it has more columns than the first line"]
        );
    }

    #[test]
    fn an_address_is_one_address() {
        for bad in
            ["", "a", "a@b", "@b.example", "a@b@c.example", "a b@c.example", "a@c..example", "a@c.example,d@e.example"]
        {
            assert!(!is_address(bad), "{bad}");
        }
        assert!(is_address("kit.sample@council.example.org"));
    }
}
