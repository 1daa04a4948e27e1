//! exercise = "07-balancer/it_may_outlive_you"
//! mark = "body"
//! misconception = "a scoped thread may be given back to the caller"
//! fails = "E0308"
//! says = "A scoped thread ends"

    thread::scope(|scope| {
        scope.spawn(|| requests.into_iter().map(|target| format!("{target} via {}", settings.via)).collect())
    })
