//! exercise = "06-pipeline/any_closure_is_a_guard"
//! mark = "body"
//! misconception = "a guard may take the request itself"
//! fails = "E0631"
//! says = "Let the bound name what `check` gets"

impl<F: Fn(Request) -> Option<u16>> Guard for F {
    fn check(&self, request: &Request) -> Option<u16> {
        let _ = self;
        let _ = request;
        None
    }
}
