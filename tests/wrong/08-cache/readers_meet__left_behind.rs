//! exercise = "08-cache/readers_meet"
//! mark = "body"
//! misconception = "a guard to read is in nobody's way"
//! fails = "a_writer_comes_in_when_the_readers_have_gone"
//! says = "a guard of a reader is still there"

    let routes = std::mem::ManuallyDrop::new(routes.read().expect(WHOLE));
    let route = routes.iter().find(|route| route.host == host)?;
    Some(view(&route.server))
