//! exercise = "01-request/out_of_the_option"
//! mark = "body"
//! misconception = "a move that is refused is mended by a clone"
//! fails = "E0308"
//! says = "a clone of a loan is a loan"

    match &conn.upstream {
        Some(upstream) => {
            pool.push(upstream.clone());
            true
        }
        None => false,
    }
