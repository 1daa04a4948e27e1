//! exercise = "07-balancer/a_share_for_each_thread"
//! mark = "body"
//! misconception = "a type of my own around an Rc may cross"
//! fails = "E0277"
//! says = "Rc"

    struct Share(std::rc::Rc<Routes>);
    impl Share {
        fn new(routes: Routes) -> Self {
            Self(std::rc::Rc::new(routes))
        }
        fn clone(share: &Share) -> Self {
            Self(std::rc::Rc::clone(&share.0))
        }
    }
    impl std::ops::Deref for Share {
        type Target = Routes;
        fn deref(&self) -> &Routes {
            &self.0
        }
    }
