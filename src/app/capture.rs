//! The capture line: one line of what was said becomes one edit and a sentence that says what it will do.
//!
//! Owns the language of that line, wherever it comes from: the workbench, a paste, a file or a pipe. Refuses nothing
//! that was said: what is not understood stays words, and words are a threat. Pure: no terminal, no clock, no files.
//!
//! | line | means |
//! |---|---|
//! | `browser -> api: login [credentials] https` | a flow; makes the components and assets it names if they are new |
//! | `a <-> b`, `a -> b -> c: label` | two flows; one flow for each step, all with that label |
//! | `api @Edge internet aws.apigw`, `api @Edge` | component in a zone, of a kind; said again it changes them |
//! | `db @Data aws.rds [orders]`, `db [orders]` | what a component holds |
//! | `F3 via lb`, `F3 via waf @Edge aws.waf` | a component in the middle of a flow, see [`super::reshape`] |
//! | `web server x3` | three of a component, see [`super::reshape`] |
//! | `entry api: REST routes internet` | a way into a component that exists |
//! | `zone Edge < VPC`, `zone Data < VPC isolated` | a zone, its parent, who can reach it; `public`, `external`, `third-party`, `private` and `restricted` are understood too |
//! | `asset credentials confidential` | an asset and its class; `asset client secret: restricted` where a class word is part of the name |
//! | `person Ana Ruiz developer, defender`, `person ana: moderator` | a person and their roles |
//! | `stolen cookie replayed` | a threat for the selected cell |
//! | `T: stolen cookie replayed`, `F3 T: …`, `api I: …` | a threat for that letter, there |
//! | `F3 stolen cookie`, `F3: …`, `api: …` | a threat there, its letter guessed |
//! | `!4x3`, `@T5 !4x3` | a rating of the selected threat, of T5 |
//! | `+ rotate keys daily ~ana` | an idea for a mitigation, for the selected threat or `@T5`, with its owner |
//! | `? limit per account ~ben` | a question and who is to answer it; with place and letter it parks the cell |
//! | `= TLS ends at the CDN` | an assumption |
//! | `> ana: open ticket by friday` | an action, its owner and its day |
//! | `# out: batch export` | one more line of the scope |
//! | `" quote` | words for the minutes |
//! | `\ everything` | a threat, word for word |
//!
//! # Names
//!
//! A name finds a record by its name in any case, then by its slug (`order service` and `order_service` spell
//! `order-service`). In a flow, `spa` also finds a lone `browser` of the same kind, with a warning. A new name has at
//! most three words (five at the ends of a flow with a label), no punctuation and is not like `F3` or `T5`; an arrow
//! between anything else is part of a sentence. In quotes a name may be anything: `"order history: read" -> db`,
//! `@"Public edge"`. A new component whose whole name is a kind or alias (`browser`, `redis`) gets that kind, and so does
//! one whose last word is that of a person, store or other company (`gate staff`, `orders db`). What is new in a zone of a
//! partner or provider is an external system. Everything else is drawn as a process, and the sentence says so. A new
//! zone called like an exposure (`Internet`, `Public`) has it.
//!
//! An end may bring its zone of up to three words, who can reach it and its kind: `browser @Internet -> api @public edge
//! internet aws.apigw: login`. The route of a flow ends at its first colon, bracket or `%asset`. Between brackets
//! anything up to a comma is a name. Up to four words behind them are the protocol; without brackets the last words are,
//! if they are known as one (`mutual tls`, `sql over tls`, one that another flow has) or stand in quotes. A flow with the
//! same ends and label is not doubled: what was said is added to it.
//!
//! In a line with a keyword a word that means nothing there is left out with a warning; a sentence stays a threat.
//!
//! # Tokens
//!
//! | token | means | stays text when |
//! |---|---|---|
//! | `@F4`, `@api` | place | nothing is called so |
//! | `@T5` | the cell of that threat; for `+` the threat itself | nothing is called so |
//! | `@-` | the unfiled tray; for `?`, `=` and `+` no place and no threat | a place was said before |
//! | `:T` | letter; a second one is a further letter | not one upper-case letter alone |
//! | `!3`, `!4x3`, `!?x3` | current impact; likelihood x impact | outside the matrix |
//! | `~ana` | who said it; after `+`, `?` and `>` who sees to it | not a name |
//! | `%asset` | threat: what is hurt; flow: what is carried, made if it is new | a threat, and nothing is called so |
//!
//! Punctuation after a token goes with it. A token that means nothing to a kind of line stays text there: threats take
//! all of them, `?` takes `@ : ~`, `=`, `>` and `"` take `@ ~`, `+` takes `@T5 ~`, flows take `%`. A line of nothing but
//! tokens is words. Signs count when a blank or a letter follows. `by DAY` ends `+`, `?` and `>`; which words are days
//! stands in [`super::days`].
//!
//! # Place and letter
//!
//! What is said wins, then what is selected; the selected letter holds for the selected place. Without a place a threat
//! goes to the unfiled tray. Without a letter it is guessed from tell-tale words, else `T`, and the sentence says so. A
//! place, sign or letter without words captures nothing. A threat with an arrow or a keyword in front is in doubt: the
//! warning says how to draw it, and the workbench asks for a second enter.

pub mod chat;
mod clean;
mod complete;
mod detail;
mod doubt;
mod draft;
mod drawn;
mod guess;
mod line;
mod mark;
mod model;
mod names;
mod preview;
mod quote;
mod record;
mod said;
mod summary;
#[cfg(test)]
mod tests;
mod token;
mod understood;

pub use complete::{Candidate, Completion, complete};
pub use doubt::again;
pub use mark::{Part, PartKind};
pub use names::{say_component, say_zone};
pub use preview::{Preview, preview};
pub use summary::summary;

use jiff::civil::Date;

use crate::catalog::Kinds;
use crate::session::{Basis, Edit, Letter, Place, Session, ThreatId, edit::EntryId, id::Suffixes};

use super::outline::Outline;
use clean::Clean;
use draft::{Draft, Tense};
use mark::Marks;
use understood::{Line, Record};

/// The forms of a line with what they mean: for the help screen and the README.
pub const EXAMPLES: &[(&str, &str)] = &[
    ("browser -> api: login [credentials] https", "a flow, with components and assets that are new"),
    ("api @Edge aws.apigw", "a component in a zone, of a kind"),
    ("orders db @Data aws.rds [orders]", "what a component holds, in brackets"),
    ("F3 via lb @Edge aws.elb", "a component in the middle of a flow; what was decided stays"),
    ("api x3", "three of a component, each with its flows"),
    ("entry api: REST routes internet", "a way in from outside"),
    (
        "zone Edge < VPC internet",
        "a zone, the zone around it, who can reach it: internet, partner, internal or isolated",
    ),
    ("asset credentials restricted", "an asset and its class"),
    ("person Ana Ruiz: developer, defender", "somebody who takes part"),
    ("stolen cookie replayed", "a threat for the selected cell"),
    ("T: body altered on the way !3x4", "a threat for a letter here, rated"),
    ("F3 T: body altered on the way", "a threat for a letter somewhere else"),
    ("api: order history leaks", "a threat at that place, its letter guessed; `F3 words` too"),
    ("stolen cookie @-", "a threat for the unfiled tray; `=` or `?` with `@-` belongs to no place"),
    ("+ rotate keys daily ~ana by friday", "a mitigation for the selected threat, its owner, its day"),
    ("? limit per account ~ben by +2w", "a question that parks the cell, who is to answer, until when"),
    ("= TLS ends at the CDN", "an assumption"),
    ("> ana: open ticket by friday", "an action with its owner"),
    ("# out: batch export", "a line of the scope"),
    ("\" we never tested the restore", "a quote for the minutes"),
    ("@F4  :T  !3  !4x3  ~ana  %orders", "anywhere: place, letter, impact, rating, who said it, asset"),
    ("\"order history api\" -> db: read \"tls 1.3\"", "quotes hold long names and protocols together"),
    ("\\any words", "a threat in just these words, nothing read into them"),
];

/// What is to be looked at in a threat that nobody said the place of.
pub const TO_THE_TRAY: &str = "no place: it goes to the unfiled tray";

/// What a line is read against.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// The session as it is.
    pub session: &'a Session,
    /// The kinds that words can mean.
    pub kinds: &'a Kinds,
    /// What is known about the whole of it, where somebody keeps track; spares looking through every place.
    pub outline: Option<&'a Outline>,
    /// The selected flow or component.
    pub place: Option<Place>,
    /// The letter of the selected cell.
    pub letter: Option<Letter>,
    /// The selected threat.
    pub threat: Option<ThreatId>,
    /// Who captures; what is said without `~ana` is theirs.
    pub by: &'a str,
    /// The day `by friday` is counted from.
    pub today: Date,
}

/// What a line became.
#[derive(Debug, Clone, PartialEq)]
pub struct Captured {
    /// The change; always applies to the session it was captured for. An empty batch changes nothing.
    pub edit: Edit,
    /// What it does, in words: `threat T7 S on F3 browser → api`.
    pub became: String,
    /// The record to show afterwards.
    pub focus: Option<EntryId>,
    /// What the person should look at.
    pub warnings: Vec<String>,
    /// For a threat that was perhaps meant to draw, and for a role that is none: how to say that.
    pub doubt: Option<&'static str>,
    /// Which line of the text it was, from 1.
    pub line: usize,
}

/// What the parts of this room say about a line: the label of its edit, the sentence, the record.
struct Became {
    label: String,
    words: String,
    focus: Option<EntryId>,
}

/// Turns one line into an edit; `None` when nothing was said.
pub fn capture(line: &str, ctx: &Context<'_>, suffixes: &mut dyn Suffixes) -> Option<Captured> {
    let clean = Clean::new(line);
    let read = line::read(&clean.text, ctx, &mut Marks::new(&clean.text))?;
    perform(read, &clean, ctx, suffixes, Tense::Did)
}

/// Captures every line of a text, each on the session the ones before it left. Blank lines say nothing.
pub fn capture_all(text: &str, ctx: &Context<'_>, suffixes: &mut dyn Suffixes) -> (Vec<Captured>, Session) {
    capture_each(text.lines().map(|line| (ctx.by, clean::unbulleted(line))), ctx, suffixes)
}

/// The same for what several people said: who, and in which words.
pub fn capture_each<'a>(
    said: impl Iterator<Item = (&'a str, &'a str)>,
    ctx: &Context<'_>,
    suffixes: &mut dyn Suffixes,
) -> (Vec<Captured>, Session) {
    let mut session = ctx.session.clone();
    let mut all = Vec::new();
    for (at, (by, line)) in said.enumerate().map(|(at, said)| (at + 1, said)) {
        let by = Clean::new(by).text;
        let now = Context { session: &session, outline: None, by: &by, ..ctx.clone() };
        let Some(captured) = capture(line, &now, suffixes) else { continue };
        // A captured edit was applied once already while it was made, so this cannot fail.
        let Ok(next) = session.apply(&captured.edit) else { continue };
        session = next;
        all.push(Captured { line: at, ..captured });
    }
    (all, session)
}

fn perform(
    line: Line<'_>,
    clean: &Clean,
    ctx: &Context<'_>,
    suffixes: &mut dyn Suffixes,
    tense: Tense,
) -> Option<Captured> {
    let mut draft = Draft::new(ctx, suffixes, tense);
    let doubt = match &line {
        Line::Threat(said) => said.doubt,
        Line::Record(Record::Person { .. }, Some(_)) => Some(doubt::ROLES),
        _ => None,
    };
    // What is wrong with a role is said by the word itself.
    draft.warnings.extend(doubt.filter(|doubt| *doubt != doubt::ROLES).map(str::to_owned));
    let became = match line {
        Line::Flow { ends, back, detail } => drawn::flows(&mut draft, &ends, &back, &detail),
        Line::Component(phrase, held) => drawn::component(&mut draft, &phrase, &held),
        Line::Via(flow, phrase) => drawn::via(&mut draft, flow, &phrase)?,
        Line::Copies(component, wanted) => drawn::copies(&mut draft, &component, wanted)?,
        Line::Record(record, wrong) => {
            draft.warnings.extend(wrong);
            drawn::said_record(&mut draft, record)?
        }
        Line::Threat(said) => said::threat(&mut draft, said, ctx),
        Line::Rate(threat, rating) => said::rate(&mut draft, threat, rating),
        Line::Mitigation(said) => said::mitigation(&mut draft, said, ctx),
        Line::Question(said) => said::question(&mut draft, said, ctx),
        Line::Assumption(said) => said::assumption(&mut draft, said, ctx),
        Line::Action(said, owner) => said::action(&mut draft, said, owner, ctx),
        Line::Scope(text) => said::scope(&mut draft, text, ctx),
        Line::Quote(said) => said::quote(&mut draft, said, ctx),
        Line::Unsaid(_) => return None,
    };
    if clean.hidden > 0 {
        let characters = if clean.hidden == 1 { "character" } else { "characters" };
        draft.warnings.push(format!("{} {characters} that cannot be seen left out", clean.hidden));
    }
    if clean.cut {
        draft.warnings.push(format!("the line is cut after {} characters", crate::session::limits::CAPTURED));
    }
    let edit = draft.finish(became.label);
    Some(Captured { edit, became: became.words, focus: became.focus, warnings: draft.warnings, doubt, line: 1 })
}

/// What a threat at this place rests on.
fn basis_of(session: &Session, place: &Place) -> Option<Basis> {
    crate::method::basis::basis(session, place)
}

/// Steps of the session's matrix, likelihood and impact.
fn steps_of(session: &Session) -> (u8, u8) {
    let matrix = crate::method::matrix::Matrix::of(session);
    (matrix.likelihood.len() as u8, matrix.impact.len() as u8)
}
