//! `moothall decode`: the limited child. It gives up whatever a decoder does not need, and only then reads one order from its
//! standard input; it writes the answer to its standard output and ends. `custody::Decoder` starts it; people have no use
//! for it.

mod bounds;
mod calls;
mod heic;

use crate::Args;
use anyhow::{Context, Result, ensure};
use bounds::Bounds;
use heic::Converter;
use picture::{Fault, Media};
use std::{
    any::Any,
    io::{self, ErrorKind},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

/// Before any thread is started: limits hold for the thread that lays them, and for what it starts later.
pub fn run(args: &Args) -> Result<()> {
    args.known(&["media", "memory", "cpu-seconds", "room"])?;
    // A panic's words may hold something of the picture, and to find its place it would open files.
    std::panic::set_hook(Box::new(|_| ()));
    let media = args.flag("media").and_then(Media::of).context("--media: expected a kind such as image/jpeg")?;
    let number = |name: &str| {
        args.flag(name).and_then(|text| text.parse().ok()).with_context(|| format!("--{name}: expected a number"))
    };
    let converter = match (media, args.flag("room")) {
        (Media::Heic, Some(room)) => Converter::installed(Path::new(room)),
        _ => None,
    };
    let bounds = Bounds { memory: number("memory")?, taken: bounds::taken(), cpu_seconds: number("cpu-seconds")? };
    let is_landlocked = bounds::files(converter.as_ref())?;
    if !is_landlocked {
        eprintln!("{}", custody::decode::NO_LANDLOCK);
    }
    // A converter opens files, and the filter of calls does not see which: not without landlock.
    let converter = converter.filter(|_| is_landlocked);
    bounds.lay(converter.is_some())?;
    answer(media, bounds.memory, converter)
}

fn answer(media: Media, memory: u64, converter: Option<Converter>) -> Result<()> {
    let mut out = io::stdout().lock();
    let (order, original) = match picture::read_order(&mut io::stdin().lock(), memory) {
        Err(error) if error.kind() == ErrorKind::OutOfMemory => {
            return Ok(picture::write_answer(&mut out, &Err(Fault::OutOfMemory))?);
        }
        read => read.context("there is no order")?,
    };
    ensure!(order.media == media, "the order is for another kind than the command line says");
    let convert = |original: &[u8]| match &converter {
        Some(converter) => converter.convert(original),
        None => Err(Fault::NoDecoder),
    };
    #[expect(clippy::disallowed_methods, reason = "this is the limited child")]
    let developed = catch_unwind(AssertUnwindSafe(|| picture::develop_with(&order, &original, convert)));
    Ok(picture::write_answer(&mut out, &developed.unwrap_or_else(|panic| Err(met(&*panic))))?)
}

/// A decoder that counts on memory it does not get panics like one that meets a number it did not count on.
fn met(panic: &(dyn Any + Send)) -> Fault {
    let is_memory = panic.downcast_ref::<String>().is_some_and(|words| words.contains("TryReserveError"));
    if is_memory { Fault::OutOfMemory } else { Fault::Broken }
}
