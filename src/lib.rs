//! strideboard: facilitated STRIDE threat-modeling sessions in the terminal, saved as RON files a team reviews in git.

pub mod app;
pub mod catalog;
pub mod cli;
pub mod format;
pub mod method;
pub mod review;
pub mod runtime;
pub mod session;
pub mod ui;
