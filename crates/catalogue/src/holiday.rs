use jiff::civil::Date;

/// A named list of holidays, `agencies/holidays/<name>.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolidayList {
    pub name: String,
    pub source: String,
    /// The day the list was compared with its source.
    pub checked: Option<Date>,
    pub days: Vec<Holiday>,
    /// The file as it is, for readers that know more of it.
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    pub date: Date,
    pub name: String,
}
