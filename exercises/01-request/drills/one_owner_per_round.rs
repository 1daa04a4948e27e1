//! One owner a round: the proxy offers a request to one upstream after another until one takes it.
//!
//! `offer` takes the head. An upstream that is down refuses, and gives the head back in `Refused`.
//! In the loop below the first round gives `head` away and lets what comes back fall.
//! So in the second round there is no head to offer.
//! Catch the head that comes back, so that each round starts with an owner.

/// The head of one request. It has one owner at any moment.
#[derive(Debug)]
pub struct Head {
    pub path: String,
}

/// One upstream, and whether it takes requests at the moment.
pub struct Upstream {
    pub name: String,
    pub up: bool,
}

/// The answer of an upstream. Either way, the head is in it.
#[derive(Debug)]
pub enum Offer {
    /// The upstream named `to` has taken the head.
    Sent { to: String, head: Head },
    /// The upstream is down: here is your head.
    Refused(Head),
}

/// Offers the head to one upstream.
pub fn offer(upstream: &Upstream, head: Head) -> Offer {
    if upstream.up { Offer::Sent { to: upstream.name.clone(), head } } else { Offer::Refused(head) }
}

/// Offers the head to each upstream in order, until one takes it; `Refused` when none does.
pub fn send(head: Head, upstreams: &[Upstream]) -> Offer {
    for upstream in upstreams {
        match offer(upstream, head) {
            Offer::Sent { to, head } => return Offer::Sent { to, head },
            Offer::Refused(_) => {}
        }
    }
    Offer::Refused(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    // When the owner of a value goes away, Rust calls `drop` on the value. Here that counts the freed heads.
    thread_local! { static FREED: Cell<usize> = const { Cell::new(0) }; }

    impl Drop for Head {
        fn drop(&mut self) {
            FREED.set(FREED.get() + 1);
        }
    }

    /// Sends `/menu` to upstreams named a, b, c…, each of which is up or down.
    fn send_menu(up: &[bool]) -> Offer {
        let named = ["a", "b", "c"].into_iter().zip(up);
        let upstreams: Vec<_> = named.map(|(name, &up)| Upstream { name: String::from(name), up }).collect();
        send(Head { path: String::from("/menu") }, &upstreams)
    }

    fn check(up: &[bool], expected: &str, why: &str) {
        let got = match &send_menu(up) {
            Offer::Sent { to, head } => format!("{} went to {to}", head.path),
            Offer::Refused(head) => format!("{} was refused", head.path),
        };
        assert_eq!(got, expected, "{why}\ninput: upstreams a, b, c are up: {up:?}");
    }

    #[test]
    fn the_first_upstream_takes_it() {
        check(&[true, true], "/menu went to a", "the first upstream is up");
    }

    #[test]
    fn the_next_one_gets_it_after_a_refusal() {
        check(&[false, true], "/menu went to b", "a refused and gave the head back: b is next");
        check(&[false, false, true], "/menu went to c", "a and b refused: c is next");
    }

    #[test]
    fn gives_the_head_back_when_all_refuse() {
        check(&[false, false], "/menu was refused", "all refused: the caller needs the head for its answer");
        check(&[], "/menu was refused", "without an upstream the head comes back too");
    }

    #[test]
    fn offers_the_same_head_each_time() {
        let up = [false, false, true];
        let _offer = send_menu(&up);
        let got = FREED.get();
        assert_eq!(
            got, 0,
            "a head was freed between two rounds: catch the one that a refusal gives back, a copy is not needed\n\
             input: upstreams a, b, c are up: {up:?}\nexpected: 0 heads freed\ngot: {got}"
        );
    }
}
