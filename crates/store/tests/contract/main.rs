//! Every public function of `store` on both engines (house.md §4).
//!
//! PostgreSQL is the server at `MOOTHALL_TEST_POSTGRES`, whose user may create databases; without it that half is
//! skipped, and fails where `CI` is set.

#[macro_use]
mod engine;
mod figures;
mod fixtures;

mod access;
mod account;
mod agreement;
mod alert;
mod answer;
mod assessment;
mod attempt;
mod away;
mod backup;
mod budget;
mod casefile;
mod checkpoint;
mod clock;
mod collection;
mod concurrent;
mod contact;
mod coverage;
mod crime;
mod data_set;
mod definition;
mod delivery;
mod erasure;
mod everything;
mod feedback;
mod fetched;
mod group_commit;
mod held;
mod hook;
mod incident;
mod journal;
mod leaf;
mod look;
mod migrate;
mod missed;
mod neighbourhood;
mod occurrence;
mod outside;
mod payment;
mod pin;
mod place;
mod premises;
mod property;
mod publication;
mod queue;
mod relief;
mod remark;
mod rendition;
mod report;
mod request;
mod round;
mod schema;
mod sending;
mod server;
mod session;
mod sheet;
mod staff;
mod statements;
mod statistic;
mod sub_case;
mod subscription;
mod throttle;
mod transactions;
mod transfer;
mod values;
mod ward;
mod words;
