//! exercise = "07-balancer/it_may_outlive_you"
//! mark = "body"
//! misconception = "a thread that is waited for can't outlive anybody, so wait for the requests"
//! fails = "answers_what_comes_after_start_has_returned"
//! says = "A deadlock"

    let answers = requests.into_iter().map(|target| format!("{target} via {}", settings.via)).collect();
    thread::spawn(|| answers)
