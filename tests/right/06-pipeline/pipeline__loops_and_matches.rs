//! exercise = "06-pipeline"
//! mark = "applies"
//! shape = "loops that return early, and a match where the reference has a question mark"

        for block in &self.0 {
            if block.scope.matches(request.host, request.path()) {
                return true;
            }
        }
        false
// mark: check
        for block in self.0.iter().filter(|block| meets(block, request)) {
            return Err(Answer::Reject { status: block.status, why: "blocked", retry_after_s: None });
        }
        Ok(())
// mark: applying
            if !counted.filter.applies(request) {
                counted.skipped.fetch_add(1, Relaxed);
                return None;
            }
            counted.ran.fetch_add(1, Relaxed);
            Some(counted.filter.as_ref())
// mark: admit
        self.0.applying(request).try_for_each(|guard| guard.check(request, now_ms)).map(|()| Admitted(request))
// mark: then
        match self.first.run(input) {
            Ok(between) => self.second.run(between),
            Err(answer) => Err(answer),
        }
// mark: shape
            if let Some(to) = &rewrite.to {
                edits.target.get_or_insert_with(|| request.with_prefix(&rewrite.scope.path, to));
            }
            edits.request.extend((!rewrite.request.is_empty()).then(|| rewrite.request.clone()));
