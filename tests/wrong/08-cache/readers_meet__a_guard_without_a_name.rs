//! exercise = "08-cache/readers_meet"
//! mark = "body"
//! misconception = "a guard stays as long as what it lends"
//! fails = "E0716"
//! says = "has no name"

    let route = routes.read().expect(WHOLE).iter().find(|route| route.host == host)?;
    Some(view(&route.server))
