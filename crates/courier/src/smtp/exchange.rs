//! One mail, step by step, so that we know at which step it failed: before the end of the text was written nothing can
//! have been taken, after it nobody knows until the server answers.

use super::{Smtp, Tls};
use crate::{courier::Fate, letter::Letter};
use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::ClientId,
        response::{Response, Severity},
    },
};
use std::{
    net::SocketAddr,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use tokio::{net::lookup_host, time::timeout};

/// What ended an exchange early. Its text is for staff and logs: a step and a code, never what the server said.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum Stop {
    #[error("the mail server does not answer ({0})")]
    Silent(&'static str),
    #[error("the mail server said {1} ({0})")]
    NotNow(&'static str, String),
    #[error("the mail server said {1} ({0})")]
    Refused(&'static str, String),
    #[error("the mail server is not on this machine")]
    NotHere,
    #[error("the mail section of the configuration is not complete")]
    Misconfigured,
    #[error("may have been sent")]
    Unknown,
}

impl Stop {
    fn of(step: &'static str, error: &Error) -> Stop {
        match error.status() {
            Some(code) if error.is_permanent() => Stop::Refused(step, code.to_string()),
            Some(code) => Stop::NotNow(step, code.to_string()),
            None => Stop::Silent(step),
        }
    }

    /// A server that refuses us before it has heard of the mail is wrongly set up: that is no reason to lose mail.
    fn before_the_mail(self) -> Stop {
        match self {
            Stop::Refused(step, code) => Stop::NotNow(step, code),
            other => other,
        }
    }

    fn fate(self) -> Fate {
        match self {
            Stop::Refused("recipient", _) => Fate::Refused(self.to_string()),
            Stop::Refused(..) | Stop::Unknown => Fate::Dead(self.to_string()),
            Stop::Silent(_) | Stop::NotNow(..) | Stop::NotHere | Stop::Misconfigured => Fate::Again(self.to_string()),
        }
    }
}

/// Hands one mail to the server. Never longer than [`super::Patience::whole`].
pub async fn hand_over(smtp: &Smtp, from: &Address, letter: &Letter) -> Fate {
    match exchange(smtp, from, letter).await {
        Ok(()) => Fate::Sent,
        Err(stop) => stop.fate(),
    }
}

async fn exchange(smtp: &Smtp, from: &Address, letter: &Letter) -> Result<(), Stop> {
    if smtp.check().is_err() {
        return Err(Stop::Misconfigured);
    }
    let mut line = open(smtp, from).await.map_err(Stop::before_the_mail)?;
    let done = say(smtp, &mut line, letter).await;
    if done != Err(Stop::Unknown) {
        // The server waits for this, we do not: the mail is settled meanwhile.
        tokio::spawn(async move { timeout(Duration::from_secs(5), line.quit()).await.is_ok() });
    }
    done
}

/// A line on which the server has greeted us and knows who we are.
async fn open(smtp: &Smtp, from: &Address) -> Result<AsyncSmtpConnection, Stop> {
    let name = ClientId::Domain(smtp.name(from));
    let tls = || TlsParameters::new(smtp.host.clone()).map_err(|_| Stop::Misconfigured);
    let first = if smtp.tls == Tls::Implicit { Some(tls()?) } else { None };
    let greeting = async {
        let found: Vec<SocketAddr> =
            lookup_host((smtp.host.as_str(), smtp.port())).await.map_err(|_| Stop::Silent("look-up"))?.collect();
        if smtp.tls == Tls::Plain && !found.iter().all(|address| address.ip().is_loopback()) {
            return Err(Stop::NotHere);
        }
        let each = Some(smtp.patience.greeting / 4);
        AsyncSmtpConnection::connect_tokio1(found.as_slice(), each, &name, first, None)
            .await
            .map_err(|error| Stop::of("greeting", &error))
    };
    let mut line = timeout(smtp.patience.greeting, greeting).await.map_err(|_| Stop::Silent("greeting"))??;
    if smtp.tls == Tls::Starttls {
        within(smtp, "starttls", line.starttls(tls()?, &name)).await?;
    }
    if let (Some(user), Some(password)) = (&smtp.user, &smtp.password) {
        let credentials = Credentials::new(user.clone(), password.clone());
        within(smtp, "sign-in", line.auth(&[Mechanism::Plain, Mechanism::Login], &credentials)).await?;
    }
    Ok(line)
}

/// The mail itself.
async fn say(smtp: &Smtp, line: &mut AsyncSmtpConnection, letter: &Letter) -> Result<(), Stop> {
    within(smtp, "sender", line.command(Mail::new(letter.envelope.from().cloned(), vec![]))).await?;
    for to in letter.envelope.to() {
        within(smtp, "recipient", line.command(Rcpt::new(to.clone(), vec![]))).await?;
    }
    let ready = within(smtp, "data", line.command(Data)).await?;
    if !ready.has_code(354) {
        return Err(Stop::Silent("data"));
    }
    // The iterator is asked for more when the text is written and the point that ends it is not: from there on the
    // server may have taken the mail.
    let ended = AtomicBool::new(false);
    let text = std::iter::once(letter.bytes.as_slice()).chain(std::iter::from_fn(|| {
        ended.store(true, Ordering::Relaxed);
        None
    }));
    let answer = timeout(smtp.patience.text, line.message_iter(text)).await;
    let ended = ended.load(Ordering::Relaxed);
    judge(answer.ok(), ended)
}

/// What the end of the text came to: an answer, a broken line, or (`None`) no answer in time.
fn judge(answer: Option<Result<Response, Error>>, ended: bool) -> Result<(), Stop> {
    match answer {
        Some(Ok(response)) if response.code().severity == Severity::PositiveCompletion => Ok(()),
        Some(Err(error)) if error.status().is_some() => Err(Stop::of("text", &error)),
        _ if ended => Err(Stop::Unknown),
        _ => Err(Stop::Silent("text")),
    }
}

async fn within<T>(
    smtp: &Smtp,
    step: &'static str,
    command: impl Future<Output = Result<T, Error>>,
) -> Result<T, Stop> {
    match timeout(smtp.patience.command, command).await {
        Ok(done) => done.map_err(|error| Stop::of(step, &error)),
        Err(_) => Err(Stop::Silent(step)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Patience;
    use tokio::{
        io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
        net::TcpListener,
    };

    /// Says yes to everything up to DATA, then reads no more and keeps the line open.
    async fn stops_reading(listener: TcpListener) -> Option<()> {
        let (stream, _) = listener.accept().await.ok()?;
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 hello\r\n").await.ok()?;
        let mut line = String::new();
        while stream.read_line(&mut line).await.ok()? > 0 {
            let answer: &[u8] = if line.starts_with("DATA") { b"354 go on\r\n" } else { b"250 ok\r\n" };
            stream.write_all(answer).await.ok()?;
            if line.starts_with("DATA") {
                return std::future::pending().await;
            }
            line.clear();
        }
        None
    }

    #[tokio::test]
    async fn a_text_whose_end_was_never_written_is_sent_again() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let patience = Patience { text: Duration::from_millis(500), ..Patience::default() };
        let port = Some(listener.local_addr().unwrap().port());
        let from: Address = "noreply@moothall.example".parse().unwrap();
        let smtp = Smtp {
            host: "127.0.0.1".into(),
            port,
            tls: Tls::Plain,
            from: from.to_string(),
            patience,
            ..Smtp::default()
        };
        tokio::spawn(stops_reading(listener));
        let to = "robin@example.org".parse().unwrap();
        let envelope = lettre::address::Envelope::new(Some(from.clone()), vec![to]).unwrap();
        // More than the buffers between us and the server hold, so that the end stays unwritten.
        let letter = Letter { envelope, bytes: b"Subject: long\r\n\r\n0123456789\r\n".repeat(1_000_000) };
        let fate = hand_over(&smtp, &from, &letter).await;
        assert_eq!(fate, Fate::Again("the mail server does not answer (text)".into()));
    }

    #[test]
    fn without_an_answer_the_end_of_the_text_decides() {
        assert_eq!(judge(None, false), Err(Stop::Silent("text")));
        assert_eq!(judge(None, true), Err(Stop::Unknown));
    }
}
