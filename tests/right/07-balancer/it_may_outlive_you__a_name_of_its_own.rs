//! exercise = "07-balancer/it_may_outlive_you"
//! mark = "body"
//! shape = "the thread gets a clone of the name"

    let via = settings.via.clone();
    thread::spawn(move || {
        let mut answers = Vec::new();
        while let Ok(target) = requests.recv() {
            answers.push(format!("{target} via {via}"));
        }
        answers
    })
