//! exercise = "06-pipeline/any_closure_is_a_guard"
//! mark = "body"
//! misconception = "a guard answers 403"
//! fails = "a_closure_refuses"
//! says = "the second closure refuses it"

impl<F: Fn(&Request) -> Option<u16>> Guard for F {
    fn check(&self, request: &Request) -> Option<u16> {
        self(request).map(|_| 403)
    }
}
