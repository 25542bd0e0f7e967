//! The user at the terminal: types, looks, waits.

use std::{
    io::{Read, Write},
    num::NonZero,
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

/// Long enough for a loaded machine; nothing waits this long when it works.
const PATIENCE: Duration = Duration::from_secs(20);

/// How the program is started.
#[derive(Clone, Copy)]
pub(crate) enum Start {
    /// As the terminal's only program.
    Program,
    /// From a shell with job control.
    InShell,
    /// As the only program in a container, whose terminal and session belong to a process outside of it.
    InContainer,
}

/// What the terminal shows, fed by a thread of its own.
type Shown = Arc<(Mutex<vt100::Parser>, Condvar)>;

/// Bytes the program has written to the terminal.
type Written = Arc<AtomicUsize>;

pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    typing: Option<Box<dyn Write + Send>>,
    shown: Shown,
    written: Written,
    reader: Option<thread::JoinHandle<()>>,
    leaving: Arc<AtomicBool>,
    modes: String,
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn count(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).unwrap()
}

impl Terminal {
    pub(crate) fn start(start: Start) -> Self {
        let binary = std::env::current_exe().unwrap();
        let arguments = ["--exact", "pty::child::run", "--ignored", "--nocapture", "--test-threads=1"];
        let mut command = match start {
            Start::Program => {
                let mut command = CommandBuilder::new(&binary);
                command.args(arguments);
                command
            }
            Start::InContainer => {
                let mut command = CommandBuilder::new("unshare");
                command.args(["--user", "--map-root-user", "--pid", "--fork", "sh", "-c", r#""$0" "$@"; exit $?"#]);
                command.arg(&binary);
                command.args(arguments);
                command
            }
            Start::InShell => {
                let mut command = CommandBuilder::new("sh");
                command.arg("-i");
                command.env("PS1", "ready> ");
                command
            }
        };
        command.env("STRIDEBOARD_TEST_CHILD", "1");
        let mut terminal = Self::run(command, 80, 24);
        if let Start::InShell = start {
            terminal.wait_for("ready>");
            terminal.keys(&format!("'{}' {}\r", binary.display(), arguments.join(" ")));
        }
        terminal
    }

    /// Starts the real program in a folder, with nobody's settings.
    pub(crate) fn open(folder: &std::path::Path, arguments: &[&str]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_strideboard"));
        command.args(arguments);
        command.cwd(folder);
        for (name, below) in [("HOME", ""), ("XDG_CONFIG_HOME", ".config"), ("XDG_STATE_HOME", ".state")] {
            command.env(name, folder.join(".home").join(below));
        }
        Self::run(command, 120, 40)
    }

    fn run(mut command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let modes = modes(&*pair.master);
        command.env("TERM", "xterm-256color");
        command.env("RUST_BACKTRACE", "0");
        command.env_remove("VISUAL");
        command.env_remove("ENV");
        // Ends by a signal at once, which `read` of some shells does not.
        command.env("EDITOR", r#"sh -c 'echo EDITOR READY; exec head -n 1 > "$1"' sh"#);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);

        let shown: Shown = Arc::new((Mutex::new(vt100::Parser::new(count(rows), count(columns), 0)), Condvar::new()));
        let mut output = pair.master.try_clone_reader().unwrap();
        let fed = Arc::clone(&shown);
        let written = Written::default();
        let counted = Arc::clone(&written);
        let leaving = Arc::new(AtomicBool::new(false));
        let deaf = Arc::clone(&leaving);
        let reader = thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(length @ 1..) = output.read(&mut bytes) {
                if deaf.load(Ordering::SeqCst) {
                    break;
                }
                let mut parser = fed.0.lock().unwrap();
                parser.process(&bytes[..length]);
                counted.fetch_add(length, Ordering::SeqCst);
                drop(parser);
                fed.1.notify_all();
            }
        });
        let typing = pair.master.take_writer().unwrap();
        Self {
            child,
            master: Some(pair.master),
            typing: Some(typing),
            shown,
            written,
            reader: Some(reader),
            leaving,
            modes,
        }
    }

    pub(crate) fn keys(&mut self, keys: &str) {
        let typing = self.typing.as_mut().unwrap();
        typing.write_all(keys.as_bytes()).unwrap();
        typing.flush().unwrap();
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.shown.0.lock().unwrap().screen_mut().set_size(count(rows), count(columns));
        self.master.as_ref().unwrap().resize(size(columns, rows)).unwrap();
    }

    pub(crate) fn contents(&self) -> String {
        self.shown.0.lock().unwrap().screen().contents()
    }

    /// How many bytes have come from the program once it is quiet.
    pub(crate) fn written(&self) -> usize {
        loop {
            let before = self.written.load(Ordering::SeqCst);
            thread::sleep(Duration::from_millis(100));
            if self.written.load(Ordering::SeqCst) == before {
                return before;
            }
        }
    }

    #[track_caller]
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_until(text, |screen| screen.contents().contains(text));
    }

    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, condition: impl Fn(&vt100::Screen) -> bool) {
        let shown = self.shown.0.lock().unwrap();
        let (shown, wait) =
            self.shown.1.wait_timeout_while(shown, PATIENCE, |parser| !condition(parser.screen())).unwrap();
        assert!(!wait.timed_out(), "waited for {what}, but the screen is\n{}", shown.screen().contents());
    }

    pub(crate) fn is_taken(&self) -> bool {
        let shown = self.shown.0.lock().unwrap();
        let screen = shown.screen();
        screen.alternate_screen()
            && screen.bracketed_paste()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::PressRelease
            && screen.mouse_protocol_encoding() == vt100::MouseProtocolEncoding::Sgr
    }

    #[track_caller]
    pub(crate) fn assert_given_back(&self) {
        let shown = self.shown.0.lock().unwrap();
        let screen = shown.screen();
        assert!(!screen.alternate_screen(), "alternate screen");
        assert!(!screen.bracketed_paste(), "bracketed paste");
        assert!(!screen.hide_cursor(), "cursor");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert_eq!(modes(&**self.master.as_ref().unwrap()), self.modes);
    }

    /// Process id as the program shows it, which is not the shell's.
    fn pid(&self) -> Pid {
        let contents = self.contents();
        let number = contents.split_once("pid ").and_then(|(_, rest)| rest.split_once('.')).unwrap().0;
        Pid::from_raw(number.parse().unwrap()).unwrap()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Sends a signal to the program that was started, wherever it shows its number.
    pub(crate) fn signal_program(&self, signal: Signal) {
        let pid = i32::try_from(self.child.process_id().unwrap()).unwrap();
        kill_process(Pid::from_raw(pid).unwrap(), signal).unwrap();
    }

    /// How often any thread of the program went to sleep; `None` where that is not told.
    pub(crate) fn wake_ups(&self) -> Option<u64> {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.pid().as_raw_nonzero())).ok()?;
        let mut sum = 0;
        for task in tasks {
            let status = std::fs::read_to_string(task.ok()?.path().join("status")).ok()?;
            let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
            sum += line.trim().parse::<u64>().ok()?;
        }
        Some(sum)
    }

    /// Closes the terminal, as closing its window does.
    pub(crate) fn hang_up(&mut self) {
        // The reader holds it open too; the answer to one more key lets it go.
        self.leaving.store(true, Ordering::SeqCst);
        self.keys("k");
        drop(self.reader.take().map(thread::JoinHandle::join));
        self.typing = None;
        self.master = None;
    }

    /// Waits for the program to end, and for the last of its output.
    #[track_caller]
    pub(crate) fn end(&mut self) -> u32 {
        let since = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(since.elapsed() < PATIENCE, "still running:\n{}", self.contents());
            thread::sleep(Duration::from_millis(5));
        };
        // With the program gone the terminal has no other end any more and reading it ends.
        drop(self.reader.take().map(thread::JoinHandle::join));
        status.exit_code()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}
