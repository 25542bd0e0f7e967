//! Prompts: the questions a moderator reads aloud for one letter, on a flow or on a component by itself.
//!
//! Owns the wording of every question, one file per kind of source plus one for components by themselves, and the
//! filling of names into it. The questions of one cell look at different things; the first stands well alone
//! where there is room for only one. They ask what could happen, never who failed.
//!
//! Refuses: weighing letters, and naming threats; those are `weight` and `catalog`. What is read from a session is in
//! [`Subject`].
//!
//! A question never begins with a name, never puts `'s` behind one and never makes a verb agree with one, because a
//! component may be called `users` as well as `api`.

mod external;
mod process;
mod standing;
mod store;
mod subject;

pub use subject::Subject;

use super::weight::End;
use crate::session::Letter;

/// The names to put into a question. What is empty is replaced by words that still read well.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Names<'a> {
    /// Where the flow starts.
    pub from: &'a str,
    /// Where the flow ends.
    pub to: &'a str,
    /// What moves or happens on the flow.
    pub label: &'a str,
    /// What the flow carries or the component holds, already joined for reading.
    pub assets: &'a str,
    /// The component by itself; `{self}` in a question.
    pub me: &'a str,
}

/// The questions for a letter on a flow between two kinds of ends.
pub fn prompts(from: End, to: End, letter: Letter) -> &'static [&'static str] {
    let six = match (from, to) {
        (End::External, End::External) => &external::TO_EXTERNAL,
        (End::External, End::Process) => &external::TO_PROCESS,
        (End::External, End::Store) => &external::TO_STORE,
        (End::Process, End::External) => &process::TO_EXTERNAL,
        (End::Process, End::Process) => &process::TO_PROCESS,
        (End::Process, End::Store) => &process::TO_STORE,
        (End::Store, End::External) => &store::TO_EXTERNAL,
        (End::Store, End::Process) => &store::TO_PROCESS,
        (End::Store, End::Store) => &store::TO_STORE,
    };
    six.of(letter)
}

/// The questions for a letter on a component by itself: what no flow shows.
pub fn standing(element: End, letter: Letter) -> &'static [&'static str] {
    let six = match element {
        End::External => &standing::EXTERNAL,
        End::Process => &standing::PROCESS,
        End::Store => &standing::STORE,
    };
    six.of(letter)
}

/// A question with its placeholders replaced, in one pass: a name that looks like a placeholder stays as it is.
pub fn fill(prompt: &str, names: &Names) -> String {
    let mut filled = String::with_capacity(prompt.len() + 32);
    let mut rest = prompt;
    while let Some((before, name, after)) = next_placeholder(rest, names) {
        filled.push_str(before);
        filled.push_str(name);
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// Names in a row, as they are read aloud. Where one of them has an "and" of its own, a comma stands before the last.
pub fn joined(names: &[&str]) -> String {
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => {
            let comma = if names.iter().any(|name| name.contains(" and ")) { "," } else { "" };
            format!("{}{comma} and {last}", rest.join(", "))
        }
    }
}

/// The questions of one place, a list for each letter.
struct Six {
    s: &'static [&'static str],
    t: &'static [&'static str],
    r: &'static [&'static str],
    i: &'static [&'static str],
    d: &'static [&'static str],
    e: &'static [&'static str],
}

impl Six {
    const fn of(&self, letter: Letter) -> &'static [&'static str] {
        match letter {
            Letter::S => self.s,
            Letter::T => self.t,
            Letter::R => self.r,
            Letter::I => self.i,
            Letter::D => self.d,
            Letter::E => self.e,
        }
    }
}

/// The text before the first placeholder, what replaces it, and the text after it.
fn next_placeholder<'a>(text: &'a str, names: &Names<'a>) -> Option<(&'a str, &'a str, &'a str)> {
    let slots = [
        ("{from}", names.from, "the source"),
        ("{to}", names.to, "the target"),
        ("{label}", names.label, "this exchange"),
        ("{assets}", names.assets, "this data"),
        ("{self}", names.me, "this component"),
    ];
    text.char_indices().filter(|(_, c)| *c == '{').find_map(|(at, _)| {
        let (before, open) = text.split_at(at);
        slots.iter().find_map(|(slot, name, missing)| {
            let after = open.strip_prefix(slot)?;
            Some((before, if name.trim().is_empty() { *missing } else { name.trim() }, after))
        })
    })
}

#[cfg(test)]
mod tests;
