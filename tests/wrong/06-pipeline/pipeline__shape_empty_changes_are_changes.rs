//! exercise = "06-pipeline"
//! mark = "shape"
//! misconception = "a list without entries is nothing"
//! fails = "step_5_rewrite::a_rewrite_of_responses_leaves_the_request_alone"
//! says = "the work of another filter"

            if let (Some(to), None) = (&rewrite.to, &edits.target) {
                edits.target = Some(request.with_prefix(&rewrite.scope.path, to));
            }
            edits.request.push(Arc::clone(&rewrite.request));
