//! What the method says.

pub mod prompts;
