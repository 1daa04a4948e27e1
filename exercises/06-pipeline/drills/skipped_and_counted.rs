//! Skipped and counted: a filter that has nothing to do with a request does not run, and the proxy can say how often.
//!
//! `applies` has a body in the trait: a filter that says nothing else is for every request.
//! `OldMenu` says something else. Whoever runs a filter asks it first, and keeps count of both answers.
//! The filter may change the request, so ask before you let it run.

#![allow(unused)] // delete this line when your last todo!() is gone

/// A request on its way: a filter may change it.
#[derive(Debug)]
pub struct Request {
    pub path: String,
    pub fields: Vec<String>,
}

/// A filter that changes requests.
pub trait Filter {
    /// Whether it has anything to do with `request`. A filter that does not say is for all of them.
    fn applies(&self, _request: &Request) -> bool {
        true
    }

    /// Changes `request`.
    fn run(&self, request: &mut Request);
}

/// Marks every request: it keeps the `applies` of the trait.
pub struct Via;

impl Filter for Via {
    fn run(&self, request: &mut Request) {
        request.fields.push(String::from("Via: 1.1 cafe"));
    }
}

/// Sends old bookmarks to the new menu: it has an `applies` of its own.
pub struct OldMenu;

impl Filter for OldMenu {
    fn applies(&self, request: &Request) -> bool {
        request.path == "/old-menu"
    }

    fn run(&self, request: &mut Request) {
        request.path = String::from("/menu");
    }
}

/// Any filter, and how often it ran and was skipped. `F` is filled in by whoever makes one.
pub struct Counted<F> {
    pub filter: F,
    pub ran: u64,
    pub skipped: u64,
}

impl<F: Filter> Counted<F> {
    /// A filter that nobody has asked yet.
    pub fn new(filter: F) -> Self {
        Self { filter, ran: 0, skipped: 0 }
    }

    /// Lets the filter run if it applies to `request`, and counts what happened.
    pub fn pass(&mut self, request: &mut Request) {
        todo!("ask the filter whether it applies to {request:?}: if so, run it and add 1 to `ran`, if not, add 1 to `skipped`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends the paths through one filter. Says what they are afterwards, and the counts.
    fn pass<F: Filter>(filter: F, paths: &[&str]) -> (Vec<Request>, u64, u64) {
        let mut counted = Counted::new(filter);
        let mut requests: Vec<_> =
            paths.iter().map(|path| Request { path: String::from(*path), fields: Vec::new() }).collect();
        for request in &mut requests {
            counted.pass(request);
        }
        (requests, counted.ran, counted.skipped)
    }

    #[test]
    fn a_filter_that_applies_runs() {
        let (requests, _, _) = pass(OldMenu, &["/old-menu"]);
        assert_eq!(requests[0].path, "/menu", "the filter is for this path, so it changes it\ninput: /old-menu");
    }

    #[test]
    fn a_filter_that_does_not_apply_leaves_the_request_alone() {
        let (requests, _, _) = pass(OldMenu, &["/tea"]);
        assert_eq!(requests[0].path, "/tea", "the filter has nothing to do with this path\ninput: /tea");
    }

    #[test]
    fn counts_each_request_on_one_side() {
        let paths = ["/old-menu", "/", "/old-menu", "/tea", "/old-menu"];
        let (_, ran, skipped) = pass(OldMenu, &paths);
        let why = "each request is counted once: as ran when the filter changed it, else as skipped";
        assert_eq!((ran, skipped), (3, 2), "{why} (ran, skipped)\ninput: {paths:?}");
    }

    #[test]
    fn a_filter_that_does_not_say_is_for_all() {
        let (requests, ran, skipped) = pass(Via, &["/", "/tea"]);
        assert_eq!((ran, skipped), (2, 0), "Via keeps the `applies` of the trait, which says true (ran, skipped)");
        assert!(requests.iter().all(|request| request.fields == ["Via: 1.1 cafe"]), "Via runs once each: {requests:?}");
    }
}
