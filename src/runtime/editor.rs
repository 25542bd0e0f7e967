//! A text in the user's editor and back.
//!
//! Owns choosing the editor, splitting its command into words and the private file in between. The words follow a
//! shell's quoting, but no shell runs: a text or a file name can never become a command.
//!
//! Refuses: the terminal and the inbox. Pause the inbox, suspend the terminal and lend the signals
//! ([`super::signals::Signals::lend`]) before [`Editor::start`], and undo it in the other order once it has ended.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::store::{self, StoreError};
use crate::session::limits;

/// Name of the file the editor gets.
const FILE: &str = "strideboard.md";
/// How long an editor may take to end when the program has to.
const PATIENCE: Duration = Duration::from_secs(1);

/// An editor to run: the program, its arguments, and whether anybody asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    words: Vec<String>,
    chosen: Chosen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chosen {
    ByUser,
    ByDefault,
}

/// Why no edited text came back. The text from before is untouched in every case.
#[derive(Debug, thiserror::Error)]
pub enum EditorError {
    /// The command has an open quote or no words.
    #[error("the editor command `{0}` has a quote that is not closed; write it like a shell command")]
    Quote(String),
    /// Nothing was configured and the usual editor is not there.
    #[error("no editor was found; set EDITOR to one, for example `export EDITOR=nano`")]
    Nothing,
    /// The configured program is not there.
    #[error("the editor `{0}` was not found; set VISUAL or EDITOR to a program that is installed")]
    NotFound(String),
    /// The program could not be run.
    #[error("the editor `{program}` could not be started")]
    Start {
        /// First word of the command.
        program: String,
        /// What the system said.
        source: io::Error,
    },
    /// The editor said the text should not be used.
    #[error("the editor ended with {0}; the text was left as it was")]
    Failed(ExitStatus),
    /// The private file could not be made.
    #[error("the temporary file for the editor could not be used")]
    File(#[source] io::Error),
    /// The edited file cannot be read.
    #[error("the edited text could not be read, so the text was left as it was: {0}")]
    Unreadable(#[source] StoreError),
    /// The editor removed the file.
    #[error("the editor left no file behind, so the text was left as it was")]
    Gone,
    /// A link, folder or pipe has the name of the file now.
    #[error("the editor left something else than a file behind, so the text was left as it was")]
    NotAFile,
    /// The edited file holds something else than text; it is kept.
    #[error("the edited text is not UTF-8 or larger than {} MiB; it was kept as {}", limits::PASTED >> 20, .0.display())]
    NotText(PathBuf),
}

impl Editor {
    /// The editor of the settings, else `VISUAL`, else `EDITOR`, else the system's usual one.
    pub fn choose(configured: Option<&str>, env: impl Fn(&str) -> Option<String>) -> Result<Self, EditorError> {
        let command = [configured.map(str::to_owned), env("VISUAL"), env("EDITOR")]
            .into_iter()
            .flatten()
            .find(|command| !command.trim().is_empty());
        let usual = if cfg!(windows) { "notepad" } else { "vi" };
        match command {
            None => Ok(Self { words: vec![usual.to_owned()], chosen: Chosen::ByDefault }),
            Some(command) => match split(&command) {
                Some(words) if !words.is_empty() => Ok(Self { words, chosen: Chosen::ByUser }),
                _ => Err(EditorError::Quote(command)),
            },
        }
    }

    /// Starts editing `text` and says in a thread of its own when the editor has ended.
    ///
    /// The file is readable by its user only, in a folder of its own, so that backups and swap files of the editor are
    /// private too and go away with it.
    pub fn start(
        &self,
        text: &str,
        ended: impl FnOnce(io::Result<ExitStatus>) + Send + 'static,
    ) -> Result<Editing, EditorError> {
        let folder = private_folder().map_err(EditorError::File)?;
        let path = folder.path().join(FILE);
        write_private(&path, text).map_err(EditorError::File)?;
        let mut child = self.spawn(&path)?;
        let process = child.id();
        let waiting = thread::Builder::new().name("editor".into()).spawn(move || ended(child.wait()));
        let waiting = waiting.map_err(EditorError::File)?;
        Ok(Editing { folder, process, waiting })
    }

    fn spawn(&self, path: &Path) -> Result<Child, EditorError> {
        let [program, arguments @ ..] = self.words.as_slice() else { return Err(EditorError::Nothing) };
        Command::new(program).args(arguments).arg(path).spawn().map_err(|source| match (source.kind(), self.chosen) {
            (io::ErrorKind::NotFound, Chosen::ByDefault) => EditorError::Nothing,
            (io::ErrorKind::NotFound, Chosen::ByUser) => EditorError::NotFound(program.clone()),
            _ => EditorError::Start { program: program.clone(), source },
        })
    }
}

/// An editor that has been started.
#[derive(Debug)]
pub struct Editing {
    folder: TempDir,
    process: u32,
    waiting: JoinHandle<()>,
}

impl Editing {
    /// What the text became, without its last line end, once the editor has ended like this.
    pub fn ended(self, status: io::Result<ExitStatus>) -> Result<String, EditorError> {
        match status {
            Ok(status) if status.success() => self.text(),
            Ok(status) => Err(EditorError::Failed(status)),
            Err(error) => Err(EditorError::File(error)),
        }
    }

    /// Asks the editor to end, gives it a moment to write what it has, and says what there is.
    ///
    /// Nothing when the file is empty: an editor that was ended while it wrote has emptied it and not filled it again.
    pub fn stop(self) -> Option<String> {
        #[cfg(unix)]
        if let (false, Some(process)) =
            (self.waiting.is_finished(), i32::try_from(self.process).ok().and_then(rustix::process::Pid::from_raw))
        {
            for signal in [rustix::process::Signal::HUP, rustix::process::Signal::TERM] {
                // It may have ended just now.
                let _ = rustix::process::kill_process(process, signal);
            }
        }
        let until = Instant::now() + PATIENCE;
        while !self.waiting.is_finished() && Instant::now() < until {
            thread::sleep(Duration::from_millis(10));
        }
        self.text().ok().filter(|text| !text.is_empty())
    }

    /// The text as it is in the file now, without its last line end.
    fn text(self) -> Result<String, EditorError> {
        // Many editors replace the file, so it is opened by its name; what that leads to now is looked at first.
        let Self { folder, .. } = self;
        let path = folder.path().join(FILE);
        let kept = |folder: TempDir| EditorError::NotText(folder.keep().join(FILE));
        match fs::symlink_metadata(&path) {
            Ok(left) if !left.is_file() => return Err(EditorError::NotAFile),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(EditorError::Gone),
            _ => {}
        }
        let content = match store::read_within(&path, limits::PASTED) {
            Ok(content) => content,
            Err(StoreError::TooLarge { .. }) => return Err(kept(folder)),
            Err(error) => return Err(EditorError::Unreadable(error)),
        };
        let Ok(mut text) = String::from_utf8(content.bytes) else { return Err(kept(folder)) };
        if text.ends_with('\n') {
            text.pop();
            if text.ends_with('\r') {
                text.pop();
            }
        }
        Ok(text)
    }
}

fn private_folder() -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("strideboard-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir()
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    if !text.is_empty() && !text.ends_with('\n') {
        file.write_all(b"\n")?;
    }
    Ok(())
}

/// Splits a command as a shell does: spaces, `'…'`, `"…"`, and a backslash outside single quotes.
///
/// Nothing is expanded: no variables, no `~`, no patterns. `None` if a quote is open at the end. On Windows a backslash
/// is part of a path.
fn split(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    // `None` between words, so that `''` is an empty word and a space is none.
    let mut word: Option<String> = None;
    let mut chars = command.chars();
    while let Some(c) = chars.next() {
        match c {
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next()? {
                        '\'' => break,
                        c => word.push(c),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next()? {
                        '"' => break,
                        '\\' if !cfg!(windows) => match chars.next()? {
                            c @ ('"' | '\\' | '$' | '`') => word.push(c),
                            c => word.extend(['\\', c]),
                        },
                        c => word.push(c),
                    }
                }
            }
            '\\' if !cfg!(windows) => word.get_or_insert_default().push(chars.next()?),
            c if c.is_whitespace() => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_split_as_a_shell_would_but_nothing_is_expanded() {
        let table: &[(&str, &[&str])] = &[
            ("vi", &["vi"]),
            ("  code   --wait ", &["code", "--wait"]),
            ("'/opt/my editor/bin' -x", &["/opt/my editor/bin", "-x"]),
            (r#"emacs -nw --eval "(setq a \"b\")""#, &["emacs", "-nw", "--eval", "(setq a \"b\")"]),
            (r"my\ editor a''b ''", &["my editor", "ab", ""]),
            ("vi; rm $HOME `id` *", &["vi;", "rm", "$HOME", "`id`", "*"]),
            ("", &[]),
        ];
        for (command, words) in table {
            assert_eq!(split(command).unwrap(), *words, "{command}");
        }
        for open in ["vi 'a", "vi \"a", "vi \\", "\"a\\"] {
            assert_eq!(split(open), None, "{open}");
        }
    }

    #[test]
    fn settings_come_before_visual_before_editor_before_the_usual_one() {
        let env = |set: &'static [(&str, &str)]| {
            move |name: &str| set.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned())
        };
        let words = |editor: Result<Editor, EditorError>| editor.unwrap().words;
        let both: &[_] = &[("VISUAL", "code --wait"), ("EDITOR", "nano")];
        assert_eq!(words(Editor::choose(Some("hx"), env(both))), ["hx"]);
        assert_eq!(words(Editor::choose(None, env(both))), ["code", "--wait"]);
        assert_eq!(words(Editor::choose(Some(" "), env(&[("VISUAL", ""), ("EDITOR", "nano")]))), ["nano"]);
        assert_eq!(Editor::choose(None, env(&[])).unwrap().chosen, Chosen::ByDefault);
        assert!(matches!(Editor::choose(Some("vi 'x"), env(&[])), Err(EditorError::Quote(_))));
    }

    #[cfg(unix)]
    mod running {
        use super::*;

        fn run(script: &str, text: &str) -> Result<String, EditorError> {
            let script = script.replace('\'', r"'\''");
            edit(Some(&format!("sh -c '{script}' sh")), text)
        }

        fn edit(command: Option<&str>, text: &str) -> Result<String, EditorError> {
            let (ended, status) = std::sync::mpsc::channel();
            let editor = Editor::choose(command, |_| None).unwrap();
            let editing = editor.start(text, move |status| ended.send(status).unwrap())?;
            editing.ended(status.recv().unwrap())
        }

        #[test]
        fn the_text_goes_there_and_comes_back() {
            assert_eq!(run(r#"printf 'more\n\n' >> "$1""#, "one\ntwo").unwrap(), "one\ntwo\nmore\n");
            assert_eq!(run("true", "as it was").unwrap(), "as it was");
            assert_eq!(run("true", "").unwrap(), "");
            assert_eq!(run(r#"printf 'a\r\n' > "$1.new"; mv "$1.new" "$1""#, "x").unwrap(), "a");
        }

        #[test]
        fn the_file_is_private_and_goes_away() {
            let script =
                r#"ls -ld "${1%/*}" > "$1.new"; ls -l "$1" >> "$1.new"; echo "$1" >> "$1.new"; mv "$1.new" "$1""#;
            let report = run(script, "secret").unwrap();
            let lines: Vec<&str> = report.lines().collect();
            assert!(lines[0].starts_with("drwx------"), "{report}");
            assert!(lines[1].starts_with("-rw-------"), "{report}");
            let path = Path::new(lines[2]);
            assert!(path.extension().is_some_and(|extension| extension == "md"), "{report}");
            assert!(!path.parent().unwrap().exists());
        }

        #[test]
        fn every_failure_says_what_to_do() {
            assert!(matches!(run("exit 3", "x"), Err(EditorError::Failed(_))));
            let missing = edit(Some("no-such-editor-here --wait"), "x").unwrap_err();
            assert_eq!(
                missing.to_string(),
                "the editor `no-such-editor-here` was not found; set VISUAL or EDITOR to a program that is installed"
            );
            let Err(EditorError::NotText(kept)) = run(r#"printf '\377words' > "$1""#, "x") else { panic!("not text") };
            assert_eq!(fs::read(&kept).unwrap(), b"\xffwords");
            fs::remove_dir_all(kept.parent().unwrap()).unwrap();
            assert!(matches!(run(r#"rm "$1""#, "x"), Err(EditorError::Gone)));
            assert!(matches!(run(r#"rm "$1"; mkdir "$1""#, "x"), Err(EditorError::NotAFile)));
            assert!(matches!(run(r#"rm "$1"; mkfifo "$1""#, "x"), Err(EditorError::NotAFile)));
        }

        #[test]
        fn a_link_in_the_place_of_the_file_is_not_followed() {
            let secret = tempfile::NamedTempFile::new().unwrap();
            fs::write(secret.path(), "secret").unwrap();
            let script = format!(r#"rm "$1"; ln -s "{}" "$1""#, secret.path().display());
            assert!(matches!(run(&script, "x"), Err(EditorError::NotAFile)));
        }

        #[test]
        fn an_endless_text_is_kept_and_not_taken_in() {
            let kept = run(r#"truncate -s 1T "$1""#, "x").unwrap_err();
            let EditorError::NotText(kept) = kept else { panic!("{kept}") };
            fs::remove_dir_all(kept.parent().unwrap()).unwrap();
        }
    }
}
