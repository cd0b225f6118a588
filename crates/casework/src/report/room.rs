//! Room for files of people whom nobody knows: how many bytes one origin may give in a day, and how many may wait in all for a report
//! to claim them. A report itself is never refused for want of it.

use crate::Setting;
use store::{Result, Time, Tx, held, throttle};

const DOOR: &str = "bytes";
const DAY_SECONDS: i64 = 24 * 60 * 60;
/// What a file counts for at least: pictures are made of it, and a row is read whenever somebody asks for room.
pub const LEAST: i64 = 64 * 1024;

/// Bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub of_an_origin_a_day: i64,
    pub unclaimed: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    Left,
    /// This origin has given enough for today.
    NotForOrigin,
    /// Too much waits in the house.
    NotInTheHouse,
}

pub fn room(tx: &mut Tx, setting: &Setting, origin: &str, limits: Limits, now: Time) -> Result<Room> {
    let given = throttle::knocks(tx, DOOR, &setting.keys.origin(origin), now, DAY_SECONDS)?;
    if given >= limits.of_an_origin_a_day {
        return Ok(Room::NotForOrigin);
    }
    Ok(if held::unclaimed_bytes(tx, now, LEAST)? >= limits.unclaimed { Room::NotInTheHouse } else { Room::Left })
}

/// Notes what an origin gave.
pub fn gave(tx: &mut Tx, setting: &Setting, origin: &str, bytes: i64, now: Time) -> Result<()> {
    throttle::weigh(tx, DOOR, &setting.keys.origin(origin), now, (DAY_SECONDS, bytes.max(LEAST)))?;
    Ok(())
}
