//! What there is to pay, said before anything is sent (C-38): beside the question it hangs on, and on check-answers.

use super::journey::Journey;
use crate::{App, page::when};
use casework::report::payment;
use catalogue::Walk;

/// What the answers come to, as the receipt will say it. The first of those who get it is paid.
pub fn price(app: &App, journey: &Journey, walk: &Walk) -> Option<String> {
    let agency = app.setting.receivers(walk).agencies.into_iter().next()?;
    let pence = payment::price(&app.setting, walk.service, &walk.kept, &agency, &journey.world.context())?;
    Some(when::pounds(pence))
}

/// What stands beside the question that the price hangs on.
pub fn beside(app: &App, journey: &Journey, walk: &Walk, question: &str) -> Option<String> {
    let agency = app.setting.receivers(walk).agencies.into_iter().next()?;
    let ctx = journey.world.context();
    let (least, most) = payment::range(&app.setting, walk.service, question, &walk.kept, &agency, &ctx)?;
    let costs = match most.filter(|most| *most > least) {
        Some(most) => {
            format!("It costs {} to {}. How much depends on what you have.", when::pounds(least), when::pounds(most))
        }
        None => format!("It costs {} or more. How much depends on what you have.", when::pounds(least)),
    };
    Some(match price(app, journey, walk) {
        Some(price) => format!("What you have told us so far costs {price}. You can change it before you send it."),
        None => format!("{costs} We tell you the price before you send it."),
    })
}
