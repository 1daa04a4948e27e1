//! exercise = "07-balancer/it_may_outlive_you"
//! mark = "body"
//! misconception = "`'static` means that it has to stand in a static"
//! fails = "uses_the_settings_that_were_read"
//! says = "the settings are read from a file"

    static VIA: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    let via = VIA.get_or_init(|| settings.via);
    thread::spawn(move || requests.into_iter().map(|target| format!("{target} via {via}")).collect())
