//! Today's date, the minute and random numbers, which the pure rooms are handed.
//!
//! Owns the two environment variables that make a run reproducible: `STRIDEBOARD_TODAY=2026-03-01` fixes the date,
//! `STRIDEBOARD_SEED=7` the sequence of random numbers. A value that cannot be read counts as not set: a test
//! convenience must not be able to stop a session.

use std::{
    env,
    sync::{Mutex, OnceLock, PoisonError},
    time::Duration,
};

use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};

/// Today in the local time zone.
pub fn today() -> Date {
    fixed_date(env::var("STRIDEBOARD_TODAY").ok().as_deref()).unwrap_or_else(|| Zoned::now().date())
}

/// This moment, to the second; nine o'clock of the fixed date when there is one, so that a run can be repeated.
pub fn now() -> Timestamp {
    let fixed = fixed_date(env::var("STRIDEBOARD_TODAY").ok().as_deref()).and_then(nine);
    let now = fixed.unwrap_or_else(Timestamp::now);
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// How long until the next second begins.
pub fn until_next_second() -> Duration {
    let nanosecond = Timestamp::now().subsec_nanosecond().rem_euclid(1_000_000_000);
    Duration::from_nanos(1_000_000_000 - u64::try_from(nanosecond).unwrap_or(0))
}

fn nine(date: Date) -> Option<Timestamp> {
    date.at(9, 0, 0, 0).to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

/// This minute in the local time zone, as `2026-11-20 10:12`.
pub fn minute() -> String {
    Zoned::now().strftime("%Y-%m-%d %H:%M").to_string()
}

/// The next random number; the whole process shares one sequence.
///
/// Good enough for the random tail of an id, not for secrets.
pub fn random() -> u32 {
    static SOURCE: OnceLock<Mutex<fastrand::Rng>> = OnceLock::new();
    let source = SOURCE.get_or_init(|| Mutex::new(generator(env::var("STRIDEBOARD_SEED").ok().as_deref())));
    source.lock().unwrap_or_else(PoisonError::into_inner).u32(..)
}

fn fixed_date(text: Option<&str>) -> Option<Date> {
    text?.trim().parse().ok()
}

fn generator(seed: Option<&str>) -> fastrand::Rng {
    seed.and_then(|text| text.trim().parse().ok()).map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_from_outside_is_used_when_it_is_one() {
        assert_eq!(fixed_date(Some("2026-03-01")), Some(jiff::civil::date(2026, 3, 1)));
        for nonsense in [None, Some(""), Some("tomorrow"), Some("2026-02-30")] {
            assert_eq!(fixed_date(nonsense), None);
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let draw = |seed| {
            let mut source = generator(seed);
            [source.u32(..), source.u32(..), source.u32(..)]
        };
        assert_eq!(draw(Some("7")), draw(Some(" 7 ")));
        assert_ne!(draw(Some("7")), draw(Some("8")));
        assert_ne!(draw(None), draw(None));
    }
}
