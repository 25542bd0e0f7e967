//! Parse, run, exit code.
use std::time::Duration;
use strideboard::{
    app::{Model, key::Key, keymap::Keymap, model::Preferences, msg::Environment},
    runtime::{
        clock, color,
        disk::Disk,
        paths,
        replay::{self, Replay},
        terminal::MouseUse,
        workbench,
    },
    ui::theme,
};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let cwd = std::env::current_dir().unwrap();
    let today = clock::today();
    let env = Environment {
        today,
        seed: u64::from(clock::random()),
        themes: theme::BUILTIN.iter().map(|(n, _)| (*n).to_owned()).collect(),
        folder: cwd.display().to_string(),
    };
    let model = Model::new(env, Keymap::default(), Preferences { theme: "dark".into(), autosave: true });
    let disk = Disk::new(&cwd, today);
    let path = args.get(1).filter(|a| *a != "-").map(|a| paths::resolve_session(a, &cwd).unwrap());
    if let Some(at) = args.iter().position(|a| a == "--print") {
        let (w, h) = args[at + 1].split_once('x').unwrap();
        let mut r = Replay::new(model, disk, (w.parse().unwrap(), h.parse().unwrap()));
        match path {
            Some(p) => r.open(&p),
            None => r.browse(),
        }
        if let Some(k) = args.iter().position(|a| a == "--keys") {
            r.keys(&Key::parse_sequence(&args[k + 1]).unwrap());
        }
        print!("{}", replay::text(r.frame()));
        return;
    }
    let model = match &path {
        Some(p) => model.loading(p),
        None => model,
    };
    let depth = theme::ColorDepth::detect(color::ColorChoice::Auto, color::Output::Terminal, |n| std::env::var(n).ok());
    let o = workbench::Options {
        open: path,
        depth,
        mouse: MouseUse::Captured,
        autosave_after: Duration::from_millis(800),
        editor: None,
    };
    println!("{:?}", workbench::run(model, disk, o));
}
