//! Everything that reads something is given damaged input: whatever comes, it answers, and never panics or hangs.
//!
//! Each target starts from inputs that mean something and from words of its language, damages them at random and checks
//! what must hold for any input. `cargo test` runs some thousands of each, always the same; `STRIDEBOARD_FUZZ=1000000
//! cargo test --release fuzz` runs as many as asked for, from `STRIDEBOARD_FUZZ_SEED` if that is set. What fails is cut
//! down to what is needed for it and shown with its seed.
//!
//! To add a target: a file in `fuzz/` with a `TARGET`, and a line in the list below.

use std::{
    env,
    panic::{AssertUnwindSafe, catch_unwind},
};

use fastrand::Rng;

use crate::arbitrary::PIECES;

/// Inputs of each target in an ordinary run.
const ORDINARY: u64 = 2_000;
/// Longer inputs are cut: what they could show, shorter ones show sooner.
const LONGEST: usize = 12_000;
/// Tries to make a failing input smaller.
const CUTS: usize = 400;

/// Something that reads input from outside.
struct Target {
    /// Inputs to start from.
    corpus: fn() -> Vec<Vec<u8>>,
    /// Words that mean something to it.
    words: &'static [&'static str],
    /// Reads one input and checks what must hold whatever it is.
    run: fn(&[u8]),
}

macro_rules! targets {
    ($($name:ident in $path:literal;)*) => {
        $(#[path = $path] mod $name;)*

        $(#[test]
        fn $name() {
            fuzz(stringify!($name), &$name::TARGET);
        })*
    };
}

targets! {
    captured_lines in "fuzz/captured_lines.rs";
    key_notation in "fuzz/key_notation.rs";
    session_files in "fuzz/session_files.rs";
    team_files in "fuzz/team_files.rs";
    settings_files in "fuzz/settings_files.rs";
    shown_text in "fuzz/shown_text.rs";
    template_files in "fuzz/template_files.rs";
    theme_files in "fuzz/theme_files.rs";
}

#[cfg(unix)]
targets! {
    terminal_bytes in "fuzz/terminal_bytes.rs";
}

/// A number from the environment.
pub(super) fn asked(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

fn fuzz(name: &str, target: &Target) {
    let corpus = (target.corpus)();
    let first = asked("STRIDEBOARD_FUZZ_SEED").unwrap_or(0);
    for seed in first..first + asked("STRIDEBOARD_FUZZ").unwrap_or(ORDINARY) {
        let input = damaged(&corpus, target.words, &mut Rng::with_seed(seed));
        if fails(target, &input) {
            let small = smaller(target, input);
            let shown = String::from_utf8_lossy(&small);
            panic!("{name} fails for STRIDEBOARD_FUZZ_SEED={seed}, needing only {shown:?}, as bytes {small:?}");
        }
    }
}

fn fails(target: &Target, input: &[u8]) -> bool {
    catch_unwind(AssertUnwindSafe(|| (target.run)(input))).is_err()
}

/// The input with as much taken out as it can miss and still fail.
fn smaller(target: &Target, mut input: Vec<u8>) -> Vec<u8> {
    let mut tries = 0;
    let mut size = input.len() / 2;
    while size > 0 && tries < CUTS {
        let mut at = 0;
        while at < input.len() && tries < CUTS {
            tries += 1;
            let without = [&input[..at], &input[(at + size).min(input.len())..]].concat();
            if fails(target, &without) {
                input = without;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    input
}

/// An input that once meant something.
fn damaged(corpus: &[Vec<u8>], words: &[&str], rng: &mut Rng) -> Vec<u8> {
    let mut input = rng.choice(corpus).cloned().unwrap_or_default();
    for _ in 0..rng.usize(0..8) {
        damage(&mut input, corpus, words, rng);
        input.truncate(LONGEST);
    }
    input
}

fn damage(input: &mut Vec<u8>, corpus: &[Vec<u8>], words: &[&str], rng: &mut Rng) {
    let at = rng.usize(0..=input.len());
    let end = (at + rng.usize(0..40)).min(input.len());
    let mut put = |with: &[u8]| drop(input.splice(at..at, with.iter().copied()));
    match rng.u8(0..10) {
        0 => put(&[rng.u8(..)]),
        1 => put(rng.choice(words).copied().unwrap_or_default().as_bytes()),
        2 => put(rng.choice(words).copied().unwrap_or_default().repeat(rng.usize(1..50)).as_bytes()),
        3 => put(rng.choice(PIECES).copied().unwrap_or_default().as_bytes()),
        4 => put(rng.char(..).encode_utf8(&mut [0; 4]).as_bytes()),
        5 => drop(input.drain(at..end)),
        6 => input.truncate(at),
        7 => {
            let again = input[at..end].repeat(rng.usize(1..6));
            input.splice(end..end, again);
        }
        8 => {
            let other = rng.choice(corpus).map_or(&[][..], Vec::as_slice);
            let from = rng.usize(0..=other.len());
            let to = (from + rng.usize(0..200)).min(other.len());
            input.splice(at..end, other[from..to].iter().copied());
        }
        _ => {
            if let Some(byte) = input.get_mut(at) {
                *byte ^= 1 << rng.u8(0..8);
            }
        }
    }
}
