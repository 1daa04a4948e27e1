//! Evict the dead: a pool keeps idle upstream connections, and some of them were closed at the other end.
//!
//! Here a loop walks over the list and takes out what is dead.
//! With `for conn in idle.iter()` rustc refuses that, with E0502: the list may not change while the loop looks at it.
//! So somebody went by numbers instead. That compiles, and it makes the very mistake that E0502 is there to prevent:
//! after `remove`, every connection behind it has another number.

/// A connection to an upstream. It is one socket, so there is no copy of it.
#[derive(Debug, PartialEq)]
pub struct Conn {
    pub id: u32,
    pub alive: bool,
}

/// Takes every dead connection out of the list, leaves the others in their order, and tells how many were dead.
pub fn evict(idle: &mut Vec<Conn>) -> usize {
    let before = idle.len();
    // exercise: begin
    idle.retain(|conn| conn.alive);
    // exercise: stub
    // let mut at = 0;
    // while at < idle.len() {
    //     if !idle[at].alive {
    //         idle.remove(at);
    //     }
    //     at += 1;
    // }
    // exercise: end
    before - idle.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Connections with the numbers 1, 2, 3 …; a capital A is alive, a small d is dead.
    fn pool(states: &str) -> Vec<Conn> {
        (1..).zip(states.chars()).map(|(id, state)| Conn { id, alive: state == 'A' }).collect()
    }

    fn check(states: &str, expected: &[u32], why: &str) {
        let mut idle = pool(states);
        let count = evict(&mut idle);
        let got: Vec<u32> = idle.iter().map(|conn| conn.id).collect();
        assert!(got == expected, "{why}\npool: {states} (d is dead)\nexpected to stay: {expected:?}\ngot: {got:?}");
        let dead = states.len() - expected.len();
        assert!(count == dead, "{why}\npool: {states} (d is dead)\nexpected count: {dead}\ngot: {count}");
    }

    #[test]
    fn leaves_the_living_alone() {
        check("", &[], "there is nobody");
        check("AAA", &[1, 2, 3], "all of them are alive");
    }

    #[test]
    fn takes_out_one_that_is_dead() {
        check("AdA", &[1, 3], "the second one is dead, and the others are not");
        check("d", &[], "the only one is dead");
    }

    #[test]
    fn takes_out_each_one_that_is_dead() {
        check("AdAd", &[1, 3], "after the first dead one is gone, the others have other numbers");
    }

    #[test]
    fn takes_out_neighbours() {
        check("AddA", &[1, 4], "two dead ones stand side by side: when one goes, the next one takes its place");
        check("dddd", &[], "all of them are dead");
    }

    #[test]
    fn keeps_the_order() {
        check("AdAAA", &[1, 3, 4, 5], "the one that was idle longest stands first, and is lent first");
    }
}
