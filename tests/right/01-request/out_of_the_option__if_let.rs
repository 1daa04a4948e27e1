//! exercise = "01-request/out_of_the_option"
//! mark = "body"
//! shape = "if let in place of match"

    if let Some(upstream) = conn.upstream.take() {
        pool.push(upstream);
        return true;
    }
    false
