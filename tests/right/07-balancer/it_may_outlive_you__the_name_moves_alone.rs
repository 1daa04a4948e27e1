//! exercise = "07-balancer/it_may_outlive_you"
//! mark = "body"
//! shape = "only the name moves into the thread"

    let via = settings.via;
    thread::spawn(move || requests.iter().map(|target| format!("{target} via {via}")).collect())
