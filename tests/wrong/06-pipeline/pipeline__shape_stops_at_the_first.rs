//! exercise = "06-pipeline"
//! mark = "shape"
//! misconception = "one rewrite is for one request"
//! fails = "step_5_rewrite::every_rewrite_that_fits_changes_fields"
//! says = "the later one has its way"

            edits.target = rewrite.to.as_ref().map(|to| request.with_prefix(&rewrite.scope.path, to));
            if !rewrite.request.is_empty() {
                edits.request.push(Arc::clone(&rewrite.request));
            }
            return;
