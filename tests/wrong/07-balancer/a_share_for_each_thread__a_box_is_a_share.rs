//! exercise = "07-balancer/a_share_for_each_thread"
//! mark = "body"
//! misconception = "a Box can be shared: its clone is a second owner"
//! fails = "E0277"
//! says = "a `Box` has one owner"

    type Share<T> = Box<T>;
