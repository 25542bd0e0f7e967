//! What is written into git's settings: the lines themselves, and quoting for the shell that git runs them with.
//!
//! The driver line asks for a handshake: only the exit codes 40 and 41 mean that a session was merged. A missing program
//! (127), a panic (101), a signal (128 and more), an older strideboard that knows no `merge-driver` (1) and a program
//! that does nothing and succeeds (0) all end in `git merge-file`, which leaves ordinary conflict markers.

use crate::cli::{
    merge::Conflicts,
    merge_driver::{CONFLICTS, MERGED},
    shell::word,
};

/// What attributes and settings call it.
pub(super) const NAME: &str = "strideboard";

/// The lines of an attributes file: sessions, and what a review leaves beside them.
pub(super) const ATTRIBUTES: [&str; 3] = [
    "*.tm.ron text eol=lf diff=strideboard merge=strideboard",
    "*.signoff.ron text eol=lf diff=strideboard merge=strideboard",
    "*.comments.ron text eol=lf diff=strideboard merge=strideboard",
];

/// The same as they are written.
pub(super) fn attributes(lines: &[&str]) -> String {
    lines.iter().flat_map(|line| [line, "\n"]).collect()
}

/// The program that git calls.
#[derive(Debug, Clone)]
pub(super) struct Program(pub(super) String);

impl Program {
    /// As a word for the shell.
    pub(super) fn quoted(&self) -> String {
        word(&self.0)
    }
}

/// Every setting, with the last part of its name.
pub(super) fn settings(program: &Program, conflicts: Conflicts) -> [(&'static str, String); 4] {
    [
        ("name", "merge of strideboard sessions, record by record".to_owned()),
        ("driver", driver(program, conflicts)),
        ("xfuncname", "^[[:space:]]*id: \"(.*)\",$".to_owned()),
        ("textconv", textconv(program)),
    ]
}

/// The line that merges a session.
pub(super) fn driver(program: &Program, conflicts: Conflicts) -> String {
    // Git replaces what stands behind a percent sign before the shell sees the line.
    let program = program.quoted().replace('%', "%%");
    let how = match conflicts {
        Conflicts::Records => String::new(),
        Conflicts::Markers => format!(" --conflicts {}", conflicts.name()),
    };
    format!(
        "{program} merge-driver --handshake{how} %O %A %B -l %L -p %P -s %S -x %X -y %Y; \
         case $? in {MERGED}) exit 0;; {CONFLICTS}) exit 1;; esac; \
         git merge-file --marker-size=%L -L %X -L %S -L %Y %A %O %B"
    )
}

/// The line that shows a session in the canonical layout, whoever laid it out; the file as it is when that fails.
fn textconv(program: &Program) -> String {
    format!("f() {{ {} fmt - <\"$1\" 2>/dev/null || cat \"$1\"; }}; f", program.quoted())
}

/// Whether a driver line is one that some version of strideboard wrote.
pub(super) fn is_ours(driver: &str) -> bool {
    driver.contains("merge-driver --handshake") && driver.contains("git merge-file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_sign_is_no_placeholder_and_our_lines_are_known() {
        assert!(driver(&Program("/a%Ob".to_owned()), Conflicts::Records).starts_with("'/a%%Ob' merge-driver"));
        assert!(is_ours(&driver(&Program("x y".to_owned()), Conflicts::Markers)) && !is_ours("mergiraf merge"));
    }
}
