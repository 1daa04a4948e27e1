//! exercise = "01-request/out_of_the_option"
//! mark = "body"
//! shape = "std::mem::replace puts None in its place"

    let upstream = std::mem::replace(&mut conn.upstream, None);
    let there = upstream.is_some();
    pool.extend(upstream);
    there
