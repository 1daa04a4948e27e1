//! exercise = "06-pipeline/any_closure_is_a_guard"
//! mark = "body"
//! misconception = "what has no bound can be called"
//! fails = "E0618"
//! says = "can be called"

impl<F> Guard for F {
    fn check(&self, request: &Request) -> Option<u16> {
        self(request)
    }
}
