//! What people call the values of an enumeration: on screen, in forms, on the capture line, in reports and in JSON.
//!
//! Owns each of these words once. Refuses the names in session files, which are the names of the variants and never
//! change.

use super::{
    AssumptionState, Class, DeviationReason, Element, Exposure, Layer, Level, MitigationState, NoteKind, Response,
    Responsibility, Role, ServiceClass, Verdict,
};

/// An enumeration whose values have a name each.
pub trait Named: Copy + PartialEq + 'static {
    /// Every value, in the order people choose from.
    const ALL: &'static [Self];

    /// Its name: lower case, one word or several with a hyphen.
    fn name(self) -> &'static str;

    /// The value with a name, in any case; a blank or nothing counts for a hyphen.
    fn from_name(said: &str) -> Option<Self> {
        let plain = |text: &str| -> String {
            text.chars().filter(|c| !matches!(c, ' ' | '-')).flat_map(char::to_lowercase).collect()
        };
        Self::ALL.iter().copied().find(|value| plain(value.name()) == plain(said))
    }
}

macro_rules! named {
    ($($type:ident { $($variant:ident $name:literal)* })*) => {
        $(impl Named for $type {
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        })*
    };
}

named! {
    Exposure { Internet "internet" Partner "partner" Internal "internal" Isolated "isolated" }
    Class { Public "public" Internal "internal" Confidential "confidential" Restricted "restricted" }
    Element { Actor "actor" Process "process" Store "store" External "external" }
    Response { Mitigate "mitigate" Eliminate "eliminate" Transfer "transfer" Accept "accept" }
    Level { VeryLow "very-low" Low "low" Medium "medium" High "high" Critical "critical" }
    Layer { Prevent "prevent" Detect "detect" Correct "correct" }
    Verdict { Fits "fits" TooCostly "too costly" Rework "needs rework" }
    Responsibility { Us "us" Platform "platform" Provider "provider" Vendor "vendor" }
    ServiceClass { Infrastructure "infrastructure" Container "container" Abstracted "abstracted" }
    AssumptionState { Unconfirmed "unconfirmed" Confirmed "confirmed" Rejected "rejected" }
    DeviationReason {
        NotApplicable "not applicable"
        Compensated "compensating control"
        LowerClass "lower data class"
        NonHuman "non-human access"
        Ephemeral "ephemeral"
    }
    NoteKind { Question "question" Action "action" Quote "quote" }
    Role {
        Business "business"
        Developer "developer"
        Adversary "adversary"
        Defender "defender"
        AppSec "appsec"
        Moderator "moderator"
        NoteTaker "note-taker"
        Owner "owner"
    }
}

impl Named for MitigationState {
    const ALL: &'static [Self] = &MitigationState::ALL;

    fn name(self) -> &'static str {
        self.name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_word_is_read_back<T: Named + std::fmt::Debug>() {
        for value in T::ALL {
            assert_eq!(T::from_name(value.name()), Some(*value));
            assert_eq!(T::from_name(&value.name().to_uppercase().replace('-', " ")), Some(*value));
        }
        assert_eq!(T::from_name(""), None);
    }

    #[test]
    fn a_name_finds_its_value() {
        every_word_is_read_back::<Exposure>();
        every_word_is_read_back::<Class>();
        every_word_is_read_back::<Element>();
        every_word_is_read_back::<Response>();
        every_word_is_read_back::<Level>();
        every_word_is_read_back::<Layer>();
        every_word_is_read_back::<Verdict>();
        every_word_is_read_back::<Responsibility>();
        every_word_is_read_back::<ServiceClass>();
        every_word_is_read_back::<AssumptionState>();
        every_word_is_read_back::<DeviationReason>();
        every_word_is_read_back::<NoteKind>();
        every_word_is_read_back::<Role>();
        every_word_is_read_back::<MitigationState>();
    }
}
