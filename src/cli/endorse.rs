//! `endorse`: look at what changed since one's last endorsement, and sign for it.
//!
//! Looking prints what stands for having seen it; signing asks for that, or shows it again and asks. So nobody signs for
//! what came in between, and a script cannot sign for what nobody looked at. Written is `NAME.signoff.ron`, never the
//! session.
//!
//! JSON of a look: `{ "version": 1, "by", "since", "shown", "changed", "new", "gone" }`; the last three are lists of
//! records, `session` for the fields above them.
//!
//! Refuses: proving who somebody is. Who may write the file is for the forge to say.

use std::{
    io::{self, BufRead, IsTerminal, Write},
    path::Path,
    process::ExitCode,
};

use clap::ValueEnum;

use super::{Console, Failure, Kind, json, page::Page, shell::word, shown, source, words::count};
use crate::{
    review::{
        code,
        diff::{Section, diff},
        endorsement::{Decision, Endorsement, Look, Signature, Unsigned, called, last_by, standing, usual_role},
        print::{About, Print},
    },
    runtime::{beside, clock, earlier},
    session::{Session, Table, id::Suffixes},
};

/// What to sign.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard endorse checkout
      show what changed since your last endorsement, and how to sign for it
  strideboard endorse checkout --decision endorsed --role AppSec
      show it and ask; with --shown and what the look printed, sign without asking
  strideboard endorse checkout --decision conditions --condition \"M2 is in place by May\"
  strideboard endorse checkout --decision refused --condition \"rate T4\"

Exit codes: 0 shown or signed, 1 usage, or the session is not what was shown")]
pub struct Args {
    /// Session to endorse
    #[arg(value_name = "SESSION", value_hint = clap::ValueHint::FilePath)]
    session: String,
    /// What you decide; without it, only look
    #[arg(long, value_enum)]
    decision: Option<Decided>,
    /// What has to happen, or why not; may be given several times
    #[arg(long, value_name = "TEXT")]
    condition: Vec<String>,
    /// Who you are; git's `user.name` when absent
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// In which role you sign, such as `AppSec`; the one of your last endorsement, or of the session, when absent
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// What a look printed: sign without being asked, if nothing changed since
    #[arg(long, value_name = "PRINT", requires = "decision")]
    shown: Option<String>,
    /// How to write a look
    #[arg(long, value_enum, default_value_t, conflicts_with = "decision")]
    format: super::Format,
}

/// What can be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Decided {
    /// It is good
    Endorsed,
    /// It is good once something has happened
    Conditions,
    /// It is not
    Refused,
}

impl From<Decided> for Decision {
    fn from(decided: Decided) -> Self {
        match decided {
            Decided::Endorsed => Self::Endorsed,
            Decided::Conditions => Self::WithConditions,
            Decided::Refused => Self::NotEndorsed,
        }
    }
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    let path = source::find_file(&args.session)?;
    let source = source::open(&path)?;
    let session = &source.session;
    let all = beside::read(&path)?.endorsements;
    let by = signer(args.by.as_deref(), &path)?;
    let look = Look::of(session, &all, &by);
    let Some(decided) = args.decision else {
        match args.format {
            super::Format::Text => {
                let mut page = console.page();
                show(&mut page, &path, session, &all, &by, &look);
                page.line("");
                let name = word(&args.session);
                page.line(format!(
                    "to sign for this: strideboard endorse {name} --decision endorsed --shown {}",
                    look.shown()
                ));
                console.print(&page)?;
            }
            super::Format::Json => json::print(console, &for_programs(&by, &look))?,
        }
        return Ok(ExitCode::SUCCESS);
    };
    let print = match &args.shown {
        Some(typed) => typed.parse::<Print>().map_err(|_| {
            let failure = Failure::new(Kind::Usage, format!("`{typed}` is not what a look prints"));
            failure.hint(format!("`strideboard endorse {}` shows what there is to sign for", word(&args.session)))
        })?,
        None => confirmed(args, console, |page| show(page, &path, session, &all, &by, &look), &look)?,
    };
    let signature = Signature {
        by: by.clone(),
        role: args.role.clone().unwrap_or_else(|| usual_role(session, &all, &by)),
        on: clock::today(),
        decision: decided.into(),
        conditions: args.condition.clone(),
    };
    let mut random = clock::random;
    let suffixes: &mut dyn Suffixes = &mut random;
    let mut signed = look.sign(session, &all, print, signature, suffixes).map_err(|error| refused(args, &error))?;
    signed.code = earlier::code(&path, code::named(session).into_keys());
    let (id, who, what) = (signed.id, signed.who(), signed.decision.name());
    beside::endorse(&path, signed)?;
    let mut page = console.page();
    page.line(format!("{id}: {who} {what}"));
    console.print(&page)?;
    console.remark("commit the .signoff.ron beside the session, so that others see it");
    Ok(ExitCode::SUCCESS)
}

/// Who signs: as typed, or as git knows them.
pub(super) fn signer(typed: Option<&str>, session: &Path) -> Result<String, Failure> {
    if let Some(typed) = typed {
        return Ok(typed.to_owned());
    }
    earlier::known_as(session).ok_or_else(|| {
        let failure = Failure::new(Kind::Usage, "it is not known who you are");
        failure.hint("say it with --by NAME, or once and for all with `git config user.name`")
    })
}

/// Shows what there is to sign for and asks, where somebody can answer.
fn confirmed(args: &Args, console: Console, show: impl FnOnce(&mut Page), look: &Look) -> Result<Print, Failure> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        let failure = Failure::new(Kind::Usage, "nobody is there to look at what is signed for");
        let name = word(&args.session);
        return Err(failure.hint(format!("`strideboard endorse {name}` shows it and prints what --shown wants")));
    }
    let mut page = console.page();
    show(&mut page);
    console.print(&page)?;
    console.printed(write!(io::stdout(), "\nsign for this? type yes: ").and_then(|()| io::stdout().flush()))?;
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    if read.is_ok() && answer.trim().eq_ignore_ascii_case("yes") {
        return Ok(look.shown());
    }
    Err(Failure::new(Kind::Usage, "nothing was signed"))
}

fn refused(args: &Args, error: &Unsigned) -> Failure {
    let failure = Failure::new(Kind::Usage, format!("nothing was signed: {error}"));
    let name = word(&args.session);
    match error {
        Unsigned::NotShown => failure.hint(format!("`strideboard endorse {name}` shows what there is now")),
        Unsigned::Conflicts(_) => failure.hint(format!("`strideboard resolve {name}` lists them")),
        Unsigned::NoConditions => failure.hint("say what has to happen with --condition"),
        Unsigned::Unconditional => failure.hint("--decision conditions goes with --condition"),
        Unsigned::Nobody => failure.hint("say who signs with --by"),
    }
}

/// What a person has not signed for yet: in sentences where the earlier version is known, as records otherwise.
fn show(page: &mut Page, path: &Path, session: &Session, all: &Table<Endorsement>, by: &str, look: &Look) {
    for one in standing(all) {
        let delta = one.delta(&look.records);
        let state =
            if delta.is_empty() { "still holds".to_owned() } else { format!("stale: {}", delta.words(session)) };
        page.line(format!("{} {} {} on {}; {state}", called(all, one.id), one.who(), one.decision.name(), one.on));
    }
    let last = last_by(all, by).filter(|one| Some(one.id) == look.since);
    if look.delta.is_empty() {
        return page.line(format!("{}: nothing changed since {by} signed", shown(path)));
    }
    let before = match last {
        Some(one) => earlier::endorsed(path, one),
        None => Some(Session::new(&session.title)),
    };
    match (last, &before) {
        (None, _) => page.heading(&format!("{}: everything, for {by} has signed nothing here yet", shown(path))),
        (Some(one), _) => {
            page.heading(&format!("{}: what changed since {by} signed {}", shown(path), called(all, one.id)));
        }
    }
    let Some(before) = before else {
        page.line("git does not have that version any more, so only the records are known:");
        for (records, how) in [(&look.delta.changed, "changed"), (&look.delta.new, "new"), (&look.delta.gone, "gone")] {
            for about in records {
                let name = about.as_ref().map_or("the session's own fields".to_owned(), |record| {
                    crate::review::words::named(session, record)
                });
                page.line(format!("  {how}: {name}"));
            }
        }
        return;
    };
    let changes = diff(&before, session);
    for section in Section::ALL {
        if changes.section(section).next().is_some() {
            page.heading(section.title());
        }
        changes.section(section).for_each(|change| page.line(format!("  {}", change.text)));
    }
    let small = changes.spelling + changes.order;
    if small > 0 {
        page.line(format!("  {} changed only in spelling or order", count(small, "record")));
    }
}

fn for_programs(by: &str, look: &Look) -> serde_json::Value {
    let names = |records: &[About]| -> Vec<String> {
        records.iter().map(|about| about.as_ref().map_or("session".to_owned(), ToString::to_string)).collect()
    };
    serde_json::json!({
        "version": 1,
        "by": by,
        "since": look.since.map(|id| id.to_string()),
        "shown": look.shown().to_string(),
        "changed": names(&look.delta.changed),
        "new": names(&look.delta.new),
        "gone": names(&look.delta.gone),
    })
}
