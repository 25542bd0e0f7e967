//! Where keys hold: from everywhere down to one pane.
//!
//! Refuses: which scopes hold at a moment (`context`) and which keys are in them (`command`).

/// Where a command's keys hold. The narrowest scope that fits wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// On every screen where nothing is being typed.
    Everywhere,
    /// In the panes of an open session.
    Workbench,
    /// In every list of the workbench and in the session browser.
    List,
    /// In pane 1.
    Components,
    /// In pane 2.
    Checklist,
    /// Among the suggestions of pane 2.
    Suggestions,
    /// In pane 3.
    Mitigations,
    /// In pane 4.
    Matrix,
    /// In place 7.
    Review,
    /// In place 8.
    Meeting,
    /// Where a threat is selected.
    Threat,
    /// In the browser of sessions.
    Browser,
}

impl Scope {
    /// Heading on the help screen and in the README.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Workbench => "With a session open",
            Self::List => "Lists",
            Self::Components => "1 Components",
            Self::Checklist => "2 Checklist",
            Self::Suggestions => "Among the suggestions of 2",
            Self::Mitigations => "3 Mitigations",
            Self::Matrix => "4 Matrix",
            Self::Review => "7 Review",
            Self::Meeting => "8 Meeting",
            Self::Threat => "On a threat",
            Self::Browser => "Session browser",
        }
    }

    /// All scopes in the order of the help screen.
    pub const ALL: [Self; 12] = [
        Self::Everywhere,
        Self::Workbench,
        Self::List,
        Self::Components,
        Self::Checklist,
        Self::Suggestions,
        Self::Threat,
        Self::Mitigations,
        Self::Matrix,
        Self::Review,
        Self::Meeting,
        Self::Browser,
    ];
}
