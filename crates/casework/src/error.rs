use rights::NotFound;

/// What stopped an act. `web` turns each into a page with a way on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the actor may not know of it.
    #[error(transparent)]
    NotFound(#[from] NotFound),
    /// Someone else changed it since the page was shown.
    #[error("changed by someone else meanwhile")]
    Stale,
    /// The act does not fit the state the report is in, or the words given.
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Store(store::Error),
}

/// Why an act was refused; each has words of its own on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("words are needed")]
    WordsNeeded,
    #[error("the words are too long")]
    WordsTooLong,
    #[error("the words hold characters that cannot be kept")]
    WordsUnreadable,
    #[error("this stage is not one of the agency's")]
    NoSuchStage,
    #[error("this outcome is not one of the agency's")]
    NoSuchOutcome,
    #[error("this priority is not one of the agency's")]
    NoSuchPriority,
    #[error("this person or team is not of the agency")]
    NoSuchColleague,
    #[error("this agency is not a partner")]
    NoSuchPartner,
    #[error("a reason is needed")]
    ReasonNeeded,
    #[error("the report has ended")]
    Ended,
    #[error("the report has not ended")]
    NotEnded,
    #[error("it was done already")]
    AlreadyDone,
    #[error("what everybody is to read may say who somebody is")]
    SaysWho,
    #[error("a second person lets go of what somebody holds")]
    SecondPerson,
    #[error("another agency has been asked already")]
    AlreadyAsked,
    #[error("the report cannot be sent yet: answers are missing")]
    Incomplete,
    #[error("this way to pay is not one that staff record")]
    NoSuchWay,
    #[error("it is being paid by card now")]
    PaysNow,
    #[error("it is too late to give it back")]
    TooLateToRefund,
    #[error("one of the collections cannot be reported now")]
    NotNow,
    #[error("this day cannot be booked, or has no place left")]
    NoSuchSlot,
    #[error("one is on order for this home already")]
    AlreadyOrdered,
    #[error("more things than the crew takes")]
    TooManyItems,
    #[error("it is too late to change or cancel it")]
    TooLateToChange,
    #[error("a file that was added is not there any more")]
    FileGone,
    #[error("more files than one report may have")]
    TooManyFiles,
    #[error("more things than one report may have")]
    TooManyThings,
    #[error("another body acts: who, how to reach them, and that the resident was told")]
    ElsewhereNeeded,
    #[error("a new date must lie after today and after the date it follows")]
    DateTooSoon,
    /// A day was given with a state that has none.
    #[error("this state has no day")]
    NoDayHere,
    /// Work cannot be planned for a day that has passed.
    #[error("the day is over")]
    DayOver,
    #[error("the agency agrees on no such interval, way or event")]
    NoSuchInterval,
    #[error("one is away from a day on, and back on a later one within a year")]
    NoSuchDays,
    #[error("this offence class is not one of the agency's")]
    NoSuchOffence,
    #[error("what was typed is no day")]
    NoSuchDay,
    #[error("this category of incident is not one of the agency's")]
    NoSuchIncident,
    #[error("the force writes its crime numbers otherwise")]
    NoSuchNumber,
    #[error("another crime has this number")]
    NumberTaken,
    #[error("an officer must have heard from the victim")]
    NotHeard,
    #[error("a grade is lowered with a reason")]
    LoweredWithoutReason,
    #[error("the same thing, or not the same")]
    SameOrNot,
    #[error("a score is a number from 0 to 3, a grade from 1 to 4")]
    NoSuchScore,
    #[error("this action is not one of the agency's, or is not written by itself")]
    NoSuchAction,
    #[error("this ward is not one of the agency's")]
    NoSuchWard,
    #[error("the agency has no such case")]
    NoSuchCase,
    #[error("a case is not merged into itself, or into one that was merged into it")]
    SameCase,
    #[error("it lies in the future")]
    LaterThanNow,
    #[error("what was typed is no time, or the times do not follow one another")]
    NoSuchTime,
    #[error("a note is edited by who wrote it, for a while")]
    TooLateToEdit,
    #[error("inside, or not inside")]
    InsideOrNot,
    #[error("a statutory nuisance, none, or undecided")]
    NuisanceOrNot,
    #[error("why it is no nuisance")]
    WhyNotNeeded,
    #[error("a number of minutes up to a day, of metres up to ten thousand")]
    NoSuchMinutes,
    #[error("the resident cannot be reached about this report")]
    CannotReach,
    #[error("this defect type or traffic management is not one of the agency's")]
    NoSuchDefect,
    #[error("no question of the report has such a code")]
    NoSuchCode,
    #[error("a name is one short line")]
    NameTooLong,
    #[error("more views than one person or team may keep")]
    TooManyViews,
    #[error("what was typed is no e-mail address")]
    NoSuchAddress,
    #[error("a place with a point is needed")]
    NoSuchPlace,
    #[error("the place is not in the agency's area")]
    NotOurPlace,
    #[error("the report cannot become one of this service")]
    NoSuchService,
    #[error("another agency works the report too")]
    WorkedTogether,
    #[error("the report is the same as no such report")]
    NoSuchDuplicate,
    #[error("other reports are the same as this one")]
    HasDuplicates,
    #[error("nobody else reads reports of this service")]
    NeverPublic,
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Error {
        match error {
            store::Error::NotFound(none) => Error::NotFound(none),
            store::Error::Stale => Error::Stale,
            other => Error::Store(other),
        }
    }
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
