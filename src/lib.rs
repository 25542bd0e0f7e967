//! strideboard: facilitated STRIDE threat-modeling sessions in the terminal, saved as RON files a team reviews in git.
//!
//! One crate, a library and a thin binary. Three ideas carry it:
//!
//! 1. Everything that decides is a pure function over values. The terminal, the disk and the clock are at the edge.
//! 2. A session is a value. Every change to it is an [`Edit`](session::Edit), whoever makes it; undo is a list of values.
//! 3. One row of the command table ([`app::command::TABLE`]) feeds the keys, the palette, the help screen, the hint
//!    line, the README and the tests.
//!
//! # Map
//!
//! | room | question it answers | look here first |
//! |---|---|---|
//! | [`session`] | what is recorded? | [`Session`](session::Session), [`Edit`](session::Edit), [`Session::apply`](session::Session::apply) |
//! | [`method`] | what does the method say about it? | [`method::weight`], [`method::cell`], [`method::matrix`], [`method::prompts`] |
//! | [`catalog`] | what is known beforehand, and what of it fits here? | [`catalog::Threat`], [`Situation`](catalog::Situation), [`suggestions`](catalog::Catalogue::suggestions), [`Team`](catalog::Team); the data is `src/catalog/**/*.ron` |
//! | [`review`] | what is to be looked at, and what changed? | [`review::check::CHECKS`], [`review::diff::diff`], [`review::merge::merge`], [`review::since`], [`review::code`], [`review::trend`], [`review::endorsement`], [`review::comment`] |
//! | [`meeting`] | how does a meeting run? | [`Clock`](meeting::clock::Clock), [`Route`](meeting::route::Route), [`meeting::exit`] |
//! | [`format`](mod@format) | how is it written down? | [`encode`](format::session::encode), [`decode`](format::session::decode) |
//! | [`app`] | what happens on a key? | [`app::command`], [`app::Model`], [`app::update()`], [`app::capture`] |
//! | [`ui`] | what does it look like? | [`ui::view`], [`ui::theme::Role`] |
//! | [`runtime`] | how does it touch the world? | [`runtime::workbench`], [`runtime::store`], [`runtime::git`], [`runtime::replay`] |
//! | [`cli`] | what is typed in a shell? | [`cli::command`]; one file for each subcommand |
//!
//! `themes/` holds one palette per file, `sessions/` worked examples and the threat model of strideboard itself, `tests/`
//! the one test binary. A module `x` is `x.rs` beside `x/`, never `mod.rs`; a file owns one idea.
//!
//! # Who may use whom
//!
//! ```text
//! session                   uses no room
//! method                    uses session
//! catalog, review           session, method
//! meeting                   session, method, review
//! format                    everything above
//! app                       everything above; no terminal, no files, no clock
//! ui                        everything above, and ratatui
//! runtime                   everything above, and the world
//! cli                       everything above; main uses only cli
//! ```
//!
//! `tests/suite/architecture.rs` reads the sources and fails with file and line when a room uses one above it, or when
//! a pure room says `std::fs`, `ratatui`, `Zoned::now` and the like.
//!
//! # Four vocabularies, never one
//!
//! | type | made by | carries | for example | understood by |
//! |---|---|---|---|---|
//! | [`Command`](app::Command) | key map, palette | nothing, so that it can be listed and bound | `MarkClear`, `Undo` | the readers of the table, [`app::update()`] |
//! | [`Msg`](app::Msg) | threads of the runtime | anything | `Key`, `Mouse`, `Idle`, `Saved` | only [`app::update()`] |
//! | [`Edit`](session::Edit) | update, the capture line | ids and whole values | `Decide`, `SetRating`, `Batch` | [`Session::apply`](session::Session::apply), the history |
//! | [`Effect`](app::Effect) | returned by update | owned data | `Save`, `Journal`, `OpenEditor`, `Quit` | only [`runtime`] |
//!
//! # One keypress
//!
//! `x` on a row of the checklist:
//!
//! 1. [`runtime::input`] turns bytes of the terminal into our own [`Key`](app::key::Key); the loop in
//!    [`runtime::workbench`] hands it on as [`Msg::Key`](app::Msg::Key).
//! 2. [`app::update()`] offers it to what is being typed or lies on top; otherwise the
//!    [`Keymap`](app::keymap::Keymap) resolves it within the scopes of a small [`Context`](app::context::Context) to
//!    [`Command::MarkClear`](app::Command::MarkClear).
//! 3. [`Command::available`](app::Command::available) agrees, or its reason becomes the status line. The palette greys
//!    the command with the same words.
//! 4. `app/update/cells.rs` builds [`Edit::Decide`](session::Edit::Decide) with the [`basis`](method::basis) of the
//!    answer. [`Document::apply`](app::document::Document::apply) gives it to the [`History`](app::history::History),
//!    which keeps the old session and numbers the new one, and lets the [`Outline`](app::outline::Outline) recompute
//!    only the places that differ.
//!    The update returns the edit as [`Effect::Journal`](app::Effect::Journal), and [`runtime::journal`] writes it down
//!    while the frame is made.
//! 5. The loop takes in everything that waits, then draws once: [`ui::view`] reads the model and returns
//!    [`Hits`](app::model::Hits), where things are on screen, which paging and the mouse use next time. The frame is
//!    shown once the journal has the change.
//! 6. When nothing happens for the autosave delay, [`Msg::Idle`](app::Msg::Idle) brings
//!    [`Effect::Save`](app::Effect::Save). On the worker's thread [`runtime::disk`] encodes, reads back and compares, and
//!    [`runtime::store`] replaces the file unless somebody else changed it. [`Msg::Saved`](app::Msg::Saved) says how it
//!    went; a refused save leaves the session unsaved and says so. Once everything is in the file the journal goes away.
//!
//! [`runtime::replay`] does the same without a terminal or threads: `--print` and the screen tests are made of it.
//!
//! # Where to plug in
//!
//! | to add | touch | guarded by |
//! |---|---|---|
//! | a command | a row in `app/command.rs`, an arm in `app/update/commands.rs` | the compiler; table tests; the key table of the README |
//! | an edit | a variant in `session/edit.rs`, an arm in `session/apply.rs`, words in `session/label.rs` | the compiler; properties of edits |
//! | an effect | a variant in `app/msg.rs`, an arm in `runtime/disk.rs` or `runtime/workbench.rs` | exhaustive matches |
//! | a pane | `app/pane/x.rs`, `ui/pane/x.rs`, a variant of [`Pane`](app::pane::Pane) and of [`Scope`](app::scope::Scope) | exhaustive matches |
//! | a form of captured line | `app/capture/line.rs`, its edit in `drawn.rs` or `said.rs`, a row of [`EXAMPLES`](app::capture::EXAMPLES) | tests over the examples; the README |
//! | a field of a record | the type in `session/`, its rows in `review/fields.rs` and `app/form/` | the compiler; canonical bytes of the frozen file; properties of the format |
//! | something a team keeps | a field in `format/team.rs` and in `catalog/team.rs` | its own tests; the example of `docs/team-catalogue.md` |
//! | a check | `review/check/x.rs`, its `mod` and row in `review/check.rs`, its criterion in `Check::criterion` | a passing and a failing case for each; unique ids |
//! | a component kind | a row in `catalog/kinds.ron` | tests of the catalogue |
//! | a threat, a control, a feature pack | a row in `catalog/threats/`, `catalog/controls/`, `catalog/packs.ron` | `catalog/lint.rs`, which `strideboard catalog lint` runs as well |
//! | a template | a file in `catalog/templates/`, a line in `catalog/template.rs` | drawn with its defaults and with other answers |
//! | a list that references name | a row in `catalog/lists.ron` | the same |
//! | a theme | `themes/x.ron`, a row of [`BUILTIN`](ui::theme::BUILTIN) | every role set; contrast and telling apart |
//! | a setting | a field and an arm in `runtime/settings.rs` | its own tests |
//! | a step of the practice | a variant of [`practice::Step`](app::practice::Step) with its words and what says that it is done | its test by keys |
//! | a form of findings | `cli/check/x.rs`, a variant of `Form` in `cli/check.rs` | tests of every form with hostile sessions |
//! | a subcommand | `cli/x.rs`, a variant and an arm in `cli.rs` | snapshot of the help; the README |
//! | a reader of input | `tests/suite/fuzz/x.rs`, a line in `tests/suite/fuzz.rs` | damaged input is always answered |
//! | a step of the journal | a variant in `format/journal.rs`, an arm in `app/recovery.rs`; a newer number of its format | exhaustive matches; properties of the journal |
//! | a file format version | a step in `format/session/migrate.rs`, a frozen file in `tests/formats/` | every frozen file loads |
//!
//! # Invariants
//!
//! Most are about what is not there.
//!
//! - No level, progress, counter, screen position or time of a change is stored in a session: what follows from it is
//!   computed, history is git's, and where somebody stopped is a personal file of theirs. The moments of a meeting's
//!   clock are recorded, as its date is: nobody could compute them.
//! - A session changes only through [`Session::apply`](session::Session::apply), which gives a new value or an error
//!   and never half of an edit. The one exception is reading the file again, which is a step that can be undone. A merge
//!   makes a new session; settling what it left open is an edit like any other.
//! - An edit names records by id, never by position. An id does not change when a record moves or is renamed.
//! - The view takes `&Model` and no clock: the same model and theme give the same frame.
//! - The catalogue is read on the worker's thread once a session is on the screen; no frame waits for it.
//! - There is one event loop and none inside it. A question on screen is a value that says what to do with the answer.
//! - No async runtime, no timers but the waits for autosave, for a draft and, while a clock that goes is on the screen,
//!   for its next second: an idle program sleeps.
//! - Nothing is generated into a session. Prompts are questions; a threat is there because somebody wrote or accepted it.
//! - No letter is ever hidden: a [`Weight`](method::weight::Weight) orders the questions and filters nothing.
//! - No string of a file reaches the terminal as it is: [`ui::text`] and [`cli::page`] make control characters visible.
//! - What the screen shows is in the session's file or in its recovery journal, or the title line says that it is not.
//! - A session is open for writing once; who does not have the lock changes nothing.
//! - The file is never replaced by bytes that do not read back to the same session, nor over a change by somebody else.
//! - No input can end the program: no `unwrap` without a proof beside it, no `unsafe`.
//! - No session is beyond its [`limits`](session::limits), whoever wrote the file or made the edit, and nothing that looks at
//!   one costs more than a look at each of its records.
//! - No file outside of the repository is opened because a file inside names it: a model or a part of the team's catalogue
//!   is read inside it, or not at all.
//! - No network, no telemetry, no process but the person's own editor and git.
//!
//! # Glossary
//!
//! - *session*: one living threat model with its meetings; one file. *sitting*: one meeting of it. *phase*: a part of a
//!   meeting with minutes of its own; *moment*: what happened to its clock, and when.
//! - *route*: the open cells in the order in which to talk about them. *pace*: how long a cell takes this room.
//! - *profile*: what a session has to meet, as *criteria*; each is a set of checks.
//! - *zone*: where the same trust holds; *boundary*: where a flow leaves one zone for another.
//! - *component*: an actor, process, store or external system, of a *kind* such as `aws.rds`.
//! - *flow*: data moving from one component to another. *place*: a flow, a component, or the unfiled tray.
//! - *entry point*: where something outside can reach a component.
//! - *asset*: what is worth protecting, with a *class*.
//! - *letter*: one of STRIDE. *cell*: a place times a letter.
//! - *weight*: core, ask or rare: how much a letter matters for a pair of ends. *prompt*: a question for a cell.
//! - *answer*: what is stored for a cell: clear, not applicable or inherited. *state*: what that means now: open, parked,
//!   threats, stale and so on.
//! - *journal*: what was done since the session was last in its file; *draft*: text that is in no record yet.
//! - *basis*: a fingerprint of what an answer rested on. *stale*: answered, but the basis changed.
//! - *capture*: turning what was said into a record. *unfiled*: said, but without a place yet.
//! - *suggestion*: a threat of the catalogue that fits a place, and why; *dismissed*: turned down there. *pack*: threats that come with a feature.
//! - *overlay*: the rows a team lays over the built-in catalogue, in `strideboard.ron` or files it names.
//! - *class of service*: how much of a component its provider runs, and so who answers for which *part* of it.
//! - *template*: a model to begin with; lines of the capture line and a few questions.
//! - *model* of a component: another session that is about it; what is settled there can be *taken over*.
//! - *control*: what helps, as the catalogue knows it; in a session it becomes a mitigation.
//! - *threat*: what can go wrong at a place. *response*: mitigate, eliminate, transfer or accept.
//! - *mitigation*: what is done about threats; *evidence*: where it can be seen.
//! - *assumption*: taken as true without proof. *note*: a question, an action or a quote.
//! - *rating*: likelihood and impact at a *point*: inherent, current or target. *ballot*: what a room votes on half of
//!   one; *spread*: how far apart it was.
//! - *level*: looked up from a rating in the session's *matrix*.
//! - *hat*: a question from one perspective. *hand*: cards about open cells, dealt to whoever is in the room. *delta*: the part
//!   of the route that changed.
//! - *appetite*: the highest level that needs no signature; *tolerance*: the highest one with a signature.
//! - *baseline*: a control that holds for kinds or zones by the team's declaration; *deviation*: where it does not, by
//!   agreement.
//! - *finding*: something a *check* says about a session.
//! - *code*: paths and globs of the repository that a record speaks of; *drift*: what became of them since a moment.
//! - *tripwire*: what must hold in the repository for an assumption to hold; what names the assumption *leans* on it.
//! - *waiver*: a finding that somebody answers for until a day.
//! - *endorsement*: what somebody signed, with a *print* of what every record meant; *delta*: what of it does not hold now.
//! - *comment*: what a reviewer said about a field, beside the session; *ask*: one that has to be settled before they sign.
//! - *conflict*: what two sides of a merge say differently about one field, kept until somebody settles it.
//! - *role*: what a style is for (`risk.high`, `cell.clear`). A theme gives every role a look; views name only roles.

pub mod app;
pub mod catalog;
pub mod cli;
pub mod format;
pub mod meeting;
pub mod method;
pub mod review;
pub mod runtime;
pub mod session;
pub mod ui;
