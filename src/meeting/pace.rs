//! How long a cell takes this room, talk included.

use jiff::Timestamp;

use super::{
    before,
    clock::{Clock, Seconds},
};
use crate::session::{Phase, Session, Sitting};

/// What nobody knows better: talk and answer for one cell.
const USUAL: Seconds = 60;

/// From so many cells on, a meeting knows its own pace.
const ENOUGH: u32 = 4;

/// Seconds for a cell, and where the number comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Seconds for one cell; at least one.
    pub seconds: Seconds,
    /// What it rests on.
    pub source: Source,
}

/// What a pace rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// So many cells of this meeting.
    Now(u32),
    /// So many cells of earlier meetings of the session.
    Earlier(u32),
    /// Nothing: a usual pace.
    Usual,
}

impl Pace {
    /// The pace of a meeting at a moment when so many cells are decided in all: its own once it has one, else that of
    /// the meetings before it.
    pub fn of(session: &Session, sitting: &Sitting, decided: u32, now: Timestamp) -> Self {
        let clock = Clock::of(sitting);
        let cells = clock.decided(Phase::Threats, decided);
        if cells >= ENOUGH {
            return Self::new(clock.used(Phase::Threats, now), cells, Source::Now(cells));
        }
        let (mut used, mut cells) = (0, 0);
        for clock in before(session, sitting).map(Clock::of) {
            // What was not brought to an end counts up to its last moment.
            let counted = clock.decided(Phase::Threats, 0);
            if counted > 0 {
                used += clock.used(Phase::Threats, Timestamp::MIN);
                cells += counted;
            }
        }
        if cells >= ENOUGH {
            return Self::new(used, cells, Source::Earlier(cells));
        }
        Self { seconds: USUAL, source: Source::Usual }
    }

    fn new(used: Seconds, cells: u32, source: Source) -> Self {
        Self { seconds: (used / Seconds::from(cells.max(1))).max(1), source }
    }

    /// How many cells fit into so many seconds.
    pub fn cells_in(self, seconds: Seconds) -> usize {
        usize::try_from(seconds.max(0) / self.seconds).unwrap_or(usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        meeting::clock::tests::{at, sitting},
        session::Turn::{Begin, End},
    };

    #[test]
    fn a_room_knows_its_own_pace_after_a_few_cells_and_goes_by_earlier_meetings_before() {
        let mut session = Session::new("Shop");
        let earlier = sitting(&[("0:00", Begin(Phase::Threats), 0), ("10:00", End, 20)]);
        let mut today = sitting(&[("100:00", Begin(Phase::Threats), 20)]);
        today.id = "W2-abc".parse().unwrap();
        let pace = |session: &Session, decided| Pace::of(session, &today, decided, at("102:00"));
        assert_eq!(pace(&session, 21), Pace { seconds: 60, source: Source::Usual });
        session.sittings = [earlier, today.clone()].into_iter().collect();
        assert_eq!(pace(&session, 21), Pace { seconds: 30, source: Source::Earlier(20) });
        assert_eq!(pace(&session, 26), Pace { seconds: 20, source: Source::Now(6) });
        assert_eq!(pace(&session, 26).cells_in(61), 3);
        assert_eq!(pace(&session, 26).cells_in(-5), 0);
    }
}
