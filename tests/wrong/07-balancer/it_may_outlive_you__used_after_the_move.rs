//! exercise = "07-balancer/it_may_outlive_you"
//! mark = "body"
//! misconception = "after `move` the variable outside is still there"
//! fails = "E0382"
//! says = "has taken"

    let worker = thread::spawn(move || {
        requests.into_iter().map(|target| format!("{target} via {}", settings.via)).collect()
    });
    println!("started {}", settings.via);
    worker
