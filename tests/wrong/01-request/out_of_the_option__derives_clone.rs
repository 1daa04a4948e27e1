//! exercise = "01-request/out_of_the_option"
//! mark = "body"
//! misconception = "a derive that makes the error go away mends the program"
//! fails = "the_connection_has_it_no_more"
//! says = "two clients would write into one socket"
//! edits = { "#[derive(Debug)]\npub struct Upstream" = "#[derive(Clone, Debug)]\npub struct Upstream" }

    match &conn.upstream {
        Some(upstream) => {
            pool.push(upstream.clone());
            true
        }
        None => false,
    }
