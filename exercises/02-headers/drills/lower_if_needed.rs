//! Lower if needed: nearly every name comes in small letters already, and copying those would be a waste.
//!
//! A `Cow` is either of two: `Borrowed`, a loan of what came in, or `Owned`, a new text.
//! Its caller reads both in the same way, and nobody pays for a copy that was not needed.
//! A signature with `Cow` is the honest one for "mostly a loan, now and then a new text".

#![allow(unused)] // delete this line when your last todo!() is gone

use std::borrow::Cow;

/// The name in small letters: a loan of `name` where it has no capitals, and a new text where it has.
pub fn small_letters(name: &str) -> Cow<'_, str> {
    todo!("look for a capital letter: with one, give an Owned copy in small letters; without one, lend the name")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &str, why: &str) {
        let got = small_letters(name);
        assert!(got == expected, "{why}\nname: {name:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn gives_small_letters() {
        check("Host", "host", "a capital at the beginning");
        check("x-Table", "x-table", "a capital in the middle");
        check("ACCEPT", "accept", "capitals everywhere");
        check("host", "host", "it has small letters already");
    }

    #[test]
    fn lends_a_name_without_capitals() {
        for name in ["host", "x-request-id", "x-2_3", ""] {
            let got = small_letters(name);
            assert!(
                matches!(got, Cow::Borrowed(lent) if lent.as_ptr() == name.as_ptr()),
                "there was nothing to change, so nothing has to be copied\n\
                 name: {name:?}\nexpected: Borrowed, the name itself\ngot: {got:?}, a copy"
            );
        }
    }

    #[test]
    fn owns_what_it_had_to_change() {
        let kept = {
            let name = String::from("Host");
            small_letters(&name).into_owned()
        };
        assert_eq!(kept, "host", "name: Host");
        assert!(matches!(small_letters("Host"), Cow::Owned(_)), "a new text has to be Owned\nname: Host");
    }
}
