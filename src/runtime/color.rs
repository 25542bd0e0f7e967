//! How many colours the terminal has.
//!
//! Owns the reading of `NO_COLOR`, `COLORTERM` and `TERM`. Refuses to ask the terminal itself: an answer would arrive
//! among the keys. The environment is passed in, so the rules are one pure function.

pub use crate::ui::theme::ColorDepth;

/// What `--color` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ColorChoice {
    /// Colour on a terminal that has it, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Colour whatever the output is
    Always,
    /// No colour
    Never,
}

/// Where the output goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// To a terminal.
    Terminal,
    /// To a file or a pipe.
    Other,
}

/// Names, or beginnings of names, of terminals that understand red, green and blue but do not say so in their name.
const DIRECT: &[&str] =
    &["xterm-kitty", "kitty", "alacritty", "foot", "wezterm", "xterm-ghostty", "ghostty", "contour", "rio"];

impl ColorDepth {
    /// The depth for a choice, an output and an environment.
    pub fn detect(choice: ColorChoice, output: Output, env: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| env(name).filter(|value| !value.is_empty());
        match (choice, output) {
            (ColorChoice::Never, _) => Self::Mono,
            // Asked for explicitly, so the user's word counts more than NO_COLOR, and a pipe gets at least the basics.
            (ColorChoice::Always, _) => Self::of_terminal(set).max(Self::Ansi16),
            (ColorChoice::Auto, Output::Other) => Self::Mono,
            (ColorChoice::Auto, Output::Terminal) if set("NO_COLOR").is_some() => Self::Mono,
            (ColorChoice::Auto, Output::Terminal) => Self::of_terminal(set),
        }
    }

    fn of_terminal(set: impl Fn(&str) -> Option<String>) -> Self {
        let Some(term) = set("TERM").map(|term| term.to_ascii_lowercase()) else {
            // Windows consoles set no TERM, but have had full colour since 2017; elsewhere nothing is known.
            return if cfg!(windows) { Self::True } else { Self::Mono };
        };
        match term.as_str() {
            "dumb" | "unknown" => return Self::Mono,
            // The kernel's console folds everything to sixteen, whatever COLORTERM was inherited.
            "linux" | "cons25" | "ansi" => return Self::Ansi16,
            _ if term.starts_with("vt") || term.ends_with("-mono") || term.ends_with("-m") => return Self::Mono,
            _ => {}
        }
        // GNU screen hands COLORTERM of the outer terminal on, but drops such colours; tmux translates them.
        let inherited = term.starts_with("screen") && set("TMUX").is_none();
        let claims = set("COLORTERM")
            .is_some_and(|value| ["truecolor", "24bit"].iter().any(|claim| value.eq_ignore_ascii_case(claim)));
        if (claims && !inherited) || term.ends_with("-direct") || DIRECT.iter().any(|name| term.starts_with(name)) {
            Self::True
        } else if term.contains("256") {
            Self::Ansi256
        } else {
            Self::Ansi16
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(choice: ColorChoice, output: Output, env: &[(&str, &str)]) -> ColorDepth {
        ColorDepth::detect(choice, output, |name| {
            env.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_environment_says_how_many_colours() {
        use ColorDepth::{Ansi16, Ansi256, Mono, True};
        let table: &[(&[(&str, &str)], ColorDepth)] = &[
            (&[("TERM", "xterm")], Ansi16),
            (&[("TERM", "xterm-256color")], Ansi256),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], True),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "24bit")], True),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "yes")], Ansi256),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("NO_COLOR", "1")], Mono),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "")], Ansi256),
            (&[("TERM", "xterm-kitty")], True),
            (&[("TERM", "alacritty")], True),
            (&[("TERM", "foot")], True),
            (&[("TERM", "foot-extra")], True),
            (&[("TERM", "wezterm")], True),
            (&[("TERM", "xterm-ghostty")], True),
            (&[("TERM", "tmux-direct")], True),
            (&[("TERM", "tmux-256color"), ("COLORTERM", "truecolor")], True),
            (&[("TERM", "screen-256color"), ("COLORTERM", "truecolor")], Ansi256),
            (&[("TERM", "screen-256color"), ("COLORTERM", "truecolor"), ("TMUX", "/tmp/x,1,0")], True),
            (&[("TERM", "screen")], Ansi16),
            (&[("TERM", "dumb"), ("COLORTERM", "truecolor")], Mono),
            (&[("TERM", "linux"), ("COLORTERM", "truecolor")], Ansi16),
            (&[("TERM", "vt220")], Mono),
            (&[("TERM", "rxvt-unicode-256color")], Ansi256),
        ];
        for (env, expected) in table {
            assert_eq!(depth(ColorChoice::Auto, Output::Terminal, env), *expected, "{env:?}");
        }
        let nothing_known = if cfg!(windows) { True } else { Mono };
        assert_eq!(depth(ColorChoice::Auto, Output::Terminal, &[]), nothing_known);
    }

    #[test]
    fn a_choice_overrides_the_environment() {
        let rich = [("TERM", "xterm-256color"), ("NO_COLOR", "1")];
        assert_eq!(depth(ColorChoice::Always, Output::Other, &rich), ColorDepth::Ansi256);
        assert_eq!(depth(ColorChoice::Always, Output::Other, &[("TERM", "dumb")]), ColorDepth::Ansi16);
        assert_eq!(depth(ColorChoice::Never, Output::Terminal, &[("TERM", "alacritty")]), ColorDepth::Mono);
        assert_eq!(depth(ColorChoice::Auto, Output::Other, &[("TERM", "alacritty")]), ColorDepth::Mono);
    }
}
