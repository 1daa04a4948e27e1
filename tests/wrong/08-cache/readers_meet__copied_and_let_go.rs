//! exercise = "08-cache/readers_meet"
//! mark = "body"
//! misconception = "a copy is as good as a look"
//! fails = "nobody_changes_a_route_while_somebody_looks"
//! says = "the guard has to be there"

    let routes = routes.read().expect(WHOLE);
    let route = routes.iter().find(|route| route.host == host)?;
    let server = route.server.clone();
    drop(routes);
    Some(view(&server))
