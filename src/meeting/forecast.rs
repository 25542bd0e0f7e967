//! How long the next meeting will take, from what meetings took before.
//!
//! The formula: minutes = the median of what meetings took outside of "what can go wrong?" + open cells × the median of
//! what a cell took in it. The range puts the first and the third quartile in the place of the median; of an even number
//! of values the median is between the two in the middle, and a quartile is the median of the lower or the upper half,
//! the middle one with it. Only meetings count whose clock was brought to its end, and for a cell only those that decided
//! at least [`FEW`] of them.
//!
//! Owns the formula. Refuses: a number without a history.

use jiff::Timestamp;

use super::clock::{Clock, Seconds, State};
use crate::session::{Phase, Session, Sitting};

/// Fewer cells than that say nothing about the next one.
pub const FEW: u32 = 4;

/// What a meeting took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Seconds of each phase, in the order of a meeting.
    pub phases: [Seconds; 7],
    /// Cells that were decided while the room asked what can go wrong.
    pub cells: u32,
}

impl Effort {
    /// What a meeting took; nothing while it goes on, and where no clock went.
    pub fn of(sitting: &Sitting) -> Option<Self> {
        let clock = Clock::of(sitting);
        let phases = Phase::ALL.map(|phase| clock.used(phase, Timestamp::MIN));
        let took = clock.state == State::Over && phases.iter().any(|used| *used > 0);
        took.then(|| Self { phases, cells: clock.decided(Phase::Threats, 0) })
    }

    /// What the meetings of a session took.
    pub fn all(session: &Session) -> impl Iterator<Item = Self> {
        session.sittings.iter().filter_map(Self::of)
    }

    /// Seconds outside of "what can go wrong?".
    fn beside(&self) -> Seconds {
        let rest = Phase::ALL.into_iter().filter(|phase| *phase != Phase::Threats);
        rest.fold(0, |sum: Seconds, phase| sum.saturating_add(self.phases[phase as usize]))
    }

    /// Seconds for a cell.
    fn each(&self) -> Option<Seconds> {
        (self.cells >= FEW).then(|| self.phases[Phase::Threats as usize] / Seconds::from(self.cells))
    }
}

/// A value and the range it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The first quartile.
    pub low: Seconds,
    /// The median.
    pub middle: Seconds,
    /// The third quartile.
    pub high: Seconds,
}

/// What earlier meetings say about the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// How many meetings it rests on.
    pub meetings: usize,
    /// Seconds of a meeting outside of "what can go wrong?".
    pub beside: Range,
    /// Seconds for a cell.
    pub cell: Range,
}

impl Forecast {
    /// What a history says; nothing when it says nothing about one of the two.
    pub fn of(history: &[Effort]) -> Option<Self> {
        Some(Self {
            meetings: history.len(),
            beside: Range::of(history.iter().map(Effort::beside).collect())?,
            cell: Range::of(history.iter().filter_map(Effort::each).collect())?,
        })
    }

    /// Seconds of a meeting that decides so many cells.
    pub fn meeting(&self, cells: usize) -> Range {
        let cells = Seconds::try_from(cells).unwrap_or(Seconds::MAX);
        let time = |beside: Seconds, cell: Seconds| beside.saturating_add(cell.saturating_mul(cells));
        Range {
            low: time(self.beside.low, self.cell.low),
            middle: time(self.beside.middle, self.cell.middle),
            high: time(self.beside.high, self.cell.high),
        }
    }
}

impl Range {
    fn of(mut values: Vec<Seconds>) -> Option<Self> {
        values.sort_unstable();
        let half = values.len().div_ceil(2);
        Some(Self {
            low: median(&values[..half])?,
            middle: median(&values)?,
            high: median(&values[values.len() - half..])?,
        })
    }

    /// The three in whole minutes.
    pub fn minutes(self) -> [Seconds; 3] {
        [self.low, self.middle, self.high].map(|seconds| seconds.saturating_add(30) / 60)
    }

    /// In words: `35 min (28 to 47)`, and `35 min` where there is no range.
    pub fn in_minutes(self) -> String {
        let [low, middle, high] = self.minutes();
        if low == high { format!("{middle} min") } else { format!("{middle} min ({low} to {high})") }
    }
}

/// The middle of sorted values.
fn median(sorted: &[Seconds]) -> Option<Seconds> {
    let (low, high) = (*sorted.get(sorted.len().checked_sub(1)? / 2)?, *sorted.get(sorted.len() / 2)?);
    // Halfway, however large both are.
    Some(low + high.saturating_sub(low) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        meeting::clock::tests::sitting,
        session::Turn::{Begin, End, Pause},
    };

    /// A meeting with so many minutes outside of "what can go wrong?", so many in it, and cells decided there.
    fn effort(beside: Seconds, threats: Seconds, cells: u32) -> Effort {
        let mut phases = [0; 7];
        phases[Phase::Model as usize] = 60 * beside;
        phases[Phase::Threats as usize] = 60 * threats;
        Effort { phases, cells }
    }

    #[test]
    fn a_history_of_three_meetings_gives_the_documented_formula() {
        let history = [effort(20, 20, 20), effort(30, 20, 10), effort(26, 30, 20)];
        let forecast = Forecast::of(&history).unwrap();
        // Outside: 20, 26, 30 minutes. A cell: 60, 90, 120 seconds.
        assert_eq!((forecast.meetings, forecast.beside.middle, forecast.cell.middle), (3, 26 * 60, 90));
        assert_eq!(forecast.meeting(12).middle, 26 * 60 + 12 * 90);
        assert_eq!(forecast.meeting(12).minutes(), [38, 44, 49]);
        assert_eq!(forecast.meeting(12).in_minutes(), "44 min (38 to 49)");
    }

    #[test]
    fn one_meeting_is_a_history_without_a_range_and_none_is_no_history() {
        assert_eq!(Forecast::of(&[effort(20, 20, 20)]).unwrap().meeting(5).in_minutes(), "25 min");
        assert_eq!(Forecast::of(&[]), None);
        assert_eq!(Forecast::of(&[effort(20, 20, 3)]), None, "three cells say nothing about the next one");
    }

    #[test]
    fn only_a_meeting_that_is_over_took_something() {
        let threats = Begin(Phase::Threats);
        let over = sitting(&[("0:00", Begin(Phase::Opening), 0), ("2:00", threats.clone(), 0), ("12:00", End, 20)]);
        assert_eq!(Effort::of(&over), Some(Effort { phases: [120, 0, 0, 600, 0, 0, 0], cells: 20 }));
        assert_eq!(Effort::of(&sitting(&[("0:00", threats, 0), ("12:00", Pause, 20)])), None);
        assert_eq!(Effort::of(&sitting(&[])), None);
    }

    #[test]
    fn hours_without_end_are_a_number_too() {
        let long = Effort { phases: [Seconds::MAX; 7], cells: 4 };
        assert_eq!(Forecast::of(&[long, long]).unwrap().meeting(usize::MAX).middle, Seconds::MAX);
    }
}
