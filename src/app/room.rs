//! What a room sees on the wall, and whose turn it is to be asked.
//!
//! Refuses: remembering either for longer than the program runs.

/// Whose turn it is to be asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hats {
    /// The turn, counted on while the program runs.
    pub turn: usize,
    /// Whether its question is on the screen.
    pub shown: bool,
}

/// What a room sees.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Projector {
    /// The checklist is drawn for a wall.
    pub on: bool,
    /// Nobody's name is on it.
    pub hides_names: bool,
}
