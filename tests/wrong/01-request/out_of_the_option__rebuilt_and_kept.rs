//! exercise = "01-request/out_of_the_option"
//! mark = "body"
//! misconception = "a copy in the pool does no harm to the original"
//! fails = "the_connection_has_it_no_more"
//! says = "two clients would write into one socket"

    match &conn.upstream {
        Some(upstream) => {
            pool.push(Upstream { address: upstream.address.clone() });
            true
        }
        None => false,
    }
