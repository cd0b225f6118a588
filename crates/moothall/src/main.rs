//! The binary: configuration, wiring and commands.

mod ambient;
mod backup;
mod command;
mod config;
mod decode;
mod demo;
mod house;
mod process;
mod records;
mod watched;

use anyhow::{Result, bail};
use std::{path::PathBuf, process::ExitCode};

/// For the database's own code too: a fifth of a submission's time went into the C library's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const USAGE: &str = "\
moothall demo [--listen ADDR] [--data DIR] [--database-url URL]   a demonstration with made-up people
moothall serve --config FILE                                      the real thing
moothall migrate                                                  bring the database up to this version
moothall check                                                    check every definition of services and agencies
moothall import boundaries|postcodes|places|land|basemap FILE…    open data in place of the demonstration's
                [--name NAME] [--dated DATE] [--attribution TEXT] [--kind KIND]
moothall import layer|asset FILE… --agency ID --layer ID --dated DATE --attribution TEXT [--name NAME] [--dry-run]
                                                                  land on the map that decides who gets a report, and things
                                                                  that stand on it
moothall import neighbourhoods FILE… --agency ID                  its neighbourhood teams, as data.police.uk tells them
moothall import slots FILE… --agency ID                           places of days that people book, as CSV
moothall import premises|rounds|collections FILE… --agency ID     its homes, bin rounds and what crews recorded, as CSV
moothall verify [--checkpoint FILE]                               compare journal, ledger, tiles and checkpoints
moothall retain [--apply] [--agency ID]                            what is due by the rules of how long reports are kept
moothall backup DIR [--with-keys]                                 copy the whole house into a new folder, beside a server
moothall restore DIR [--checkpoint FILE]                          fill an empty house from such a folder
moothall ledger go-on --checkpoint FILE | begin-anew              after a restore: how the ledger goes on
moothall receive-mail [--to ADDRESS] [--sender ADDRESS]           an answer to one of our mails, given by a mail server on
                                                                  standard input (docs/operate.md)
moothall user add --agency ID --login E-MAIL --name NAME --role ROLE… [--team TEAM…] [--service ID…] [--ward CODE…]
moothall user change --agency ID --login E-MAIL [--role ROLE…] [--team TEAM…] [--service ID…] [--ward CODE…] [--no-limits]
moothall user import FILE.csv --agency ID [--apply]                people from a table: name, email, roles, teams, services, wards
moothall user end --agency ID --login E-MAIL                      sign out everywhere, and never in again
moothall lock                                                     write services/published.lock
moothall schema                                                   print the JSON Schema of service.toml
moothall decode                                                   for the server itself: develops one picture, under limits

Every command also takes --config FILE, --data DIR, --database-url URL and --definitions DIR.";

/// Flags that have no value.
const SWITCHES: [&str; 4] = ["apply", "dry-run", "no-limits", "with-keys"];

/// What stands on the command line.
#[derive(Debug, Default)]
pub struct Args {
    pub words: Vec<String>,
    flags: Vec<(String, String)>,
}

impl Args {
    fn read(given: impl Iterator<Item = String>) -> Result<Args> {
        let mut args = Args::default();
        let mut given = given.peekable();
        while let Some(word) = given.next() {
            match word.strip_prefix("--") {
                Some(switch) if SWITCHES.contains(&switch) => args.flags.push((switch.to_owned(), String::new())),
                Some("help") => args.words.insert(0, "help".to_owned()),
                Some(flag) => match flag.split_once('=') {
                    Some((flag, value)) => args.flags.push((flag.to_owned(), value.to_owned())),
                    None => match given.next() {
                        Some(value) => args.flags.push((flag.to_owned(), value)),
                        None => bail!("--{flag} needs a value"),
                    },
                },
                None => args.words.push(word),
            }
        }
        Ok(args)
    }

    pub fn flag(&self, name: &str) -> Option<&str> {
        self.flags.iter().rev().find(|(flag, _)| flag == name).map(|(_, value)| value.as_str())
    }

    pub fn all(&self, name: &str) -> Vec<String> {
        self.flags.iter().filter(|(flag, _)| flag == name).map(|(_, value)| value.clone()).collect()
    }

    /// Stops at a flag that the command does not know.
    pub fn known(&self, names: &[&str]) -> Result<()> {
        const EVERYWHERE: &[&str] = &["config", "data", "database-url", "definitions", "listen"];
        match self
            .flags
            .iter()
            .find(|(flag, _)| !names.contains(&flag.as_str()) && !EVERYWHERE.contains(&flag.as_str()))
        {
            Some((flag, _)) => bail!("--{flag} is not known here\n\n{USAGE}"),
            None => Ok(()),
        }
    }

    /// The configuration, with what the command line says over it.
    pub fn config(&self) -> Result<config::Config> {
        let mut config = config::read(self.flag("config").map(std::path::Path::new), environment())?;
        if let Some(dir) = self.flag("data") {
            config.data.dir = PathBuf::from(dir);
        }
        if let Some(url) = self.flag("database-url") {
            config.database.url = Some(url.to_owned());
        }
        if let Some(dir) = self.flag("definitions") {
            config.definitions.dir = PathBuf::from(dir);
        }
        if let Some(listen) = self.flag("listen") {
            config.server.listen =
                listen.parse().map_err(|_| anyhow::anyhow!("--listen: expected an address such as 127.0.0.1:8080"))?;
            config.server.public_url = format!("http://{}", config.server.listen);
        }
        Ok(config)
    }
}

/// The one door through which the environment comes in.
fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars()
}

fn main() -> ExitCode {
    // A mail server gives a mail back to its sender where a program fails in a way that it does not know.
    let failure = match std::env::args().nth(1) {
        Some(word) if word == RECEIVE_MAIL => ExitCode::from(command::receive_mail::TRY_AGAIN),
        _ => ExitCode::FAILURE,
    };
    match std::panic::catch_unwind(run) {
        Ok(Ok(code)) => code,
        Ok(Err(error)) => {
            eprintln!("moothall: {error:#}");
            failure
        }
        Err(_) => failure,
    }
}

/// Its words on standard error may come to whoever wrote the mail.
const RECEIVE_MAIL: &str = "receive-mail";

fn run() -> Result<ExitCode> {
    let args = Args::read(std::env::args().skip(1))?;
    if args.words == ["decode"] {
        return decode::run(&args).map(|()| ExitCode::SUCCESS);
    }
    let receives = args.words == [RECEIVE_MAIL];
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        bail!("TLS was set up twice");
    }
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("MOOTHALL_LOG")
                .unwrap_or_else(|_| if receives { "error" } else { "info" }.into()),
        )
        .with_writer(std::io::stderr)
        .with_target(false)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let words: Vec<&str> = args.words.iter().map(String::as_str).collect();
    if receives {
        return runtime.block_on(command::receive_mail::run(&args, environment()));
    }
    let done = runtime.block_on(async {
        match words.as_slice() {
            ["demo"] => demo::run(&args).await,
            ["serve"] => command::serve::run(&args).await,
            ["migrate"] => command::migrate::run(&args).await,
            ["check"] => command::check::run(&args),
            ["retain"] => command::retain::run(&args).await,
            ["verify"] => command::verify::run(&args).await,
            ["backup", to] => command::backup::run(&args, to).await,
            ["restore", from] => command::restore::run(&args, from).await,
            ["ledger", "go-on"] => command::ledger::go_on(&args).await,
            ["ledger", "begin-anew"] => command::ledger::begin_anew(&args).await,
            ["lock"] => command::check::lock(&args),
            ["schema"] => command::check::schema(&args),
            ["import", "neighbourhoods", files @ ..] if !files.is_empty() => {
                command::neighbourhoods::run(&args, files).await
            }
            ["import", "asset", files @ ..] if !files.is_empty() => command::assets::run(&args, files).await,
            ["import", "layer", files @ ..] if !files.is_empty() => command::layers::run(&args, files).await,
            ["import", "slots", files @ ..] if !files.is_empty() => command::slots::run(&args, files).await,
            ["import", kind, files @ ..] if command::bins::KINDS.contains(kind) && !files.is_empty() => {
                command::bins::run(&args, kind, files).await
            }
            ["import", kind, files @ ..] if !files.is_empty() => command::import::run(&args, kind, files).await,
            ["user", "add"] => command::user::add(&args).await,
            ["user", "import", file] => command::user_import::run(&args, file).await,
            ["user", "change"] => command::user::change(&args).await,
            ["user", "end"] => command::user::end(&args).await,
            ["help"] | [] => {
                println!("{USAGE}");
                Ok(())
            }
            other => bail!("`{}` is not a command\n\n{USAGE}", other.join(" ")),
        }
    });
    done.map(|()| ExitCode::SUCCESS)
}
