//! exercise = "01-request/out_of_the_option"
//! mark = "body"
//! misconception = "with `&` in the match the piece can be pushed all the same"
//! fails = "E0308"
//! says = "only lets you look"

    match &conn.upstream {
        Some(upstream) => {
            pool.push(upstream);
            true
        }
        None => false,
    }
