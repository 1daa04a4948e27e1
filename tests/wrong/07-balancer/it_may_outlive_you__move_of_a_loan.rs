//! exercise = "07-balancer/it_may_outlive_you"
//! mark = "body"
//! misconception = "`move` makes an owner of whoever names a loan"
//! fails = "E0597"
//! says = "a loan moves into the thread"

    let settings = &settings;
    thread::spawn(move || requests.into_iter().map(|target| format!("{target} via {}", settings.via)).collect())
