//! exercise = "07-balancer/a_share_for_each_thread"
//! mark = "body"
//! shape = "the type is named, not used"

    type Share<T> = std::sync::Arc<T>;
