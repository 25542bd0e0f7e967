//! Roles: every purpose a style can have on screen, and its name in theme files.
//!
//! Owns the vocabulary between views and theme files. Refuses colours: a role says what something is, never how it looks.

use crate::session::{Element, Letter, Level};

/// Declares the roles once: variant, name in theme files, purpose.
macro_rules! roles {
    ($($role:ident $name:literal $purpose:literal,)+) => {
        /// What a piece of the screen is. Theme files give each role a style.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role {
            $(#[doc = concat!("`", $name, "`: ", $purpose, ".")] $role,)+
        }

        impl Role {
            /// Every role, in the order theme files list them.
            pub const ALL: &[Self] = &[$(Self::$role,)+];

            /// The name in theme files.
            pub fn name(self) -> &'static str {
                match self { $(Self::$role => $name,)+ }
            }

            /// What the role is for, as a short phrase.
            pub fn purpose(self) -> &'static str {
                match self { $(Self::$role => $purpose,)+ }
            }
        }
    };
}

roles! {
    Background "background" "the whole screen, painted first: text colour and ground",
    Bar "bar" "the header and hint lines",
    Overlay "overlay" "the ground of palette, help and other popups",
    Text "text" "what people wrote",
    TextDim "text.dim" "labels and secondary words",
    TextStrong "text.strong" "the words that matter most in a pane",
    Heading "heading" "a heading inside a pane",
    Title "title" "the title of a pane",
    TitleFocus "title.focus" "the title of the focused pane",
    Border "border" "the frame of a pane",
    BorderFocus "border.focus" "the frame of the focused pane",
    Selection "selection" "the selected row of the focused pane",
    SelectionInactive "selection.inactive" "the selected row of any other pane",
    Cursor "cursor" "the text cursor in an input",
    Input "input" "words being typed",
    Placeholder "placeholder" "what an empty input asks for",
    Match "match" "characters a filter matched",
    Key "key" "a key in hints and help",
    Hint "hint" "what a key does",
    Disabled "disabled" "a command that is not available here",
    Unsaved "unsaved" "the mark of changes not yet on disk",
    Danger "danger" "a question before something is lost",
    StatusInfo "status.info" "a message that needs nothing",
    StatusGood "status.good" "something worked",
    StatusWarn "status.warn" "something wants attention",
    StatusError "status.error" "something failed",
    CellOpen "cell.open" "a cell nobody has talked about",
    CellClear "cell.clear" "a cell where nothing was found",
    CellNa "cell.na" "a cell that cannot apply",
    CellThreats "cell.threats" "a cell with threats",
    CellParked "cell.parked" "a cell with an open question",
    CellInherited "cell.inherited" "a cell answered in another session",
    CellStale "cell.stale" "an answer whose ground has changed",
    WeightCore "weight.core" "a letter that matters on this flow",
    WeightAsk "weight.ask" "a letter worth asking about",
    WeightRare "weight.rare" "a letter that seldom applies here",
    RiskVeryLow "risk.very_low" "the lowest risk level",
    RiskLow "risk.low" "low risk",
    RiskMedium "risk.medium" "medium risk",
    RiskHigh "risk.high" "high risk",
    RiskCritical "risk.critical" "the highest risk level",
    RiskUnknown "risk.unknown" "a threat that is not rated",
    LetterS "letter.s" "spoofing",
    LetterT "letter.t" "tampering",
    LetterR "letter.r" "repudiation",
    LetterI "letter.i" "information disclosure",
    LetterD "letter.d" "denial of service",
    LetterE "letter.e" "elevation of privilege",
    ElementActor "element.actor" "a person or something acting for one",
    ElementProcess "element.process" "code that runs",
    ElementStore "element.store" "where data rests",
    ElementExternal "element.external" "a system somebody else runs",
    Boundary "boundary" "where two trust zones meet",
    Asset "asset" "what is worth protecting",
    MatrixCursor "matrix.cursor" "the chosen square of the risk matrix",
    ChangeAdded "change.added" "something new since the last endorsement",
    ChangeRemoved "change.removed" "something gone since the last endorsement",
    ChangeEdited "change.edited" "something worded differently since the last endorsement",
}

impl Role {
    /// How many roles there are.
    pub const COUNT: usize = Self::ALL.len();

    /// The role with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.name() == name)
    }

    /// The role of a risk level; no level means the threat is not rated.
    pub fn risk(level: Option<Level>) -> Self {
        match level {
            None => Self::RiskUnknown,
            Some(Level::VeryLow) => Self::RiskVeryLow,
            Some(Level::Low) => Self::RiskLow,
            Some(Level::Medium) => Self::RiskMedium,
            Some(Level::High) => Self::RiskHigh,
            Some(Level::Critical) => Self::RiskCritical,
        }
    }

    /// The role of a STRIDE letter.
    pub fn letter(letter: Letter) -> Self {
        match letter {
            Letter::S => Self::LetterS,
            Letter::T => Self::LetterT,
            Letter::R => Self::LetterR,
            Letter::I => Self::LetterI,
            Letter::D => Self::LetterD,
            Letter::E => Self::LetterE,
        }
    }

    /// The role of a diagram element.
    pub fn element(element: Element) -> Self {
        match element {
            Element::Actor => Self::ElementActor,
            Element::Process => Self::ElementProcess,
            Element::Store => Self::ElementStore,
            Element::External => Self::ElementExternal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_found_by_its_name_and_stands_at_its_own_index() {
        for (index, &role) in Role::ALL.iter().enumerate() {
            assert_eq!(Role::from_name(role.name()), Some(role));
            assert_eq!(role as usize, index);
            assert!(!role.purpose().is_empty());
        }
        assert_eq!(Role::from_name("txt"), None);
    }
}
