//! exercise = "08-cache/readers_meet"
//! mark = "body"
//! misconception = "only the lock that excludes all is safe"
//! fails = "two_readers_meet_under_the_lock"
//! says = "to read, ask for a guard to read"

    let routes = routes.write().expect(WHOLE);
    let route = routes.iter().find(|route| route.host == host)?;
    Some(view(&route.server))
