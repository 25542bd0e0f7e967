//! The workbench: the event loop on a terminal, or a replay that prints its last frame.
//!
//! Owns putting settings, themes, key map and environment together before the first frame. Refuses: the loop itself
//! (`runtime::workbench`) and what keys do (`app`).

use std::{env, io::IsTerminal, path::Path, process::ExitCode, time::Duration};

use super::{Console, Failure, Kind, OpenArgs, find, shown};
use crate::{
    app::{
        Model,
        model::{Preferences, Screen, Typed},
        msg::{Environment, Failure as Notice},
        overlay::Overlay,
    },
    format::nearest::nearest,
    runtime::{
        clock,
        color::Output,
        disk::Disk,
        paths,
        replay::{self, Replay},
        settings::Settings,
        store::{self, StoreError},
        terminal::MouseUse,
        workbench::{self, Ended, Options},
    },
    session::limits,
    ui::theme::{BUILTIN, ColorDepth, Theme},
};

/// Opens the workbench, or replays keys on it.
pub fn run(args: &OpenArgs, console: Console) -> Result<ExitCode, Failure> {
    let (mut settings, mut problems) = match paths::settings_path() {
        Some(path) => Settings::load(&path),
        None => (Settings::default(), Vec::new()),
    };
    if let Some(name) = &args.theme {
        settings.theme.clone_from(name);
    }
    let mut themes: Vec<(String, Theme)> =
        BUILTIN.iter().filter_map(|(name, _)| Some(((*name).to_owned(), Theme::builtin(name)?))).collect();
    if !themes.iter().any(|(name, _)| *name == settings.theme) {
        match theme_file(&settings.theme) {
            Ok(theme) => themes.push((settings.theme.clone(), theme)),
            // On the command line it is a mistake to mend; in the settings it must not keep anybody from working.
            Err(failure) if args.theme.is_some() => return Err(failure),
            Err(failure) => {
                problems.push(failure.message);
                settings.theme = Settings::default().theme;
            }
        }
    }
    let cwd =
        env::current_dir().map_err(|e| Failure::new(Kind::Io, format!("the current folder cannot be read: {e}")))?;
    let session = args.session.as_deref().map(|typed| find(typed).map_err(|failure| or_command(typed, failure)));
    let session = session.transpose()?;
    let (folder, session) = match session {
        Some(path) if path.is_dir() => (path, None),
        other => (cwd, other),
    };
    let today = clock::today();
    let environment = Environment {
        today,
        seed: u64::from(clock::random()) << 32 | u64::from(clock::random()),
        themes: themes.iter().map(|(name, _)| name.clone()).collect(),
        folder: shown(&folder),
    };
    let preferences =
        Preferences { theme: settings.theme.clone(), autosave: settings.autosave, me: settings.me.clone() };
    let mut model = Model::new(environment, settings.keymap(), preferences);
    model.now = Some(clock::now());
    if !problems.is_empty() {
        let message = "The settings could not all be used:".to_owned();
        model.overlay = Some(Overlay::Message(Notice { message, details: problems }));
    }
    // A replay is the same whoever runs it, and leaves nothing behind but what its keys save.
    let state = if args.print.is_none() { paths::state_dir() } else { None };
    let disk = Disk::new(folder, today).remembering(state);
    let keys = args.keys.as_ref().map(|keys| keys.0.clone()).unwrap_or_default();

    if let Some(size) = args.print {
        let mut replay = Replay::new(model, themes, disk, (size.width, size.height));
        match &session {
            Some(path) => replay.open(path),
            None => replay.browse(),
        }
        replay.keys(&keys);
        console.print_raw(&replay::text(replay.frame()))?;
        let opened = !matches!(replay.model.screen, Screen::Broken { .. });
        return Ok(if opened { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }

    if let Some(path) = &session {
        model = model.loading(path);
        if let Screen::Loading { waiting, .. } = &mut model.screen {
            waiting.extend(keys.into_iter().map(Typed::Key));
        }
    }
    let output = if std::io::stdout().is_terminal() { Output::Terminal } else { Output::Other };
    let options = Options {
        open: session,
        themes,
        depth: ColorDepth::detect(console.choice(), output, |name| env::var(name).ok()),
        mouse: if settings.mouse { MouseUse::Captured } else { MouseUse::Free },
        autosave_after: Duration::from_millis(settings.autosave_after_ms),
        editor: settings.editor,
    };
    match workbench::run(model, disk, options) {
        Ok((ended, left_behind)) => {
            if let Some(words) = left_behind {
                console.warn("", &words);
            }
            Ok(match ended {
                Ended::Quit => ExitCode::SUCCESS,
                Ended::NotOpened => ExitCode::FAILURE,
                Ended::Killed(code) => ExitCode::from(code),
            })
        }
        Err(error) => {
            let failure = Failure::new(Kind::Io, error.to_string());
            Err(failure.hint("without a terminal use `strideboard show`, `check`, `capture` or `--print 120x40`"))
        }
    }
}

/// Says which command was probably meant, when the name of a session that is not there looks like one.
fn or_command(typed: &str, failure: Failure) -> Failure {
    let command = super::command();
    if typed.trim().is_empty() {
        return failure;
    }
    let near = nearest(typed, command.get_subcommands().map(clap::Command::get_name));
    match near {
        Some(name) => failure.hint(format!("did you mean the command `strideboard {name}`?")),
        None => failure,
    }
}

/// A theme from a file, as its name in the settings or behind `--theme` says.
fn theme_file(name: &str) -> Result<Theme, Failure> {
    let path = Path::new(name);
    let content = store::read_within(path, limits::SETTINGS).map_err(|error| {
        if !matches!(error, StoreError::NotFound { .. }) {
            return Failure::from(error);
        }
        let failure = Failure::new(Kind::Usage, format!("there is no theme `{name}`, and no file of that name"));
        match nearest(name, BUILTIN.iter().map(|(known, _)| *known)) {
            Some(near) => failure.hint(format!("did you mean `{near}`?")),
            None => failure.hint("`strideboard themes` lists them"),
        }
    })?;
    let source = String::from_utf8(content.bytes)
        .map_err(|_| Failure::new(Kind::Broken, format!("{name} is not UTF-8 text; save it as UTF-8")))?;
    Theme::parse(&source).map_err(|errors| {
        let mistakes: Vec<String> = errors.iter().map(|error| format!("{name}:{error}")).collect();
        Failure::new(Kind::Broken, format!("the theme cannot be used: {}", mistakes.join("; ")))
    })
}
