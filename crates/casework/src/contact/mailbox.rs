//! The gate of alerts: whether a mail may go to an address that somebody gave to hear of public reports (C-60). It fails closed.

use store::subscriber::{Subscriber, Why};

/// What a mail to a subscriber is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// It asks whether the address is theirs. Also where the address refused mail before: somebody has just asked for it.
    Confirming,
    News,
}

/// May it go to this address? Only to the one that is kept, where nobody said stop; news only where it was confirmed.
pub fn may_go(subscriber: Option<&Subscriber>, address: &str, purpose: For) -> bool {
    let Some(person) = subscriber.filter(|person| person.address == address && !address.is_empty()) else {
        return false;
    };
    match (purpose, person.stopped_why) {
        (For::News, None) => person.confirmed_at.is_some() && person.stopped_at.is_none(),
        (For::News, Some(_)) => false,
        // Who said stop asks again by mail of their own: the press on its button begins anew.
        (For::Confirming, None | Some(Why::Asked | Why::Bounced)) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::Time;
    use uuid::Uuid;

    fn person() -> Subscriber {
        Subscriber {
            id: Uuid::from_u128(1),
            mark: vec![],
            address: "robin@example.org".into(),
            token: vec![],
            created_at: Time(0),
            confirmed_at: Some(Time(1)),
            stopped_at: None,
            stopped_why: None,
        }
    }

    #[test]
    fn nothing_goes_to_whom_it_is_not_for() {
        let (here, stopped) = ("robin@example.org", Some(Time(2)));
        assert!(may_go(Some(&person()), here, For::News));
        for shut in [
            None,
            Some(Subscriber { address: "other@example.org".into(), ..person() }),
            Some(Subscriber { confirmed_at: None, ..person() }),
            Some(Subscriber { stopped_at: stopped, stopped_why: Some(Why::Asked), ..person() }),
            Some(Subscriber { stopped_at: stopped, stopped_why: Some(Why::Bounced), ..person() }),
            // A row that contradicts itself.
            Some(Subscriber { stopped_at: stopped, ..person() }),
        ] {
            assert!(!may_go(shut.as_ref(), here, For::News), "{shut:?}");
        }
        assert!(!may_go(None, here, For::Confirming));
        assert!(!may_go(Some(&Subscriber { address: String::new(), ..person() }), "", For::Confirming));
        assert!(may_go(Some(&Subscriber { confirmed_at: None, ..person() }), here, For::Confirming));
    }
}
