//! The clock of a meeting: what its recorded moments say about now.
//!
//! Owns adding the moments up. Refuses: running. There is nothing that counts; who looks passes the present moment, so a
//! clock goes on through a suspended, killed or reopened program as the one on the wall does.

use jiff::Timestamp;

use crate::{
    method::agenda::Agenda,
    session::{Moment, Phase, Sitting, Turn},
};

/// A second is all a clock of a meeting can tell apart.
pub type Seconds = i64;

/// Whether a clock goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody started it.
    Ready,
    /// It goes, since then.
    Running(Timestamp),
    /// It stands still until somebody lets it go on.
    Paused,
    /// The meeting is over.
    Over,
}

/// What the moments of a sitting add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// Whether it goes.
    pub state: State,
    /// The phase at hand; the first before the start.
    pub phase: Phase,
    /// Seconds of each phase up to the last moment.
    used: [Seconds; 7],
    /// Minutes that were added to each phase.
    extended: [u32; 7],
    /// Cells decided in each phase up to the last moment.
    decided: [u32; 7],
    /// Cells decided in all when the clock last moved.
    counted: u32,
    /// The phases that began, at least once.
    begun: [bool; 7],
}

impl Clock {
    /// The clock of a sitting. Moments that a merge brought together count in the order in which they happened.
    pub fn of(sitting: &Sitting) -> Self {
        let mut moments: Vec<&Moment> = sitting.moments.iter().collect();
        moments.sort_by_key(|moment| moment.at);
        let mut clock = Self {
            state: State::Ready,
            phase: Phase::Opening,
            used: [0; 7],
            extended: [0; 7],
            decided: [0; 7],
            counted: 0,
            begun: [false; 7],
        };
        for moment in moments {
            clock.take(moment);
        }
        clock
    }

    fn take(&mut self, moment: &Moment) {
        if let State::Running(since) = self.state {
            let phase = self.phase as usize;
            self.used[phase] = self.used[phase].saturating_add(between(since, moment.at));
            self.decided[phase] = self.decided[phase].saturating_add(moment.decided.saturating_sub(self.counted));
            self.state = State::Running(moment.at);
        }
        self.counted = moment.decided;
        match &moment.what {
            Turn::Begin(phase) => {
                self.phase = *phase;
                self.begun[*phase as usize] = true;
                self.state = State::Running(moment.at);
            }
            Turn::Pause if self.is_running() => self.state = State::Paused,
            Turn::Resume if self.state == State::Paused => self.state = State::Running(moment.at),
            Turn::Extend(minutes) => {
                let extended = &mut self.extended[self.phase as usize];
                *extended = extended.saturating_add(*minutes);
            }
            Turn::End => self.state = State::Over,
            Turn::Pause | Turn::Resume | Turn::Came(_) | Turn::Left(_) => {}
        }
    }

    /// Whether it goes.
    pub fn is_running(&self) -> bool {
        matches!(self.state, State::Running(_))
    }

    /// Whether the meeting has begun and is not over.
    pub fn is_under_way(&self) -> bool {
        matches!(self.state, State::Running(_) | State::Paused)
    }

    /// Whether a phase has begun.
    pub fn has_begun(&self, phase: Phase) -> bool {
        self.begun[phase as usize]
    }

    /// Seconds a phase has taken by now.
    pub fn used(&self, phase: Phase, now: Timestamp) -> Seconds {
        let running = match self.state {
            State::Running(since) if self.phase == phase => between(since, now),
            _ => 0,
        };
        self.used[phase as usize].saturating_add(running)
    }

    /// Seconds the meeting has taken by now, without pauses.
    pub fn total(&self, now: Timestamp) -> Seconds {
        Phase::ALL.iter().fold(0, |sum: Seconds, phase| sum.saturating_add(self.used(*phase, now)))
    }

    /// Seconds a phase may take: what the agenda gives it and what was added.
    pub fn planned(&self, phase: Phase, agenda: &Agenda) -> Seconds {
        60 * (Seconds::from(agenda.of(phase)) + Seconds::from(self.extended[phase as usize]))
    }

    /// Seconds left of a phase; below zero once it runs over.
    pub fn left(&self, phase: Phase, agenda: &Agenda, now: Timestamp) -> Seconds {
        self.planned(phase, agenda).saturating_sub(self.used(phase, now))
    }

    /// Cells decided in a phase, of which so many are decided in all now.
    pub fn decided(&self, phase: Phase, decided: u32) -> u32 {
        let since = if self.is_running() && self.phase == phase { decided.saturating_sub(self.counted) } else { 0 };
        self.decided[phase as usize].saturating_add(since)
    }
}

/// Seconds from one moment to another; none when the clock of the machine was set back.
fn between(from: Timestamp, to: Timestamp) -> Seconds {
    (to.as_second() - from.as_second()).max(0)
}

/// A time as clocks show it: `18:42`, and `1:02:03` from an hour on.
pub fn shown(seconds: Seconds) -> String {
    let (hours, minutes, seconds) = (seconds.abs() / 3600, seconds.abs() / 60 % 60, seconds.abs() % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// So many minutes and seconds after ten o'clock.
    pub(crate) fn at(clock: &str) -> Timestamp {
        let (minutes, seconds) = clock.split_once(':').unwrap();
        let second = 60 * minutes.parse::<i64>().unwrap() + seconds.parse::<i64>().unwrap();
        Timestamp::from_second(second + 1_800_000_000).unwrap()
    }

    pub(crate) fn sitting(moments: &[(&str, Turn, u32)]) -> Sitting {
        let mut sitting = Sitting::new("W1-abc".parse().unwrap(), jiff::civil::date(2026, 3, 17));
        let moment = |(clock, what, decided): &(&str, Turn, u32)| Moment {
            at: at(clock),
            what: what.clone(),
            decided: *decided,
        };
        sitting.moments = moments.iter().map(moment).collect();
        sitting
    }

    use Phase::{Close, Model, Opening, Threats};
    use Turn::{Begin, End, Extend, Pause, Resume};

    #[test]
    fn a_clock_that_nobody_started_stands_at_nothing() {
        let clock = Clock::of(&sitting(&[]));
        assert_eq!((clock.state, clock.total(at("9:00")), clock.is_under_way()), (State::Ready, 0, false));
    }

    #[test]
    fn phases_add_up_and_pauses_do_not() {
        let clock = Clock::of(&sitting(&[
            ("0:00", Begin(Opening), 0),
            ("2:30", Begin(Model), 0),
            ("5:00", Pause, 0),
            ("15:00", Resume, 0),
            ("16:00", Begin(Threats), 0),
        ]));
        let now = at("18:05");
        let used = [Opening, Model, Threats, Close].map(|phase| clock.used(phase, now));
        assert_eq!((used, clock.total(now)), ([150, 210, 125, 0], 485));
        assert_eq!((clock.phase, clock.is_running()), (Threats, true));
    }

    #[test]
    fn a_phase_that_is_come_back_to_goes_on_where_it_was() {
        let clock = Clock::of(&sitting(&[
            ("0:00", Begin(Model), 0),
            ("1:00", Begin(Threats), 0),
            ("2:00", Begin(Model), 0),
            ("2:30", End, 0),
        ]));
        assert_eq!((clock.used(Model, at("99:00")), clock.state), (90, State::Over));
    }

    #[test]
    fn added_minutes_are_planned_and_what_is_over_is_below_zero() {
        let agenda = &crate::method::agenda::USUAL;
        let clock = Clock::of(&sitting(&[("0:00", Begin(Opening), 0), ("1:00", Extend(5), 0)]));
        assert_eq!(clock.planned(Opening, agenda), 8 * 60);
        assert_eq!(clock.left(Opening, agenda, at("7:00")), 60);
        assert_eq!(clock.left(Opening, agenda, at("9:15")), -75);
        assert_eq!((shown(-75), shown(3723)), ("1:15".into(), "1:02:03".into()));
    }

    #[test]
    fn moments_count_in_the_order_in_which_they_happened_and_time_never_runs_back() {
        let clock = Clock::of(&sitting(&[("5:00", Pause, 0), ("0:00", Begin(Opening), 0)]));
        assert_eq!((clock.state, clock.total(at("9:00"))), (State::Paused, 300));
        let clock = Clock::of(&sitting(&[("5:00", Begin(Opening), 0)]));
        assert_eq!(clock.total(at("0:00")), 0);
    }

    #[test]
    fn what_makes_no_sense_on_a_clock_changes_nothing() {
        let clock = Clock::of(&sitting(&[("0:00", Pause, 0), ("1:00", Resume, 0), ("2:00", Extend(u32::MAX), 0)]));
        assert_eq!(clock.state, State::Ready);
        let clock = Clock::of(&sitting(&[("0:00", Begin(Opening), 0), ("1:00", Resume, 0), ("2:00", Pause, 0)]));
        assert_eq!((clock.state, clock.total(at("9:00"))), (State::Paused, 120));
    }

    #[test]
    fn cells_belong_to_the_phase_in_which_they_were_decided() {
        let clock =
            Clock::of(&sitting(&[("0:00", Begin(Opening), 3), ("1:00", Begin(Threats), 4), ("9:00", Pause, 14)]));
        assert_eq!((clock.decided(Threats, 20), clock.decided(Opening, 20)), (10, 1));
        let clock = Clock::of(&sitting(&[("1:00", Begin(Threats), 4)]));
        assert_eq!((clock.decided(Threats, 20), clock.decided(Threats, 2)), (16, 0));
    }
}
