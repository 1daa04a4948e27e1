//! exercise = "06-pipeline/any_closure_is_a_guard"
//! mark = "body"
//! misconception = "that it was called is enough"
//! fails = "a_closure_refuses"
//! says = "the first closure refuses it"

impl<F: Fn(&Request) -> Option<u16>> Guard for F {
    fn check(&self, request: &Request) -> Option<u16> {
        self(request);
        None
    }
}
