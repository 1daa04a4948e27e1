//! exercise = "06-pipeline/any_closure_is_a_guard"
//! mark = "body"
//! misconception = "all closures of one signature are of one type"
//! fails = "E0277"
//! says = "has a type of its own"

impl Guard for fn(&Request) -> Option<u16> {
    fn check(&self, request: &Request) -> Option<u16> {
        self(request)
    }
}
