//! The mail server: how to reach it, and one mail handed over to it.

mod exchange;
mod patience;

use lettre::Address;
use serde::Deserialize;
use std::fmt;

pub(crate) use exchange::hand_over;
pub use patience::Patience;

/// How the line is kept private.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tls {
    /// Plain at first, then STARTTLS; without it nothing is sent (port 587).
    #[default]
    Starttls,
    /// From the first byte (port 465, RFC 8314).
    Implicit,
    /// None: to a server on this machine only (port 25).
    Plain,
    /// None, over a network that is known to be private. Never with a password.
    PlainOverNetwork,
}

/// The section `[mail]` of the configuration. Without `host` and `from` nothing is sent; see [`Smtp::check`].
#[derive(Clone, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct Smtp {
    pub host: String,
    /// The usual one of [`Tls`] where none is given.
    pub port: Option<u16>,
    pub tls: Tls,
    pub user: Option<String>,
    pub password: Option<String>,
    /// The sender's address. It also stands on mail of sensitive flows, so it must not name a police force (P-51).
    pub from: String,
    /// The sender's name; mail of sensitive flows goes without it.
    pub from_name: String,
    /// The name given in EHLO; the domain of `from` where none is given.
    pub helo: Option<String>,
    #[serde(skip)]
    pub patience: Patience,
}

// A password is never printed.
impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp")
            .field("host", &self.host)
            .field("port", &self.port())
            .field("tls", &self.tls)
            .field("user", &self.user.as_ref().map(|_| "…"))
            .field("from", &self.from)
            .finish_non_exhaustive()
    }
}

/// What is wrong with the section `[mail]`. Names keys, never values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misconfigured {
    #[error("mail.host: expected the name of a mail server")]
    Host,
    #[error("mail.from: expected one e-mail address")]
    From,
    #[error("mail.helo: expected a host name")]
    Helo,
    #[error("mail.user and mail.password: expected both or neither")]
    HalfACredential,
    #[error("mail.tls: expected `starttls` or `implicit` where there is a password, or a server on this machine")]
    PasswordInTheOpen,
}

impl Smtp {
    /// The port given, or the usual one.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.tls {
            Tls::Starttls => 587,
            Tls::Implicit => 465,
            Tls::Plain | Tls::PlainOverNetwork => 25,
        })
    }

    /// Whether mail can be sent this way. A program that starts should stop here; a mail that meets it waits.
    pub fn check(&self) -> Result<(), Misconfigured> {
        if self.host.is_empty() || !is_host(&self.host) {
            return Err(Misconfigured::Host);
        }
        let from = self.sender()?;
        if !is_host(self.helo.as_deref().unwrap_or(from.domain())) {
            return Err(Misconfigured::Helo);
        }
        if self.user.is_some() != self.password.is_some() {
            return Err(Misconfigured::HalfACredential);
        }
        if self.password.is_some() && self.tls == Tls::PlainOverNetwork {
            return Err(Misconfigured::PasswordInTheOpen);
        }
        Ok(())
    }

    pub(crate) fn sender(&self) -> Result<Address, Misconfigured> {
        crate::mail::address(&self.from).ok_or(Misconfigured::From)
    }

    /// The name for EHLO.
    fn name(&self, from: &Address) -> String {
        self.helo.clone().unwrap_or_else(|| from.domain().to_owned())
    }
}

/// A name or an address of a host: it becomes part of a command.
fn is_host(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:_".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Smtp, toml::de::Error> {
        toml::from_str(text)
    }

    fn good() -> Smtp {
        read("host = 'mail.example.org'\nfrom = 'noreply@moothall.example'\nuser = 'u'\npassword = 'hunter2'").unwrap()
    }

    #[test]
    fn a_password_is_never_printed() {
        let shown = format!("{:?}", good());
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(shown.contains("mail.example.org"));
    }

    #[test]
    fn an_unknown_key_is_refused_by_name() {
        let error = read("host = 'a'\npasword = 'x'").unwrap_err().to_string();
        assert!(error.contains("pasword"), "{error}");
        assert!(read("tls = 'sometimes'").is_err());
    }

    #[test]
    fn ports_are_the_usual_ones_unless_given() {
        let port = |text: &str| read(text).unwrap().port();
        assert_eq!(
            [port(""), port("tls = 'implicit'"), port("tls = 'plain'"), port("port = 1025")],
            [587, 465, 25, 1025]
        );
    }

    #[test]
    fn what_cannot_work_is_named_before_it_is_tried() {
        assert_eq!(good().check(), Ok(()));
        assert_eq!(Smtp { host: String::new(), ..good() }.check(), Err(Misconfigured::Host));
        assert_eq!(Smtp { from: "nobody".into(), ..good() }.check(), Err(Misconfigured::From));
        assert_eq!(Smtp { helo: Some("a\r\nMAIL FROM:<x>".into()), ..good() }.check(), Err(Misconfigured::Helo));
        assert_eq!(Smtp { user: None, ..good() }.check(), Err(Misconfigured::HalfACredential));
        assert_eq!(Smtp { tls: Tls::PlainOverNetwork, ..good() }.check(), Err(Misconfigured::PasswordInTheOpen));
    }
}
