//! The one test binary.

#[path = "suite/arbitrary.rs"]
mod arbitrary;
#[path = "suite/architecture.rs"]
mod architecture;
#[path = "suite/chaos.rs"]
mod chaos;
#[path = "suite/cli.rs"]
mod cli;
#[path = "suite/diff.rs"]
mod diff;
#[path = "suite/docs.rs"]
mod docs;
#[path = "suite/driver.rs"]
mod driver;
#[path = "suite/edits.rs"]
mod edits;
#[path = "suite/first_frame.rs"]
mod first_frame;
#[path = "suite/format.rs"]
mod format;
#[path = "suite/format_properties.rs"]
mod format_properties;
#[path = "suite/frames.rs"]
mod frames;
#[path = "suite/fuzz.rs"]
mod fuzz;
#[cfg(unix)]
#[path = "suite/git.rs"]
mod git;
#[path = "suite/hostile.rs"]
mod hostile;
#[path = "suite/journal.rs"]
mod journal;
#[path = "suite/keystrokes.rs"]
mod keystrokes;
#[path = "suite/meeting.rs"]
mod meeting;
#[path = "suite/merge.rs"]
mod merge;
#[path = "suite/properties.rs"]
mod properties;
#[cfg(unix)]
#[path = "suite/pty.rs"]
mod pty;
#[cfg(unix)]
#[path = "suite/pty_journal.rs"]
mod pty_journal;
#[cfg(unix)]
#[path = "suite/pty_workbench.rs"]
mod pty_workbench;
#[path = "suite/store.rs"]
mod store;
#[path = "suite/suggestions.rs"]
mod suggestions;
#[path = "suite/team.rs"]
mod team;
#[path = "suite/templates.rs"]
mod templates;
#[path = "suite/workbench.rs"]
mod workbench;
