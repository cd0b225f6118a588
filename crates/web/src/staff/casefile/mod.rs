//! `/staff/cases`: cases of one or more complaints (C-20 to C-27): the list, one case, what may be done in it, the log of a visit.

pub mod acts;
pub mod list;
pub mod one;
pub mod visit;

use crate::{
    govuk::{DateInput, Html, Input},
    page::{Posted, when},
};
use store::Time;

/// The day and the time of a form, where the two are there; none where nothing was typed. What is no time is refused by the
/// rule, and comes as none of the outer kind. Of a time that comes twice in autumn the first is meant.
fn moment(posted: &Posted, prefix: &str) -> Option<Option<Time>> {
    let typed = posted.get(&format!("{prefix}-time")).trim();
    match (posted.day(prefix)?, typed) {
        (None, "") => Some(None),
        (Some(day), typed) => {
            let time = catalogue::kind::time_of(typed)?;
            Some(Some(Time(when::instant(day.to_datetime(time)).as_microsecond())))
        }
        (None, _) => None,
    }
}

/// The fields of a day and a time.
fn fields(prefix: &str, legend: &str, posted: Option<&Posted>) -> Html {
    let typed = |part: &str| posted.map(|posted| posted.get(&format!("{prefix}-{part}"))).unwrap_or_default();
    let date = DateInput::new(prefix, legend).values(typed("day"), typed("month"), typed("year"));
    let name = format!("{prefix}-time");
    let time = Input::new(&name, &name, "Time").hint("For example, 9pm or 21:00").width(10).value(typed("time"));
    Html::of(&date).then(&Html::of(&time))
}
