//! Everything the screen is a function of.
//!
//! Owns the state that is not in the session: what is on screen, focused, typed, pending and set. It is changed by
//! [`super::update()`] alone. Refuses: drawing, and caching what can be computed from the session in a moment.

use std::{borrow::Cow, collections::VecDeque, path::PathBuf, sync::Arc};

use jiff::Timestamp;

use crate::{
    catalog::Team,
    format::journal::Draft,
    meeting::{self, hand::Hand},
    method::cell::{self, CellState},
    review::reuse::{Found, Models},
    session::{Component, Letter, MitigationId, Place, Session, ThreatId, edit::EntryId, id::Suffixes},
};

use super::{
    capture_line::CaptureLine,
    command::Command,
    context::{Context, Selected},
    document::{After, Document},
    key::Key,
    keymap::Keymap,
    models::Asked,
    msg::{Effect, Environment, Failure, Journaling, Listing},
    outline::Row,
    overlay::Overlay,
    pane::{
        Pane,
        checklist::{self, Checklist},
        components::Components,
        matrix::Matrix,
        meeting::Meeting,
        mitigations::{Mitigations, Subject},
        review,
    },
    practice::Practice,
    recovery::Recovery,
    room::{Hats, Projector},
    suggestions::Suggestions,
    tripwires::Tripwires,
    vote::Vote,
    words,
};

/// What fills the terminal.
#[derive(Debug)]
pub enum Screen {
    /// A session is being read; keys typed meanwhile wait.
    Loading {
        /// What is being read.
        shown: String,
        /// What was typed meanwhile.
        waiting: VecDeque<Typed>,
        /// It was chosen in the browser, where a file that cannot be read leads back to.
        from_browser: bool,
    },
    /// A session could not be read.
    Broken {
        /// What was to be read.
        shown: String,
        /// Why not.
        failure: Failure,
    },
    /// The sessions of the folder.
    Browser(Browser),
    /// The panes of an open session.
    Workbench,
}

/// Something typed while a session is being read.
#[derive(Debug)]
pub enum Typed {
    /// A key.
    Key(Key),
    /// A pasted text.
    Paste(String),
}

/// The browser of sessions.
#[derive(Debug, Default)]
pub struct Browser {
    /// The sessions found; `None` while they are being looked for.
    pub listings: Option<Vec<Listing>>,
    /// Index of the selected one.
    pub selected: usize,
    /// What the team keeps for new ones; what ships while it is being read.
    pub team: Arc<Team>,
}

impl Browser {
    /// Asks for the first summary that is missing, from the selected session on. One at a time, so that a session that
    /// is opened meanwhile waits for no more than one.
    pub(super) fn next_summary(&self) -> Vec<Effect> {
        let listings = self.listings.as_deref().unwrap_or_default();
        let (before, after) = listings.split_at(self.selected.min(listings.len()));
        let missing = after.iter().chain(before).find(|listing| listing.summary.is_none());
        missing.map(|listing| Effect::Summarize(listing.path.clone())).into_iter().collect()
    }
}

/// How much a status message wants to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Something was done.
    Info,
    /// Something has to be done first.
    Warning,
    /// Something went wrong.
    Error,
}

/// One line about what happened last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// How much it wants to be seen.
    pub severity: Severity,
    /// The line.
    pub text: String,
}

/// What people set in their personal settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferences {
    /// Name of the theme.
    pub theme: String,
    /// Save shortly after the last change.
    pub autosave: bool,
    /// Who sits at the keyboard, as it was set or chosen; nobody knows otherwise.
    pub me: Option<String>,
}

/// Where things were drawn: what the view tells the model, for paging and the mouse.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    /// The areas of the panes on screen, in screen cells.
    pub panes: Vec<(Pane, Area)>,
    /// Rows of the focused list that fit on screen.
    pub page: usize,
    /// First visible row of pane 1.
    pub components_top: usize,
    /// First visible row of pane 2.
    pub checklist_top: usize,
    /// First visible row of pane 3.
    pub mitigations_top: usize,
    /// What a press on a screen row of pane 1, 2 or 3 selects: screen row to index of the list.
    pub rows: Vec<(Pane, u16, usize)>,
    /// What a press on a screen row selects among the suggestions: screen row to index.
    pub offers: Vec<(u16, usize)>,
    /// The cells of the matrix on screen.
    pub cells: Vec<(u8, u8, Area)>,
    /// What a press runs: the tabs of a small screen and the counters of the title line.
    pub commands: Vec<(Command, Area)>,
    /// The sessions of the browser: screen row to index of the list.
    pub listings: Vec<(u16, usize)>,
    /// The list that lies on top: screen row to index of the list.
    pub over: Vec<(u16, usize)>,
    /// The window is too small for anything to be shown.
    pub too_small: bool,
    /// How far the help screen can be scrolled, in rows.
    pub help_last: usize,
}

/// A rectangle of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Area {
    /// Left column.
    pub x: u16,
    /// Top row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Whether a screen cell lies in it.
    pub fn holds(self, column: u16, row: u16) -> bool {
        (self.x..self.x.saturating_add(self.width)).contains(&column)
            && (self.y..self.y.saturating_add(self.height)).contains(&row)
    }
}

/// Everything the screen is a function of.
#[derive(Debug)]
pub struct Model {
    /// What fills the terminal.
    pub screen: Screen,
    /// The open session.
    pub document: Option<Document>,
    /// The focused pane.
    pub focus: Pane,
    /// Whether it has the whole screen.
    pub zoomed: bool,
    /// Pane 1.
    pub components: Components,
    /// Pane 2.
    pub checklist: Checklist,
    /// The suggestions for the cell it shows.
    pub suggestions: Suggestions,
    /// Pane 3.
    pub mitigations: Mitigations,
    /// Pane 4.
    pub matrix: Matrix,
    /// Place 8.
    pub meeting: Meeting,
    /// Place 7.
    pub review: review::Review,
    /// The practice strip, while it is on the screen.
    pub practice: Option<Practice>,
    /// Whose turn it is to be asked.
    pub hats: Hats,
    /// The cards that were dealt.
    pub hand: Option<Hand>,
    /// What a room sees.
    pub projector: Projector,
    /// What lies over the workbench.
    pub overlay: Option<Overlay>,
    /// The capture line, while it is open.
    pub capture: Option<CaptureLine>,
    /// Lines captured before, latest last.
    pub captured: Vec<String>,
    /// Digits of a rating typed so far, while one is being typed.
    pub rating: Option<RatingInput>,
    /// The vote under way.
    pub vote: Option<Vote>,
    /// Keys of a sequence typed so far.
    pub pending: Vec<Key>,
    /// What may follow them.
    pub following: Vec<(Vec<Key>, Command)>,
    /// One line about what happened last.
    pub status: Option<Status>,
    /// What time it is, as it was told last; nobody said it otherwise.
    pub now: Option<Timestamp>,
    /// Which keys mean what.
    pub keymap: Keymap,
    /// What people set.
    pub preferences: Preferences,
    /// What was told at the start.
    pub environment: Environment,
    /// Where things were drawn last.
    pub hits: Hits,
    /// What waits for the write under way.
    pub after: After,
    /// How the recovery journal is doing.
    pub journaling: Journaling,
    /// The sessions that model components, as they were read last.
    pub models: Models,
    pub(super) models_asked: Asked,
    /// What the repository says about assumptions.
    pub tripwires: Tripwires,
    /// What the recovery journal brought back, while the question what to do with it is open.
    pub recovery: Option<Recovery>,
    /// Leaving waits for a look at the file, although everything is saved.
    pub(super) looks_before_leaving: bool,
    /// The name that was chosen for the session and cannot be used.
    pub(super) naming: Option<String>,
    /// What the recovery journal was told is being typed.
    pub(super) drafted: Option<Draft>,
    pub(super) random: Random,
}

/// A rating being typed: likelihood, then impact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RatingInput {
    /// The threat being rated.
    pub threat: ThreatId,
    /// The likelihood, once typed.
    pub likelihood: Option<Judged>,
}

/// One half of a rating as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// Nobody can say.
    Unknown,
    /// A step of the scale, from 1.
    Step(u8),
}

impl Judged {
    /// As ratings store it.
    pub fn step(self) -> Option<u8> {
        match self {
            Self::Unknown => None,
            Self::Step(step) => Some(step),
        }
    }
}

/// Source of the random tails of new ids: splitmix64, so that a seed gives the same ids everywhere.
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    /// A source from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }
}

impl Suffixes for Random {
    fn next(&mut self) -> [u8; 3] {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Suffixes::next(&mut || ((z ^ (z >> 31)) >> 16) as u32)
    }
}

impl Model {
    /// A model without a session: the browser, until something is opened.
    pub fn new(environment: Environment, keymap: Keymap, preferences: Preferences) -> Self {
        Self {
            screen: Screen::Browser(Browser::default()),
            document: None,
            focus: Pane::Components,
            zoomed: false,
            components: Components::default(),
            checklist: Checklist::default(),
            suggestions: Suggestions::default(),
            mitigations: Mitigations::default(),
            matrix: Matrix::default(),
            meeting: Meeting::default(),
            review: review::Review::default(),
            practice: None,
            hats: Hats::default(),
            hand: None,
            projector: Projector::default(),
            overlay: None,
            capture: None,
            captured: Vec::new(),
            rating: None,
            vote: None,
            pending: Vec::new(),
            following: Vec::new(),
            status: None,
            now: None,
            keymap,
            preferences,
            random: Random::new(environment.seed),
            environment,
            hits: Hits::default(),
            after: After::Nothing,
            journaling: Journaling::Kept,
            models: Models::new(),
            models_asked: Asked::default(),
            tripwires: Tripwires::default(),
            recovery: None,
            looks_before_leaving: false,
            naming: None,
            drafted: None,
        }
    }

    /// The same, waiting for a session to be read.
    pub fn loading(mut self, path: &std::path::Path) -> Self {
        self.screen =
            Screen::Loading { shown: path.display().to_string(), waiting: VecDeque::new(), from_browser: false };
        self
    }

    /// The open session.
    pub fn session(&self) -> Option<&Session> {
        self.document.as_ref().map(|d| d.session().as_ref())
    }

    /// Path of the open session's file.
    pub fn path(&self) -> Option<&PathBuf> {
        self.document.as_ref().map(|d| &d.path)
    }

    /// Who answers are by: the slug of whoever of the session is meant, else the name as it was said; empty when nobody
    /// knows.
    pub fn me(&self) -> String {
        let me = self.preferences.me.as_deref().map_or("", str::trim);
        let said = || me.split_whitespace().collect::<Vec<_>>().join(" ");
        self.session().map_or_else(said, |session| session.who(me))
    }

    /// The same by the name people call them.
    pub fn my_name(&self) -> String {
        let me = self.me();
        self.session().map(|session| words::person(session, &me).to_owned()).unwrap_or(me)
    }

    /// Whether a pause shall be reported with [`super::Msg::Idle`].
    pub fn wants_idle(&self) -> bool {
        self.preferences.autosave && self.document.as_ref().is_some_and(Document::wants_autosave)
    }

    /// Whether a clock that goes is on the screen: then the screen changes every second by itself.
    pub fn wants_time(&self) -> bool {
        let clock = self.session().and_then(meeting::under_way).map(meeting::clock::Clock::of);
        matches!(self.screen, Screen::Workbench) && clock.is_some_and(|clock| clock.is_running())
    }

    /// Whether something is being typed, chosen or moved that a session read again would take away.
    pub fn is_typing(&self) -> bool {
        self.overlay.is_some()
            || self.capture.is_some()
            || self.rating.is_some()
            || self.vote.is_some()
            || self.components.typing.is_some()
            || self.mitigations.form.is_some()
            || self.matrix.held.is_some()
    }

    /// The threat that commands act on: the one selected in the focused pane.
    pub fn threat(&self) -> Option<ThreatId> {
        let document = self.document.as_ref()?;
        let session = document.session();
        match self.focus {
            Pane::Components => match self.components.selected() {
                Some(Row::Unfiled(id)) => Some(*id),
                _ => None,
            },
            Pane::Checklist => self.checklist.threat(session),
            Pane::Mitigations | Pane::Review | Pane::Meeting => None,
            Pane::Matrix => self.matrix_threat(),
        }
    }

    /// The threat that pane 3 relates to: the selected one of whichever pane was focused.
    pub fn subject_threat(&self) -> Option<ThreatId> {
        let document = self.document.as_ref()?;
        match self.focus {
            Pane::Matrix => self.matrix_threat(),
            Pane::Components => self.threat(),
            Pane::Checklist | Pane::Mitigations | Pane::Review | Pane::Meeting => {
                self.checklist.threat(document.session())
            }
        }
    }

    /// The mitigations that pane 3 lists, and what they have in common.
    pub fn listed_mitigations(&self) -> (Subject, Cow<'_, [MitigationId]>) {
        let Some(document) = &self.document else { return (Subject::Everything, Cow::default()) };
        let place = self.checklist.place.as_ref();
        self.mitigations.list(document.session(), document.outline(), self.subject_threat(), place)
    }

    /// The mitigation selected in pane 3.
    pub fn mitigation(&self) -> Option<MitigationId> {
        let (_, list) = self.listed_mitigations();
        self.mitigations.selected.filter(|id| list.contains(id)).or(list.first().copied())
    }

    /// The cell that is selected in the checklist.
    pub fn cell(&self) -> Option<(Place, Letter)> {
        let session = self.session()?;
        let place = self.checklist.place.clone()?;
        Some((place, self.checklist.letter(session)))
    }

    /// The component on the checklist.
    fn modelled(&self) -> Option<&Component> {
        match self.checklist.place.as_ref()? {
            Place::Component(id) => self.session()?.components.get(id),
            _ => None,
        }
    }

    /// The record of the selected row of the focused pane.
    pub fn entry(&self) -> Option<EntryId> {
        match self.focus {
            Pane::Components => self.components.selected()?.entry(),
            Pane::Checklist => match self.checklist.row {
                checklist::Row::Threat(id) => Some(EntryId::Threat(id)),
                checklist::Row::Cell(_) => None,
            },
            Pane::Mitigations => self.mitigation().map(EntryId::Mitigation),
            Pane::Matrix => self.matrix_threat().map(EntryId::Threat),
            Pane::Review => self.review.record(),
            Pane::Meeting => self.meeting.person(self.session()?).cloned().map(EntryId::Person),
        }
    }

    /// Where the person is, for the key map and the command table.
    pub fn context(&self) -> Context {
        if let Screen::Browser(list) = &self.screen {
            let any = list.listings.as_ref().is_some_and(|l| !l.is_empty());
            let selected = if any { Selected::Record } else { Selected::Nothing };
            return Context { browser: true, selected, ..Context::default() };
        }
        let Some(document) = &self.document else { return Context::default() };
        let session = document.session();
        let view = self.cell().map(|(place, letter)| {
            let answered = session.cells_at(&place).is_some_and(|cells| cells.get(letter).is_some());
            (cell::cell(session, &place, letter, document.outline().parked()), answered)
        });
        let live = |view: &cell::CellView| match view.state {
            CellState::Threats(count) => count,
            _ => 0,
        };
        let cell_threats = match (&view, self.cell()) {
            // A parked cell may hold threats too; they still stand in the way of "clear".
            (Some((v, _)), Some((place, letter))) if v.state == CellState::Parked => {
                session.threats_at(&place).map_or(0, |t| t.iter().filter(|t| t.letter == letter && t.is_live()).count())
            }
            (Some((v, _)), _) => live(v),
            _ => 0,
        };
        let threat = self.threat().is_some();
        let withdrawn = self.threat().and_then(|id| document.threat(id)).is_some_and(|t| !t.is_live());
        let mitigation = self.mitigation().is_some();
        let total = document.outline().total();
        let row = self.components.selected();
        let (selected, movable) = match self.focus {
            Pane::Components => match row {
                None => (Selected::Nothing, false),
                Some(Row::Heading(_) | Row::Zone(None, _)) => (Selected::Heading, false),
                Some(Row::Unfiled(_)) => (Selected::Threat, true),
                Some(Row::Note(_) | Row::Assumption(_) | Row::Person(_)) => (Selected::Record, false),
                Some(_) => (Selected::Record, true),
            },
            Pane::Checklist => match (self.checklist.place.is_some(), self.checklist.row) {
                (false, _) => (Selected::Nothing, false),
                (true, checklist::Row::Cell(_)) => (Selected::Cell, false),
                (true, checklist::Row::Threat(_)) => (Selected::Threat, true),
            },
            Pane::Mitigations => (if mitigation { Selected::Record } else { Selected::Nothing }, false),
            Pane::Matrix => (if threat { Selected::Threat } else { Selected::Nothing }, threat),
            Pane::Review => (if self.review.row().is_some() { Selected::Record } else { Selected::Nothing }, false),
            Pane::Meeting => (if session.people.is_empty() { Selected::Nothing } else { Selected::Record }, false),
        };
        Context {
            document: true,
            browser: false,
            focus: self.focus,
            selected,
            movable,
            place: self.checklist.place.is_some(),
            modelled: self.modelled().is_some_and(|component| !component.model.trim().is_empty()),
            offered: self.modelled().is_some_and(|c| matches!(self.models.get(&c.id), Some(Found::Offer(_)))),
            on_flow: matches!(self.checklist.place, Some(Place::Flow(_))),
            cell: view.is_some(),
            cell_threats,
            cell_answered: view.as_ref().is_some_and(|(_, answered)| *answered),
            cell_parked: view.as_ref().is_some_and(|(v, _)| v.state == CellState::Parked),
            cell_stale: view.as_ref().is_some_and(|(v, _)| !v.stale.is_empty()),
            catalogue: self.suggestions.team().is_some(),
            offers: self.suggestions.page().1.len(),
            suggesting: self.suggestions.selected().is_some(),
            threat,
            withdrawn,
            mitigation,
            baselines: self.checklist.place.as_ref().map_or(0, |place| document.team.standing_at(session, place).len()),
            reviewing: self.focus == Pane::Review && self.review.row().is_some(),
            on_conflict: self.focus == Pane::Review && matches!(self.review.row(), Some(review::Row::Conflict(_))),
            on_thread: self.focus == Pane::Review && matches!(self.review.row(), Some(review::Row::Thread(_))),
            meeting: meeting::under_way(session).is_some(),
            card: self.hand.as_ref().is_some_and(|hand| hand.left() > 0),
            practising: self.practice.as_ref().is_some_and(|practice| practice.step().is_some()),
            flows: document.outline().flows().len(),
            stale: total.stale,
            unrated: total.unrated,
            questions: session.notes.iter().filter(|note| note.asks()).count(),
            ideas: session.ideas().count(),
            unfiled: session.unfiled.len(),
            can_undo: document.history().can_undo(),
            can_redo: document.history().can_redo(),
            unsaved: document.is_unsaved(),
            locked: document.locked.is_some(),
        }
    }

    /// Says something in the status line.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.status = Some(Status { severity: Severity::Info, text: text.into() });
    }

    /// Says what has to be done first.
    pub(super) fn warn(&mut self, text: impl Into<String>) {
        self.status = Some(Status { severity: Severity::Warning, text: text.into() });
    }

    /// Says what went wrong.
    pub(super) fn fail(&mut self, text: impl Into<String>) {
        self.status = Some(Status { severity: Severity::Error, text: text.into() });
    }
}
