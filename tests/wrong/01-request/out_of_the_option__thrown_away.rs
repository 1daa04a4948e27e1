//! exercise = "01-request/out_of_the_option"
//! mark = "body"
//! misconception = "to set None is to give back"
//! fails = "the_pool_gets_the_upstream"
//! says = "the pool may lend this upstream again"

    let _ = pool;
    let there = conn.upstream.is_some();
    conn.upstream = None;
    there
