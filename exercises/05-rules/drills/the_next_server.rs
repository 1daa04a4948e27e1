//! The next server: an upstream has three servers, the first is down, and the request could go to the second.
//!
//! `dial` says with a `Result` whether a server took the connection.
//! The loop below asks with `?`. It compiles, and it looks as if the error were taken care of.
//! But `?` returns: at the first server that is down, `connect` is over, and nobody asks the second one.
//! Here the error has somebody who can do something about it, and that is the loop. Let the loop look at it.

/// Why there is no connection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DialError {
    /// Nobody listens there.
    Refused,
    /// Nobody answered in time.
    TimedOut,
    /// The upstream has no servers.
    NoServer,
}

/// One server, and what happens when somebody dials it.
#[derive(Debug)]
pub struct Server {
    pub name: String,
    pub fails: Option<DialError>,
}

/// An open connection to the server of this name.
#[derive(Debug, PartialEq)]
pub struct Conn {
    pub name: String,
}

/// Opens a connection to `server`.
pub fn dial(server: &Server) -> Result<Conn, DialError> {
    match server.fails {
        Some(error) => Err(error),
        None => Ok(Conn { name: server.name.clone() }),
    }
}

/// A connection to the first server that takes one. If none does, the error of the last one that was asked.
pub fn connect(servers: &[Server]) -> Result<Conn, DialError> {
    for server in servers {
        let conn = dial(server)?;
        return Ok(conn);
    }
    Err(DialError::NoServer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use DialError::{NoServer, Refused, TimedOut};

    fn server(name: &str, fails: Option<DialError>) -> Server {
        Server { name: String::from(name), fails }
    }

    fn check(servers: &[Server], expected: Result<&str, DialError>, why: &str) {
        println!("{why}\ninput: {servers:?}"); // should connect panic, this is still shown
        let got = connect(servers);
        let got = got.as_ref().map(|conn| conn.name.as_str()).map_err(|error| *error);
        assert!(got == expected, "{why}\ninput: {servers:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn takes_the_first_server_that_answers() {
        check(&[server("a", None), server("b", None)], Ok("a"), "the first one takes it, so nobody else is asked");
    }

    #[test]
    fn without_servers_there_is_nobody_to_ask() {
        check(&[], Err(NoServer), "an upstream without servers has an error of its own");
    }

    #[test]
    fn asks_the_next_one_when_a_server_is_down() {
        let why = "a server that is down is no reason to give up: `?` would return here, and ask nobody else";
        check(&[server("a", Some(Refused)), server("b", None)], Ok("b"), why);
        check(&[server("a", Some(Refused)), server("b", Some(TimedOut)), server("c", None)], Ok("c"), why);
    }

    #[test]
    fn says_what_the_last_one_said_when_all_are_down() {
        let why = "when nobody takes it, the caller wants to know why: the last error, not none and not an older one";
        check(&[server("a", Some(Refused)), server("b", Some(TimedOut))], Err(TimedOut), why);
        check(&[server("a", Some(TimedOut)), server("b", Some(Refused))], Err(Refused), why);
    }
}
