//! The command table: one row per thing a person can do.
//!
//! Owns the names, words, default keys and availability of every command. The key map, the palette, the help screen, the
//! hint line, the README and the tests read this table; nothing else lists commands. Refuses: doing anything (`update`).

use super::{
    context::{Context, Selected},
    document::LOCKED,
    pane::Pane,
    scope::Scope,
};

/// One row of the table.
#[derive(Debug)]
pub struct Row {
    /// The command.
    pub command: Command,
    /// Its name in settings and in the palette.
    pub name: &'static str,
    /// What it does, imperative, without a full stop.
    pub help: &'static str,
    /// One or two words for the hint line; empty keeps it out of there.
    pub hint: &'static str,
    /// Where its keys hold.
    pub scope: Scope,
    /// Default keys in the notation of [`super::key`]; several characters are a sequence.
    pub keys: &'static [&'static str],
}

macro_rules! commands {
    ($($scope:ident { $($variant:ident $name:literal [$($key:literal)*] $hint:literal $help:literal)* })*) => {
        /// Something a person can do. Without payload, so that it can be listed, bound and searched.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command {
            $($(#[doc = $help] $variant,)*)*
        }

        /// Every command, in the order of the help screen.
        pub const TABLE: &[Row] = &[
            $($(Row {
                command: Command::$variant,
                name: $name,
                help: $help,
                hint: $hint,
                scope: Scope::$scope,
                keys: &[$($key),*],
            },)*)*
        ];
    };
}

commands! {
    Everywhere {
        Help "help" ["?" "<f1>"] "help" "Show every key of this screen"
        OpenPalette "palette" [":"] "commands" "Find a command by name"
        Back "back" ["<esc>"] "" "Close what is open, clear the filter, leave zoom"
        Quit "quit" ["q"] "quit" "Quit; asks only when something could be lost"
        SwitchTheme "theme" [] "" "Choose a colour theme"
        Suspend "suspend" ["<ctrl-z>"] "" "Put strideboard in the background of the shell"
        Redraw "redraw" ["<ctrl-l>"] "" "Draw the whole screen again"
    }
    Workbench {
        Capture "capture" ["c"] "capture" "Write down what was said, from anywhere"
        CaptureMany "capture-many" ["C"] "" "Write down line after line; enter on an empty line or esc ends it"
        NextOpenCell "next-open-cell" ["<space>"] "next open" "Go to the next open cell; in a meeting, of this flow first and then along the route"
        NextStale "next-stale" ["gs"] "" "Go to the next stale cell"
        NextUnrated "next-unrated" ["gu"] "" "Go to the next threat nobody rated"
        NextParked "next-parked" ["gp"] "" "Go to the next open question"
        NextUnfiled "next-unfiled" ["gf"] "" "Go to the next threat without a place"
        NextIdea "next-idea" ["gi"] "" "Go to the next idea nobody agreed to or dropped yet"
        Undo "undo" ["u"] "undo" "Take the last change back"
        Redo "redo" ["<ctrl-r>"] "" "Do the undone change again"
        Save "save" ["<ctrl-s>"] "" "Save the session now"
        SaveAs "save-as" [] "" "Save the session under another name and go on with that file"
        Filter "filter" ["/"] "" "Show only rows that contain some words"
        NextPane "next-pane" ["<tab>"] "" "Go to the next pane"
        PreviousPane "previous-pane" ["<shift-tab>"] "" "Go to the previous pane"
        Zoom "zoom" ["z"] "zoom" "Give the focused pane the whole screen, or take it back"
        FocusComponents "components" ["1"] "" "Go to the components and flows"
        FocusChecklist "checklist" ["2"] "" "Go to the STRIDE checklist"
        FocusMitigations "mitigations" ["3"] "" "Go to the mitigations"
        FocusMatrix "matrix" ["4"] "" "Go to the risk matrix"
        FocusReview "review" ["7"] "" "Go to the review: what changed, what was said, conflicts, and signing"
        FocusMeeting "meeting" ["8"] "" "Go to the meeting: agenda, clock, people and what is left"
        WhoAmI "who-am-i" ["~"] "" "Say who you are: your name goes on the answers you give"
        SessionDetails "session-details" ["<ctrl-t>"] "" "Edit title, owner, scope, matrix and appetite of the session"
        OpenBrowser "open" ["<ctrl-o>"] "" "Open another session"
        Reload "reload" [] "" "Read the file again; what you have stays one undo away"
        TakeOver "take-over" [] "" "Open for writing what somebody else had open, once they are done"
        InsertComponent "insert-component" [] "" "Put a component into the middle of the flow on screen; what was decided stays"
        CopyComponent "copy-component" [] "" "Make several of the component on screen, each with its flows"
        TakeModel "take-model" [] "" "Take over what was decided in the session that models the component on screen"
        PreviousFlow "previous-flow" ["["] "" "Go to the previous flow"
        NextFlow "next-flow" ["]"] "" "Go to the next flow"
        TogglePractice "practice" ["gl"] "" "Learn by doing: show the practice strip, or leave it"
        SkipStep "skip-step" ["gk"] "" "Go past this step of the practice"
        ToggleProjector "projector" ["P"] "" "Show the checklist for a room that looks at a wall, or go back"
        HideNames "hide-names" ["gn"] "" "Hide who said what from the room, or show it"
        NextHat "hat" ["h"] "hat" "Ask the perspective whose turn it is; again asks the next one"
        NextCard "next-card" ["H"] "card" "Deal cards about what is open; the next card, this one later if it was not played"
        OnlyChanged "only-changed" ["gd"] "" "Go through what changed since it was answered and nothing else, or through everything"
        SearchCatalogue "search-catalogue" ["gc"] "" "Find a threat of the catalogue by words or by reference, for the selected cell"
    }
    List {
        Down "down" ["j" "<down>"] "" "Go down one row"
        Up "up" ["k" "<up>"] "" "Go up one row"
        First "first" ["gg" "<home>"] "" "Go to the first row"
        Last "last" ["G" "<end>"] "" "Go to the last row"
        HalfPageDown "half-page-down" ["<ctrl-d>" "<pagedown>"] "" "Go down half a page"
        HalfPageUp "half-page-up" ["<ctrl-u>" "<pageup>"] "" "Go up half a page"
        Open "open-row" ["<enter>"] "open" "Open or edit the selected row"
        Add "add" ["a"] "" "Add something here"
        Delete "delete" ["D" "<delete>"] "" "Remove the selected row; undo brings it back"
        MoveDown "move-down" ["J" "<alt-down>"] "" "Move the row down in the meeting's order"
        MoveUp "move-up" ["K" "<alt-up>"] "" "Move the row up in the meeting's order"
    }
    Components {
        NextSection "next-section" ["}"] "" "Go to the next section"
        PreviousSection "previous-section" ["{"] "" "Go to the previous section"
        Edit "edit-details" ["e"] "edit" "Edit the details of the selected row"
    }
    Checklist {
        CaptureS "threat-s" ["S"] "…E threat" "Write down a spoofing threat for this place"
        CaptureT "threat-t" ["T"] "" "Write down a tampering threat for this place"
        CaptureR "threat-r" ["R"] "" "Write down a repudiation threat for this place"
        CaptureI "threat-i" ["I"] "" "Write down an information disclosure threat for this place"
        CaptureD "threat-d" ["D"] "" "Write down a denial of service threat for this place"
        CaptureE "threat-e" ["E"] "" "Write down an elevation of privilege threat for this place"
        MarkClear "mark-clear" ["x"] "clear" "Mark the cell clear: talked about, nothing found"
        MarkNotApplicable "mark-not-applicable" ["n"] "n/a" "Mark the cell not applicable, with a reason"
        Park "park" ["p"] "park" "Park the cell with a question somebody has to answer"
        Reopen "reopen" ["X"] "" "Take the answer of the cell back, or the question that parks it"
        Confirm "confirm" ["y"] "" "Say that a stale answer still holds"
        ClearRare "rare-not-applicable" ["N"] "" "Mark every open cell that no method lists not applicable"
        Deviate "deviate" [] "" "Say that a baseline of the team does not hold here, or that it holds again"
        OpenSuggestions "suggestions" ["o"] "suggestions" "Go among the suggestions of the cell"
        LetterHelp "letter" ["i"] "letter" "Say what the letter means, where to look and what would prove it closed"
        TakeCard "take-card" ["t"] "" "Write the card down as a threat at its cell"
        EditPlace "edit-place" ["."] "" "Edit the flow or component of this checklist"
    }
    Suggestions {
        AcceptFirst "accept-first" ["1"] "…5 accept" "Accept the first suggestion: a threat with its controls proposed"
        AcceptSecond "accept-second" ["2"] "" "Accept the second suggestion"
        AcceptThird "accept-third" ["3"] "" "Accept the third suggestion"
        AcceptFourth "accept-fourth" ["4"] "" "Accept the fourth suggestion"
        AcceptFifth "accept-fifth" ["5"] "" "Accept the fifth suggestion"
        Accept "accept" ["<enter>"] "accept" "Accept the selected suggestion"
        Dismiss "dismiss" ["-"] "dismiss" "Dismiss the selected suggestion with a reason, or take that back"
        HaveIt "have-it" ["h"] "have it" "Say that we have that: the threat with a control that is in place"
        MoreSuggestions "more-suggestions" ["o"] "more" "Show the next suggestions"
    }
    Threat {
        Rate "rate" ["r"] "rate" "Rate the threat: type likelihood and impact as two digits, 0 for unknown"
        Vote "vote" ["V"] "vote" "Let the room vote on the rating: a digit each, unseen until all have voted"
        AddMitigation "mitigate" ["m"] "mitigate" "Add or link a mitigation for the threat"
        EditThreat "edit-threat" ["e"] "" "Edit every field of the threat"
        RespondMitigate "respond-mitigate" ["dm"] "" "Decide: reduce the threat with mitigations"
        RespondEliminate "respond-eliminate" ["de"] "" "Decide: remove what makes the threat possible"
        RespondTransfer "respond-transfer" ["dt"] "" "Decide: let another party carry the threat; asks who and why"
        RespondAccept "respond-accept" ["da"] "" "Decide: live with the threat; asks who, why and until when"
        RespondOpen "respond-open" ["do"] "" "Take the decision about the threat back"
        FileS "file-s" ["fs"] "" "File the threat to the place on screen under S"
        FileT "file-t" ["ft"] "" "File the threat to the place on screen under T"
        FileR "file-r" ["fr"] "" "File the threat to the place on screen under R"
        FileI "file-i" ["fi"] "" "File the threat to the place on screen under I"
        FileD "file-d" ["fd"] "" "File the threat to the place on screen under D"
        FileE "file-e" ["fe"] "" "File the threat to the place on screen under E"
        FileElsewhere "file-elsewhere" ["ff"] "" "File the threat to a place found by name"
        Promote "promote" [] "" "Write the threat down as a row of the team's catalogue, for review"
        Withdraw "withdraw" ["w"] "" "Withdraw the threat with a reason, or bring it back"
    }
    Mitigations {
        EditMitigation "edit-mitigation" ["e"] "" "Edit every field of the mitigation"
        NextState "next-state" [">"] "move on" "Move the mitigation to its next state"
        PreviousState "previous-state" ["<lt>"] "" "Move the mitigation to its previous state"
        LinkThreats "link-threats" ["t"] "threats" "Choose which threats the mitigation helps against"
        ToggleRelated "related-or-all" ["v"] "related/all" "Show the mitigations of the selection, or all of them"
    }
    Matrix {
        Left "left" ["h" "<left>"] "" "Go one step down in likelihood"
        Right "right" ["l" "<right>"] "" "Go one step up in likelihood"
        NextInCell "next-in-cell" ["n"] "next in cell" "Select the next threat of the cell"
        PreviousInCell "previous-in-cell" ["p"] "" "Select the previous threat of the cell"
        PickUp "pick-up" ["<enter>"] "pick up" "Pick the threat up, move it with the arrows, put it down"
        NextPoint "next-point" ["v"] "point" "Show the inherent, current or target ratings"
        OnlyHere "only-here" ["o"] "" "Show only the threats of the place on screen, or all"
    }
    Review {
        ReviewSeen "seen" ["y"] "seen" "Say that you have seen the change, and go to the next; again takes it back"
        ReviewNext "next-unseen" ["n"] "next" "Go to the next row that waits to be looked at"
        ReviewComment "comment" ["c"] "comment" "Say something about the selected row"
        ReviewAsk "ask" ["a"] "ask" "Ask for something that has to happen before you sign"
        ReviewReply "reply" ["r"] "" "Answer the selected comment"
        ReviewSettle "settle-comment" ["x"] "" "Say that the selected comment is settled"
        TakeOurs "take-ours" ["o"] "" "Settle the conflict with what our side says"
        TakeTheirs "take-theirs" ["t"] "" "Settle the conflict with what their side says"
        TakeBase "take-base" ["b"] "" "Settle the conflict with what both started from"
        TakePresent "take-present" ["p"] "" "Settle the conflict with what the session holds now"
        ReviewBase "review-base" ["v"] "since" "Choose since when: your last endorsement, or a revision"
        Sign "sign" ["s"] "sign" "Decide: endorse, with conditions, or not; asks come along"
    }
    Meeting {
        StartOrPause "start-or-pause" ["s"] "start/stop" "Start the clock of the meeting, stop it, or let it go on"
        NextPhase "next-phase" ["n"] "next" "Go to the next phase; after the last one, close the meeting"
        PreviousPhase "previous-phase" ["p"] "" "Go back to the phase before"
        ComeOrLeave "come-or-leave" ["<enter>"] "here/gone" "Say that the selected person is here, or has left"
        Extend "extend" ["+"] "5 min" "Give the phase five minutes more"
        CloseMeeting "close-meeting" ["x"] "close" "End the meeting: why, what to keep and change, when the next one is"
        ChooseAgenda "agenda" ["A"] "agenda" "Choose how long the meeting is"
        AskIntake "intake" ["i"] "profile" "Ask what is at stake: the first thing that holds chooses the profile"
        EditPerson "edit-person" ["e"] "roles" "Edit the selected person and the perspectives they bring"
        ToggleVoices "voices" ["v"] "" "Show or hide how often everybody was heard"
    }
    Browser {
        NewSession "new-session" ["n"] "new" "Start a new session here"
        NewFromTemplate "new-from-template" ["t"] "template" "Start a new session from a template"
        StartPractice "start-practice" ["p"] "practice" "Learn by doing: a practice session, one instruction at a time"
    }
}

/// The catalogue is read after the first frame.
const CATALOGUE_COMING: &str = "The catalogue is still being read";

/// Fewer suggestions are on the screen.
const NO_NUMBER: &str = "No suggestion has this number";

impl Command {
    /// The row of the table.
    pub fn row(self) -> &'static Row {
        // The table is generated from the same list as the enum, in the same order.
        &TABLE[self as usize]
    }

    /// Whether words are typed right after its key.
    pub fn asks_for_words(self) -> bool {
        matches!(
            self,
            Self::Capture
                | Self::CaptureMany
                | Self::CaptureS
                | Self::CaptureT
                | Self::CaptureR
                | Self::CaptureI
                | Self::CaptureD
                | Self::CaptureE
                | Self::TakeCard
                | Self::InsertComponent
                | Self::CopyComponent
                | Self::Filter
                | Self::Park
                | Self::MarkNotApplicable
                | Self::AddMitigation
                | Self::RespondTransfer
                | Self::RespondAccept
                | Self::Withdraw
                | Self::Deviate
                | Self::LinkThreats
                | Self::FileElsewhere
                | Self::Dismiss
                | Self::HaveIt
                | Self::SearchCatalogue
                | Self::ReviewComment
                | Self::ReviewAsk
                | Self::ReviewReply
                | Self::ReviewSettle
                | Self::NewSession
                | Self::NewFromTemplate
        )
    }

    /// Whether it leads to a change of the session.
    fn changes(self) -> bool {
        match self.row().scope {
            Scope::Checklist => !matches!(self, Self::OpenSuggestions | Self::LetterHelp),
            Scope::Suggestions => self != Self::MoreSuggestions,
            Scope::Threat => self != Self::Promote,
            Scope::Workbench => {
                matches!(
                    self,
                    Self::Capture
                        | Self::CaptureMany
                        | Self::Undo
                        | Self::Redo
                        | Self::SessionDetails
                        | Self::SearchCatalogue
                        | Self::InsertComponent
                        | Self::CopyComponent
                        | Self::TakeModel
                )
            }
            Scope::List => matches!(self, Self::Add | Self::Delete | Self::MoveDown | Self::MoveUp),
            Scope::Components => self == Self::Edit,
            Scope::Mitigations => self != Self::ToggleRelated,
            Scope::Matrix => self == Self::PickUp,
            // What is said and signed stands beside the session.
            Scope::Review => matches!(self, Self::TakeOurs | Self::TakeTheirs | Self::TakeBase | Self::TakePresent),
            Scope::Meeting => self != Self::ToggleVoices,
            Scope::Everywhere | Scope::Browser => false,
        }
    }

    /// Whether it can be done now; otherwise what has to be done first, with keys named as in [`super::keymap::Keymap::phrase`].
    pub fn available(self, ctx: &Context) -> Result<(), &'static str> {
        let need = |holds: bool, reason: &'static str| if holds { Ok(()) } else { Err(reason) };
        let scope = self.row().scope;
        if scope != Scope::Everywhere && scope != Scope::Browser && scope != Scope::List {
            need(ctx.document, "Open a session first")?;
        }
        if self.changes() {
            need(!ctx.locked, LOCKED)?;
        }
        if scope == Scope::Suggestions {
            need(ctx.suggesting, "Go among the suggestions of a cell first ({suggestions})")?;
        }
        match self {
            Self::Undo => need(ctx.can_undo, "Nothing to undo"),
            Self::Redo => need(ctx.can_redo, "Nothing to redo"),
            Self::TakeOver => need(ctx.locked, "Nobody else has the session open"),
            Self::Save => need(ctx.unsaved, "Everything is saved"),
            Self::PreviousFlow | Self::NextFlow => {
                need(ctx.flows > 0, "There is no flow yet: press {capture} and write `browser -> api: login`")
            }
            Self::NextOpenCell => {
                need(ctx.flows > 0, "There is no flow yet: press {capture} and write `browser -> api: login`")
            }
            Self::InsertComponent => need(ctx.on_flow, "Select a flow first"),
            Self::CopyComponent => need(ctx.place && !ctx.on_flow, "Select a component first"),
            Self::TakeModel => {
                need(ctx.modelled, "Select a component with a session in its field `model` first")?;
                need(ctx.offered, "The session that models the component cannot be used")
            }
            Self::NextStale => need(ctx.stale > 0, "No answer is stale"),
            Self::NextUnrated => need(ctx.unrated > 0, "Every threat is rated"),
            Self::NextParked => need(ctx.questions > 0, "No question is open"),
            Self::NextIdea => need(ctx.ideas > 0, "No idea waits for a decision"),
            Self::NextUnfiled => need(ctx.unfiled > 0, "Every threat has a place"),
            Self::CaptureS
            | Self::CaptureT
            | Self::CaptureR
            | Self::CaptureI
            | Self::CaptureD
            | Self::CaptureE
            | Self::ClearRare
            | Self::LetterHelp
            | Self::NextHat
            | Self::EditPlace => need(ctx.place, "Select a flow or component first"),
            Self::MarkClear | Self::MarkNotApplicable => {
                need(ctx.place, "Select a flow or component first")?;
                need(ctx.cell, "Select a letter first")?;
                need(
                    ctx.cell_threats == 0,
                    "Threats stand here: withdraw them ({withdraw}) or file them elsewhere ({file-elsewhere}) first",
                )
            }
            Self::Park => {
                need(ctx.place, "Select a flow or component first")?;
                need(ctx.cell, "Select a letter first")
            }
            Self::Deviate => {
                need(ctx.place, "Select a flow or component first")?;
                need(ctx.baselines > 0, "No baseline of the team stands here; they are declared in strideboard.ron")
            }
            Self::OpenSuggestions => {
                need(ctx.place, "Select a flow or component first")?;
                need(ctx.catalogue, CATALOGUE_COMING)?;
                need(ctx.offers > 0, "No suggestion is left for this letter; {search-catalogue} searches the catalogue")
            }
            Self::SearchCatalogue => {
                need(ctx.cell, "Select a flow or component first")?;
                need(ctx.catalogue, CATALOGUE_COMING)
            }
            Self::AcceptFirst => need(ctx.offers > 0, NO_NUMBER),
            Self::AcceptSecond => need(ctx.offers > 1, NO_NUMBER),
            Self::AcceptThird => need(ctx.offers > 2, NO_NUMBER),
            Self::AcceptFourth => need(ctx.offers > 3, NO_NUMBER),
            Self::AcceptFifth => need(ctx.offers > 4, NO_NUMBER),
            Self::Reopen => need(ctx.cell_answered || ctx.cell_parked, "The cell has no answer to take back"),
            Self::Confirm => need(ctx.cell_stale, "The cell is not stale"),
            Self::Promote | Self::EditThreat | Self::Withdraw => one_threat(ctx),
            Self::Rate
            | Self::Vote
            | Self::AddMitigation
            | Self::RespondMitigate
            | Self::RespondEliminate
            | Self::RespondTransfer
            | Self::RespondAccept
            | Self::RespondOpen
            | Self::FileElsewhere => {
                one_threat(ctx)?;
                need(!ctx.withdrawn, "The threat is withdrawn; {withdraw} brings it back")
            }
            Self::FileS | Self::FileT | Self::FileR | Self::FileI | Self::FileD | Self::FileE => {
                one_threat(ctx)?;
                need(ctx.place, "Select the flow or component to file it to first")
            }
            Self::EditMitigation | Self::NextState | Self::PreviousState | Self::LinkThreats => {
                need(ctx.mitigation, "Select a mitigation first")
            }
            Self::NextInCell | Self::PreviousInCell | Self::PickUp => {
                need(ctx.focus == Pane::Matrix, "Go to the matrix first ({matrix})")?;
                need(ctx.threat, "No threat in this cell")
            }
            Self::ReviewSeen | Self::ReviewComment | Self::ReviewAsk => {
                need(ctx.reviewing, "Select a row of the review first ({review})")
            }
            Self::ReviewReply | Self::ReviewSettle => {
                need(ctx.on_thread, "Select a comment first; they stand at the end of the review ({review})")
            }
            Self::TakeOurs | Self::TakeTheirs | Self::TakeBase | Self::TakePresent => {
                need(ctx.on_conflict, "Select a conflict first; they are the first rows of the review ({review})")
            }
            Self::ReviewBase | Self::Sign | Self::ReviewNext => {
                need(ctx.focus == Pane::Review, "Go to the review first ({review})")
            }
            Self::Extend | Self::CloseMeeting | Self::PreviousPhase => {
                need(ctx.meeting, "No meeting is under way: {meeting}, then {start-or-pause} begins one")
            }
            Self::EditPerson | Self::ComeOrLeave => need(
                ctx.focus == Pane::Meeting && ctx.selected == Selected::Record,
                "Select a person first: {meeting}, then {add} adds one",
            ),
            Self::Add => need(ctx.document, "Open a session first"),
            Self::Open => need(!matches!(ctx.selected, Selected::Nothing | Selected::Heading), "Select a row first"),
            Self::Delete | Self::Edit => {
                let record = matches!(ctx.selected, Selected::Record | Selected::Threat);
                need(ctx.document && record, "Select a row first")
            }
            Self::MoveUp | Self::MoveDown => need(ctx.movable, "This row has no order of its own"),
            Self::NextCard => {
                need(ctx.flows > 0, "There is no flow yet: press {capture} and write `browser -> api: login`")
            }
            Self::TakeCard => need(ctx.card, "No card was dealt: {next-card} deals"),
            Self::SkipStep => need(ctx.practising, "{practice} shows the practice strip first"),
            Self::NewSession | Self::NewFromTemplate | Self::StartPractice => {
                need(ctx.browser, "Open the session browser first ({open})")
            }
            _ => Ok(()),
        }
    }
}

/// Whether it is clear which threat is meant: of two in one cell neither is selected with the cell.
fn one_threat(ctx: &Context) -> Result<(), &'static str> {
    match (ctx.threat, ctx.focus, ctx.cell_threats) {
        (true, ..) => Ok(()),
        (false, Pane::Checklist, 2) => Err("2 threats here: {down} goes to one of them"),
        (false, Pane::Checklist, 3..) => Err("Several threats here: {down} goes to one of them"),
        _ => Err("Select a threat first"),
    }
}

/// The command with this name.
pub fn by_name(name: &str) -> Option<Command> {
    TABLE.iter().find(|row| row.name == name).map(|row| row.command)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::Key;
    use std::collections::BTreeSet;

    #[test]
    fn a_row_stands_where_its_command_says() {
        for row in TABLE {
            assert_eq!(row.command.row().name, row.name);
        }
    }

    #[test]
    fn names_are_unique_and_lower_case_words() {
        let names: BTreeSet<_> = TABLE.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), TABLE.len());
        assert!(names.iter().all(|n| n.chars().all(|c| c == '-' || c.is_ascii_lowercase())));
    }

    #[test]
    fn default_keys_are_keys_and_free_within_their_scope() {
        let mut taken = BTreeSet::new();
        for row in TABLE {
            for keys in row.keys {
                assert!(Key::parse_sequence(keys).is_ok(), "{keys}");
                assert!(taken.insert((row.scope, *keys)), "{keys} is bound twice in {:?}", row.scope);
            }
        }
    }

    #[test]
    fn help_is_an_imperative_without_a_full_stop() {
        for row in TABLE {
            assert!(row.help.starts_with(char::is_uppercase) && !row.help.ends_with('.'), "{}", row.name);
        }
    }
}
