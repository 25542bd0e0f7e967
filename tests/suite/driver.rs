//! The workbench driven by hand: keys in, what a person would see out.
//!
//! Everything is real but the terminal and the clock: the real update, the real view, real files in a temporary folder.
//! The day is always 2026-11-20 and new ids always get the same tails, so that a frame is the same on every machine.

use std::{
    collections::VecDeque,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    rc::Rc,
    sync::Arc,
};

use ratatui::{buffer::Buffer, style::Style};
use strideboard::{
    app::{
        Effect, Model, Msg,
        key::Key,
        keymap::Keymap,
        model::{Preferences, Screen},
        msg::{Environment, Mouse, MouseKind},
    },
    format::session::{decode, encode},
    runtime::{
        disk::Disk,
        replay::{self, Replay},
    },
    session::{Edit, FlowId, Place, Session, Threat},
    ui::theme::{BUILTIN, ColorDepth, Role, Theme},
};

/// The day of every test.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 20);

/// Ten o'clock of that day, when every driver begins.
const TEN: jiff::Timestamp = jiff::Timestamp::constant(1_795_168_800, 0);

/// Where the journals are, below the folder of the files.
const JOURNALS: &str = "state/journals";

/// A workbench and the folder its files are in.
pub(super) struct Driver {
    replay: Replay,
    folder: Rc<tempfile::TempDir>,
    theme: Theme,
    /// Another workbench on the same files, which somebody works on meanwhile.
    other: Option<Box<Driver>>,
}

impl Driver {
    /// A temporary copy of a session from `sessions/`, opened.
    pub(super) fn open(name: &str) -> Self {
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions").join(format!("{name}.tm.ron"));
        Self::file(name, &fs::read(shipped).unwrap())
    }

    /// A session that was only just made.
    pub(super) fn empty() -> Self {
        Self::with(&Session::new("Sign-in"))
    }

    /// A session of the test's own.
    pub(super) fn with(session: &Session) -> Self {
        Self::file("sign-in", encode(session).as_bytes())
    }

    /// An empty session in which these lines were captured.
    pub(super) fn captured(lines: &[&str]) -> Self {
        lines.iter().fold(Self::empty(), |driver, line| driver.capture(line))
    }

    /// A file with these bytes, opened.
    pub(super) fn file(name: &str, bytes: &[u8]) -> Self {
        let mut driver = Self::nothing(Keymap::default());
        let path = driver.folder.path().join(format!("{name}.tm.ron"));
        fs::write(&path, bytes).unwrap();
        driver.load(&path);
        driver
    }

    /// A session of the test's own, beside these files of its team.
    pub(super) fn in_team(session: &Session, files: &[(&str, &str)]) -> Self {
        let mut driver = Self::nothing(Keymap::default());
        for (name, text) in files {
            let path = driver.folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let path = driver.folder.path().join("sign-in.tm.ron");
        fs::write(&path, encode(session)).unwrap();
        driver.load(&path);
        driver
    }

    /// Writes a file beside the session, as an editor in another window does.
    pub(super) fn writes(self, name: &str, text: &str) -> Self {
        fs::write(self.folder.path().join(name), text).unwrap();
        self
    }

    /// What a file beside the session holds.
    pub(super) fn file_beside(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    /// The browser of a folder with these files.
    pub(super) fn browser(files: &[(&str, &[u8])]) -> Self {
        let mut driver = Self::nothing(Keymap::default());
        for (name, bytes) in files {
            let path = driver.folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        driver.replay.browse();
        driver
    }

    /// The same folder on another day: everything is closed and the file opened again.
    pub(super) fn opened_again(mut self) -> Self {
        let path = self.path();
        self.press("q");
        assert!(self.ended(), "{}", self.text());
        self.started_again(&path)
    }

    fn nothing(keymap: Keymap) -> Self {
        Self::nothing_in(Rc::new(tempfile::tempdir().unwrap()), keymap)
    }

    fn nothing_in(folder: Rc<tempfile::TempDir>, keymap: Keymap) -> Self {
        let themes: Vec<(String, Theme)> =
            BUILTIN.iter().map(|(name, _)| ((*name).to_owned(), Theme::builtin(name).unwrap())).collect();
        let environment = Environment {
            today: TODAY,
            seed: 7,
            themes: themes.iter().map(|(name, _)| name.clone()).collect(),
            folder: "~/checkout".to_owned(),
        };
        let preferences = Preferences { theme: "dark".to_owned(), autosave: true, me: None };
        let mut model = Model::new(environment, keymap, preferences);
        model.now = Some(TEN);
        let replay = Replay::new(
            model,
            themes,
            Disk::new(folder.path(), TODAY).remembering(Some(folder.path().join("state"))),
            (120, 40),
        );
        Self { replay, folder, theme: Theme::builtin("dark").unwrap(), other: None }
    }

    /// The same files after the program was killed, with this session opened again.
    pub(super) fn killed(self) -> Self {
        let path = self.path();
        self.started_again(&path)
    }

    fn started_again(self, path: &Path) -> Self {
        let folder = Rc::clone(&self.folder);
        drop(self);
        let mut driver = Self::nothing_in(folder, Keymap::default());
        driver.load(path);
        driver
    }

    /// The same session opened once more, while the first one stays open.
    pub(super) fn opened_twice(self) -> Self {
        let mut second = Self::nothing_in(Rc::clone(&self.folder), Keymap::default());
        second.load(&self.path());
        second.other = Some(Box::new(self));
        second
    }

    /// Closes the workbench that was opened first.
    pub(super) fn first_closed(mut self) -> Self {
        self.other = None;
        self
    }

    /// The recovery journals there are.
    pub(super) fn journals(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.folder.path().join(JOURNALS)).into_iter().flatten();
        let paths = entries.map(|entry| entry.unwrap().path());
        paths.filter(|path| path.extension().is_some_and(|suffix| suffix == "journal")).collect()
    }

    /// Opens a file of the folder.
    pub(super) fn load(&mut self, path: &Path) {
        self.replay.open(path);
    }

    /// The same session opened with other keys: what people write in their settings.
    pub(super) fn remapped(self, command: &str, keys: &[&str]) -> Self {
        let change = (command.to_owned(), keys.iter().map(|k| (*k).to_owned()).collect());
        let (keymap, errors) = Keymap::with(&[change].into());
        assert_eq!(errors, []);
        let path = self.path();
        let bytes = fs::read(&path).unwrap();
        let mut driver = Self::nothing(keymap);
        let path = driver.folder.path().join(path.file_name().unwrap());
        fs::write(&path, bytes).unwrap();
        driver.load(&path);
        driver
    }

    /// The same without autosave.
    pub(super) fn without_autosave(mut self) -> Self {
        self.replay.model.preferences.autosave = false;
        self
    }

    /// With this name in the settings.
    pub(super) fn i_am(mut self, name: &str) -> Self {
        self.replay.model.preferences.me = Some(name.to_owned());
        self
    }

    /// On a terminal of this many columns and rows.
    pub(super) fn size(mut self, columns: u16, rows: u16) -> Self {
        self.resize(columns, rows);
        self
    }

    /// Makes the terminal another size.
    pub(super) fn resize(&mut self, columns: u16, rows: u16) {
        self.replay.resize(columns, rows);
    }

    /// In a theme, on a terminal with this many colours.
    pub(super) fn theme(mut self, name: &str, depth: ColorDepth) -> Self {
        self.theme = Theme::builtin(name).unwrap().at(depth);
        name.clone_into(&mut self.replay.model.preferences.theme);
        self.replay.depth(depth);
        self
    }

    /// Presses keys, in the notation of the settings: `jj<tab>x`.
    pub(super) fn keys(mut self, keys: &str) -> Self {
        self.press(keys);
        self
    }

    /// Presses keys.
    pub(super) fn press(&mut self, keys: &str) {
        self.replay.keys(&Key::parse_sequence(keys).unwrap());
    }

    /// Presses one key.
    pub(super) fn key(&mut self, key: Key) {
        self.replay.keys(&[key]);
    }

    /// Captures a line.
    pub(super) fn capture(self, line: &str) -> Self {
        self.keys(&format!("c{}<enter>", line.replace('<', "<lt>")))
    }

    /// Pastes a text.
    pub(super) fn paste(mut self, text: &str) -> Self {
        self.replay.send(Msg::Paste(text.to_owned()));
        self
    }

    /// Presses the mouse on the first place where these words stand on the screen.
    #[track_caller]
    pub(super) fn click(mut self, words: &str) -> Self {
        let (column, row) = self.find(words);
        self.mouse(column, row, MouseKind::Press);
        self
    }

    /// Turns the wheel over the first place where these words stand.
    #[track_caller]
    pub(super) fn wheel(mut self, words: &str, kind: MouseKind) -> Self {
        let (column, row) = self.find(words);
        self.mouse(column, row, kind);
        self
    }

    /// Does something with the mouse.
    pub(super) fn mouse(&mut self, column: u16, row: u16, kind: MouseKind) {
        self.replay.send(Msg::Mouse(Mouse { column, row, kind }));
    }

    #[track_caller]
    fn find(&self, words: &str) -> (u16, u16) {
        let text = self.text();
        let found = text.lines().enumerate().find_map(|(row, line)| line.find(words).map(|at| (row, &line[..at])));
        let (row, before) = found.unwrap_or_else(|| panic!("`{words}` is not on the screen:\n{text}"));
        (unicode_width::UnicodeWidthStr::width(before) as u16, row as u16)
    }

    /// Lets the autosave delay pass.
    pub(super) fn idle(mut self) -> Self {
        self.replay.send(Msg::Idle);
        self
    }

    /// Lets so many minutes and seconds pass: `2:30`.
    pub(super) fn after(mut self, time: &str) -> Self {
        let (minutes, seconds) = time.split_once(':').unwrap();
        let seconds = 60 * minutes.parse::<i64>().unwrap() + seconds.parse::<i64>().unwrap();
        let now = self.replay.model.now.unwrap().as_second() + seconds;
        self.replay.send(Msg::Now(jiff::Timestamp::from_second(now).unwrap()));
        self
    }

    /// Comes back to the terminal from another window.
    pub(super) fn come_back(mut self) -> Self {
        self.replay.send(Msg::Focused);
        self
    }

    /// Types while the file is still being read.
    pub(super) fn type_ahead(&mut self, path: &Path, keys: &str) {
        self.read_meanwhile(path, |driver| driver.press(keys));
    }

    /// Does something while the file is still being read.
    pub(super) fn read_meanwhile(&mut self, path: &Path, act: impl FnOnce(&mut Self)) {
        self.replay.model.screen =
            Screen::Loading { shown: String::new(), waiting: VecDeque::new(), from_browser: false };
        act(self);
        let read = Disk::new(self.folder.path(), TODAY).perform(Effect::Load(path.to_owned()));
        for msg in read {
            self.replay.send(msg);
        }
    }

    /// Goes back to the panes from wherever keys led.
    pub(super) fn keys_to_workbench(&mut self) -> bool {
        self.press("<esc><esc><esc>");
        self.is_workbench()
    }

    /// Takes every change back and gives the session with its file; `None` when none is open.
    pub(super) fn undo_all(&mut self) -> Option<(Arc<Session>, PathBuf)> {
        let document = self.replay.model.document.as_mut()?;
        while document.undo().is_some() {}
        Some((document.session().clone(), document.path.clone()))
    }

    /// Any message.
    pub(super) fn send(&mut self, msg: Msg) {
        self.replay.send(msg);
    }

    /// What a terminal would show.
    pub(super) fn text(&self) -> String {
        replay::text(self.replay.frame())
    }

    /// Which roles the screen shows where, for everything that does not look like plain text.
    pub(super) fn roles(&self) -> String {
        roles(self.replay.frame(), &self.theme)
    }

    /// Whether these words are on the screen.
    #[track_caller]
    pub(super) fn shows(self, words: &str) -> Self {
        assert!(self.text().contains(words), "`{words}` is not on the screen:\n{}", self.text());
        self
    }

    /// Whether these words are missing from the screen.
    #[track_caller]
    pub(super) fn hides(self, words: &str) -> Self {
        assert!(!self.text().contains(words), "`{words}` is on the screen:\n{}", self.text());
        self
    }

    /// What the status line says.
    pub(super) fn status(&self) -> &str {
        self.replay.model.status.as_ref().map_or("", |status| status.text.as_str())
    }

    /// The status line says this.
    #[track_caller]
    pub(super) fn says(self, words: &str) -> Self {
        assert!(self.status().contains(words), "the status line says `{}`\n{}", self.status(), self.text());
        self
    }

    /// The state.
    pub(super) fn model(&self) -> &Model {
        &self.replay.model
    }

    /// The state, to be given messages without carrying out what follows from them.
    pub(super) fn model_mut(&mut self) -> &mut Model {
        &mut self.replay.model
    }

    /// The session as it is.
    pub(super) fn session(&self) -> Arc<Session> {
        self.model().document.as_ref().expect("an open session").session().clone()
    }

    /// The file of the open session.
    pub(super) fn path(&self) -> PathBuf {
        self.model().path().expect("an open session").clone()
    }

    /// The session as it is in its file.
    pub(super) fn on_disk(&self) -> Session {
        decode(&fs::read(self.path()).unwrap()).unwrap()
    }

    /// Writes something else into the file, as a colleague's `git pull` does.
    pub(super) fn changed_outside(self, change: impl FnOnce(String) -> String) -> Self {
        let path = self.path();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, change(text)).unwrap();
        self
    }

    /// The folder of the files.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Whether the program has ended.
    pub(super) fn ended(&self) -> bool {
        self.replay.ended()
    }

    /// Whether a session is on the screen.
    pub(super) fn is_workbench(&self) -> bool {
        matches!(self.model().screen, Screen::Workbench)
    }

    /// The flow people call `F3`.
    #[track_caller]
    pub(super) fn flow(&self, name: &str) -> FlowId {
        let session = self.session();
        let found = session.flows.iter().find(|flow| flow.id.short() == name);
        found.unwrap_or_else(|| panic!("there is no {name}")).id
    }

    /// The threat people call `T3`, with its place.
    #[track_caller]
    pub(super) fn threat(&self, name: &str) -> (Place, Threat) {
        let session = self.session();
        let found = session.threats().find(|(_, threat)| threat.id.short() == name);
        let (place, threat) = found.unwrap_or_else(|| panic!("there is no {name}"));
        (place, threat.clone())
    }

    /// The threats, as `T1 S statement`.
    pub(super) fn threats(&self) -> Vec<String> {
        let session = self.session();
        let mut all: Vec<&Threat> = session.threats().map(|(_, threat)| threat).collect();
        all.sort_by_key(|threat| threat.id.number());
        all.iter().map(|t| format!("{} {} {}", t.id.short(), t.letter, t.statement)).collect()
    }

    /// Applies an edit behind the workbench's back, through the one way there is.
    pub(super) fn edit(mut self, edit: &Edit) -> Self {
        self.replay.model.document.as_mut().unwrap().apply(edit).unwrap();
        let screen = self.replay.frame().area;
        self.resize(screen.width, screen.height);
        self
    }
}

/// Runs of cells that do not look like plain text, as `row:first-last role`, both from 1. Neighbours of one role are one
/// run; several runs of one row share a line.
fn roles(frame: &Buffer, theme: &Theme) -> String {
    let mut out = String::new();
    let plain = look(theme, Role::Text, None);
    for y in frame.area.top()..frame.area.bottom() {
        let mut runs: Vec<(u16, u16, String)> = Vec::new();
        for x in frame.area.left()..frame.area.right() {
            let style = frame[(x, y)].style();
            let symbol = frame[(x, y)].symbol();
            // A blank shows only its ground; the sides of a frame look like its top.
            let blank = symbol == " ";
            if same(style, plain, blank) || matches!(symbol, "│" | "┃") {
                continue;
            }
            let name = name(theme, style, blank, runs.last().filter(|run| run.1 + 1 == x).map(|run| run.2.as_str()));
            match runs.last_mut() {
                // Words of one role are one run, with the blanks between them.
                Some(run) if run.2 == name && (run.1 + 1..x).all(|x| frame[(x, y)].symbol() == " ") => run.1 = x,
                _ => runs.push((x, x, name)),
            }
        }
        if !runs.is_empty() {
            let runs: Vec<String> =
                runs.iter().map(|(from, to, name)| format!("{}-{} {name}", from + 1, to + 1)).collect();
            writeln!(out, "{}: {}", y + 1, runs.join(", ")).unwrap();
        }
    }
    out
}

/// How a role looks on the screen, alone or inside a marked area.
fn look(theme: &Theme, role: Role, under: Option<Role>) -> Style {
    let screen = theme.style(Role::Background);
    match under {
        None => screen.patch(theme.style(role)),
        Some(under) => screen.patch(theme.on(role, under)),
    }
}

/// Whether two styles cannot be told apart on a cell.
fn same(a: Style, b: Style, blank: bool) -> bool {
    use ratatui::style::{Color, Modifier};
    let seen = |style: Style| {
        let (fg, bg) = (style.fg.unwrap_or(Color::Reset), style.bg.unwrap_or(Color::Reset));
        let visible = Modifier::REVERSED | Modifier::UNDERLINED | Modifier::CROSSED_OUT;
        if blank { (None, bg, style.add_modifier & visible) } else { (Some(fg), bg, style.add_modifier) }
    };
    seen(a) == seen(b)
}

/// The role a cell looks like: the one of the cell before it if that fits too, then the first of the theme, then one
/// inside a marked area as `role on area`.
fn name(theme: &Theme, style: Style, blank: bool, before: Option<&str>) -> String {
    const AREAS: [Role; 5] = [Role::Selection, Role::SelectionInactive, Role::Bar, Role::Overlay, Role::MatrixCursor];
    let mut names = Vec::new();
    for &role in Role::ALL {
        if same(style, look(theme, role, None), blank) {
            names.push(role.name().to_owned());
        }
    }
    for under in AREAS {
        for &role in Role::ALL {
            if same(style, look(theme, role, Some(under)), blank) {
                let name = if role == Role::Text {
                    under.name().to_owned()
                } else {
                    format!("{} on {}", role.name(), under.name())
                };
                names.push(name);
            }
        }
    }
    let kept = before.filter(|before| names.iter().any(|name| name == before));
    kept.map_or_else(|| names.first().cloned().unwrap_or_else(|| format!("{style:?}")), str::to_owned)
}
