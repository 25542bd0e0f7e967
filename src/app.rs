//! The state machine of the workbench.

pub mod capture;
pub mod key;
