//! `capture`: what was said, from a file or a pipe, one thing per line.

use std::{
    fs::File,
    io::{self, IsTerminal, Read},
    path::{Path, PathBuf},
    process::ExitCode,
};

use super::{Console, Failure, Kind, shown, source, team, words::count};
use crate::{
    app::capture::{Context, capture_all},
    format::session::encode,
    runtime::{
        clock,
        journal::Place,
        lock::{self, Claim},
        paths, store,
    },
    session::limits,
};

/// More than this was not said in a meeting.
const LONGEST: u64 = 16 << 20;

/// What to capture, and where to.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard capture checkout notes.txt
  echo 'browser -> api: login [credentials] https' | strideboard capture checkout
  printf 'F1 T: body changed on the way !3x4\\n+ sign the body @T1\\n' | strideboard capture checkout -

Lines:
  browser -> api: login [credentials] https   a flow; makes what it names
  api @Edge aws.apigw                         a component in a zone, of a kind
  zone Edge < VPC                             a zone inside another
  asset credentials confidential              an asset and its class
  F3 T: stolen cookie replayed !4x3 ~ana      a threat, its rating, who said it
  + rotate keys daily @T5                     a mitigation for a threat
  ? limit per account @F3 :D                  a question; parks the cell
  = TLS ends at the CDN @-                    an assumption; `@-` is no place, also for `?` and threats
  > ana: open ticket by friday                an action
  # out: batch export                         a line of the scope
  \" quote                                     words for the minutes")]
pub struct Args {
    /// Session to write to
    #[arg(value_name = "SESSION", value_hint = clap::ValueHint::FilePath)]
    session: String,
    /// File with the lines, `-` for standard input; standard input when absent
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// Say what each line would become and save nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    let source = source::open(&source::find_file(&args.session)?)?;
    let input = Input::of(args.file.as_deref());
    let text = input.text()?;
    let team = team::or_builtin(&source.path, console).team;
    let context = Context {
        session: &source.session,
        kinds: team.kinds(),
        outline: None,
        place: None,
        letter: None,
        threat: None,
        by: "",
        today: clock::today(),
    };
    let mut random = clock::random;
    let (captured, session) = capture_all(&text, &context, &mut random);
    // Saved first: what is printed has happened, also when nobody reads it.
    if !args.dry_run && !captured.is_empty() {
        let bytes = encode(&session).into_bytes();
        if bytes.len() > limits::FILE {
            let most = limits::FILE >> 20;
            let failure =
                Failure::new(Kind::Usage, format!("the session would be larger than {most} MiB, the most it can have"));
            return Err(failure.hint("capture less; nothing was saved"));
        }
        store::save(&source.path, &bytes, Some(&source.content.fingerprint))?;
        // Refused, the lines would be lost that somebody typed. The workbench sees that the file changed and keeps both.
        if let Some(holder) = holder(&source.path) {
            let name = shown(&source.path);
            console.warn("", &format!("{holder} has {name} open; their workbench will ask them to merge these lines"));
        }
    }
    let mut page = console.page();
    for one in &captured {
        page.line(format!("{}: {}", one.line, one.became));
    }
    console.print(&page)?;
    for one in &captured {
        one.warnings.iter().for_each(|text| console.warn(&format!("{}:{}: ", input.name(), one.line), text));
    }
    let done = if args.dry_run { "nothing was saved, as asked; would have captured" } else { "captured" };
    console.remark(&match captured.len() {
        0 => format!("there was nothing to capture in {}", input.name()),
        lines => format!("{done} {} to {}", count(lines, "line"), shown(&source.path)),
    });
    Ok(ExitCode::SUCCESS)
}

/// Who works on the session in a workbench now.
fn holder(session: &Path) -> Option<lock::Holder> {
    let place = Place::of(&paths::journals(&paths::state_dir()?), session);
    match lock::is_held(&place.lock).then(|| lock::claim(&place.lock))? {
        Claim::Theirs(holder) => Some(holder),
        Claim::Ours(_) | Claim::Unknown(_) => None,
    }
}

enum Input<'a> {
    Standard,
    Terminal,
    File(&'a Path),
}

impl<'a> Input<'a> {
    fn of(file: Option<&'a Path>) -> Self {
        match file {
            Some(path) if path.as_os_str() != "-" => Self::File(path),
            Some(_) => Self::Standard,
            None if io::stdin().is_terminal() => Self::Terminal,
            None => Self::Standard,
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Standard | Self::Terminal => "standard input".to_owned(),
            Self::File(path) => shown(path),
        }
    }

    fn text(&self) -> Result<String, Failure> {
        let failed = |error: io::Error| {
            Failure::new(Kind::Io, format!("{} cannot be read: {}", self.name(), source::reason(&error)))
        };
        let mut bytes = Vec::new();
        match self {
            Self::Terminal => {
                let failure = Failure::new(Kind::Usage, "there is nothing to capture");
                return Err(failure
                    .hint("name a file, or pipe lines in: `strideboard capture SESSION < notes.txt`")
                    .hint("`strideboard capture SESSION -` reads what is typed, until ctrl-d"));
            }
            Self::Standard => io::stdin().lock().take(LONGEST + 1).read_to_end(&mut bytes).map_err(failed)?,
            // Any file: a pipe made by the shell is as good as one on the disk.
            Self::File(path) => {
                let file = File::open(path).map_err(failed)?;
                file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(failed)?
            }
        };
        if bytes.len() as u64 > LONGEST {
            let failure = Failure::new(Kind::Usage, format!("{} is larger than 16 MiB", self.name()));
            return Err(failure.hint("capture it in parts; nothing was saved"));
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let good = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..good].split(|byte| *byte == b'\n').count();
            let failure = Failure::new(Kind::Usage, format!("{}:{line}: the line is not UTF-8 text", self.name()));
            failure.hint("save the file as UTF-8; nothing was captured")
        })?;
        Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
    }
}
