//! exercise = "06-pipeline/any_closure_is_a_guard"
//! mark = "body"
//! misconception = "a guard may change when it is asked"
//! fails = "E0596"
//! says = "`FnMut`"

impl<F: FnMut(&Request) -> Option<u16>> Guard for F {
    fn check(&self, request: &Request) -> Option<u16> {
        self(request)
    }
}
