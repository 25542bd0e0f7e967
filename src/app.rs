//! The state machine of the workbench.

pub mod key;
