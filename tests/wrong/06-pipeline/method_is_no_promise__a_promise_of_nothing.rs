//! exercise = "06-pipeline/method_is_no_promise"
//! mark = "body"
//! misconception = "an empty impl takes the methods that the type has"
//! fails = "E0046"
//! says = "each method of the trait"

impl Blocking {
    pub fn name(&self) -> &'static str {
        "block"
    }

    pub fn check(&self, request: &Request) -> Option<u16> {
        request.path.starts_with(&self.prefix).then_some(self.status)
    }
}

impl Guard for Blocking {}
