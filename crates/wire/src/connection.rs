//! The words of a client connection's life: what can happen to it, and what the proxy then has to do.
//!
//! Owns the vocabulary of part 04. Leaves out the states themselves, which are the part, and everything that
//! moves: whoever owns the sockets turns what it sees into an [`Event`], and obeys the [`Action`].

use std::num::NonZeroU32;

/// The two peers of a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Whoever sends requests to us.
    Client,
    /// Whoever we forward them to.
    Upstream,
}

impl Side {
    /// The other of the two.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Side::Client => Side::Upstream,
            Side::Upstream => Side::Client,
        }
    }
}

/// What happened, as seen by whoever owns the sockets and the clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// So many more bytes came from the client.
    Read(usize),
    /// The blank line of a request head came, and this is what the head promises.
    HeadEnded {
        /// A body follows.
        body: bool,
        /// The client may send another request on this connection (RFC 9112 9.3).
        persistent: bool,
        /// The client asks to switch protocols, and it may (RFC 9110 7.8). Never true when a body follows.
        upgrade: bool,
    },
    /// The last byte of the request's body was read.
    BodyEnded,
    /// The head of the upstream's final response is there, and nothing of it has been sent yet.
    AnswerReady {
        /// The client can tell where this response ends while the connection stays open.
        delimited: bool,
    },
    /// The last byte of the answer was sent, whoever wrote it.
    AnswerEnded,
    /// The upstream answered 101: from here on it speaks another protocol.
    Switched,
    /// Nothing was answered yet, and the proxy has to answer itself, with this status.
    Refused(u16),
    /// This side was silent, or took nothing, for as long as we are willing to wait.
    TimedOut(Side),
    /// This side sends no more. Outside of a tunnel: its connection is of no more use.
    Closed(Side),
    /// The proxy is stopping: what runs may end, and nothing new may begin.
    StopAsked,
}

/// What the owner of the sockets has to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Wait for bytes of a request.
    Read,
    /// Send the request to the upstream, its body included.
    Forward,
    /// Nothing new: go on with what runs.
    GoOn,
    /// Send the upstream's response, beginning with its head.
    Answer {
        /// The connection stays. When it does not, the head says `Connection: close`.
        keep: bool,
    },
    /// Send an answer of our own.
    Refuse {
        /// Its status code.
        status: u16,
        /// The connection stays. When it does not, the head says `Connection: close`.
        keep: bool,
    },
    /// Send the 101, and from then on pass the bytes of each side to the other.
    Tunnel,
    /// In a tunnel: tell this side that no more bytes will come, and go on with the other direction.
    Finish(Side),
    /// Read what the client still sends, and throw it away.
    Discard,
    /// Close in good order.
    Close,
    /// Close without finishing the answer: a missing length or last chunk tells the client (RFC 9112 8).
    Abort,
    /// The same, for an answer that would look whole after an ordinary close: reset the connection.
    Reset,
}

/// Why a connection was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Everything that was asked was answered, and nothing more was to come.
    Finished,
    /// Nothing came for too long, and nobody waited for an answer.
    Quiet,
    /// The client closed between two requests, as it may.
    Left,
    /// The proxy is stopping.
    Stopped,
    /// The proxy refused a request with this status, and could not tell where the next one begins.
    Refused(u16),
    /// This side broke off in the middle of an answer.
    Broken(Side),
    /// The event cannot happen in this state: the one who reported it has a bug.
    Impossible {
        /// The state's name.
        state: &'static str,
        /// What was reported.
        event: Event,
    },
    /// A step did not come to its end: it panicked, and took the state with it.
    Lost,
}

/// How far the answer to a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Not a byte of it was sent, so that another answer can take its place.
    Awaited,
    /// Its head is out: from here on it can only end, or break off.
    Begun {
        /// The client can tell where it ends while the connection stays open.
        delimited: bool,
    },
}

/// Which sides of a tunnel still send. "None of them" is not among the values: that tunnel is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// Both.
    Both,
    /// This one only; the other has sent its last byte.
    Only(Side),
}

/// How much of one connection we are willing to serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Requests that may come, one after another. The answer to the last one says `Connection: close`.
    pub requests: NonZeroU32,
    /// Bytes in one request head. Reached: 431.
    pub head: usize,
    /// Bytes that are read and thrown away after the last answer, so that the client can read it.
    pub discard: usize,
}
