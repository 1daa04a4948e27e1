//! Ok around it: a limit is checked, and the answer says whether the number may be used.
//!
//! `room_left` says in its type that it can fail: it answers with a `Result<usize, TooMany>`.
//! A `Result` is one of two wrappers: `Ok(…)` around what was asked for, `Err(…)` around what went wrong.
//! The body below gives both without a wrapper, so rustc says twice, with E0308, that the types differ.
//! Wrap each of them.

/// A file has more rules than there is room for.
#[derive(Debug, PartialEq)]
pub struct TooMany {
    pub found: usize,
    pub limit: usize,
}

/// How many more rules fit, when `found` rules are there and `limit` rules fit.
pub fn room_left(found: usize, limit: usize) -> Result<usize, TooMany> {
    // exercise: begin
    if found > limit {
        return Err(TooMany { found, limit });
    }
    Ok(limit - found)
    // exercise: stub
    // if found > limit {
    //     return TooMany { found, limit };
    // }
    // limit - found
    // exercise: end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: usize, limit: usize, expected: Result<usize, TooMany>, why: &str) {
        println!("{why}\ninput: {found} rules, limit {limit}"); // should room_left panic, this is still shown
        let got = room_left(found, limit);
        assert!(got == expected, "{why}\ninput: {found} rules, limit {limit}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn says_how_many_more_fit() {
        check(60, 200, Ok(140), "what was asked for comes in an Ok");
        check(0, 200, Ok(200), "what was asked for comes in an Ok");
    }

    #[test]
    fn a_full_file_is_no_error() {
        check(200, 200, Ok(0), "200 rules fit into a limit of 200, and then there is room for none");
    }

    #[test]
    fn one_rule_too_many_is_an_error() {
        let why = "too many rules are an Err, with both numbers: neither a panic nor a small number says that";
        check(201, 200, Err(TooMany { found: 201, limit: 200 }), why);
        check(1, 0, Err(TooMany { found: 1, limit: 0 }), why);
        check(usize::MAX, 200, Err(TooMany { found: usize::MAX, limit: 200 }), why);
    }
}
