//! The words of a stop and of a restart (part 11, `drain`).
//!
//! Owns how they can end, and which descriptors another process handed to this one. Leaves out the channels that
//! bring the news, and the descriptors themselves.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

/// How a stop came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drained {
    /// Everything that ran has ended.
    All,
    /// The deadline passed first.
    Cut {
        /// How many were still running then.
        left: usize,
    },
}

/// What became of the process that was to take over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Succession {
    /// It accepts connections: we can stop.
    TakesOver,
    /// It ended, or whoever watched it gave up, before it was ready: we go on serving.
    Failed,
    /// It was not ready in time: we go on serving, and it has to end.
    TooLate,
}

/// Why `LISTEN_FDS` cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListenFault {
    /// `LISTEN_PID` is no process id.
    Pid,
    /// `LISTEN_FDS` is no number from 1 on, or there are not that many descriptors.
    Fds,
}

impl fmt::Display for ListenFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ListenFault::Pid => "LISTEN_PID is not a process id; let the process manager set it, or unset it",
            ListenFault::Fds => "LISTEN_FDS is not the number of descriptors from 3 on; unset it to open sockets anew",
        })
    }
}

impl std::error::Error for ListenFault {}

/// The descriptors that another process hands to this one, as systemd does: `fds` of them, from 3 on.
///
/// `pid` is our own process id; `listen_pid` and `listen_fds` are the values of `LISTEN_PID` and `LISTEN_FDS`.
/// Descriptors for another process are none of ours: the variables were inherited by mistake. Without a
/// `LISTEN_PID` they are ours, because a predecessor can't know our id before we run.
///
/// # Errors
/// What is wrong with the variables. To go on without the descriptors would open a second socket in silence.
pub fn listen_fds(pid: u32, listen_pid: Option<&str>, listen_fds: Option<&str>) -> Result<Range<i32>, ListenFault> {
    /// After standard input, output and error.
    const FIRST: i32 = 3;
    let Some(fds) = listen_fds else {
        return Ok(FIRST..FIRST);
    };
    if let Some(listen_pid) = listen_pid {
        if number::<u32>(listen_pid).filter(|pid| *pid != 0).ok_or(ListenFault::Pid)? != pid {
            return Ok(FIRST..FIRST);
        }
    }
    let count = number::<i32>(fds).filter(|count| *count > 0).ok_or(ListenFault::Fds)?;
    let end = FIRST.checked_add(count).ok_or(ListenFault::Fds)?;
    Ok(FIRST..end)
}

/// Digits only: `parse` would take a sign.
fn number<T: FromStr>(text: &str) -> Option<T> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptors_are_taken_when_they_are_meant_for_this_process() {
        for (listen_pid, fds, expected) in [
            (None, None, Ok(3..3)),
            (Some("7"), Some("1"), Ok(3..4)),
            (Some("7"), Some("2"), Ok(3..5)),
            (None, Some("1"), Ok(3..4)),
            (Some("8"), Some("2"), Ok(3..3)),
            (Some("8"), Some("x"), Ok(3..3)),
            (Some("7"), None, Ok(3..3)),
            (Some("x"), Some("1"), Err(ListenFault::Pid)),
            (Some("-7"), Some("1"), Err(ListenFault::Pid)),
            (Some("0"), Some("1"), Err(ListenFault::Pid)),
            (Some("7"), Some("0"), Err(ListenFault::Fds)),
            (Some("7"), Some("-1"), Err(ListenFault::Fds)),
            (Some("7"), Some("+1"), Err(ListenFault::Fds)),
            (Some("7"), Some(""), Err(ListenFault::Fds)),
            (Some("7"), Some("2147483647"), Err(ListenFault::Fds)),
            (Some("7"), Some("2147483644"), Ok(3..i32::MAX)),
        ] {
            assert_eq!(
                listen_fds(7, listen_pid, fds),
                expected,
                "pid 7, LISTEN_PID {listen_pid:?}, LISTEN_FDS {fds:?}"
            );
        }
    }
}
