//! exercise = "06-pipeline"
//! mark = "shape"
//! misconception = "the later rewrite replaces the earlier one"
//! fails = "step_5_rewrite::the_first_rewrite_that_fits_gives_the_target"
//! says = "by the first that fits"

            if let Some(to) = &rewrite.to {
                edits.target = Some(request.with_prefix(&rewrite.scope.path, to));
            }
            if !rewrite.request.is_empty() {
                edits.request.push(Arc::clone(&rewrite.request));
            }
