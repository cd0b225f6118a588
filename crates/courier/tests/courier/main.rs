//! The courier against a real database and a stand-in of a mail server.

mod alerts;
mod claims;
mod collector;
mod gate;
mod handing_over;
mod house;
mod logs;
mod mails;
mod outage;
mod stand_in;
