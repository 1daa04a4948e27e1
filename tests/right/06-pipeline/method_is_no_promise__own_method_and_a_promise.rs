//! exercise = "06-pipeline/method_is_no_promise"
//! mark = "body"
//! shape = "the promise calls the method that was there"

impl Blocking {
    fn meets(&self, request: &Request) -> bool {
        request.path.starts_with(&self.prefix)
    }
}

impl Guard for Blocking {
    fn name(&self) -> &'static str {
        "block"
    }

    fn check(&self, request: &Request) -> Option<u16> {
        if self.meets(request) { Some(self.status) } else { None }
    }
}
