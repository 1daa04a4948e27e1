//! Out of the option: the response has ended, and the upstream connection goes back to the pool.
//!
//! `finish` has a loan of the client's connection: `&mut Conn` allows it to change the connection.
//! It does not own the connection, so it cannot take a piece out and leave a hole.
//! If it could, the owner would close an upstream connection that the pool lends to the next client.
//! Something has to stand in the place of what you take.

/// A connection to an upstream. It is one socket, so there is no copy of it.
#[derive(Debug)]
pub struct Upstream {
    pub address: String,
}

/// A client's connection. While a request runs, it holds the upstream connection that serves it.
#[derive(Debug)]
pub struct Conn {
    pub upstream: Option<Upstream>,
}

/// Puts the upstream connection back into the pool, and says whether there was one.
pub fn finish(conn: &mut Conn, pool: &mut Vec<Upstream>) -> bool {
    // exercise: begin
    match conn.upstream.take() {
        Some(upstream) => {
            pool.push(upstream);
            true
        }
        None => false,
    }
    // exercise: stub
    // match conn.upstream {
    //     Some(upstream) => {
    //         pool.push(upstream);
    //         true
    //     }
    //     None => false,
    // }
    // exercise: end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conn(address: &str) -> Conn {
        Conn { upstream: Some(Upstream { address: String::from(address) }) }
    }

    #[test]
    fn the_pool_gets_the_upstream() {
        let mut pool = vec![Upstream { address: String::from("10.0.0.8:80") }];
        let there_was_one = finish(&mut conn("10.0.0.7:80"), &mut pool);
        assert!(there_was_one, "the connection had an upstream\ninput: a connection with 10.0.0.7:80");
        assert!(
            pool.len() == 2 && pool.iter().any(|upstream| upstream.address == "10.0.0.7:80"),
            "the response has ended, so the pool may lend this upstream again\n\
             input: a connection with 10.0.0.7:80, a pool of 10.0.0.8:80\nexpected: a pool of both\ngot: {pool:?}"
        );
    }

    #[test]
    fn the_connection_has_it_no_more() {
        let mut conn = conn("10.0.0.7:80");
        finish(&mut conn, &mut Vec::new());
        assert!(
            conn.upstream.is_none(),
            "the pool owns this upstream now: with two owners, two clients would write into one socket\n\
             input: a connection with 10.0.0.7:80\nexpected: None is left behind\ngot: {conn:?}"
        );
    }

    #[test]
    fn a_connection_without_an_upstream_is_left_alone() {
        let quiet = std::panic::catch_unwind(|| {
            let mut pool = vec![Upstream { address: String::from("10.0.0.7:80") }];
            (finish(&mut Conn { upstream: None }, &mut pool), pool.len())
        });
        let got = quiet.unwrap_or_else(|_| panic!("`finish` panicked: an Option may be None, so ask it\ninput: None"));
        assert_eq!(got, (false, 1), "there is nothing to put back\ninput: None, and a pool of one");
    }

    #[test]
    fn the_pool_gets_the_upstream_itself() {
        let mut conn = conn("10.0.0.7:80");
        let before = conn.upstream.as_ref().map(|upstream| upstream.address.as_ptr());
        let mut pool = Vec::new();
        finish(&mut conn, &mut pool);
        let after = pool.first().map(|upstream| upstream.address.as_ptr());
        assert!(
            before == after,
            "the pool got a rebuilt upstream: a socket cannot be built anew from its address\n\
             input: a connection with 10.0.0.7:80\nexpected: the same Upstream, moved\ngot: another one: {pool:?}"
        );
    }
}
