//! `minutes`: what a meeting came to, for a wiki or a chat.
//!
//! The wiki's page is in [`markdown`], the message in [`message`]. Both are made from the same session. Refuses: how
//! often anybody spoke and how anybody voted.

mod markdown;
mod message;

use std::process::ExitCode;

use clap::ValueEnum;
use jiff::civil::Date;

use super::{Console, Failure, Kind, source, team};
use crate::{
    meeting::{self, clock::Clock},
    method::{agenda::Agenda, cell::Parked, coverage::Coverage, matrix::Matrix, status::effective_risk},
    runtime::clock,
    session::{Mitigation, MitigationState, Note, NoteKind, Place, Session, Sitting, Stop, Threat},
};

/// Which meeting to write up.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  strideboard minutes checkout > minutes.md
  strideboard minutes checkout --format message    one page for a chat
  strideboard minutes checkout --sitting W1        an earlier meeting")]
pub struct Args {
    /// Session of the meeting
    #[arg(value_name = "SESSION", value_hint = clap::ValueHint::FilePath)]
    session: String,
    /// Meeting to write up, such as W2; the last one when absent
    #[arg(long, value_name = "ID")]
    sitting: Option<String>,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// How minutes are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// The whole of it, for a wiki
    #[default]
    Markdown,
    /// What everybody has to know, for a chat
    Message,
}

pub(super) fn run(args: &Args, console: Console) -> Result<ExitCode, Failure> {
    let source = source::open(&source::find_file(&args.session)?)?;
    let session = &source.session;
    let sitting = match &args.sitting {
        None => meeting::latest(session),
        Some(name) => session.sittings.iter().find(|s| s.id.short() == *name || s.id.to_string() == *name),
    };
    let Some(sitting) = sitting else {
        let known: Vec<String> = session.sittings.keys().map(|id| id.short()).collect();
        return Err(match &args.sitting {
            Some(name) if !known.is_empty() => Failure::new(Kind::Usage, format!("there is no meeting `{name}`"))
                .hint(format!("it has {}", known.join(", "))),
            _ => Failure::new(Kind::Usage, "no meeting of this session is recorded".to_owned())
                .hint("open it and press 8: the clock of the meeting is there"),
        });
    };
    let team = team::or_builtin(&source.path, console).team;
    let held = Held::new(session, sitting, team.rules().agenda(&sitting.agenda), clock::today());
    match args.format {
        Form::Markdown => console.print_raw(&markdown::write(&held))?,
        Form::Message => console.print(&message::write(&held, console.page()))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// A meeting with what follows from its session.
struct Held<'a> {
    session: &'a Session,
    sitting: &'a Sitting,
    clock: Clock,
    agenda: &'a Agenda,
    matrix: &'static Matrix,
    covered: Coverage,
    today: Date,
}

impl<'a> Held<'a> {
    fn new(session: &'a Session, sitting: &'a Sitting, agenda: &'a Agenda, today: Date) -> Self {
        Self {
            session,
            sitting,
            clock: Clock::of(sitting),
            agenda,
            matrix: Matrix::of(session),
            covered: Coverage::of(session, &Parked::of(session)),
            today,
        }
    }

    /// The live threats that nobody may carry without a signature, the worst first.
    fn above_appetite(&self) -> Vec<(Place, &'a Threat)> {
        let appetite = self.session.appetite();
        let worst = |threat: &Threat| effective_risk(self.session, threat);
        let live = self.session.threats().filter(|(_, threat)| threat.is_live());
        let mut above: Vec<_> =
            live.filter(|(_, threat)| worst(threat).worst().is_some_and(|l| l > appetite)).collect();
        above.sort_by_key(|(_, threat)| (std::cmp::Reverse(worst(threat)), threat.id.number()));
        above
    }

    fn risk(&self, threat: &Threat) -> String {
        effective_risk(self.session, threat).words(self.matrix)
    }

    /// The notes of a kind in the order in which they were said.
    fn notes(&self, kind: NoteKind) -> Vec<&'a Note> {
        let mut notes: Vec<&Note> = self.session.notes.iter().filter(|note| note.kind == kind).collect();
        notes.sort_by_key(|note| note.id.number());
        notes
    }

    /// The open ones of them.
    fn open(&self, kind: NoteKind) -> Vec<&'a Note> {
        self.notes(kind).into_iter().filter(|note| note.is_open()).collect()
    }

    /// What people call somebody: the name of a person, else what was written.
    fn name(&self, who: &'a str) -> &'a str {
        match self.session.people.get(who.trim()) {
            Some(person) if !person.name.trim().is_empty() => &person.name,
            _ => who.trim(),
        }
    }

    /// What was agreed and is not in place yet, what is due first in front.
    fn promised(&self) -> Vec<&'a Mitigation> {
        let promised = |m: &&Mitigation| matches!(m.state, MitigationState::Agreed | MitigationState::InProgress);
        let mut promised: Vec<_> = self.session.mitigations.iter().filter(promised).collect();
        promised.sort_by_key(|mitigation| (mitigation.due.is_none(), mitigation.due, mitigation.id.number()));
        promised
    }

    /// Who sees to something and until when, as far as that was said.
    fn who_and_when(&self, owner: &'a str, due: Option<Date>) -> String {
        let who = self.name(owner);
        match (who, due) {
            ("", None) => "nobody yet".to_owned(),
            ("", Some(due)) => format!("nobody yet, by {due}"),
            (who, None) => who.to_owned(),
            (who, Some(due)) => format!("{who}, by {due}"),
        }
    }

    /// Where something was said; nothing when it is about no place.
    fn whereabouts(&self, note: &Note) -> String {
        let place = note.place.as_ref().map(|place| crate::app::words::place(self.session, place));
        match (place, note.letter) {
            (Some(place), Some(letter)) => format!("{letter} on {place}"),
            (Some(place), None) => place,
            (None, _) => String::new(),
        }
    }

    /// Why it ended, as a sentence; nothing when nobody said.
    fn stopped(&self) -> Option<String> {
        let stop = self.sitting.stop?;
        Some(match (stop, self.name(&self.sitting.waived_by)) {
            (Stop::Waived, who) if !who.is_empty() => format!("It ended early: {who} waived the rest."),
            (stop, _) => format!("It ended because {}.", stop.words()),
        })
    }

    /// How many threats there are, and how bad: `12 threats: 2 high, 3 medium, 7 unrated`.
    fn threats(&self) -> String {
        let total = &self.covered.total;
        let levels = crate::session::Level::ALL.into_iter().rev();
        let levels = levels.filter(|level| total.at(*level) > 0);
        let mut parts: Vec<String> = levels
            .map(|level| format!("{} {}", total.at(level), self.matrix.level_name(level).to_lowercase()))
            .collect();
        if total.unrated > 0 {
            parts.push(format!("{} unrated", total.unrated));
        }
        let threats = super::words::count(total.threats(), "threat");
        if parts.is_empty() { threats } else { format!("{threats}: {}", parts.join(", ")) }
    }
}
