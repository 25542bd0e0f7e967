//! What fields hold as [`Value`]s: the form in which conflicts keep them and diffs speak of them.

use jiff::civil::Date;

use crate::review::words;
use crate::session::{
    Acceptance, AssetId, AssumptionState, Basis, Class, ComponentId, Deviation, Dismissal, Element, EntryPoint,
    Exposure, Layer, Letter, Level, MitigationId, MitigationState, Moment, Named, NoteKind, PersonId, Place, Rating,
    Response, Responsibility, Role, ServiceClass, Stop, Table, Text, Tripwire, Value, Verdict, ZoneId,
};

/// What can be said as a [`Value`] and understood again.
pub(in crate::review) trait Said: Sized {
    /// As a value; what is empty is [`Value::Nothing`].
    fn said(&self) -> Value;

    /// The same again; `None` for another kind of value, and for lists, which are never in conflict.
    fn heard(value: &Value) -> Option<Self>;
}

/// One variant holds the whole value, and nothing else is said by it.
macro_rules! always {
    ($($type:ty => $variant:ident),+ $(,)?) => {
        $(
            impl Said for $type {
                fn said(&self) -> Value {
                    Value::$variant(self.clone())
                }

                fn heard(value: &Value) -> Option<Self> {
                    if let Value::$variant(said) = value { Some(said.clone()) } else { None }
                }
            }
        )+
    };
}

/// One variant holds the value unless it is the default, which is nothing.
macro_rules! unless_default {
    ($($type:ty => $variant:ident),+ $(,)?) => {
        $(
            impl Said for $type {
                fn said(&self) -> Value {
                    if *self == Self::default() { Value::Nothing } else { Value::$variant(self.clone()) }
                }

                fn heard(value: &Value) -> Option<Self> {
                    match value {
                        Value::Nothing => Some(Self::default()),
                        Value::$variant(said) => Some(said.clone()),
                        _ => None,
                    }
                }
            }
        )+
    };
}

/// The value of an option, or nothing.
macro_rules! optional {
    ($($type:ty => $variant:ident),+ $(,)?) => {
        $(
            impl Said for Option<$type> {
                fn said(&self) -> Value {
                    self.clone().map_or(Value::Nothing, Value::$variant)
                }

                fn heard(value: &Value) -> Option<Self> {
                    match value {
                        Value::Nothing => Some(None),
                        Value::$variant(said) => Some(Some(said.clone())),
                        _ => None,
                    }
                }
            }
        )+
    };
}

always! {
    Letter => Letter,
    NoteKind => Note,
    Date => Day,
    Exposure => Exposure,
    Class => Class,
    MitigationState => Mitigation,
    AssumptionState => Assumption,
    Responsibility => Responsibility,
}

unless_default! {
    String => Words,
    Text => Lines,
    u32 => Number,
    Vec<EntryPoint> => EntryPoints,
    Table<Deviation> => Deviations,
}

optional! {
    u32 => Number,
    Date => Day,
    Level => Level,
    Layer => Layer,
    Verdict => Verdict,
    Stop => Stop,
    ZoneId => Zone,
    String => Words,
}

impl Said for Option<Rating> {
    fn said(&self) -> Value {
        self.map_or(Value::Nothing, |Rating { likelihood, impact }| Value::Rating { likelihood, impact })
    }

    fn heard(value: &Value) -> Option<Self> {
        match value {
            Value::Nothing => Some(None),
            Value::Rating { likelihood, impact } => Some(Some(Rating { likelihood: *likelihood, impact: *impact })),
            _ => None,
        }
    }
}

impl Said for Option<Basis> {
    fn said(&self) -> Value {
        self.map_or(Value::Nothing, |basis| Value::Words(basis.to_string()))
    }

    fn heard(value: &Value) -> Option<Self> {
        match value {
            Value::Nothing => Some(None),
            Value::Words(words) => words.parse().ok().map(Some),
            _ => None,
        }
    }
}

impl Said for Option<ServiceClass> {
    fn said(&self) -> Value {
        self.map_or(Value::Nothing, |class| Value::Words(class.name().to_owned()))
    }

    fn heard(value: &Value) -> Option<Self> {
        match value {
            Value::Nothing => Some(None),
            Value::Words(words) => ServiceClass::from_name(words).map(Some),
            _ => None,
        }
    }
}

/// Like other lists these are merged entry by entry and are never in conflict.
impl Said for Table<Dismissal> {
    fn said(&self) -> Value {
        let words = |one: &Dismissal| match one.reason.as_str() {
            "" => one.id.clone(),
            reason => format!("{}: {reason}", one.id),
        };
        if self.is_empty() { Value::Nothing } else { Value::List(self.iter().map(words).collect()) }
    }

    fn heard(_: &Value) -> Option<Self> {
        None
    }
}

impl Said for (String, Element) {
    fn said(&self) -> Value {
        Value::Kind { kind: self.0.clone(), element: self.1 }
    }

    fn heard(value: &Value) -> Option<Self> {
        if let Value::Kind { kind, element } = value { Some((kind.clone(), *element)) } else { None }
    }
}

impl Said for (ComponentId, ComponentId) {
    fn said(&self) -> Value {
        Value::Ends { from: self.0.clone(), to: self.1.clone() }
    }

    fn heard(value: &Value) -> Option<Self> {
        if let Value::Ends { from, to } = value { Some((from.clone(), to.clone())) } else { None }
    }
}

impl Said for (Option<Response>, Option<Acceptance>) {
    fn said(&self) -> Value {
        match self {
            (None, None) => Value::Nothing,
            (response, acceptance) => Value::Response { response: *response, acceptance: acceptance.clone() },
        }
    }

    fn heard(value: &Value) -> Option<Self> {
        match value {
            Value::Nothing => Some((None, None)),
            Value::Response { response, acceptance } => Some((*response, acceptance.clone())),
            _ => None,
        }
    }
}

/// A letter without a place parks nothing and is still kept.
impl Said for (Option<Place>, Option<Letter>) {
    fn said(&self) -> Value {
        match self {
            (None, None) => Value::Nothing,
            (None, Some(letter)) => Value::Letter(*letter),
            (Some(place), letter) => Value::Place { place: place.clone(), letter: *letter },
        }
    }

    fn heard(value: &Value) -> Option<Self> {
        match value {
            Value::Nothing => Some((None, None)),
            Value::Letter(letter) => Some((None, Some(*letter))),
            Value::Place { place, letter } => Some((Some(place.clone()), *letter)),
            _ => None,
        }
    }
}

impl Said for Option<Place> {
    fn said(&self) -> Value {
        self.clone().map_or(Value::Nothing, |place| Value::Place { place, letter: None })
    }

    fn heard(value: &Value) -> Option<Self> {
        match value {
            Value::Nothing => Some(None),
            Value::Place { place, letter: None } => Some(Some(place.clone())),
            _ => None,
        }
    }
}

impl Said for Place {
    fn said(&self) -> Value {
        Some(self.clone()).said()
    }

    fn heard(value: &Value) -> Option<Self> {
        Option::<Self>::heard(value)?
    }
}

/// The entries of a list as words; lists are merged entry by entry and are never in conflict.
macro_rules! lists {
    ($($type:ty => $words:expr),+ $(,)?) => {
        $(
            impl Said for Vec<$type> {
                fn said(&self) -> Value {
                    let words: fn(&$type) -> String = $words;
                    if self.is_empty() { Value::Nothing } else { Value::List(self.iter().map(words).collect()) }
                }

                fn heard(_: &Value) -> Option<Self> {
                    None
                }
            }
        )+
    };
}

lists! {
    AssetId => |id| id.to_string(),
    PersonId => |id| id.to_string(),
    MitigationId => |id| id.to_string(),
    Moment => words::moment,
    Letter => |letter| letter.to_string(),
    Role => |role| role.name().to_owned(),
    String => String::clone,
    Tripwire => Tripwire::to_string,
}
