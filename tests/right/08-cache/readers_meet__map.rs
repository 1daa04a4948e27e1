//! exercise = "08-cache/readers_meet"
//! mark = "body"
//! shape = "map in place of a question mark"

    let routes = routes.read().expect(WHOLE);
    routes.iter().find(|route| route.host == host).map(|route| view(&route.server))
