//! The gallery: every role of a theme in its own style, and one selected row of many roles.
//!
//! Owns what `strideboard themes` shows. Refuses painting: lines are values.

use ratatui::text::{Line, Span};

use super::{Role, Theme};

/// Width of the column of names.
const NAMES: usize = 20;

/// The theme's name and description, each role's name in its style with what it is for, then how roles look in a
/// selected row. Draw it over [`Role::Background`].
pub fn sample(theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = vec![
        Line::styled(theme.name.clone(), theme.style(Role::TitleFocus)),
        Line::styled(theme.about.clone(), theme.style(Role::TextDim)),
        Line::default(),
    ];
    let mut group = "";
    for &role in Role::ALL {
        let head = role.name().split('.').next().unwrap_or_default();
        if !group.is_empty() && head != group && is_group(head) | is_group(group) {
            lines.push(Line::default());
        }
        group = head;
        let padding = " ".repeat(NAMES.saturating_sub(role.name().len()));
        lines.push(Line::from(vec![
            Span::styled(role.name(), theme.style(role)),
            Span::raw(padding),
            Span::styled(role.purpose(), theme.style(Role::TextDim)),
        ]));
    }
    lines.push(Line::default());
    for under in [Role::Background, Role::Selection, Role::SelectionInactive] {
        lines.push(row(theme, under));
    }
    lines
}

/// Whether several roles share the first part of their names.
fn is_group(head: &str) -> bool {
    Role::ALL.iter().filter(|role| role.name().split('.').next() == Some(head)).count() > 2
}

/// A row of the register as it looks inside `under`.
fn row(theme: &Theme, under: Role) -> Line<'static> {
    let parts = [
        (Role::LetterT, " T "),
        (Role::Text, "stolen cookie replayed "),
        (Role::TextDim, "F3 ana "),
        (Role::Match, "api"),
        (Role::Text, " "),
        (Role::CellOpen, "○ "),
        (Role::CellClear, "✓ "),
        (Role::CellNa, "– "),
        (Role::CellThreats, "● "),
        (Role::CellParked, "? "),
        (Role::CellInherited, "↥ "),
        (Role::CellStale, "~ "),
        (Role::RiskVeryLow, "very low "),
        (Role::RiskLow, "low "),
        (Role::RiskMedium, "medium "),
        (Role::RiskHigh, "high "),
        (Role::RiskCritical, "critical"),
        (Role::Text, " "),
    ];
    parts.map(|(role, words)| Span::styled(words, theme.on(role, under))).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::{BUILTIN, ColorDepth};

    #[test]
    fn every_role_is_shown_once_in_its_style() {
        for (name, _) in BUILTIN {
            let theme = Theme::builtin(name).expect(name).at(ColorDepth::Ansi256);
            let lines = sample(&theme);
            for &role in Role::ALL {
                let shown = lines.iter().flat_map(|line| &line.spans).filter(|span| span.content == role.name());
                let styles: Vec<_> = shown.map(|span| span.style).collect();
                assert_eq!(styles, [theme.style(role)], "{name} {}", role.name());
            }
        }
    }
}
