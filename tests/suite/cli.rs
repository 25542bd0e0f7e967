//! The real binary in a folder of its own: what it writes where, and its exit code.

use std::{
    collections::{BTreeMap, BTreeSet},
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
            told.push_str(&format!("-- {name}\n{text}"));
        }
    }
    told
}

/// Every field with the types it has: `.threats[].by string`.
fn shape(value: &Value) -> String {
    let mut found = BTreeMap::new();
    walk(value, String::new(), &mut found);
    let lines =
        found.iter().map(|(path, kinds)| format!("{path} {}\n", Vec::from_iter(kinds.iter().copied()).join("|")));
    lines.collect()
}

fn walk(value: &Value, path: String, found: &mut BTreeMap<String, BTreeSet<&'static str>>) {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(values) => return values.iter().for_each(|value| walk(value, format!("{path}[]"), found)),
        Value::Object(fields) => {
            return fields.iter().for_each(|(name, value)| walk(value, format!("{path}.{name}"), found));
        }
    };
    found.entry(path).or_default().insert(kind);
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
          new          Create a session file
          list         List every session below a folder
          show         Show a session as text or JSON
          capture      Write down lines from a file or pipe
          check        Say what keeps sessions from being done
          fmt          Rewrite session files in their canonical layout
          keys         List every key of the workbench
          themes       List the built-in themes, or print one as a file
          completions  Print a completion script for a shell
          man          Print the manual page

        Arguments:
          [SESSION]
                  Session to open: a path, or a name without `.tm.ron`; a folder lists its sessions

        Options:
              --keys <KEYS>
                  Press these keys after opening, such as 'jj<tab>x'

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
          strideboard new checkout             start a session in sessions/checkout.tm.ron
          strideboard checkout                 open it; a name is looked for here and in sessions/
          strideboard                          choose among the sessions here
          strideboard capture checkout < talk  write down one thing per line
          strideboard check sessions/          say what keeps them from being done; 2 if anything does
          strideboard show checkout | less     read a session without opening it

        Exit codes: 0 done, 1 usage, a broken file or the system, 2 findings
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
        exit 1
        -- err
        error: the following required arguments were not provided:
          <SESSION>...

        Usage: strideboard check <SESSION>...

        For more information, try '--help'.
        ");
    assert_snapshot!(shell.run(&["--version"]), @"
        exit 0
        -- out
        strideboard 0.1.0
        ");
}

#[test]
fn new_makes_a_file_that_is_found_by_its_name_and_never_overwrites() {
    let shell = Shell::new();
    assert_snapshot!(shell.run(&["new", "Sign in", "--title", "Sign-in of members"]), @"
        exit 0
        -- out
        sign-in.tm.ron
        -- err
        next: strideboard sign-in.tm.ron
        ");
    assert_snapshot!(shell.read("sign-in.tm.ron"), @r#"
        // strideboard session, format 1. Comments are not kept; use `note`.
        Session(
            format: 1,
            title: "Sign-in of members",
        )
        "#);
    assert_snapshot!(shell.run(&["new", "sign-in"]), @"
        exit 1
        -- err
        error: sign-in.tm.ron already exists
          hint: choose another name, or open it with `strideboard NAME`
        ");
    fs::create_dir(shell.path("sessions")).unwrap();
    assert_snapshot!(shell.run(&["new", "Über uns"]), @"
        exit 0
        -- out
        sessions/über-uns.tm.ron
        -- err
        next: strideboard sessions/über-uns.tm.ron
        ");
    assert_snapshot!(shell.run(&["new", "services/pay"]), @"
        exit 1
        -- err
        error: the folder services does not exist, so nothing was saved; create it first
        ");
    assert_snapshot!(shell.run(&["new", "./own name.ron"]), @"
        exit 0
        -- out
        ./own name.ron
        -- err
        next: strideboard './own name.ron'
        note: `strideboard list` finds files that end in .tm.ron
        ");
    assert_snapshot!(shell.run(&["new", " "]), @"
        exit 1
        -- err
        error: a session needs a name
          hint: for example `strideboard new checkout`
        ");
    assert_snapshot!(shell.run(&["--color", "never", "list"]), @"
        exit 0
        -- out
        session                   state  decided  worst  threats  unfiled  questions  owner  changed  title
        sessions/über-uns.tm.ron  empty  0/0      –      0        0        0          –      today    Über uns
        sign-in.tm.ron            empty  0/0      –      0        0        0          –      today    Sign-in of members
        ");
}

#[test]
fn list_says_where_every_session_stands_and_which_cannot_be_read() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    assert_snapshot!(shell.run(&["list"]), @"
        exit 0
        -- out
        session                  state        decided  worst           threats  unfiled  questions  owner          changed  title
        sessions/sign-in.tm.ron  identifying  1/11     up to Critical  2        1        0          team-payments  today    Sign-in
        ");
    shell.write("deep/er/broken.tm.ron", "Session(\n  format: 1,\n  titel: \"x\",\n)\n");
    assert_snapshot!(shell.run(&["list", "."]), @"
        exit 1
        -- out
        session                  state        decided  worst           threats  unfiled  questions  owner          changed  title
        deep/er/broken.tm.ron    unreadable                                                                                 3:3: the session has no field `titel`
        sessions/sign-in.tm.ron  identifying  1/11     up to Critical  2        1        0          team-payments  today    Sign-in
        -- err
        deep/er/broken.tm.ron:3:3: the session has no field `titel`
          hint: did you mean `title`?
        error: deep/er/broken.tm.ron cannot be read as a session; see the problem above
        ");
    assert_snapshot!(shell.run(&["list", "--format", "json"]), @r#"
        exit 1
        -- out
        {
          "version": 1,
          "sessions": [
            {
              "path": "deep/er/broken.tm.ron",
              "errors": [
                {
                  "line": 3,
                  "column": 3,
                  "message": "the session has no field `titel`",
                  "hint": "did you mean `title`?"
                }
              ]
            },
            {
              "path": "sessions/sign-in.tm.ron",
              "title": "Sign-in",
              "workload": "Checkout",
              "owner": "team-payments",
              "state": "identifying",
              "progress": {
                "decided": 1,
                "total": 11
              },
              "worst": {
                "level": "critical",
                "words": "up to Critical"
              },
              "threats": 2,
              "unfiled": 1,
              "open_questions": 0
            }
          ]
        }
        -- err
        deep/er/broken.tm.ron:3:3: the session has no field `titel`
          hint: did you mean `title`?
        error: deep/er/broken.tm.ron cannot be read as a session; see the problem above
        "#);
    assert_snapshot!(shell.run(&["list", "sessions"]), @"
        exit 0
        -- out
        session                  state        decided  worst           threats  unfiled  questions  owner          changed  title
        sessions/sign-in.tm.ron  identifying  1/11     up to Critical  2        1        0          team-payments  today    Sign-in
        ");
    assert_snapshot!(shell.run(&["list", "nowhere"]), @"
        exit 1
        -- err
        error: nowhere is not a folder
          hint: `strideboard show SESSION` shows one session
        ");
    assert_snapshot!(Shell::new().run(&["list"]), @"
        exit 0
        -- err
        there are no sessions (*.tm.ron) below .
        next: strideboard new NAME
        ");
}

#[test]
fn show_reads_like_minutes() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    assert_snapshot!(shell.run(&["show", "sign-in"]), @r#"
        exit 0
        -- out
        Sign-in
        file      sessions/sign-in.tm.ron
        workload  Checkout
        owner     team-payments
        state     identifying
        profile   standard
        risk      OWASP risk rating; appetite Low, tolerance High
        people    Ana Ruiz (developer, defender), Ben Öztürk 👩‍💻 (business, adversary, appsec, moderator, note-taker, owner), Chi

        Scope
          Password and social sign-in.
          Out: account deletion, "remember me" on shared devices.

        Note
          Don't merge this with the sign-up model: 登録 is another team's.

        Assets
          Credentials  restricted  Passwords and refresh tokens.  Not: session cookies.
          Audit log    internal

        Zones and components
          AWS account (internal)
            Data (isolated): No route to the internet.
              Users (store, aws.rds)
          Edge (internet)
            API gateway (process, aws.apigw, run by team-platform)  [Audit log, Credentials]
              entry REST routes (internet)
              entry Health check (internal)
              by itself S○ T^ R○ I○ D○ E○
              Throttled at 50 req/s.
          no zone
            Browser (actor)

        Flows
          F1 API gateway → Users
             S○ T○ R○ I○ D○ E○   crosses a boundary
          F3 Browser → API gateway: login
             S●~ T○ R✓~ I– D○ E○   https  [Credentials]  crosses a boundary
             Also used by the mobile app.

          ● threat  ✓ clear  – not applicable  ^ inherited  ? parked  ○ open  · open, rarely matters here  ~ stale

        Coverage
          core cells decided 1/11; worth a question 1/2
          0 parked, 2 stale, 1 not applicable
          2 threats: 1 Critical, 1 of them not fully rated, 1 unrated

        Threats, worst first
          T2 S I E  up to Critical  F3 Browser → API gateway: login  ~ana
             stolen cookie replayed from another device
             inherent 5x4 up to Critical → current 3x4 up to Critical → target ?x4 up to Critical; accept with M1 M2; accepted
             carried by Checkout until 2026-09-30: replaced in Q3
             hurts Credentials
             Seen once: a forwarded HAR file.
             Hidden characters stay visible: ⟨U+202E⟩evil⟨U+200B⟩.
          T9 E  unrated  unfiled
             somebody said "the C:\temp trick"
             mitigate; decided
          T4 D  unrated  API gateway
             an administrator deletes the routes
             no response; withdrawn
             withdrawn: covered by the platform's model

        Mitigations
          M1 Bind cookies to devices
             proposed · no owner · for T2
          M2 Rotate session keys
             in place · owner ana · due 2026-05-31 · PAY-123 · prevent · for T2
             Keys live 24 h with an overlap of 1 h.
             Revocation list checked at the edge.
             evidence iac/kms.tf#12
             evidence https://ci.example.org/checks/88
             The overlap was 6 h before.

        Assumptions
          A1 TLS ends at the gateway  (confirmed, at F3 Browser → API gateway: login)
             Checked in the load balancer's settings.
        "#);
}

#[test]
fn show_as_json_is_documented_and_stable() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    let shown = shell.json(&["show", "sign-in", "--format", "json"]);
    assert_eq!(shown["threats"][0]["risk"], serde_json::json!({"level": "critical", "words": "up to Critical"}));
    assert_eq!(shown["threats"][0]["place"], serde_json::json!({"flow": "F3-a2c"}));
    assert_eq!(shown["threats"][1]["place"], serde_json::Value::Null);
    assert_snapshot!(shape(&shown), @"
        .assets[].class string
        .assets[].id string
        .assets[].name string
        .assets[].note string
        .assumptions[].by string
        .assumptions[].id string
        .assumptions[].note string
        .assumptions[].place.flow string
        .assumptions[].state string
        .assumptions[].text string
        .components[].assets[] string
        .components[].cells[].by string
        .components[].cells[].decided bool
        .components[].cells[].letter string
        .components[].cells[].reason string
        .components[].cells[].state string
        .components[].cells[].weight string
        .components[].element string
        .components[].entry_points[].exposure string
        .components[].entry_points[].name string
        .components[].id string
        .components[].kind string
        .components[].name string
        .components[].note string
        .components[].owner string
        .components[].zone null|string
        .coverage.ask.decided number
        .coverage.ask.total number
        .coverage.core.decided number
        .coverage.core.total number
        .coverage.not_applicable number
        .coverage.parked number
        .coverage.stale number
        .coverage.threats number
        .coverage.unrated number
        .flows[].assets[] string
        .flows[].cells[].by string
        .flows[].cells[].decided bool
        .flows[].cells[].letter string
        .flows[].cells[].reason string
        .flows[].cells[].stale[] string
        .flows[].cells[].state string
        .flows[].cells[].weight string
        .flows[].crosses bool
        .flows[].from string
        .flows[].id string
        .flows[].label string
        .flows[].note string
        .flows[].protocol string
        .flows[].to string
        .mitigations[].due null|string
        .mitigations[].evidence[] string
        .mitigations[].id string
        .mitigations[].layer null|string
        .mitigations[].note string
        .mitigations[].owner string
        .mitigations[].responsibility string
        .mitigations[].state string
        .mitigations[].text string
        .mitigations[].ticket string
        .mitigations[].title string
        .note string
        .notes[].answer string
        .notes[].by string
        .notes[].due null|string
        .notes[].id string
        .notes[].kind string
        .notes[].letter null|string
        .notes[].open bool
        .notes[].owner string
        .notes[].place null
        .notes[].place.component string
        .notes[].text string
        .owner string
        .path string
        .risk.appetite string
        .risk.matrix string
        .risk.tolerance string
        .scope string
        .state string
        .threats[].acceptance null
        .threats[].acceptance.by string
        .threats[].acceptance.reason string
        .threats[].acceptance.until string
        .threats[].also[] string
        .threats[].assets[] string
        .threats[].by string
        .threats[].current null
        .threats[].current.impact number
        .threats[].current.likelihood number
        .threats[].current.risk.level string
        .threats[].current.risk.words string
        .threats[].id string
        .threats[].inherent null
        .threats[].inherent.impact number
        .threats[].inherent.likelihood number
        .threats[].inherent.risk.level string
        .threats[].inherent.risk.words string
        .threats[].letter string
        .threats[].mitigations[] string
        .threats[].note string
        .threats[].origin string
        .threats[].place null
        .threats[].place.component string
        .threats[].place.flow string
        .threats[].response null|string
        .threats[].risk.level null|string
        .threats[].risk.words string
        .threats[].statement string
        .threats[].status string
        .threats[].target null
        .threats[].target.impact number
        .threats[].target.likelihood null
        .threats[].target.risk.level string
        .threats[].target.risk.words string
        .threats[].withdrawn null|string
        .title string
        .version number
        .workload string
        .zones[].exposure string
        .zones[].id string
        .zones[].name string
        .zones[].note string
        .zones[].parent null|string
        ");
}

#[test]
fn a_session_that_is_not_there_is_looked_for_and_a_near_one_named() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    assert_snapshot!(shell.run(&["show", "sing-in"]), @"
        exit 1
        -- err
        error: there is no session `sing-in`
          hint: looked for `sing-in`, `sing-in.tm.ron`, `sing-in.ron`, `sessions/sing-in`, `sessions/sing-in.tm.ron`, `sessions/sing-in.ron`
          hint: did you mean `sessions/sign-in.tm.ron`?
        ");
    assert_snapshot!(shell.run(&["show", "sessions"]), @"
        exit 1
        -- err
        error: sessions is a folder; name one session
          hint: for example sessions/sign-in.tm.ron; `strideboard list` shows all
        ");
    assert_snapshot!(shell.run(&["show", "./sign-in"]), @"
        exit 1
        -- err
        error: there is no session `./sign-in`
          hint: looked for `sign-in`, `sign-in.tm.ron`, `sign-in.ron`
          hint: did you mean `sessions/sign-in.tm.ron`?
        ");
}

#[test]
fn capture_says_what_each_line_became_and_saves_it() {
    let shell = Shell::new();
    shell.run(&["new", "shop"]);
    let lines = "# in: the shop\nbrowser -> api: login [credentials] https\n\n- F1 T: body changed on the way !3x4 ~ana\n\
                 + sign the body @T1\n? limit per account @F1 :D\nstolen cookie !9\n";
    assert_snapshot!(shell.feed(&["capture", "shop", "--dry-run"], lines), @"
        exit 0
        -- out
        1: scope note
        2: flow F1 browser → api: login; new component browser, component api, asset credentials
        4: threat T1 T on F1 browser → api, likelihood 3, impact 4
        5: mitigation M1 for T1
        6: question N1 parks D on F1 browser → api
        7: threat T2 S (letter guessed) in the unfiled tray
        -- err
        standard input:7: warning: no place: it goes to the unfiled tray
        nothing was saved, as asked; would have captured 6 lines to shop.tm.ron
        ");
    assert!(!shell.read("shop.tm.ron").contains("browser"));
    assert_snapshot!(shell.feed(&["capture", "shop", "-"], lines), @"
        exit 0
        -- out
        1: scope note
        2: flow F1 browser → api: login; new component browser, component api, asset credentials
        4: threat T1 T on F1 browser → api, likelihood 3, impact 4
        5: mitigation M1 for T1
        6: question N1 parks D on F1 browser → api
        7: threat T2 S (letter guessed) in the unfiled tray
        -- err
        standard input:7: warning: no place: it goes to the unfiled tray
        captured 6 lines to shop.tm.ron
        ");
    assert_snapshot!(shell.read("shop.tm.ron"), @r#"
        // strideboard session, format 1. Comments are not kept; use `note`.
        Session(
            format: 1,
            title: "shop",
            scope: "in: the shop",
            assets: [
                Asset(
                    id: "credentials",
                    rank: 1,
                    name: "credentials",
                ),
            ],
            components: [
                Component(
                    id: "api",
                    rank: 2,
                    name: "api",
                    kind: "api",
                ),
                Component(
                    id: "browser",
                    rank: 1,
                    name: "browser",
                    kind: "browser",
                    element: Actor,
                ),
            ],
            flows: [
                Flow(
                    id: "F1-hmw",
                    rank: 1,
                    from: "browser",
                    to: "api",
                    label: "login",
                    protocol: "https",
                    assets: [
                        "credentials",
                    ],
                    threats: [
                        Threat(
                            id: "T1-013",
                            letter: T,
                            statement: "body changed on the way",
                            by: "ana",
                            current: Rating(likelihood: 3, impact: 4),
                            mitigations: [
                                "M1-kbr",
                            ],
                            basis: "xahjdq8e",
                        ),
                    ],
                ),
            ],
            unfiled: [
                Threat(
                    id: "T2-c9f",
                    letter: S,
                    statement: "stolen cookie !9",
                ),
            ],
            mitigations: [
                Mitigation(
                    id: "M1-kbr",
                    title: "sign the body",
                ),
            ],
            notes: [
                Note(
                    id: "N1-hcz",
                    kind: Question,
                    text: "limit per account",
                    place: Flow("F1-hmw"),
                    letter: D,
                ),
            ],
        )
        "#);
    shell.write("more.txt", "\u{feff}= TLS ends at the CDN\r\n");
    assert_snapshot!(shell.run(&["capture", "shop", "more.txt"]), @"
        exit 0
        -- out
        1: assumption A1
        -- err
        captured 1 line to shop.tm.ron
        ");
}

#[test]
fn capture_saves_nothing_it_cannot_read() {
    let shell = Shell::new();
    shell.run(&["new", "shop"]);
    let before = shell.read("shop.tm.ron");
    assert_snapshot!(shell.feed(&["capture", "shop"], b"fine\nnot \xff text\n"), @"
        exit 1
        -- err
        error: standard input:2: the line is not UTF-8 text
          hint: save the file as UTF-8; nothing was captured
        ");
    assert_snapshot!(shell.feed(&["capture", "shop"], "\n \n"), @"
        exit 0
        -- err
        there was nothing to capture in standard input
        ");
    assert_snapshot!(shell.run(&["capture", "shop", "gone.txt"]), @"
        exit 1
        -- err
        error: gone.txt cannot be read: no such file or directory
        ");
    assert_snapshot!(shell.feed(&["capture", "nowhere"], "x"), @"
        exit 1
        -- err
        error: there is no session `nowhere`
          hint: looked for `nowhere`, `nowhere.tm.ron`, `nowhere.ron`, `sessions/nowhere`, `sessions/nowhere.tm.ron`, `sessions/nowhere.ron`
        ");
    assert_eq!(shell.read("shop.tm.ron"), before);
}

#[test]
fn fmt_rewrites_what_is_laid_out_otherwise_and_check_only_lists_it() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    shell.write("sessions/other.tm.ron", "(format: 1, title: \"Other\", // why\n)");
    assert_snapshot!(shell.run(&["fmt", "--check", "sessions"]), @"
        exit 2
        -- out
        sessions/other.tm.ron
        -- err
        error: not in the canonical layout: 1 file
          hint: `strideboard fmt` without --check rewrites them
        ");
    assert!(shell.read("sessions/other.tm.ron").contains("// why"));
    assert_snapshot!(shell.run(&["fmt", "other", "sessions", "sign-in"]), @"
        exit 0
        -- out
        sessions/other.tm.ron
        ");
    assert_snapshot!(shell.run(&["fmt", "--check", "sessions"]), @"
        exit 0
        ");
    assert_snapshot!(shell.read("sessions/other.tm.ron"), @r#"
        // strideboard session, format 1. Comments are not kept; use `note`.
        Session(
            format: 1,
            title: "Other",
        )
        "#);
    assert_snapshot!(shell.feed(&["fmt", "-"], "(title: \"x\", format: 1)"), @r#"
        exit 0
        -- out
        // strideboard session, format 1. Comments are not kept; use `note`.
        Session(
            format: 1,
            title: "x",
        )
        "#);
    assert_snapshot!(shell.feed(&["fmt", "-", "--check"], "(title: \"x\", format: 1)"), @"
        exit 2
        -- err
        error: not in the canonical layout: standard input
          hint: `strideboard fmt` without --check rewrites them
        ");
    assert_snapshot!(shell.feed(&["fmt", "-"], "(title: \"x\", format: 1"), @"
        exit 1
        -- err
        standard input:1:23: expected a comma before this
          hint: the `(` in line 1 is not closed as it should be
        error: standard input cannot be read as a session; see the problem above
        ");
    assert_snapshot!(shell.run(&["fmt", "-", "other"]), @"
        exit 1
        -- err
        error: `-` stands alone: one session comes in and one goes out
        ");
}

#[test]
fn a_broken_file_is_told_line_by_line_and_the_others_are_still_done() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    shell.write(
        "sessions/broken.tm.ron",
        "Session(\n    format: 1,\n    titel: \"x\",\n    zones: [Zone(id: \"A b\", name: \"A\")],\n)\n",
    );
    assert_snapshot!(shell.run(&["fmt", "--check", "sessions", "gone"]), @"
        exit 1
        -- err
        error: there is no session `gone`
          hint: looked for `gone`, `gone.tm.ron`, `gone.ron`, `sessions/gone`, `sessions/gone.tm.ron`, `sessions/gone.ron`
        sessions/broken.tm.ron:3:5: the session has no field `titel`
          hint: did you mean `title`?
        sessions/broken.tm.ron:4:22: `A b` is not a slug: use lower-case letters, digits and single hyphens, like `api-gateway`
        error: sessions/broken.tm.ron cannot be read as a session; see the problems above
        ");
    assert_snapshot!(shell.run(&["show", "broken"]), @"
        exit 1
        -- err
        sessions/broken.tm.ron:3:5: the session has no field `titel`
          hint: did you mean `title`?
        sessions/broken.tm.ron:4:22: `A b` is not a slug: use lower-case letters, digits and single hyphens, like `api-gateway`
        error: sessions/broken.tm.ron cannot be read as a session; see the problems above
        ");
    assert_snapshot!(shell.run(&["check", "broken", "--format", "json"]), @r#"
        exit 1
        -- out
        {
          "version": 1,
          "files": [
            {
              "path": "sessions/broken.tm.ron",
              "findings": [],
              "errors": [
                {
                  "line": 3,
                  "column": 5,
                  "message": "the session has no field `titel`",
                  "hint": "did you mean `title`?"
                },
                {
                  "line": 4,
                  "column": 22,
                  "message": "`A b` is not a slug: use lower-case letters, digits and single hyphens, like `api-gateway`",
                  "hint": null
                }
              ]
            }
          ],
          "summary": {
            "errors": 0,
            "warnings": 0,
            "hints": 0,
            "unreadable": 1
          }
        }
        -- err
        sessions/broken.tm.ron:3:5: the session has no field `titel`
          hint: did you mean `title`?
        sessions/broken.tm.ron:4:22: `A b` is not a slug: use lower-case letters, digits and single hyphens, like `api-gateway`
        error: sessions/broken.tm.ron cannot be read as a session; see the problems above
        "#);
}

#[test]
fn check_names_the_line_and_ends_with_2_when_there_are_errors() {
    let shell = Shell::with("sessions/sign-in.tm.ron", SIGN_IN);
    assert_snapshot!(shell.run(&["check", "sessions"]), @r#"
        exit 2
        -- out
        sessions/sign-in.tm.ron:115:9: error: F3 Browser → API gateway: T, D, E are open [cell-open]
          hint: capture a threat, or say clear, not applicable or a question
        sessions/sign-in.tm.ron:115:9: error: F3 Browser → API gateway: S, R were decided before its ends and a zone and its assets and its protocol changed [cell-stale]
          hint: look again: confirm the answer or reopen the cell
        sessions/sign-in.tm.ron:131:17: error: T2 "stolen cookie replayed from another device": inherent likelihood 5 is not on the scale of `owasp`, which ends at 3 [rating-range]
          hint: rate it again; until then it counts as unknown
        sessions/sign-in.tm.ron:131:17: error: T2 "stolen cookie replayed from another device": inherent impact 4 is not on the scale of `owasp`, which ends at 3 [rating-range]
          hint: rate it again; until then it counts as unknown
        sessions/sign-in.tm.ron:131:17: error: T2 "stolen cookie replayed from another device": current impact 4 is not on the scale of `owasp`, which ends at 3 [rating-range]
          hint: rate it again; until then it counts as unknown
        sessions/sign-in.tm.ron:131:17: error: T2 "stolen cookie replayed from another device": target impact 4 is not on the scale of `owasp`, which ends at 3 [rating-range]
          hint: rate it again; until then it counts as unknown
        sessions/sign-in.tm.ron:131:17: warning: T2 "stolen cookie replayed from another device" is signed for at up to Critical, above the tolerance of High [threat-tolerance]
          hint: bring it down with a mitigation before anybody carries it
        sessions/sign-in.tm.ron:170:9: error: F1 API gateway → Users: S, T, R, I, D are open [cell-open]
          hint: capture a threat, or say clear, not applicable or a question
        sessions/sign-in.tm.ron:178:9: error: T9 "somebody said "the C:\temp trick"" has no place yet [unfiled]
          hint: file it to a flow or component, or withdraw it
        sessions/sign-in.tm.ron:178:9: error: T9 "somebody said "the C:\temp trick"" is not rated [threat-unrated]
          hint: rate its impact first; leave the likelihood unknown rather than guess
        9 errors, 1 warning, 0 hints in 1 session
        "#);
    let checked = shell.json(&["check", "sign-in", "--format", "json", "--today", "2030-01-01"]);
    assert_snapshot!(shape(&checked), @"
        .files[].findings[].column number
        .files[].findings[].hint string
        .files[].findings[].id string
        .files[].findings[].letter null|string
        .files[].findings[].line number
        .files[].findings[].message string
        .files[].findings[].record string
        .files[].findings[].severity string
        .files[].path string
        .summary.errors number
        .summary.hints number
        .summary.unreadable number
        .summary.warnings number
        .version number
        ");
    let ids = checked["files"][0]["findings"].as_array().unwrap().iter().map(|finding| &finding["id"]);
    assert!(ids.into_iter().any(|id| id == "acceptance-expired"));
    assert_snapshot!(shell.run(&["check", "sign-in", "--today", "tomorrow"]), @"
        exit 1
        -- err
        error: invalid value 'tomorrow' for '--today <DATE>': expected a day like 2026-03-01

        For more information, try '--help'.
        ");
    assert_snapshot!(shell.run(&["check", "gone"]), @"
        exit 1
        -- err
        error: there is no session `gone`
          hint: looked for `gone`, `gone.tm.ron`, `gone.ron`, `sessions/gone`, `sessions/gone.tm.ron`, `sessions/gone.ron`
        ");
    fs::create_dir(shell.path("empty")).unwrap();
    assert_snapshot!(shell.run(&["check", "empty"]), @"
        exit 1
        -- err
        error: there are no sessions (*.tm.ron) below empty
        ");
    assert_snapshot!(shell.run(&["check", "--explain"]), @"
        exit 0
        -- out
        record-broken        References lead nowhere, zones stand inside themselves, ids or words are missing or doubled
        matrix-unknown       The session names a risk matrix that is not known
        rating-range         A likelihood or impact is not on the scale of the matrix
        owner-missing        The session names no owner
        readiness            The model lacks an asset, an entry point, or a flow between two components
        cell-open            A flow has core letters nobody talked about
        cell-stale           A cell was decided before what it rested on changed
        question-open        A question still waits for its answer
        unfiled              A threat in the tray has no place yet
        threat-unrated       A threat is not rated
        threat-response      A threat above appetite is not answered for
        acceptance-expired   An acceptance has run out
        threat-tolerance     A threat above tolerance is accepted or transferred
        acceptance-undated   An acceptance names no last day
        mitigation-evidence  A mitigation is in place without evidence
        mitigation-owner     A mitigation is agreed or in progress without an owner
        ");
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
                if !["id", "from", "to", "kind", "zone", "parent", "due", "until", "basis", "date"]
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
    assert_snapshot!(shell.run(&["fmt", "--check", "sessions"]), @"
        exit 0
        ");
    assert_snapshot!(shell.run(&["list"]), @"
        exit 0
        -- out
        session                            state  decided  worst  threats  unfiled  questions  owner            changed  title
        sessions/aws-microservices.tm.ron  ready  80/80    High   35       0        3          team-members     today    Sign-up, sign-in and feedback
        sessions/aws-web-hosting.tm.ron    ready  50/50    High   35       0        2          team-storefront  today    Web shop on EC2
        sessions/strideboard.tm.ron        ready  61/61    High   25       0        2          maintainers      today    strideboard itself
        ");
}
