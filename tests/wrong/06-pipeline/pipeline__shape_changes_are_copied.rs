//! exercise = "06-pipeline"
//! mark = "shape"
//! misconception = "to hold on to something is to copy it"
//! fails = "step_5_rewrite::shares_the_changes_with_the_rule"
//! says = "Arc::clone shares them"

            if let (Some(to), None) = (&rewrite.to, &edits.target) {
                edits.target = Some(request.with_prefix(&rewrite.scope.path, to));
            }
            if !rewrite.request.is_empty() {
                edits.request.push(rewrite.request.iter().cloned().collect());
            }
