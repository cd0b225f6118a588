//! The closed set of values that go in and come out, on either engine.

use serde_json::Value as Json;
use uuid::Uuid;

/// A parameter, borrowed for the length of one statement.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(&'a str),
    Bytes(&'a [u8]),
    Uuid(Uuid),
    Json(&'a Json),
}

impl Value<'_> {
    /// U+0000 in it: PostgreSQL cannot keep that, so neither engine does.
    pub(crate) fn holds_nul(&self) -> bool {
        match self {
            Value::Text(text) => text.contains('\0'),
            Value::Json(json) => json_holds_nul(json),
            _ => false,
        }
    }
}

fn json_holds_nul(json: &Json) -> bool {
    match json {
        Json::String(text) => text.contains('\0'),
        Json::Array(items) => items.iter().any(json_holds_nul),
        Json::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || json_holds_nul(value)),
        Json::Null | Json::Bool(_) | Json::Number(_) => false,
    }
}

/// What may be bound to `$n`. Newtypes implement it by naming the value they are.
pub trait Param {
    fn value(&self) -> Value<'_>;
}

/// A cell as it was read, owned.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Bytes(Vec<u8>),
    Uuid(Uuid),
    Json(Json),
}

/// The column type to read a cell as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Bool,
    Int,
    Float,
    Text,
    Bytes,
    Uuid,
    Json,
}

impl Kind {
    /// The kind of a column by its type in the schema, which both engines spell alike.
    pub fn of_type(name: &str) -> Option<Kind> {
        Some(match name.to_ascii_uppercase().as_str() {
            "BOOLEAN" => Kind::Bool,
            "BIGINT" => Kind::Int,
            "DOUBLE PRECISION" => Kind::Float,
            "TEXT" => Kind::Text,
            "BYTEA" => Kind::Bytes,
            "UUID" => Kind::Uuid,
            "JSONB" => Kind::Json,
            _ => return None,
        })
    }
}

/// What may be read from a column.
pub trait Column: Sized {
    const KIND: Kind;
    /// `None` where the cell does not hold such a value.
    fn from_cell(cell: Cell) -> Option<Self>;
}

macro_rules! plain {
    ($($type:ty, $variant:ident, $value:expr;)*) => {$(
        impl Param for $type {
            fn value(&self) -> Value<'_> {
                let give: fn(&$type) -> Value<'_> = $value;
                give(self)
            }
        }
        impl Column for $type {
            const KIND: Kind = Kind::$variant;
            fn from_cell(cell: Cell) -> Option<Self> {
                match cell { Cell::$variant(value) => Some(value), _ => None }
            }
        }
    )*};
}

plain! {
    bool, Bool, |v| Value::Bool(*v);
    i64, Int, |v| Value::Int(*v);
    f64, Float, |v| Value::Float(*v);
    String, Text, |v| Value::Text(v);
    Vec<u8>, Bytes, |v| Value::Bytes(v);
    Uuid, Uuid, |v| Value::Uuid(*v);
    Json, Json, |v| Value::Json(v);
}

impl Param for &str {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Param for &[u8] {
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl Param for Cell {
    fn value(&self) -> Value<'_> {
        match self {
            Cell::Null => Value::Null,
            Cell::Bool(value) => Value::Bool(*value),
            Cell::Int(value) => Value::Int(*value),
            Cell::Float(value) => Value::Float(*value),
            Cell::Text(value) => Value::Text(value),
            Cell::Bytes(value) => Value::Bytes(value),
            Cell::Uuid(value) => Value::Uuid(*value),
            Cell::Json(value) => Value::Json(value),
        }
    }
}

impl<T: Param> Param for Option<T> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, Param::value)
    }
}

impl<T: Column> Column for Option<T> {
    const KIND: Kind = T::KIND;
    fn from_cell(cell: Cell) -> Option<Self> {
        match cell {
            Cell::Null => Some(None),
            cell => T::from_cell(cell).map(Some),
        }
    }
}

/// Makes a newtype over a plain value a parameter and a column.
#[macro_export]
macro_rules! newtype_value {
    ($type:ty, $inner:ty) => {
        impl $crate::Param for $type {
            fn value(&self) -> $crate::Value<'_> {
                $crate::Param::value(&self.0)
            }
        }
        impl $crate::Column for $type {
            const KIND: $crate::Kind = <$inner as $crate::Column>::KIND;
            fn from_cell(cell: $crate::Cell) -> Option<Self> {
                <$inner as $crate::Column>::from_cell(cell).map(Self)
            }
        }
    };
}

/// Makes an enum with a fixed list of names a parameter and a column, kept as text.
#[macro_export]
macro_rules! named_value {
    ($(#[$doc:meta])* $vis:vis enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];
            /// The name as it is stored.
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some($name::$variant),)* _ => None }
            }
        }
        impl $crate::Param for $name {
            fn value(&self) -> $crate::Value<'_> {
                $crate::Value::Text(self.name())
            }
        }
        impl $crate::Column for $name {
            const KIND: $crate::Kind = $crate::Kind::Text;
            fn from_cell(cell: $crate::Cell) -> Option<Self> {
                match cell { $crate::Cell::Text(name) => Self::from_name(&name), _ => None }
            }
        }
    };
}
