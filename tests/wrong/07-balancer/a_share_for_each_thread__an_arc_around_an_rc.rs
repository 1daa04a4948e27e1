//! exercise = "07-balancer/a_share_for_each_thread"
//! mark = "body"
//! misconception = "an Arc makes everything in it fit for threads"
//! fails = "E0277"
//! says = "Rc"

    struct Share;
    impl Share {
        fn new(routes: Routes) -> std::sync::Arc<std::rc::Rc<Routes>> {
            std::sync::Arc::new(std::rc::Rc::new(routes))
        }
        fn clone(share: &std::sync::Arc<std::rc::Rc<Routes>>) -> std::sync::Arc<std::rc::Rc<Routes>> {
            std::sync::Arc::clone(share)
        }
    }
