//! Cells: what was answered for one letter at one place.
//!
//! Only answers are stored. `open`, `threats`, `parked` and `stale` follow from the rest of the session and are computed
//! in `method`.

use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize, de, ser::SerializeSeq};

/// One of STRIDE. In memory and in the file always in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Letter {
    /// Spoofing: someone is not who they claim to be.
    S,
    /// Tampering: data or code is changed by someone who may not.
    T,
    /// Repudiation: an act can be denied.
    R,
    /// Information disclosure: someone learns what they should not.
    I,
    /// Denial of service: someone is kept from using it.
    D,
    /// Elevation of privilege: someone does what they may not.
    E,
}

impl Letter {
    /// The six letters in order.
    pub const ALL: [Self; 6] = [Self::S, Self::T, Self::R, Self::I, Self::D, Self::E];

    /// The name of the threat class.
    pub fn name(self) -> &'static str {
        match self {
            Self::S => "Spoofing",
            Self::T => "Tampering",
            Self::R => "Repudiation",
            Self::I => "Information disclosure",
            Self::D => "Denial of service",
            Self::E => "Elevation of privilege",
        }
    }

    /// The property that the threat class violates.
    pub fn property(self) -> &'static str {
        match self {
            Self::S => "authenticity",
            Self::T => "integrity",
            Self::R => "accountability",
            Self::I => "confidentiality",
            Self::D => "availability",
            Self::E => "authorization",
        }
    }

    /// The letter as a character.
    pub fn as_char(self) -> char {
        match self {
            Self::S => 'S',
            Self::T => 'T',
            Self::R => 'R',
            Self::I => 'I',
            Self::D => 'D',
            Self::E => 'E',
        }
    }

    /// The letter for a character of either case.
    pub fn from_char(c: char) -> Option<Self> {
        Self::ALL.into_iter().find(|letter| letter.as_char() == c.to_ascii_uppercase())
    }
}

impl fmt::Display for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.as_char().to_string())
    }
}

/// What a team answered for a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Answer {
    /// Talked about, nothing found.
    Clear,
    /// Cannot apply here; the cell carries the reason.
    NotApplicable,
    /// Answered in another session; the cell's reason names it.
    Inherited,
}

/// One answered cell of a flow or component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Which letter.
    pub letter: Letter,
    /// What was answered.
    pub state: Answer,
    /// Why; required for `NotApplicable`, names the other session for `Inherited`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who said so, as initials or a name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// What the answer rested on; absent means it never goes stale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
}

impl Cell {
    /// An answer without reason, author or basis.
    pub fn new(letter: Letter, state: Answer) -> Self {
        Self { letter, state, reason: String::new(), by: String::new(), basis: None }
    }
}

/// Two characters of fingerprint for each thing an answer rests on: ends, zones, assets, protocol (`method::basis`).
///
/// Eight characters of [`super::id::ALPHABET`]. Kept per aspect so that a stale answer can say what changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Basis(pub [u8; 8]);

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{}", char::from(*b)))
    }
}

impl FromStr for Basis {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let bytes: Option<[u8; 8]> = text.as_bytes().try_into().ok();
        bytes
            .filter(|bytes| bytes.iter().all(|b| super::id::ALPHABET.contains(b)))
            .map(Self)
            .ok_or_else(|| format!("`{text}` is not a basis: expected eight characters as strideboard wrote them; remove the field if unsure"))
    }
}

impl Serialize for Basis {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Basis {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// The answered cells of one place: at most one per letter, a list in the order S T R I D E in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells(BTreeMap<Letter, Cell>);

impl Cells {
    /// The answer for a letter.
    pub fn get(&self, letter: Letter) -> Option<&Cell> {
        self.0.get(&letter)
    }

    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The answers in the order S T R I D E.
    pub fn iter(&self) -> impl Iterator<Item = &Cell> {
        self.0.values()
    }

    /// Sets the answer of the cell's letter.
    pub fn set(&mut self, cell: Cell) {
        self.0.insert(cell.letter, cell);
    }

    /// Takes an answer back.
    pub fn reopen(&mut self, letter: Letter) -> Option<Cell> {
        self.0.remove(&letter)
    }
}

impl FromIterator<Cell> for Cells {
    fn from_iter<I: IntoIterator<Item = Cell>>(cells: I) -> Self {
        Self(cells.into_iter().map(|cell| (cell.letter, cell)).collect())
    }
}

impl Serialize for Cells {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for cell in self.iter() {
            list.serialize_element(cell)?;
        }
        list.end()
    }
}

impl<'de> Deserialize<'de> for Cells {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;

        impl<'de> de::Visitor<'de> for List {
            type Value = Cells;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of cells")
            }

            // Refused cell by cell, so that the error stands at the second one.
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<Cells, A::Error> {
                let mut cells = BTreeMap::new();
                while let Some(cell) = list.next_element::<Cell>()? {
                    let letter = cell.letter;
                    if cells.insert(letter, cell).is_some() {
                        return Err(de::Error::custom(format_args!(
                            "letter {letter} is answered twice here; keep one cell"
                        )));
                    }
                }
                Ok(Cells(cells))
            }
        }

        deserializer.deserialize_seq(List)
    }
}
