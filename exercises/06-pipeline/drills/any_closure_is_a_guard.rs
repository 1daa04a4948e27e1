//! Any closure is a guard: a rule of two lines should need no struct of its own.
//!
//! A closure is a value that can be called, and each closure has a type of its own that nobody can write down.
//! The trait `Fn(&Request) -> Option<u16>` says what all of them have in common, so a bound can name that.
//! `impl<F: bound> Guard for F` then makes a guard of each type that keeps the bound.
//! A guard is asked many times, and by many at once: it may neither be used up nor changed by a call.

#![allow(unused)] // delete this line when your last todo!() is gone

/// What a filter sees of a request.
pub struct Request {
    pub path: String,
    pub fields: usize,
}

/// A filter that lets a request pass, or refuses it.
pub trait Guard {
    /// The status to refuse `request` with; `None` when it may pass.
    fn check(&self, request: &Request) -> Option<u16>;
}

impl<F> Guard for F {
    fn check(&self, _request: &Request) -> Option<u16> {
        todo!("let F be what can be called with a &Request and gives an Option<u16>, and call it")
    }
}

/// What the guards say of a request: the first answer, or `None` when it may pass.
pub fn admit(guards: &[Box<dyn Guard>], request: &Request) -> Option<u16> {
    guards.iter().find_map(|guard| guard.check(request))
}

/// The guards of a site: nobody gets below `closed`, and no request has more than `most` fields.
pub fn site(closed: String, most: usize) -> Vec<Box<dyn Guard>> {
    vec![
        Box::new(move |request: &Request| request.path.starts_with(&closed).then_some(403)),
        Box::new(move |request: &Request| (request.fields > most).then_some(431)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, fields: usize, expected: Option<u16>, why: &str) {
        let guards = site(String::from("/admin"), 100);
        let got = admit(&guards, &Request { path: String::from(path), fields });
        assert_eq!(
            got, expected,
            "{why}\ninput: {path} with {fields} fields; /admin is closed, 100 fields are allowed"
        );
    }

    #[test]
    fn a_closure_refuses() {
        check("/admin/users", 3, Some(403), "the first closure refuses it");
        check("/menu", 101, Some(431), "the second closure refuses it");
    }

    #[test]
    fn a_closure_lets_pass() {
        check("/menu", 100, None, "both closures say None");
    }

    #[test]
    fn a_guard_is_asked_again_and_again() {
        let guards = site(String::from("/admin"), 100);
        let request = Request { path: String::from("/admin"), fields: 3 };
        let got = [admit(&guards, &request), admit(&guards, &request)];
        assert_eq!(got, [Some(403); 2], "a guard says the same each time that it is asked\ninput: /admin, twice");
    }

    #[test]
    fn a_function_is_a_guard_too() {
        fn teapot(request: &Request) -> Option<u16> {
            (request.path == "/coffee").then_some(418)
        }
        let got = Guard::check(&teapot, &Request { path: String::from("/coffee"), fields: 0 });
        assert_eq!(got, Some(418), "a function can be called, as a closure can\ninput: /coffee");
    }
}
