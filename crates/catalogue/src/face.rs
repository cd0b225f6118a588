//! What a page needs to draw a question: names, words, and the raw values as typed.

/// The heading of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Form name of the question; the first field to link to may be under it.
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
    pub required: bool,
}

/// One input or text area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    /// As typed, or as last answered.
    pub value: String,
    /// The `type` of the input: `text`, `email`, `tel`, `url`, `hidden`.
    pub input: &'static str,
    pub inputmode: Option<&'static str>,
    /// The `autocomplete` token. Sensitive flows leave it out.
    pub autocomplete: Option<&'static str>,
    /// Width in characters, one of GOV.UK's: 2 3 4 5 10 20 30.
    pub width: Option<u8>,
    /// Most characters.
    pub max: Option<usize>,
    /// Lines of a text area; 0 is an input.
    pub rows: u8,
    /// Words before the value: `£`.
    pub prefix: Option<&'static str>,
    pub spellcheck: bool,
}

/// A radio or a checkbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionFace {
    /// Form name it posts under.
    pub name: String,
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
    pub checked: bool,
    /// Stands by itself: "or" before it, and ticking it unticks the others.
    pub alone: bool,
    /// It cannot be chosen now; its hint says why.
    pub closed: bool,
}

/// Day, month and year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateFields {
    pub name: String,
    pub legend: String,
    pub hint: Option<String>,
    pub day: Field,
    pub month: Field,
    pub year: Field,
}

/// A day and a time. `fold` is asked only where that local time came twice (P-4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstantFields {
    pub date: DateFields,
    pub time: Field,
    pub fold: Vec<OptionFace>,
}

#[expect(clippy::large_enum_variant, reason = "a page has one face; a box would only stand in the way of matching it")]
#[derive(Clone, Debug, PartialEq)]
pub enum Face {
    Text(TextFace),
    LongText(LongTextFace),
    YesNo(YesNoFace),
    Choice(ChoiceFace),
    Choices(ChoicesFace),
    Number(NumberFace),
    Money(MoneyFace),
    Date(DateFace),
    Moment(MomentFace),
    Place(PlaceFace),
    Person(PersonFace),
    Vehicle(VehicleFace),
    Files(FilesFace),
    Items(ItemsFace),
    Diary(DiaryFace),
    Group(GroupFace),
    Declaration(DeclarationFace),
}

#[derive(Clone, Debug, PartialEq)]
pub struct TextFace {
    pub frame: Frame,
    /// Things to choose one from in place of typing; empty but where a page fills it. Its choice is posted beside the text, which
    /// wins where it is given.
    pub pick: Vec<OptionFace>,
    pub field: Field,
}

#[derive(Clone, Debug, PartialEq)]
pub struct LongTextFace {
    pub frame: Frame,
    pub field: Field,
}

#[derive(Clone, Debug, PartialEq)]
pub struct YesNoFace {
    pub frame: Frame,
    pub options: Vec<OptionFace>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceFace {
    pub frame: Frame,
    pub options: Vec<OptionFace>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ChoicesFace {
    pub frame: Frame,
    pub options: Vec<OptionFace>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct NumberFace {
    pub frame: Frame,
    pub field: Field,
}

#[derive(Clone, Debug, PartialEq)]
pub struct MoneyFace {
    pub frame: Frame,
    pub field: Field,
    pub about: OptionFace,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DateFace {
    pub frame: Frame,
    pub date: DateFields,
}

/// With one mode `modes` is empty and only that mode's fields are there.
#[derive(Clone, Debug, PartialEq)]
pub struct MomentFace {
    pub frame: Frame,
    pub modes: Vec<OptionFace>,
    pub exact: Option<InstantFields>,
    pub between: Option<(InstantFields, InstantFields)>,
    pub day: Option<DateFields>,
}

/// `lat`, `lon` and `how` are hidden inputs that the map picker fills. Text, where given, wins over a pin: the picker
/// clears the text when a pin is set.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceFace {
    pub frame: Frame,
    pub text: Field,
    pub lat: Field,
    pub lon: Field,
    /// `pin` or `device`.
    pub how: Field,
    /// Plain words, for a place that cannot be found.
    pub words: Field,
    /// The matches to choose from, and "none of these" (value `words`) as the last; empty where nothing is to choose.
    pub pick: Vec<OptionFace>,
    /// Words of the place as it was last understood.
    pub label: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PersonFace {
    pub frame: Frame,
    pub name: Option<Field>,
    pub born: Option<DateFields>,
    pub address: Option<Field>,
    pub phone: Option<Field>,
    pub email: Option<Field>,
    pub safe: Option<SafeFace>,
}

/// The safe-contact block (P-54).
#[derive(Clone, Debug, PartialEq)]
pub struct SafeFace {
    pub legend: String,
    pub hint: String,
    /// `any`, `only`, `none`. The rest matters where `only` is chosen.
    pub modes: Vec<OptionFace>,
    pub safe_legend: String,
    pub safe: Vec<OptionFace>,
    pub never_legend: String,
    pub never_via: Vec<OptionFace>,
    pub windows_legend: String,
    pub windows: Vec<WindowFace>,
    pub voicemail_ok: OptionFace,
    pub sms_ok: OptionFace,
    pub letter_ok: OptionFace,
    pub who_may_answer: Field,
    pub codeword: Field,
}

#[derive(Clone, Debug, PartialEq)]
pub struct WindowFace {
    pub days_legend: String,
    pub days: Vec<OptionFace>,
    pub from: Field,
    pub to: Field,
}

#[derive(Clone, Debug, PartialEq)]
pub struct VehicleFace {
    pub frame: Frame,
    pub registration: Field,
    pub make: Field,
    pub colour: Field,
    pub marks: Field,
}

/// The buttons of a list question. Posting `add` (any value) adds an empty row; posting `remove` with a row's index
/// takes that row away: see [`crate::kind::rows`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowButtons {
    pub add: Option<OptionFace>,
    /// One for each row; empty where only one row may be.
    pub remove: Vec<OptionFace>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ItemsFace {
    pub frame: Frame,
    pub rows: Vec<ItemFace>,
    pub buttons: RowButtons,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ItemFace {
    pub legend: String,
    pub kind_legend: String,
    pub kind: Vec<OptionFace>,
    /// Make, model, colour, serial, IMEI, frame, registration.
    pub fields: Vec<Field>,
    pub value: Field,
    pub about: OptionFace,
    pub state_legend: String,
    pub state: Vec<OptionFace>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DiaryFace {
    pub frame: Frame,
    pub rows: Vec<DiaryEntryFace>,
    pub buttons: RowButtons,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DiaryEntryFace {
    pub legend: String,
    pub date: DateFields,
    pub start: Field,
    pub end: Field,
    /// First or second, where that time came twice in the night.
    pub start_fold: Vec<OptionFace>,
    pub end_fold: Vec<OptionFace>,
    pub rooms: Field,
    pub description: Field,
    pub effect: Field,
}

#[derive(Clone, Debug, PartialEq)]
pub struct GroupFace {
    pub frame: Frame,
    pub rows: Vec<RowFace>,
    pub buttons: RowButtons,
    /// Only ever one row: no row headings, no buttons.
    pub single: bool,
}

/// Photos, or other files.
#[derive(Clone, Debug, PartialEq)]
pub struct FilesFace {
    pub frame: Frame,
    /// The ids of those given so far, in their order.
    pub given: Vec<String>,
    pub photos: bool,
    pub most: usize,
    /// The largest one may be.
    pub megabytes: usize,
    pub accept: Vec<crate::Accept>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct RowFace {
    pub legend: String,
    pub faces: Vec<Face>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DeclarationFace {
    pub frame: Frame,
    /// The exact words that are agreed to.
    pub text: String,
    pub agree: OptionFace,
    pub name: Option<Field>,
}

impl Face {
    pub fn frame(&self) -> &Frame {
        match self {
            Face::Text(face) => &face.frame,
            Face::LongText(face) => &face.frame,
            Face::YesNo(face) => &face.frame,
            Face::Choice(face) => &face.frame,
            Face::Choices(face) => &face.frame,
            Face::Number(face) => &face.frame,
            Face::Money(face) => &face.frame,
            Face::Date(face) => &face.frame,
            Face::Moment(face) => &face.frame,
            Face::Place(face) => &face.frame,
            Face::Person(face) => &face.frame,
            Face::Vehicle(face) => &face.frame,
            Face::Files(face) => &face.frame,
            Face::Items(face) => &face.frame,
            Face::Diary(face) => &face.frame,
            Face::Group(face) => &face.frame,
            Face::Declaration(face) => &face.frame,
        }
    }
}
