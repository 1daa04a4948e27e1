//! exercise = "08-cache/readers_meet"
//! mark = "body"
//! shape = "a loop over the routes"

    for route in routes.read().expect(WHOLE).iter() {
        if route.host == host {
            return Some(view(&route.server));
        }
    }
    None
