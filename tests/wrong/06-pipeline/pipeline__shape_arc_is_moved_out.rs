//! exercise = "06-pipeline"
//! mark = "shape"
//! misconception = "an Arc can be taken out of a loan, because others hold it, too"
//! fails = "E0507"
//! says = "Arc::clone"

            if let (Some(to), None) = (&rewrite.to, &edits.target) {
                edits.target = Some(request.with_prefix(&rewrite.scope.path, to));
            }
            if !rewrite.request.is_empty() {
                edits.request.push(rewrite.request);
            }
