//! exercise = "06-pipeline/any_closure_is_a_guard"
//! mark = "body"
//! misconception = "a guard is asked once"
//! fails = "E0507"
//! says = "`FnOnce`"

impl<F: FnOnce(&Request) -> Option<u16>> Guard for F {
    fn check(&self, request: &Request) -> Option<u16> {
        self(request)
    }
}
