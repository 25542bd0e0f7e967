//! A vote of the room: everybody says a number, unseen by the others, and the room talks only where it is far apart.
//!
//! Owns what votes add up to. Refuses: names. A ballot is a list of numbers, and only their middle and their spread
//! outlive it.

/// From so many steps on, the highest and the lowest say why.
pub const FAR_APART: u8 = 2;

/// The numbers of a room about one thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ballot {
    /// A step of the scale each; `None` is "I do not know".
    pub votes: Vec<Option<u8>>,
}

impl Ballot {
    /// The step in the middle of those who know. Between two it is the upper one: the room leans to the worse.
    pub fn median(&self) -> Option<u8> {
        let mut known: Vec<u8> = self.votes.iter().copied().flatten().collect();
        known.sort_unstable();
        known.get(known.len() / 2).copied()
    }

    /// How many steps lie between the lowest and the highest.
    pub fn spread(&self) -> u8 {
        let known = || self.votes.iter().copied().flatten();
        known().max().unwrap_or(0) - known().min().unwrap_or(0)
    }

    /// Whether the room has to talk about it.
    pub fn is_far_apart(&self) -> bool {
        self.spread() >= FAR_APART
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_counts_and_who_does_not_know_moves_nothing() {
        for (votes, median, spread) in [
            (&[3, 3, 5, 2, 4][..], Some(3), 3),
            (&[2, 3], Some(3), 1),
            (&[4], Some(4), 0),
            (&[0, 0, 2], Some(2), 0),
            (&[0, 0], None, 0),
            (&[], None, 0),
        ] {
            let ballot = Ballot { votes: votes.iter().map(|vote| Some(*vote).filter(|vote| *vote > 0)).collect() };
            assert_eq!((ballot.median(), ballot.spread()), (median, spread), "{votes:?}");
            assert_eq!(ballot.is_far_apart(), spread >= 2);
        }
    }
}
