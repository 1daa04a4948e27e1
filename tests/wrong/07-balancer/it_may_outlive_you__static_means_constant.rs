//! exercise = "07-balancer/it_may_outlive_you"
//! mark = "body"
//! misconception = "`'static` means constant: what goes into a thread has to be known in the source"
//! fails = "uses_the_settings_that_were_read"
//! says = "nothing in the source can know them"

    const VIA: &str = "cafe-proxy";
    drop(settings);
    thread::spawn(|| requests.into_iter().map(|target| format!("{target} via {VIA}")).collect())
