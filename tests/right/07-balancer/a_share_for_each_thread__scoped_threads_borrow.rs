//! exercise = "07-balancer/a_share_for_each_thread"
//! mark = "body"
//! shape = "scoped threads borrow the table"
//! edits = { "let mut workers = Vec::new();" = "thread::scope(|scope| { let mut workers = Vec::new();", "let routes = Share::clone(&routes);" = "let routes = &routes;", "thread::spawn(" = "scope.spawn(", "job(&routes)));" = "job(routes)));", "does not panic\")).collect()" = "does not panic\")).collect() })" }

    struct Share;
    impl Share {
        fn new(routes: Routes) -> Routes {
            routes
        }
    }
