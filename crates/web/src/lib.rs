//! web

pub mod govuk;
