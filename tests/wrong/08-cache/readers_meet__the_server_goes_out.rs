//! exercise = "08-cache/readers_meet"
//! mark = "body"
//! misconception = "a loan can leave the guard behind"
//! fails = "E0308"
//! says = "the answer is what `view` gives"

    let routes = routes.read().expect(WHOLE);
    let route = routes.iter().find(|route| route.host == host)?;
    Some(route.server.clone())
