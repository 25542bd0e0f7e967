//! Standard output and standard error.
//!
//! Owns writing to them, and what happens when nobody reads any more: nothing, because `| head -1` got what it wanted.

use std::{
    env,
    io::{self, ErrorKind, IsTerminal, Write},
};

use super::{
    Failure, Kind,
    page::{Ink, Page},
    source::reason,
};
use crate::{
    runtime::color::{ColorChoice, Output},
    ui::theme::ColorDepth,
};

/// Both streams and how many colours each may use.
#[derive(Debug, Clone, Copy)]
pub struct Console {
    choice: ColorChoice,
}

impl Console {
    /// The streams of this process.
    pub fn new(choice: ColorChoice) -> Self {
        Self { choice }
    }

    /// What `--color` asks for.
    pub fn choice(self) -> ColorChoice {
        self.choice
    }

    /// An empty page for standard output.
    pub fn page(self) -> Page {
        Page::new(self.depth(&io::stdout()))
    }

    /// An empty page for a file.
    pub fn plain_page(self) -> Page {
        Page::new(ColorDepth::Mono)
    }

    /// Writes a result.
    pub fn print(self, page: &Page) -> Result<(), Failure> {
        self.print_raw(page.as_str())
    }

    /// Writes a result that must arrive as it is: a file, a script, JSON.
    pub fn print_raw(self, text: &str) -> Result<(), Failure> {
        let mut stdout = io::stdout().lock();
        self.printed(stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()))
    }

    /// What came of writing to standard output; a reader that went away has read enough.
    pub fn printed(self, written: io::Result<()>) -> Result<(), Failure> {
        match written {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Failure::new(Kind::Io, format!("the output cannot be written: {}", reason(&error))))
            }
            _ => Ok(()),
        }
    }

    /// Says something beside the result.
    pub fn remark(self, text: &str) {
        let mut page = self.error_page();
        page.line(text);
        complain(&page);
    }

    /// Says several lines beside the result.
    pub fn remarks(self, page: &Page) {
        complain(page);
    }

    /// Warns about something that did not stop the command.
    pub fn warn(self, place: &str, text: &str) {
        let mut page = self.error_page();
        page.parts(&[(Ink::Plain, place), (Ink::Yellow, "warning"), (Ink::Plain, ": "), (Ink::Plain, text)]);
        complain(&page);
    }

    /// Says why a command failed.
    pub fn report(self, failure: &Failure) {
        let mut page = self.error_page();
        let hint = |page: &mut Page, hint: &str| {
            page.parts(&[(Ink::Plain, "  "), (Ink::Cyan, "hint"), (Ink::Plain, ": "), (Ink::Plain, hint)]);
        };
        for problem in &failure.problems {
            page.line(format!("{}:{}:{}: {}", failure.path, problem.line, problem.column, problem.message));
            problem.hint.iter().for_each(|text| hint(&mut page, text));
        }
        page.parts(&[(Ink::Red, "error"), (Ink::Plain, ": "), (Ink::Plain, &failure.message)]);
        failure.hints.iter().for_each(|text| hint(&mut page, text));
        complain(&page);
    }

    /// An empty page for standard error.
    pub fn error_page(self) -> Page {
        Page::new(self.depth(&io::stderr()))
    }

    fn depth(self, stream: &impl IsTerminal) -> ColorDepth {
        let output = if stream.is_terminal() { Output::Terminal } else { Output::Other };
        ColorDepth::detect(self.choice, output, |name| env::var(name).ok())
    }
}

/// Writes to standard error; when that is gone too, there is nobody left to tell.
fn complain(page: &Page) {
    drop(io::stderr().write_all(page.as_str().as_bytes()));
}
