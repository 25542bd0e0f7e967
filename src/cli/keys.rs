//! `keys`: the key table, read from the command table.
//!
//! Owns the three forms of it: for people, for the README, for a settings file. Refuses: the person's own key map; this
//! is what the program ships with.

use std::{fmt::Write, process::ExitCode};

use super::{Console, Failure};
use crate::app::{
    command::{Row, TABLE},
    keymap::Keymap,
    scope::Scope,
};

/// How to list the keys.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How to write the table
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How keys are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For a README
    Markdown,
    /// For a settings file, ready to be changed
    Settings,
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    match args.format {
        Format::Text => text(console)?,
        Format::Markdown => console.print_raw(&markdown())?,
        Format::Settings => console.print_raw(&settings())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn rows_of(scope: Scope) -> impl Iterator<Item = &'static Row> {
    TABLE.iter().filter(move |row| row.scope == scope)
}

fn text(console: Console) -> Result<(), Failure> {
    let keymap = Keymap::default();
    let mut page = console.page();
    for scope in Scope::ALL {
        page.heading(scope.heading());
        let keys = |row: &Row| match keymap.keys_of(row.command) {
            none if none.is_empty() => "–".to_owned(),
            keys => keys.join(", "),
        };
        let rows: Vec<[String; 3]> =
            rows_of(scope).map(|row| [keys(row), row.name.to_owned(), row.help.to_owned()]).collect();
        page.table(2, &rows);
    }
    console.print(&page)
}

/// The table of the README, one group of rows for each scope.
pub(crate) fn markdown() -> String {
    let keymap = Keymap::default();
    let mut out = String::from("| keys | command | what it does |\n|---|---|---|\n");
    for scope in Scope::ALL {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "| **{}** | | |", scope.heading());
        for row in rows_of(scope) {
            let keys: Vec<String> = keymap.keys_of(row.command).iter().map(|keys| format!("`{keys}`")).collect();
            let keys = if keys.is_empty() { "–".to_owned() } else { keys.join(" ") };
            let help = row.help.replace('|', "\\|");
            let _ = writeln!(out, "| {keys} | `{}` | {help} |", row.name);
        }
    }
    out
}

/// The default keys in the format of the settings file.
pub(crate) fn settings() -> String {
    let mut out = String::from(
        "// Keys of strideboard. Keep the rows you change: a command named here loses its default keys,\n\
         // and one with an empty list is found in the palette only.\nSettings(\n    keys: {\n",
    );
    for scope in Scope::ALL {
        let _ = writeln!(out, "        // {}", scope.heading());
        for row in rows_of(scope) {
            let keys: Vec<String> = row.keys.iter().map(|keys| format!("{keys:?}")).collect();
            let _ = writeln!(out, "        {:?}: [{}], // {}", row.name, keys.join(", "), row.help);
        }
    }
    out.push_str("    },\n)\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::settings::Settings;

    #[test]
    fn the_settings_fragment_is_a_settings_file_that_changes_nothing() {
        let (read, problems) = Settings::parse(&settings());
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(read.keys.len(), TABLE.len());
        assert_eq!(read.keymap(), Keymap::default());
    }

    #[test]
    fn every_command_has_a_row_in_markdown() {
        let table = markdown();
        assert!(TABLE.iter().all(|row| table.contains(&format!("| `{}` |", row.name))));
    }
}
