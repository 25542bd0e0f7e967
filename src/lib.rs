//! strideboard: facilitated STRIDE threat-modeling sessions in the terminal, saved as RON files a team reviews in git.

pub mod app;
pub mod runtime;
pub mod session;
