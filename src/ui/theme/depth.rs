//! Colour depth: what a theme becomes on a terminal with fewer colours than it was drawn in.
//!
//! Owns the translation of one [`Paint`] to a ratatui style for a [`ColorDepth`]. Refuses detecting the depth, which
//! needs the environment, and naming roles, but for the few that mark a place by its ground.

use ratatui::style::{Color, Modifier, Style};

use super::{
    Role,
    color::{BASE, Rgb},
};

/// How many colours the terminal shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColorDepth {
    /// None: only bold, dim, underlined, italic and reversed.
    Mono,
    /// The 16 base colours, as the terminal's user set them.
    Ansi16,
    /// The 256 colours of xterm.
    Ansi256,
    /// 24 bits.
    #[default]
    True,
}

/// What a theme file says about one role.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Paint {
    /// Text colour; absent leaves it as it is.
    pub(super) fg: Option<Rgb>,
    /// Ground; absent leaves it as it is.
    pub(super) bg: Option<Rgb>,
    /// Bold, dim and the like.
    pub(super) add: Modifier,
}

/// Below this chroma a colour reads as grey.
const GREY: f32 = 0.05;
/// A grey ground nearer than this to the screen's is a tint of it.
const TINT: f32 = 0.3;

/// The base colours that stand for hues on a dark ground: Oklab hue in degrees, index. Plain red and blue are too dark
/// there; dark yellow is what most palettes have for orange.
const ON_DARK: [(f32, u8); 7] = [(29.0, 9), (58.0, 3), (100.0, 11), (145.0, 2), (195.0, 6), (262.0, 12), (328.0, 13)];
/// The same on a light ground, where the bright colours are too pale; bright red is the nearest thing to orange.
const ON_LIGHT: [(f32, u8); 7] = [(29.0, 1), (58.0, 9), (95.0, 3), (145.0, 2), (195.0, 6), (262.0, 4), (328.0, 5)];
/// Hues of grounds.
const AS_GROUND: [(f32, u8); 6] = [(29.0, 1), (95.0, 3), (145.0, 2), (195.0, 6), (262.0, 4), (328.0, 5)];

impl Paint {
    /// The style at 24 bits.
    pub(super) fn full(self) -> Style {
        self.style(|Rgb(r, g, b)| Color::Rgb(r, g, b))
    }

    /// The style in the 256 colours of xterm.
    pub(super) fn indexed(self) -> Style {
        self.style(|color| Color::Indexed(color.nearest_256()))
    }

    /// The style without any colour.
    pub(super) fn plain(self) -> Style {
        Style::new().add_modifier(self.add)
    }

    /// The style in 16 colours on the screen painted by `screen`. Greys become the terminal's own colours, because
    /// nobody knows what it made of the base greys; a hue becomes the base colour of that hue.
    pub(super) fn base(self, screen: Self) -> Style {
        let ground = screen.bg.unwrap_or(Rgb(0, 0, 0));
        let bg = self.bg.map(|color| ground16(color, ground));
        let fg = match bg {
            Some(Color::Reset) | None => self.fg.map(|color| ink16(color, screen)),
            // A painted ground: black or white, whichever reads better.
            Some(painted) => Some(over(painted)),
        };
        let faint = |color: Rgb| {
            let ink = screen.fg.unwrap_or(Rgb(255, 255, 255));
            color.chroma() < GREY && color.contrast(ground) < 0.6 * ink.contrast(ground)
        };
        let painted = bg.is_some_and(|bg| bg != Color::Reset);
        let dim = if !painted && self.fg.is_some_and(faint) { Modifier::DIM } else { Modifier::empty() };
        Style { fg, bg, ..Style::new() }.add_modifier(self.add | dim)
    }

    fn style(self, color: impl Fn(Rgb) -> Color) -> Style {
        Style { fg: self.fg.map(&color), bg: self.bg.map(&color), ..Style::new() }.add_modifier(self.add)
    }
}

/// Whether a role marks a place by its ground alone. 16 colours have no quiet ground, so there such a mark is drawn as
/// without colours.
pub(super) fn marks_by_ground(role: Role) -> bool {
    matches!(role, Role::Selection | Role::SelectionInactive | Role::Cursor | Role::MatrixCursor)
}

fn ground16(color: Rgb, ground: Rgb) -> Color {
    if color.chroma() >= GREY {
        return Color::Indexed(hue16(color, &AS_GROUND));
    }
    let extreme = color == ground && (color.luminance() < 0.06 || color.luminance() > 0.7);
    if extreme || (color != ground && color.distance(ground) < TINT) {
        return Color::Reset;
    }
    Color::Indexed(color.nearest_16(&[0, 7, 8, 15]))
}

fn ink16(color: Rgb, screen: Paint) -> Color {
    let ground = screen.bg.unwrap_or(Rgb(0, 0, 0));
    let dark = ground.luminance() < 0.18;
    match ground16(ground, ground) {
        _ if color.chroma() >= GREY => Color::Indexed(hue16(color, if dark { &ON_DARK } else { &ON_LIGHT })),
        Color::Reset => Color::Reset,
        painted => over(painted),
    }
}

fn hue16(color: Rgb, hues: &[(f32, u8)]) -> u8 {
    let hue = color.hue();
    let apart = |to: f32| {
        let turn = (hue - to).abs();
        turn.min(360.0 - turn)
    };
    hues.iter().min_by(|a, b| apart(a.0).total_cmp(&apart(b.0))).map_or(7, |entry| entry.1)
}

fn over(painted: Color) -> Color {
    let ground = match painted {
        Color::Indexed(index) => BASE.get(usize::from(index)).copied().unwrap_or(Rgb(0, 0, 0)),
        _ => Rgb(0, 0, 0),
    };
    let light = ground.contrast(Rgb(255, 255, 255)) > ground.contrast(Rgb(0, 0, 0));
    Color::Indexed(if light { 15 } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paint(fg: &str, bg: &str) -> Paint {
        Paint { fg: Rgb::from_hex(fg), bg: Rgb::from_hex(bg), add: Modifier::empty() }
    }

    #[test]
    fn colors_come_down_to_256_by_the_cube_and_the_grey_ramp() {
        for (hex, index) in [
            ("#000000", 16),
            ("#ffffff", 231),
            ("#ff0000", 196),
            ("#5fafff", 75),
            ("#121212", 233),
            ("#808080", 244),
            ("#16181d", 234),
            ("#fbfaf7", 231),
        ] {
            assert_eq!(paint(hex, "").indexed().fg, Some(Color::Indexed(index)), "{hex}");
        }
    }

    #[test]
    fn colors_come_down_to_16_by_hue_and_greys_are_left_to_the_terminal() {
        let dark = paint("#d5d9e0", "#16181d");
        let light = paint("#24272e", "#fbfaf7");
        for (hex, on_dark, on_light) in [
            ("#e05050", Color::Indexed(9), Color::Indexed(1)),
            ("#eaa070", Color::Indexed(3), Color::Indexed(9)),
            ("#d7ba7d", Color::Indexed(11), Color::Indexed(3)),
            ("#96cea1", Color::Indexed(2), Color::Indexed(2)),
            ("#77cfcf", Color::Indexed(6), Color::Indexed(6)),
            ("#99c1f4", Color::Indexed(12), Color::Indexed(4)),
            ("#e8a8e8", Color::Indexed(13), Color::Indexed(5)),
            ("#808080", Color::Reset, Color::Reset),
            ("#ffffff", Color::Reset, Color::Reset),
        ] {
            assert_eq!(paint(hex, "").base(dark).fg, Some(on_dark), "{hex}");
            assert_eq!(paint(hex, "").base(light).fg, Some(on_light), "{hex}");
        }
    }

    #[test]
    fn a_faint_grey_is_dimmed_where_there_are_no_greys() {
        let screen = paint("#d5d9e0", "#16181d");
        assert!(paint("#707680", "").base(screen).add_modifier.contains(Modifier::DIM));
        assert!(!paint("#f0f0f0", "").base(screen).add_modifier.contains(Modifier::DIM));
        let light = paint("#24272e", "#fbfaf7");
        assert!(
            !paint("#ffffff", "#b02a37").base(light).add_modifier.contains(Modifier::DIM),
            "a badge has its own ground"
        );
    }

    #[test]
    fn grounds_in_16_colors_stay_readable() {
        for (screen, panel, want) in [
            (paint("#d5d9e0", "#16181d"), paint("#d5d9e0", "#16181d"), (Color::Reset, Color::Reset)),
            (paint("#24272e", "#fbfaf7"), paint("#24272e", "#fbfaf7"), (Color::Reset, Color::Reset)),
            (paint("#d5d9e0", "#16181d"), paint("#d5d9e0", "#20242b"), (Color::Reset, Color::Reset)),
            (paint("#d5d9e0", "#16181d"), paint("#d5d9e0", "#b02a37"), (Color::Indexed(15), Color::Indexed(1))),
            (paint("#24272e", "#fbfaf7"), paint("#24272e", "#ffe08a"), (Color::Indexed(0), Color::Indexed(3))),
            (paint("#ffffff", "#0000aa"), paint("#ffffff", "#0000aa"), (Color::Indexed(15), Color::Indexed(4))),
        ] {
            let style = panel.base(screen);
            assert_eq!((style.fg, style.bg), (Some(want.0), Some(want.1)));
        }
        let on_blue = paint("#ffffff", "").base(paint("#ffffff", "#0000aa"));
        assert_eq!(on_blue.fg, Some(Color::Indexed(15)), "grey words on a painted screen keep its ink");
    }

    #[test]
    fn without_colors_only_modifiers_are_left() {
        let style = Paint { add: Modifier::BOLD, ..paint("#ff0000", "#000000") }.plain();
        assert_eq!(style, Style::new().add_modifier(Modifier::BOLD));
    }
}
