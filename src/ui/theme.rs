//! Themes: what every role looks like.
//!
//! Owns roles ([`Role`]), theme files ([`Theme::parse`]), the built-in themes ([`BUILTIN`]) and their translation to the
//! colours a terminal has ([`ColorDepth`]). A view asks for [`Theme::style`] of a role and writes no colour itself.
//!
//! Refuses: finding files, detecting the terminal, meaning by colour alone. Symbol and word carry the meaning; a theme
//! supports it, and every theme must stay usable as `mono`.
//!
//! To add a theme: a file in `themes/` and a line in [`BUILTIN`]; the tests beside this file judge its contrast.

mod color;
mod depth;
mod file;
mod form;
#[cfg(test)]
mod legibility;
mod role;
mod sample;
mod scan;

pub use color::Rgb;
pub use depth::ColorDepth;
pub use file::{ThemeError, ThemeFault};
pub use role::Role;
pub use sample::sample;

use depth::Paint;
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

/// The built-in themes: the name to ask for and the file.
pub const BUILTIN: &[(&str, &str)] = &[
    ("dark", include_str!("../../themes/dark.ron")),
    ("light", include_str!("../../themes/light.ron")),
    ("projector", include_str!("../../themes/projector.ron")),
    ("high-contrast", include_str!("../../themes/high-contrast.ron")),
    ("colorblind", include_str!("../../themes/colorblind.ron")),
    ("mono", include_str!("../../themes/mono.ron")),
];

/// The name of the theme that colourless terminals get.
const MONO: &str = "mono";

/// What a theme is painted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Ground {
    /// A dark screen.
    Dark,
    /// A light screen.
    Light,
    /// Whatever the terminal shows by itself.
    Terminal,
}

/// A theme at one colour depth.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// The name people read.
    pub name: String,
    /// What it looks like and when to take it, in one line.
    pub about: String,
    /// What it is painted on.
    pub ground: Ground,
    depth: ColorDepth,
    paints: [Paint; Role::COUNT],
    styles: [Style; Role::COUNT],
}

impl Theme {
    /// Reads a theme file, at full colour depth. All mistakes are reported together, in file order.
    pub fn parse(source: &str) -> Result<Self, Vec<ThemeError>> {
        file::parse(source)
    }

    /// A built-in theme at full colour depth.
    pub fn builtin(name: &str) -> Option<Self> {
        let (_, source) = BUILTIN.iter().find(|(known, _)| *known == name)?;
        Self::parse(source).ok()
    }

    fn new(name: String, about: String, ground: Ground, paints: &[Paint; Role::COUNT]) -> Self {
        let styles = paints.map(Paint::full);
        Self { name, about, ground, depth: ColorDepth::True, paints: *paints, styles }
    }

    /// The same theme for a terminal with this many colours. Without colours every theme looks like `mono`.
    pub fn at(&self, depth: ColorDepth) -> Self {
        let mono = || Self::builtin(MONO).map_or(self.paints, |mono| mono.paints);
        let styles = match depth {
            ColorDepth::True => self.paints.map(Paint::full),
            ColorDepth::Ansi256 => self.paints.map(Paint::indexed),
            ColorDepth::Ansi16 => self.base_styles(&mono()),
            ColorDepth::Mono => mono().map(Paint::plain),
        };
        Self { depth, styles, ..self.clone() }
    }

    /// The depth its styles are for.
    pub fn depth(&self) -> ColorDepth {
        self.depth
    }

    /// The style of a role: an array lookup.
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// The whole style of a role inside an area of another, such as a risk level in the selected row or a key in the
    /// header. A mark (selection, cursor) lays its ground, and its ink if it has one, over the role; a badge that brings
    /// its own ground keeps it. Paint the area itself with `buf.set_style(area, theme.style(under))` first.
    pub fn on(&self, role: Role, under: Role) -> Style {
        let (top, area) = (self.style(role), self.style(under));
        let badge = top.bg.is_some();
        let mut style = if depth::marks_by_ground(under) && !badge { top.patch(area) } else { area.patch(top) };
        if area.add_modifier.contains(Modifier::REVERSED) {
            // Reversed, dim would grey the bar instead of the words.
            style.add_modifier.remove(Modifier::DIM);
        }
        style
    }

    fn base_styles(&self, mono: &[Paint; Role::COUNT]) -> [Style; Role::COUNT] {
        let screen = self.paints[Role::Background as usize];
        let mut styles = self.paints.map(|paint| paint.base(screen));
        for &role in Role::ALL {
            let index = role as usize;
            if depth::marks_by_ground(role) && self.paints[index].bg.is_some() {
                // Own colours are taken back, so that a reversed row is one even bar.
                styles[index] = mono[index].plain().fg(Color::Reset).bg(Color::Reset);
            }
        }
        styles
    }
}

impl Default for Theme {
    /// The `dark` theme.
    fn default() -> Self {
        let plain = || Self::new(MONO.to_owned(), String::new(), Ground::Terminal, &[Paint::default(); Role::COUNT]);
        // The file is part of the program and a test reads it; the empty theme behind it is never seen.
        Self::builtin("dark").unwrap_or_else(plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_theme_parses_and_says_what_it_is() {
        for (name, source) in BUILTIN {
            let theme = Theme::parse(source).unwrap_or_else(|errors| panic!("themes/{name}.ron: {errors:?}"));
            assert!(!theme.name.is_empty() && !theme.about.is_empty(), "{name}");
            assert!(theme.about.ends_with('.') && theme.about.len() < 110, "{name}: {}", theme.about);
            let ground = theme.paints[Role::Background as usize].bg.map(|ground| ground.luminance() < 0.18);
            let want = match theme.ground {
                Ground::Dark => Some(true),
                Ground::Light => Some(false),
                Ground::Terminal => None,
            };
            assert_eq!(ground, want, "{name}");
        }
        assert_eq!(Theme::builtin("nothing"), None);
        assert_eq!(Theme::default().name, "Dark");
    }

    #[test]
    fn every_file_in_the_themes_folder_is_built_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder of themes")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        files.sort();
        let mut listed: Vec<String> = BUILTIN.iter().map(|(name, _)| format!("{name}.ron")).collect();
        listed.sort();
        assert_eq!(files, listed);
    }

    #[test]
    fn every_palette_entry_of_a_built_in_theme_is_used() {
        for (name, source) in BUILTIN {
            let (head, roles) = source.split_once("roles:").expect("roles come last");
            let palette = head.split_once("palette:").map_or("", |(_, palette)| palette);
            for entry in palette.lines().filter_map(|line| line.trim().split_once(": ").map(|(name, _)| name)) {
                assert!(roles.contains(&format!(": {entry}")), "themes/{name}.ron: {entry} is not used");
            }
        }
    }

    #[test]
    fn without_colors_selection_is_reversed_and_strength_is_weight() {
        for (name, _) in BUILTIN {
            let theme = Theme::builtin(name).expect(name).at(ColorDepth::Mono);
            for &role in Role::ALL {
                let style = theme.style(role);
                assert_eq!((style.fg, style.bg), (None, None), "{name} {}", role.name());
            }
            for (role, modifier) in [
                (Role::Selection, Modifier::REVERSED),
                (Role::SelectionInactive, Modifier::UNDERLINED),
                (Role::TextStrong, Modifier::BOLD),
                (Role::TextDim, Modifier::DIM),
                (Role::Cursor, Modifier::REVERSED),
                (Role::Match, Modifier::UNDERLINED),
            ] {
                assert!(theme.style(role).add_modifier.contains(modifier), "{name} {}", role.name());
            }
        }
    }

    #[test]
    fn in_16_colors_a_selected_row_is_one_even_bar() {
        let theme = Theme::default().at(ColorDepth::Ansi16);
        let row = theme.on(Role::RiskHigh, Role::Selection);
        assert_eq!((row.fg, row.bg), (Some(Color::Reset), Some(Color::Reset)));
        assert!(row.add_modifier.contains(Modifier::REVERSED));
        assert_eq!(theme.style(Role::Background).bg, Some(Color::Reset));
        assert_eq!(theme.on(Role::TextDim, Role::Selection), theme.on(Role::Text, Role::Selection));
    }

    #[test]
    fn a_depth_can_be_left_again() {
        let theme = Theme::default();
        assert_eq!(theme.at(ColorDepth::Mono).at(ColorDepth::Ansi256).at(ColorDepth::True), theme);
        assert_eq!(theme.at(ColorDepth::Ansi256).depth(), ColorDepth::Ansi256);
    }
}
