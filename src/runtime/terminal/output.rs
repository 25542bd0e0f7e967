//! Bytes to the terminal, past the standard library's line buffer.
//!
//! `io::stdout` would cut a frame at its buffer's size and holds a lock that a panicking thread might have to wait for.

use std::io;

/// Writes everything to standard output, in one write if the terminal takes it.
#[cfg(unix)]
pub(in crate::runtime) fn write_all(mut bytes: &[u8]) -> io::Result<()> {
    use rustix::{
        event::{PollFd, PollFlags, poll},
        io::{Errno, write},
        stdio::stdout,
    };
    while !bytes.is_empty() {
        match write(stdout(), bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(length) => bytes = &bytes[length..],
            Err(Errno::INTR) => {}
            // Somebody who shares the terminal made it non-blocking; the frame still has to arrive whole.
            Err(Errno::AGAIN) => {
                let out = stdout();
                match poll(&mut [PollFd::new(&out, PollFlags::OUT)], None) {
                    Ok(_) | Err(Errno::INTR) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Writes everything to standard output.
#[cfg(not(unix))]
pub(in crate::runtime) fn write_all(bytes: &[u8]) -> io::Result<()> {
    use io::Write;
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}
