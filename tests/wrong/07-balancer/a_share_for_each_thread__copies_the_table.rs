//! exercise = "07-balancer/a_share_for_each_thread"
//! mark = "body"
//! misconception = "to share is to copy"
//! fails = "every_worker_sees_the_same_table"
//! says = "the table was copied"

    struct Share(Routes);
    impl Share {
        fn new(routes: Routes) -> Self {
            Self(routes)
        }
        fn clone(share: &Share) -> Self {
            Self(Routes { paths: share.0.paths.clone() })
        }
    }
    impl std::ops::Deref for Share {
        type Target = Routes;
        fn deref(&self) -> &Routes {
            &self.0
        }
    }
