//! The real binary in a folder of its own: what it writes where, and its exit code.

use std::{
    fs,
    io::{Read, Write},
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use insta::assert_snapshot;
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
            told.push_str(&format!("-- {name}\n{text}"));
        }
    }
    told
}

#[test]
fn help_names_every_subcommand() {
    assert_snapshot!(Shell::new().run(&["--help"]), @"");
}

#[test]
fn a_mistake_in_the_arguments_is_exit_code_1() {
    let shell = Shell::new();
    assert_snapshot!(shell.run(&["list", "--fromat", "json"]), @"");
    assert_snapshot!(shell.run(&["--print", "wide"]), @"");
    assert_snapshot!(shell.run(&["--keys", "<nope>"]), @"");
    assert_snapshot!(shell.run(&["--theme", "dark", "list"]), @"");
    assert_snapshot!(shell.run(&["check"]), @"");
    assert_snapshot!(shell.run(&["--version"]), @"");
}

#[test]
fn new_makes_a_file_that_is_found_by_its_name_and_never_overwrites() {
    let shell = Shell::new();
    assert_snapshot!(shell.run(&["new", "Sign in", "--title", "Sign-in of members"]), @"");
    assert_snapshot!(shell.read("sign-in.tm.ron"), @"");
    assert_snapshot!(shell.run(&["new", "sign-in"]), @"");
    fs::create_dir(shell.path("sessions")).unwrap();
    assert_snapshot!(shell.run(&["new", "Über uns"]), @"");
    assert_snapshot!(shell.run(&["new", "services/pay"]), @"");
    assert_snapshot!(shell.run(&["new", "./own name.ron"]), @"");
    assert_snapshot!(shell.run(&["new", " "]), @"");
    assert_snapshot!(shell.run(&["--color", "never", "list"]), @"");
}

#[test]
fn list_says_where_every_session_stands_and_which_cannot_be_read() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    assert_snapshot!(shell.run(&["list"]), @"");
    shell.write("deep/er/broken.tm.ron", "Session(\n  format: 1,\n  titel: \"x\",\n)\n");
    assert_snapshot!(shell.run(&["list", "."]), @"");
    assert_snapshot!(shell.run(&["list", "--format", "json"]), @"");
    assert_snapshot!(shell.run(&["list", "sessions"]), @"");
    assert_snapshot!(shell.run(&["list", "nowhere"]), @"");
    assert_snapshot!(Shell::new().run(&["list"]), @"");
}

#[test]
fn show_reads_like_minutes() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    assert_snapshot!(shell.run(&["show", "sign-in"]), @"");
}

#[test]
fn show_as_json_is_documented_and_stable() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    assert_snapshot!(shell.run(&["show", "sign-in", "--format", "json"]), @"");
}

#[test]
fn a_session_that_is_not_there_is_looked_for_and_a_near_one_named() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    assert_snapshot!(shell.run(&["show", "sing-in"]), @"");
    assert_snapshot!(shell.run(&["show", "sessions"]), @"");
    assert_snapshot!(shell.run(&["show", "./sign-in"]), @"");
}

#[test]
fn capture_says_what_each_line_became_and_saves_it() {
    let shell = Shell::new();
    shell.run(&["new", "shop"]);
    let lines = "# in: the shop\nbrowser -> api: login [credentials] https\n\n- F1 T: body changed on the way !3x4 ~ana\n\
                 + sign the body @T1\n? limit per account @F1 :D\nstolen cookie !9\n";
    assert_snapshot!(shell.feed(&["capture", "shop", "--dry-run"], lines), @"");
    assert!(!shell.read("shop.tm.ron").contains("browser"));
    assert_snapshot!(shell.feed(&["capture", "shop", "-"], lines), @"");
    assert_snapshot!(shell.read("shop.tm.ron"), @"");
    shell.write("more.txt", "\u{feff}= TLS ends at the CDN\r\n");
    assert_snapshot!(shell.run(&["capture", "shop", "more.txt"]), @"");
}

#[test]
fn capture_saves_nothing_it_cannot_read() {
    let shell = Shell::new();
    shell.run(&["new", "shop"]);
    let before = shell.read("shop.tm.ron");
    assert_snapshot!(shell.feed(&["capture", "shop"], b"fine\nnot \xff text\n"), @"");
    assert_snapshot!(shell.feed(&["capture", "shop"], "\n \n"), @"");
    assert_snapshot!(shell.run(&["capture", "shop", "gone.txt"]), @"");
    assert_snapshot!(shell.feed(&["capture", "nowhere"], "x"), @"");
    assert_eq!(shell.read("shop.tm.ron"), before);
}

#[test]
fn fmt_rewrites_what_is_laid_out_otherwise_and_check_only_lists_it() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    shell.write("sessions/other.tm.ron", "(format: 1, title: \"Other\", // why\n)");
    assert_snapshot!(shell.run(&["fmt", "--check", "sessions"]), @"");
    assert!(shell.read("sessions/other.tm.ron").contains("// why"));
    assert_snapshot!(shell.run(&["fmt", "other", "sessions", "sign-in"]), @"");
    assert_snapshot!(shell.run(&["fmt", "--check", "sessions"]), @"");
    assert_snapshot!(shell.read("sessions/other.tm.ron"), @"");
    assert_snapshot!(shell.feed(&["fmt", "-"], "(title: \"x\", format: 1)"), @"");
    assert_snapshot!(shell.feed(&["fmt", "-", "--check"], "(title: \"x\", format: 1)"), @"");
    assert_snapshot!(shell.feed(&["fmt", "-"], "(title: \"x\", format: 1"), @"");
    assert_snapshot!(shell.run(&["fmt", "-", "other"]), @"");
}

#[test]
fn a_broken_file_is_told_line_by_line_and_the_others_are_still_done() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    shell.write(
        "sessions/broken.tm.ron",
        "Session(\n    format: 1,\n    titel: \"x\",\n    zones: [Zone(id: \"A b\", name: \"A\")],\n)\n",
    );
    assert_snapshot!(shell.run(&["fmt", "--check", "sessions", "gone"]), @"");
    assert_snapshot!(shell.run(&["show", "broken"]), @"");
    assert_snapshot!(shell.run(&["check", "broken", "--format", "json"]), @"");
}

#[test]
fn check_names_the_line_and_ends_with_2_when_there_are_errors() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    assert_snapshot!(shell.run(&["check", "sessions"]), @"");
    assert_snapshot!(shell.run(&["check", "sign-in", "--format", "json", "--today", "2030-01-01"]), @"");
    assert_snapshot!(shell.run(&["check", "sign-in", "--today", "tomorrow"]), @"");
    assert_snapshot!(shell.run(&["check", "gone"]), @"");
    fs::create_dir(shell.path("empty")).unwrap();
    assert_snapshot!(shell.run(&["check", "empty"]), @"");
    assert_snapshot!(shell.run(&["check", "--explain"]), @"");
}

#[test]
fn check_passes_what_only_has_warnings() {
    let shell = Shell::with("shop.tm.ron", include_str!("../../sessions/aws-web-hosting.tm.ron"));
    let output = shell.output(&["check", "shop"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output, &shell));
    assert!(String::from_utf8(output.stdout).unwrap().contains("0 errors"));
}

#[test]
fn keys_are_listed_for_people_readmes_and_settings() {
    let shell = Shell::new();
    for (format, first) in [
        ("text", "Everywhere\n  ?, f1   help     Show every key of this screen\n"),
        ("markdown", "### Everywhere\n\n| keys | command | what it does |\n|---|---|---|\n| `?` `f1` | `help` | "),
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
    assert_snapshot!(shell.run(&["themes", "ligth"]), @"");
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
    assert_snapshot!(shell.run(&["completions", "tcl"]), @"");
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
            Some((field, rest)) if !["id", "from", "to", "kind"].contains(&field.trim()) && rest.ends_with("\",") => {
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
        &["check", "evil", "--format", "json"],
        &["capture", "evil", "said.txt", "--dry-run"],
        &["show", "nothing\u{1b}[2J"],
        &["fmt", "--check", "evil"],
    ] {
        shell.write("said.txt", "a\u{1b}[2J\u{202e}b -> c: d\n@F1 T: \u{9b}31m\n");
        let output = shell.output(args);
        assert!(!told(&output, &shell).contains("cannot be read"), "{}", told(&output, &shell));
        for text in [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()) {
            let bad = text.chars().find(|c| {
                (c.is_control() && *c != '\n')
                    || ('\u{200b}'..='\u{200f}').contains(c)
                    || ('\u{202a}'..='\u{202e}').contains(c)
                    || ('\u{2060}'..='\u{2069}').contains(c)
            });
            assert_eq!(bad, None, "{args:?}\n{text:?}");
            assert!(!text.lines().any(|line| line.trim_start().starts_with("error: forged")), "{args:?}\n{text}");
        }
    }
}

#[test]
fn the_shipped_sessions_are_canonical_and_have_no_errors() {
    let shell = Shell::new();
    for (name, text) in [
        ("aws-microservices", include_str!("../../sessions/aws-microservices.tm.ron")),
        ("aws-web-hosting", include_str!("../../sessions/aws-web-hosting.tm.ron")),
        ("strideboard", include_str!("../../sessions/strideboard.tm.ron")),
    ] {
        shell.write(&format!("sessions/{name}.tm.ron"), text);
    }
    assert_snapshot!(shell.run(&["fmt", "--check", "sessions"]), @"");
    assert_snapshot!(shell.run(&["list"]), @"");
}
