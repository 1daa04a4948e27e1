//! exercise = "01-request/out_of_the_option"
//! mark = "body"
//! misconception = "an Option that was filled once is never None"
//! fails = "a_connection_without_an_upstream_is_left_alone"
//! says = "an Option may be None"

    pool.push(conn.upstream.take().unwrap());
    true
