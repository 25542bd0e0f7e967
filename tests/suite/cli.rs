//! The real binary in a folder of its own: what it writes where, and its exit code.

#[path = "cli/capture.rs"]
mod capture;
#[path = "cli/catalog.rs"]
mod catalog;
#[path = "cli/files.rs"]
mod files;
#[path = "cli/forecast.rs"]
mod forecast;
#[path = "cli/formats.rs"]
mod formats;
#[path = "cli/hostile.rs"]
mod hostile;
#[path = "cli/merge.rs"]
mod merge;
#[path = "cli/models.rs"]
mod models;
#[path = "cli/recover.rs"]
mod recover;
#[path = "cli/review.rs"]
mod review;
#[path = "cli/schemas.rs"]
mod schemas;
#[path = "cli/team.rs"]
mod team;
#[path = "cli/templates.rs"]
mod templates;

use std::{
    fmt::Write as _,
    fs,
    io::{Read, Write},
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use insta::assert_snapshot;
use serde_json::Value;
use tempfile::TempDir;

/// A session with something in every part that `show` and `check` talk about.
const SIGN_IN: &str = include_str!("../formats/v1.tm.ron");

/// A home and a working folder nobody else uses.
struct Shell {
    home: TempDir,
}

impl Shell {
    fn new() -> Self {
        let shell = Self { home: tempfile::tempdir().unwrap() };
        fs::create_dir(shell.path("")).unwrap();
        shell
    }

    /// With a session in `sessions/`.
    fn with(name: &str, content: &str) -> Self {
        let shell = Self::new();
        shell.write(name, content);
        shell
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join("work").join(name)
    }

    fn write(&self, name: &str, content: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_strideboard"));
        command
            .args(args)
            .env_clear()
            .env("HOME", self.home.path())
            .env("TERM", "xterm-256color")
            .env("TZ", "UTC")
            .env("STRIDEBOARD_CONFIG_DIR", self.home.path().join("config"))
            .env("STRIDEBOARD_STATE_DIR", self.home.path().join("state"))
            .env("STRIDEBOARD_TODAY", "2026-03-01")
            .env("STRIDEBOARD_SEED", "7")
            .current_dir(self.path(""))
            .stdin(Stdio::null());
        command
    }

    fn output(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Exit code, standard output and standard error as one text.
    fn run(&self, args: &[&str]) -> String {
        told(&self.output(args), self)
    }

    /// Standard output as JSON.
    fn json(&self, args: &[&str]) -> Value {
        serde_json::from_slice(&self.output(args).stdout).unwrap()
    }

    /// The same with something on standard input.
    fn feed(&self, args: &[&str], input: impl AsRef<[u8]>) -> String {
        let mut command = self.command(args);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A command that fails early reads nothing.
        let _ = child.stdin.take().unwrap().write_all(input.as_ref());
        told(&child.wait_with_output().unwrap(), self)
    }
}

fn told(output: &Output, shell: &Shell) -> String {
    let mut told = format!("exit {}\n", output.status.code().unwrap());
    for (name, bytes) in [("out", &output.stdout), ("err", &output.stderr)] {
        if !bytes.is_empty() {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let text = text.replace(&*shell.path("").to_string_lossy(), "[work]/");
            let _ = write!(told, "-- {name}\n{text}");
        }
    }
    told
}

#[test]
fn help_names_every_subcommand() {
    assert_snapshot!(Shell::new().run(&["--help"]), @"
        exit 0
        -- out
        Facilitated STRIDE threat-modeling sessions in the terminal, saved as RON your team reviews in git

        Usage: strideboard [OPTIONS] [SESSION]
               strideboard [OPTIONS] <COMMAND>

        Commands:
          new           Create a session file
          practice      Learn by doing, in a session to practise with
          list          List every session below a folder
          show          Show a session as text or JSON
          minutes       Write up a meeting for a wiki or a chat
          forecast      Estimate the next meeting from what meetings took
          capture       Write down lines from a file or pipe
          check         Say what keeps sessions from being done
          diff          Say what changed in sessions, worst first
          log           Say how risk went over the history
          endorse       Look at what changed since your last endorsement, and sign
          comment       List, write and settle review comments
          merge         Make one session of two, field by field
          merge-driver  Merge sessions for git, which calls this itself
          resolve       List and settle what a merge could not decide
          git-setup     Teach a repository's git to merge and show sessions
          fmt           Rewrite session files in their canonical layout
          recover       Save what a run that ended early did not save
          catalog       Look up kinds, threats and controls of the catalogue
          keys          List every key of the workbench
          themes        List the built-in themes, or print one as a file
          completions   Print a completion script for a shell
          man           Print the manual page

        Arguments:
          [SESSION]
                  Session to open: a path, or a name without `.tm.ron`; a folder lists its sessions

        Options:
              --keys <KEYS>
                  Press these keys after opening, such as `jj<tab>x`

              --print <WxH>
                  Print the last frame at this size, such as 120x40, instead of using the terminal

              --theme <NAME>
                  Use this theme; `strideboard themes` lists them

              --color <WHEN>
                  When to use colour; `auto` means on a terminal, unless `NO_COLOR` is set

                  Possible values:
                  - auto:   Colour on a terminal that has it, unless `NO_COLOR` is set
                  - always: Colour whatever the output is
                  - never:  No colour
                  
                  [default: auto]

          -h, --help
                  Print help (see a summary with '-h')

          -V, --version
                  Print version

        Examples:
          strideboard new checkout             start a session, in sessions/ where there is such a folder
          strideboard checkout                 open it; a name is looked for here and in sessions/
          strideboard                          choose among the sessions here
          strideboard capture checkout < talk  write down one thing per line
          strideboard check sessions/          say what keeps them from being done; 2 if anything does
          strideboard show checkout | less     read a session without opening it
          strideboard diff main...HEAD         say what changed, the worst first

        Exit codes: 0 done, 1 usage, a broken file or the system, 2 findings, 3 check could not look
        ");
}

#[test]
fn a_mistake_in_the_arguments_is_exit_code_1() {
    let shell = Shell::new();
    assert_snapshot!(shell.run(&["list", "--fromat", "json"]), @"
        exit 1
        -- err
        error: unexpected argument '--fromat' found

          tip: a similar argument exists: '--format'

        Usage: strideboard list --format <FORMAT> [DIR]

        For more information, try '--help'.
        ");
    assert_snapshot!(shell.run(&["--print", "wide"]), @"
        exit 1
        -- err
        error: invalid value 'wide' for '--print <WxH>': expected columns, `x` and rows, like 120x40, each from 1 to 1000

        For more information, try '--help'.
        ");
    assert_snapshot!(shell.run(&["--keys", "<nope>"]), @"
        exit 1
        -- err
        error: invalid value '<nope>' for '--keys <KEYS>': `<nope>` is not a key; keys are written like <ctrl-s>, <tab>, <space>, <f1>, <lt>

        For more information, try '--help'.
        ");
    assert_snapshot!(shell.run(&["--theme", "dark", "list"]), @"
        exit 1
        -- err
        error: a subcommand takes its options after its name, and no session before it

        Usage: strideboard [OPTIONS] [SESSION]
               strideboard [OPTIONS] <COMMAND>

        For more information, try '--help'.
        ");
    assert_snapshot!(shell.run(&["check"]), @"
        exit 3
        -- err
        error: there are no sessions (*.tm.ron) below .
        ");
    assert_snapshot!(shell.run(&["--version"]), @"
        exit 0
        -- out
        strideboard 0.1.0
        ");
}

#[test]
fn keys_are_listed_for_people_readmes_and_settings() {
    let shell = Shell::new();
    for (format, first) in [
        ("text", "Everywhere\n  ?, f1   help     Show every key of this screen\n"),
        (
            "markdown",
            "| keys | command | what it does |\n|---|---|---|\n| **Everywhere** | | |\n| `?` `f1` | `help` | ",
        ),
        ("settings", "// Keys of strideboard."),
    ] {
        let output = shell.output(&["keys", "--format", format]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && text.starts_with(first), "{text}");
    }
}

#[test]
fn themes_are_listed_and_printed_as_they_are() {
    let shell = Shell::new();
    let list = String::from_utf8(shell.output(&["themes"]).stdout).unwrap();
    for (name, source) in strideboard::ui::theme::BUILTIN {
        assert!(list.lines().any(|line| line.split_whitespace().next() == Some(*name)), "{list}");
        assert_eq!(shell.output(&["themes", name]).stdout, source.as_bytes());
    }
    assert_snapshot!(shell.run(&["themes", "ligth"]), @"
        exit 1
        -- err
        error: there is no theme `ligth`
          hint: did you mean `light`?
        ");
}

#[test]
fn shells_and_man_get_their_files() {
    let shell = Shell::new();
    for (args, part) in [
        (["completions", "bash"].as_slice(), "complete -F _strideboard"),
        (&["completions", "zsh"], "#compdef strideboard"),
        (&["completions", "fish"], "complete -c strideboard"),
        (&["man"], ".TH strideboard 1"),
    ] {
        let output = shell.output(args);
        assert!(output.status.success() && String::from_utf8(output.stdout).unwrap().contains(part), "{args:?}");
    }
    assert_snapshot!(shell.run(&["completions", "tcl"]), @"
        exit 1
        -- err
        error: invalid value 'tcl' for '<SHELL>'
          [possible values: bash, elvish, fish, powershell, zsh]

        For more information, try '--help'.
        ");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let shell = Shell::with("sign-in.tm.ron", SIGN_IN);
    for args in [
        ["show", "sign-in"].as_slice(),
        &["show", "sign-in", "--format", "json"],
        &["list"],
        &["keys"],
        &["themes", "dark"],
        &["catalog", "list"],
        &["man"],
        &["completions", "bash"],
        &["--help"],
        &["fmt", "--check", "sign-in"],
    ] {
        let mut child = shell.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Closed before the program has written anything: every write fails.
        drop(child.stdout.take());
        let mut complaint = String::new();
        child.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
        assert_eq!((child.wait().unwrap().code(), complaint.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn colour_comes_only_when_asked_for_in_a_pipe() {
    let shell = Shell::with("sign-in.tm.ron", SIGN_IN);
    let escapes = |args: &[&str]| {
        let output = shell.output(args);
        [output.stdout, output.stderr].concat().contains(&0x1b)
    };
    assert!(!escapes(&["check", "sign-in"]));
    assert!(!escapes(&["check", "gone"]));
    assert!(!escapes(&["show", "sign-in"]));
    assert!(escapes(&["check", "sign-in", "--color", "always"]));
    assert!(escapes(&["check", "gone", "--color=always"]));
    assert!(!escapes(&["check", "sign-in", "--color", "never"]));
}

#[test]
fn a_hostile_session_never_reaches_the_terminal_as_it_is() {
    let evil = "x\\u{1b}[2J\\u{7}\\u{9b}31m\\u{202e}y\\u{2066}\\u{200b}\\u{7f}\\nerror: forged";
    let text = SIGN_IN
        .lines()
        .map(|line| match line.split_once(": \"") {
            Some((field, rest))
                if !["id", "from", "to", "kind", "zone", "parent", "due", "until", "basis", "date", "next"]
                    .contains(&field.trim())
                    && rest.ends_with("\",") =>
            {
                format!("{field}: \"{evil}{rest}\n")
            }
            _ => format!("{line}\n"),
        })
        .collect::<String>();
    let shell = Shell::with("evil.tm.ron", &text);
    for args in [
        ["show", "evil"].as_slice(),
        &["show", "evil", "--format", "json"],
        &["list"],
        &["list", "--format", "json"],
        &["check", "evil"],
        &["minutes", "evil"],
        &["minutes", "evil", "--format", "message"],
        &["check", "evil", "--format", "json"],
        &["capture", "evil", "said.txt", "--dry-run"],
        &["show", "nothing\u{1b}[2J"],
        &["fmt", "--check", "evil"],
    ] {
        shell.write("said.txt", "a\u{1b}[2J\u{202e}b -> c: d\n@F1 T: \u{9b}31m\n");
        let output = shell.output(args);
        assert!(!told(&output, &shell).contains("cannot be read"), "{}", told(&output, &shell));
        for text in [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()) {
            // The joiner of the emoji in somebody's name may stay.
            let hidden = ['\u{202e}', '\u{2066}', '\u{200b}'];
            let bad = text.chars().find(|c| (c.is_control() && *c != '\n') || hidden.contains(c));
            assert_eq!(bad, None, "{args:?}\n{text:?}");
            assert!(!text.lines().any(|line| line.starts_with("error: forged")), "{args:?}\n{text}");
        }
    }
}
