//! What people can ask for, and who answers: definitions of services and agencies, read from data.
//!
//! Pure: no IO, no clock, no async. The caller hands in the text of the files ([`Source`]) and the time ([`Context`]).
//!
//! The parts, in the order a journey meets them:
//! - [`load`] reads `services/**` and `agencies/**` into a [`Catalogue`], or names every [`Fault`] with file and line;
//! - [`walk`] recomputes the whole journey (path, end, effects, what was dropped) from [`Answers`] alone;
//! - [`kind::face`] is what a page needs to draw one question, [`kind::read`] what was posted;
//! - [`shown`] gives the answers back as text for people, with the tags that decide who may see them.
//!
//! State is [`Answers`] and nothing else. Beside the answers it remembers which optional questions were passed over
//! ([`Answers::pass`]), after which stops the person chose to go on ([`Answers::carry_on`]) and that the emergency
//! gate was passed ([`Answers::pass_gate`]); all of it is in the one JSON object of [`Answers::to_json`].
//!
//! A page's round trip:
//! ```text
//! GET   walk(service, &answers, &ctx).end     -> End::Ask(question)
//!       kind::face(question, &service.words, Filled::Answer(..) | Filled::Form(..) | Filled::Empty, &answers)
//! POST  kind::rows(question, &form)           -> Some(form): a row was added or removed, draw that form again
//!       kind::read(question, &form, &answers, &ctx)
//!         Ok(Read::Answer(Some(answer)))      -> answers.give(id, answer)
//!         Ok(Read::Answer(None))              -> answers.pass(id)         (optional, left empty)
//!         Ok(Read::Pick(found))               -> draw the same question, Face::Place with its `pick` list
//!         Err(problems)                       -> draw Filled::Form(&form) with the problems
//!       answers = walk(..).kept               (answers of questions no longer shown are dropped, and named)
//! STOP  End::Stop(view)                       -> its page. An answer that led to an emergency is not saved. Where
//!                                               view.carry_on, a button calls answers.carry_on(&view.id)
//! SEND  walk(..).to_store()                   -> Some(answers) at check-answers only, without the gate's answers
//! ```
//! Form field names are the question id and its parts: `where.text`, `seen_when.date.day`, `prop.item.0.make`.

mod agency;
mod answer;
mod apart;
mod asset;
mod body;
mod booking;
mod carry;
mod case;
mod check;
mod coded;
mod collections;
mod compose;
mod condition;
mod context;
mod counted;
mod definition;
mod effect;
mod face;
mod filed;
mod form;
mod holiday;
pub mod kind;
mod land;
mod language;
mod lead;
mod load;
mod lock;
mod mark;
mod order;
mod problem;
mod publish;
mod question;
mod schema;
mod search;
mod service;
mod shape;
mod shown;
mod shut;
mod source;
mod stop;
mod translation;
mod tree;
mod walk;
mod words;

pub use agency::{
    ActionType, Added, Agency, Agreement, AttributeCode, BinName, Bins, Blocking, Booking, Cases, Charge, Clock,
    ClockKind, ClosedTo, Closing, CollectedFrom, Container, ContainerLook, ContainerShape, Core, CountsFrom,
    CourtStage, CrewWords, CrimeNumbers, Cue, CutOff, DefectType, During, Duty, ENHANCED, Effect, Enhanced, Escalate,
    Grade, Heard, Keyword, KnownBy, LandLink, LandWords, Late, Layer, LayerDoes, LayerRule, Limit, Lookups, Met,
    Missed, Neighbourhoods, NotOurs, Notice, Offence, Offer, Office, OfficeFormat, OfficeHours, OfficePhotos, OneOpen,
    Order, Outcome, OwnStop, Partner, Phrase, Priority, Publication, Questionnaire, Release, ReportWindow,
    RetentionAction, RetentionRule, RetentionTrigger, Role, SameDay, SeenBy, ServiceCode, StaffSameDay, Stage, Team,
    TrafficManagement, Update, UpdateTo, UpdateWord, Visibility, WaitsFor, Ward, Warn, Ways, booking_rules,
    missed_rules,
};
pub use answer::{
    Answer, Answers, Channel, Day, Declaration, DiaryEntry, How, Item, Moment, Money, Person, Place, SafeContact,
    Vehicle, Window,
};
pub use apart::Theirs;
pub use asset::AssetRule;
pub use body::Body;
pub use booking::Booked;
pub use carry::carry;
pub use case::CaseRule;
pub use coded::{Coded, coded};
pub use collections::{Collections, Told};
pub use condition::{Condition, Test};
pub use context::{Context, Finder, Found, Territory, Who};
pub use counted::Counted;
pub use definition::definition;
pub use effect::{Effects, Timer, When};
pub use face::*;
pub use filed::FiledAs;
pub use form::Form;
pub use holiday::{Holiday, HolidayList};
pub use kind::{Filled, Line, Read, is_email, phone_number};
pub use land::{Holds, LAND, Land, LandStop};
pub use language::Language;
pub use lead::{Lead, Receivers};
pub use load::{Catalogue, Group, load};
pub use lock::lock;
pub use mark::{Mark, fold, marks, marks_of_item};
pub use order::Ordered;
pub use problem::Problem;
pub use publish::{is_doubtful, is_listed, published, published_photos, says_private, without_private};
pub use question::{
    Accept, Ask, Format, Kind, MomentMode, PersonPart, Publish, Question, Regime, Retention, Sensitivity, Side,
};
pub use schema::schema;
pub use search::Hit;
pub use service::{Anonymous, Service, Tracking};
pub use shape::answers_schema;
pub use shown::{ShownAnswer, shown};
pub use shut::{SHUT, Shut};
pub use source::{Fault, Source};
pub use stop::{Link, LinkView, Stop, StopKind, StopView};
pub use translation::{lacks, words_of};
pub use walk::{End, Walk, walk};
pub use words::Words;
