//! A method is no promise: `Blocking` can check a request, and rustc says that it is no guard.
//!
//! In Python, whatever has a method `check` can stand where a guard is wanted, and a wrong one shows when it is called.
//! In Rust, a type is a guard when somebody wrote `impl Guard for` it. Then every method of the trait is there, with
//! the types that the trait names, and rustc has looked before the proxy starts.
//! Turn what `Blocking` can do into the promise that `admit` asks for.

/// What a filter sees of a request.
pub struct Request {
    pub path: String,
}

/// A filter that lets a request pass, or refuses it.
pub trait Guard {
    /// Its name, for the log.
    fn name(&self) -> &'static str;

    /// The status to refuse `request` with; `None` when it may pass.
    fn check(&self, request: &Request) -> Option<u16>;
}

/// Refuses every path that begins with `prefix`.
pub struct Blocking {
    pub prefix: String,
    pub status: u16,
}

// exercise: begin
impl Guard for Blocking {
    fn name(&self) -> &'static str {
        "block"
    }

    fn check(&self, request: &Request) -> Option<u16> {
        request.path.starts_with(&self.prefix).then_some(self.status)
    }
}
// exercise: stub
// impl Blocking {
//     /// The status to refuse `request` with; `None` when it may pass.
//     pub fn check(&self, request: &Request) -> Option<u16> {
//         request.path.starts_with(&self.prefix).then_some(self.status)
//     }
// }
// exercise: end

/// Asks any guard, and writes the line for the log: `block: 403`, or `passed`.
pub fn admit<G: Guard>(guard: &G, request: &Request) -> String {
    match guard.check(request) {
        Some(status) => format!("{}: {status}", guard.name()),
        None => String::from("passed"),
    }
}

/// What the log says of a request for `path`, when `/admin/` is closed. The guard of this filter is named `block`.
pub fn serve(path: &str) -> String {
    let guard = Blocking { prefix: String::from("/admin/"), status: 403 };
    admit(&guard, &Request { path: String::from(path) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: &str, why: &str) {
        let got = serve(path);
        assert_eq!(got, expected, "{why}\ninput: {path}, and /admin/ is closed");
    }

    #[test]
    fn refuses_what_is_blocked() {
        check("/admin/users", "block: 403", "the guard is named block, and its status is 403");
    }

    #[test]
    fn lets_pass_what_is_not() {
        check("/menu", "passed", "nobody closed /menu");
        check("/menu/admin/", "passed", "a path is closed by how it begins");
    }

    #[test]
    fn refuses_with_the_status_of_the_rule() {
        let gone = Blocking { prefix: String::from("/old"), status: 410 };
        let got = admit(&gone, &Request { path: String::from("/old/menu") });
        assert_eq!(got, "block: 410", "the status stands in the filter\ninput: /old/menu, and /old is gone (410)");
    }
}
