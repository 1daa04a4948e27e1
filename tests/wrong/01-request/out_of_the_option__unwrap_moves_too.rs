//! exercise = "01-request/out_of_the_option"
//! mark = "body"
//! misconception = "a method can take out what a match cannot"
//! fails = "E0507"
//! says = "you cannot move a piece out"

    pool.push(conn.upstream.unwrap());
    true
