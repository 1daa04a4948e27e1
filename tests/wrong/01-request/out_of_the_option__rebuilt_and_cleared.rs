//! exercise = "01-request/out_of_the_option"
//! mark = "body"
//! misconception = "an address is as good as the connection itself"
//! fails = "the_pool_gets_the_upstream_itself"
//! says = "cannot be built anew"

    let address = match &conn.upstream {
        Some(upstream) => upstream.address.clone(),
        None => return false,
    };
    conn.upstream = None;
    pool.push(Upstream { address });
    true
