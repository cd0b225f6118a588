//! The only SQL. One file per noun; plain functions on one [`Tx`]; two engines, one text.

pub mod db;
mod error;
mod time;
mod value;

pub mod access;
pub mod agreement;
pub mod answer;
pub mod area;
pub mod assessment;
pub mod attempt;
pub mod away;
pub mod backup;
pub mod checkpoint;
pub mod clock;
pub mod contact;
pub mod crime;
pub mod data_set;
pub mod definition;
pub mod delivery;
pub mod feedback;
pub mod held;
pub mod hook;
pub mod incident;
pub mod journal;
pub mod leaf;
pub mod log;
pub mod migrate;
pub mod neighbourhood;
pub mod pin;
pub mod place;
pub mod property;
pub mod queue;
pub mod relief;
pub mod rendition;
pub mod report;
pub mod session;
pub mod staff;
pub mod sub_case;
pub mod subject;
pub mod throttle;
pub mod transfer;

pub use db::{Db, FromRow, Glance, Look, Place as DatabasePlace, Row, Shown, Tx};
pub use error::{Error, Result};
pub use time::Time;
pub use value::{Cell, Column, Kind, Param, Value};
