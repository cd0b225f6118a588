//! `moothall receive-mail`: one mail on standard input, as a mail server's pipe gives it (C-61).
//!
//! The exit code is for the server (sysexits.h), what is printed for its log, or for whoever wrote where the mail goes back.
//! Neither names anybody.

use crate::{
    Args,
    house::{self, House},
};
use anyhow::{Context, Result};
use casework::{
    contact::notice,
    report::reply::{self, Signed, Taken},
};
use courier::{Incoming, read_incoming, read_notice};
use std::{
    io::{self, Read},
    process::ExitCode,
};

/// EX_TEMPFAIL: the server keeps the mail and comes again.
pub const TRY_AGAIN: u8 = 75;
/// EX_NOUSER: the address is not known, or not any more.
const NOBODY: u8 = 67;
/// EX_NOPERM: the address is known, and the mail cannot be taken.
const REFUSED: u8 = 77;

const UNKNOWN: &str =
    "We do not know this address, or it cannot be used any more. To tell us something, use the link in our email.";
const TOO_BIG: &str =
    "Your email is too big. Leave out photos and files: you can send them with the link in our email.";

/// What the mail server is told.
struct Answer(u8, String);

pub async fn run(args: &Args, environment: impl Iterator<Item = (String, String)>) -> Result<ExitCode> {
    args.known(&["to", "sender"])?;
    // What a fault says of itself may hold words of the mail; where it is says enough.
    std::panic::set_hook(Box::new(|fault| eprintln!("moothall: a fault at {:?}", fault.location())));
    // Postfix (local) and Exim name both in the environment too.
    let environment: Vec<_> = environment.filter(|(name, _)| name == "RECIPIENT" || name == "SENDER").collect();
    let given = |flag: &str, name: &str| {
        let told = environment.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        args.flag(flag).map(str::to_owned).or(told)
    };
    let to = given("to", "RECIPIENT").context("--to is needed: the address that the mail came to")?;
    let Answer(code, said) = answer(args, &to, given("sender", "SENDER").as_deref()).await?;
    println!("{said}");
    Ok(ExitCode::from(code))
}

async fn answer(args: &Args, to: &str, sender: Option<&str>) -> Result<Answer> {
    let config = args.config()?;
    let most = config.replies.most_bytes;
    let mut mail = Vec::new();
    // One more than the most, so that a longer one is told from one that just fits.
    io::stdin().take(most as u64 + 1).read_to_end(&mut mail).context("cannot read the mail")?;
    if mail.len() > most {
        // A server that cannot write all of it may take that for a fault of its own.
        io::copy(&mut io::stdin(), &mut io::sink()).context("cannot read the mail")?;
        return Ok(Answer(REFUSED, TOO_BIG.to_owned()));
    }
    // Without the server's secret each address looks forged, and each mail would go back: never with one that is made here.
    house::known_keys(&config)?;
    let house = House::open(config).await?;
    let now = house.clock.now();
    if let Some(signed) = notice::Signed::read(&house.setting, to) {
        return given_back(&house, signed, &mail).await;
    }
    // Before a byte of the mail is looked at: who has no address of ours gets no further.
    let Some(signed) = Signed::read(&house.setting, to, now) else { return Ok(unknown()) };
    let brought = match read_incoming(&mail, sender) {
        Ok(Incoming::Automatic) => return Ok(Answer(0, "left out: an automatic answer".to_owned())),
        Ok(Incoming::Words(brought)) => brought,
        Err(unread) => return Ok(Answer(REFUSED, unread.to_string())),
    };
    let (setting, draw) = (house.setting.clone(), house.draw());
    let taken = house.db.write(move |tx| reply::take(tx, &setting, &mut draw.clone(), signed, &brought)).await;
    Ok(match taken {
        Ok(Taken::Now) => Answer(0, "taken".to_owned()),
        Ok(Taken::Before) => Answer(0, "taken before".to_owned()),
        Ok(Taken::Later) => Answer(TRY_AGAIN, "too many of one report in an hour".to_owned()),
        Err(casework::Error::NotFound(_)) => unknown(),
        Err(error) => return Err(error).context("cannot take the mail now"),
    })
}

/// What comes to the address that a mail of ours was sent from: notices of servers, and answers of machines.
async fn given_back(house: &House, signed: notice::Signed, mail: &[u8]) -> Result<Answer> {
    let Some(status) = read_notice(mail) else { return Ok(Answer(0, "left out: no notice of a failure".to_owned())) };
    let draw = house.draw();
    let taken = house.db.write(move |tx| notice::take(tx, &mut draw.clone(), signed, &status)).await;
    Ok(match taken {
        Ok(notice::Taken::Now) => Answer(0, "taken: a mail came back".to_owned()),
        Ok(notice::Taken::Later) => Answer(TRY_AGAIN, "the mail is still being sent".to_owned()),
        // A notice is never answered with another.
        Err(casework::Error::NotFound(_)) => Answer(0, "left out: no mail of ours that could come back".to_owned()),
        Err(error) => return Err(error).context("cannot take the notice now"),
    })
}

fn unknown() -> Answer {
    Answer(NOBODY, UNKNOWN.to_owned())
}
